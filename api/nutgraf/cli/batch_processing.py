"""Many requests in a file -> their answers in another, over all cores, and resumable.

A line of the input is a request as `POST /summarize` takes it; a line of the output is its answer or problem, in the
same order. What is whole in the output when a run is killed is not asked again.
"""

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import IO

from nutgraf.errors import NutgrafError
from nutgraf.service.ndjson import result_line
from nutgraf.service.respond import Responder
from nutgraf.settings import load

# Requests handed to a process at a time, and how many such chunks each process has waiting: enough to keep it busy.
CHUNK = 16
WAITING = 4
WATCH_SECONDS = 1.0


class BatchError(NutgrafError):
    """A batch can't be run, or not be resumed; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many requests were answered, how many of those with a problem, and how many an earlier run had answered."""

    answered: int
    failed: int
    resumed: int


def count(source: Path) -> int:
    """The requests of a file; empty lines are none."""
    with source.open("rb") as lines:
        return sum(bool(line.strip()) for line in lines)


def run(source: Path, target: Path, *, processes: int, progress: Callable[[int], object]) -> Outcome:
    """Answers what of `source` is not yet answered in `target`; `progress` is told of each chunk how many it had.

    Raises BatchError where the target holds answers to something else.
    """
    resumed = _whole_lines(target)
    _check_belongs(source, target, resumed)
    progress(resumed)
    failed = answered = 0
    context = get_context("spawn")  # a fork would copy what the command line has open
    with (
        ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with, initargs=(os.getpid(),)) as executor,
        source.open("rb") as requests,
        target.open("ab") as answers,
    ):
        waiting: deque[Future[list[bytes]]] = deque()
        for chunk in _chunks(requests, resumed):
            waiting.append(executor.submit(_answer, chunk))
            if len(waiting) >= processes * WAITING:
                written, wrong = _write(waiting.popleft().result(), answers)
                answered, failed = answered + written, failed + wrong
                progress(written)
        while waiting:
            written, wrong = _write(waiting.popleft().result(), answers)
            answered, failed = answered + written, failed + wrong
            progress(written)
    return Outcome(answered, failed, resumed)


def _whole_lines(target: Path) -> int:
    """The lines of the output; what a killed run has left of its last one is cut off."""
    if not target.exists():
        return 0
    whole = lines = 0
    with target.open("rb") as answers:
        for line in answers:
            if not line.endswith(b"\n"):
                break
            whole, lines = whole + len(line), lines + 1
    os.truncate(target, whole)
    return lines


def _check_belongs(source: Path, target: Path, done: int) -> None:
    """That the output's last line answers the input's line of that number."""
    if not done:
        return
    with target.open("rb") as answers:
        last = next(islice(answers, done - 1, None))
    with source.open("rb") as requests:
        asked = next(islice(filter(bytes.strip, requests), done - 1, None), None)
    try:
        index, status, body = (json.loads(last).get(name) for name in ("index", "status", "body"))
    except (ValueError, AttributeError) as error:
        raise BatchError(f"{target} holds something else than answers; name another output.") from error
    same = asked is not None and index == done - 1
    if same and status == 200:
        again = json.loads(_answer([(done - 1, asked or b"")])[0])
        same = (again.get("body") or {}).get("engine") == (body or {}).get("engine")
    if not same:
        raise BatchError(f"{target} holds answers to something else, or of another version; name another output.")


def _chunks(requests: IO[bytes], skip: int) -> Iterator[list[tuple[int, bytes]]]:
    numbered = islice(enumerate(line for line in requests if line.strip()), skip, None)
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


def _write(lines: Sequence[bytes], answers: IO[bytes]) -> tuple[int, int]:
    """Appends the lines of a chunk; how many they are, and how many of them problems."""
    answers.writelines(lines)
    answers.flush()
    return len(lines), sum(b'"status":200,' not in line[:60] for line in lines)


def _answer(chunk: Sequence[tuple[int, bytes]]) -> list[bytes]:
    """The answers to numbered requests, each a line."""
    return [result_line(index, *_responder()(body.strip(), f"batch-{index}")) for index, body in chunk]


def _end_with(parent: int) -> None:
    """Has this process end when the one that started it is gone: one that was killed can't tell it to."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@cache
def _responder() -> Responder:
    """What answers the requests, one for each process."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sparse products need no BLAS threads
    return Responder(load())
