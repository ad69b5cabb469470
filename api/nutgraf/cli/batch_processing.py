"""Answers a file of requests in a file of answers, on all cores. It can be resumed.

Each line of the input is a request as for `POST /summarize`; each line of the output is its answer or problem, in the
same order. After a run was killed, the next run keeps the complete lines of the output and answers only the rest.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from nutgraf.errors import NutgrafError
from nutgraf.service.ndjson import result_line
from nutgraf.service.responder_pool import ResponderPool

_REQUEST_ID = "batch-%d"


class BatchError(NutgrafError):
    """A batch can't be started or resumed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of requests: answered by this run, `failed` of them with a problem, and answered by an earlier run."""

    answered: int
    failed: int
    resumed: int


def count(source: Path) -> int:
    """Returns the number of requests in a file, which is the number of its lines without empty ones.

    The file is read once, line by line, so that it may be larger than the memory.
    """
    with source.open("rb") as lines:
        return sum(bool(line.strip()) for line in lines)


def run(source: Path, target: Path, pool: ResponderPool, *, progress: Callable[[int], object]) -> Outcome:
    """Answers the requests of `source` that have no answer in `target` yet, and appends the answers to `target`.

    `progress` is called with a number of requests: first with those that an earlier run answered, then with the size of
    each group. Raises BatchError if `target` contains answers to other requests or of another version.
    """
    resumed = _truncate_incomplete_line(target)
    _check_matches(source, target, resumed, pool)
    progress(resumed)
    failed = answered = 0
    with source.open("rb") as lines, target.open("ab") as answers:
        requests = ((line.strip(), _REQUEST_ID % index) for index, line in _number_lines(lines, resumed))
        for replies in pool.replies(requests):
            first = resumed + answered
            answers.writelines(result_line(index, *reply) for index, reply in enumerate(replies, first))
            answers.flush()
            answered += len(replies)
            failed += sum(status != 200 for status, _ in replies)
            progress(len(replies))
    return Outcome(answered, failed, resumed)


def _truncate_incomplete_line(target: Path) -> int:
    """The number of complete lines of the output; an incomplete last line, left by a killed run, is cut off."""
    if not target.exists():
        return 0
    complete_bytes = lines = 0
    with target.open("rb") as answers:
        for line in answers:
            if not line.endswith(b"\n"):
                break
            complete_bytes, lines = complete_bytes + len(line), lines + 1
    os.truncate(target, complete_bytes)
    return lines


def _check_matches(source: Path, target: Path, done: int, pool: ResponderPool) -> None:
    """Raises BatchError unless the last line of the output answers the input line of that number."""
    if not done:
        return
    with target.open("rb") as answers:
        last = next(islice(answers, done - 1, None))
    with source.open("rb") as requests:
        request = next(islice(filter(bytes.strip, requests), done - 1, None), None)
    try:
        index, status, body = (json.loads(last).get(name) for name in ("index", "status", "body"))
    except (ValueError, AttributeError) as error:
        raise BatchError(f"{target} contains lines that are not answers; choose another output file.") from error
    is_same = request is not None and index == done - 1
    if is_same and status == 200:
        recomputed_status, content = pool.reply((request or b"").strip(), _REQUEST_ID % index)
        is_same = recomputed_status == 200 and _engine(json.loads(content)) == _engine(body)
    if not is_same:
        raise BatchError(f"{target} contains answers to other requests, or of another version; choose another output file.")


def _engine(body: object) -> object:
    """The part of an answer that identifies the request and the version; the whole of an answer that has no such part."""
    return body.get("engine", body) if isinstance(body, dict) else body


def _number_lines(lines: IO[bytes], skip: int) -> Iterator[tuple[int, bytes]]:
    """Lines that are not empty with their numbers, without the first `skip` of them."""
    return islice(enumerate(line for line in lines if line.strip()), skip, None)
