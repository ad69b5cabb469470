"""A file of requests -> a file of answers, computed on all cores and resumable.

Each line of the input is a request as for `POST /summarize`; each line of the output is its answer or problem, in the
same order. After a run was killed, the next run keeps the complete lines of the output and answers only the rest.
"""

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import IO

from nutgraf.errors import NutgrafError
from nutgraf.service import document_reading
from nutgraf.service.ndjson import result_line
from nutgraf.service.respond import Responder
from nutgraf.settings import load

# Requests that a process gets at a time, and how many such chunks are queued per process: enough to keep it busy.
CHUNK_REQUESTS = 16
QUEUED_CHUNKS = 4
PARENT_CHECK_SECONDS = 1.0
# A line begins with its index and status; text of an answer, which may look like a status, comes later.
_LINE_START_BYTES = 60
# Keeps the process that reads documents, until this one ends.
_isolation = ExitStack()


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


def run(source: Path, target: Path, *, processes: int, progress: Callable[[int], object]) -> Outcome:
    """Answers the requests of `source` that have no answer in `target` yet, and appends the answers to `target`.

    `progress` is called with a number of requests: first with those that an earlier run answered, then with the size of
    each chunk. Raises BatchError if `target` contains answers to other requests or of another version.
    """
    resumed = _truncate_incomplete_line(target)
    _check_matches(source, target, resumed)
    progress(resumed)
    failed = answered = 0
    context = get_context("spawn")  # a fork would copy the open files of the command line
    with (
        ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(os.getpid(),)) as executor,
        source.open("rb") as requests,
        target.open("ab") as answers,
    ):
        waiting: deque[Future[list[bytes]]] = deque()
        for chunk in _chunks(requests, resumed):
            waiting.append(executor.submit(_answer, chunk))
            if len(waiting) >= processes * QUEUED_CHUNKS:
                written, problems = _append_and_count(waiting.popleft().result(), answers)
                answered, failed = answered + written, failed + problems
                progress(written)
        while waiting:
            written, problems = _append_and_count(waiting.popleft().result(), answers)
            answered, failed = answered + written, failed + problems
            progress(written)
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


def _check_matches(source: Path, target: Path, done: int) -> None:
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
        recomputed = json.loads(_answer([(done - 1, request or b"")])[0])
        is_same = (recomputed.get("body") or {}).get("engine") == (body or {}).get("engine")
    if not is_same:
        raise BatchError(f"{target} contains answers to other requests, or of another version; choose another output file.")


def _chunks(requests: IO[bytes], skip: int) -> Iterator[list[tuple[int, bytes]]]:
    numbered = islice(enumerate(line for line in requests if line.strip()), skip, None)
    while chunk := list(islice(numbered, CHUNK_REQUESTS)):
        yield chunk


def _append_and_count(lines: Sequence[bytes], answers: IO[bytes]) -> tuple[int, int]:
    """Appends the lines of a chunk; returns how many lines there are, and how many of them are problems."""
    answers.writelines(lines)
    answers.flush()
    return len(lines), sum(b'"status":200,' not in line[:_LINE_START_BYTES] for line in lines)


def _answer(chunk: Sequence[tuple[int, bytes]]) -> list[bytes]:
    """The answers to numbered requests, one line each."""
    return [result_line(index, *_responder()(body.strip(), f"batch-{index}")) for index, body in chunk]


def _begin(parent: int) -> None:
    """Prepares a worker process: documents that may take long are read in a process of their own."""
    _isolation.enter_context(document_reading.isolated())
    _exit_with_parent(parent)


def _exit_with_parent(parent: int) -> None:
    """Ends this process as soon as its parent is gone: a parent that was killed can't stop it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_SECONDS)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@cache
def _responder() -> Responder:
    """The responder of this process."""
    return Responder(load())
