"""A few seconds of `python -m bench load`: saturation, overload, and recovery."""

import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bench import load
from bench.http import Requests, percentile_ms
from tests.builders import numbered_sentences

if not sys.platform.startswith("linux"):
    pytest.skip("needs /proc, for the memory of the server's processes", allow_module_level=True)

SECONDS = 5
# A process is warm after this many requests, on any machine: its caches are full.
WARM_REQUESTS = 300
# These requests have only new words, which fill the caches of all compute processes. With news alone, whose words repeat,
# the caches would grow towards their limit for an hour. Requests go in turn to a worker and to its process for large
# requests.
FILLING_REQUESTS, WORDS_OF_FILLING = 120, (2_500, 5_000)
MOST_WARM_SECONDS = 60
# Other programs may end meanwhile, and twice the measured load would then be no overload.
OVERLOAD_TIMES = 4
OVERLOAD_SECONDS = 3
WITHIN_SECONDS = 10
NORMAL_TIMES = 1.5
MOST_GROWTH = 0.1


@dataclass
class Run:
    """The answers of each phase, the durations of the idle loop, and the memory after the warm-up and at the end."""

    saturated: list[load.Answer]
    overloaded: list[load.Answer]
    afterwards: list[list[load.Answer]]
    idle: list[load.IdleTurn]
    warm_bytes: int
    saturated_bytes: int
    end_bytes: int


class NewWords(Iterator[bytes]):
    """An endless iterator of requests that consist of new words."""

    def __init__(self) -> None:
        self._numbers = itertools.count(26**4)
        self._sizes = itertools.cycle(WORDS_OF_FILLING)

    def __next__(self) -> bytes:
        words = [self._word() for _ in range(next(self._sizes))]
        text = " ".join(f"{' '.join(words[at : at + 10]).capitalize()}." for at in range(0, len(words), 10))
        return json.dumps({"articles": [{"text": text, "language": "en"}]}).encode()

    def _word(self) -> str:
        number, letters = next(self._numbers), ""
        while number:
            number, letter = divmod(number, 26)
            letters += chr(ord("a") + letter)
        return letters


@pytest.fixture(scope="module")
def run() -> Run:
    return run_load_test(SECONDS, OVERLOAD_SECONDS)


def run_load_test(seconds: float, overload_seconds: float, warm_seconds: float = 0) -> Run:
    """Warms a server up, saturates it, overloads it, and lets it recover."""
    requests = Requests(numbered_sentences(1_000), load.REQUEST_SIZES)
    new_words = NewWords()
    with load.serving(NUTGRAF_JOB_WORKERS="0") as server:
        count, began = 0, time.monotonic()
        while count < FILLING_REQUESTS and time.monotonic() - began < MOST_WARM_SECONDS:
            count += len(load.saturate(server, new_words, 1))
        count, began = 0, time.monotonic()
        while time.monotonic() - began < max(warm_seconds, MOST_WARM_SECONDS if count < WARM_REQUESTS else 0):
            count += len(load.saturate(server, requests, 1))
        warm_bytes = server.resident_bytes()
        with load.idle_loop() as idle:
            saturated = load.saturate(server, requests, seconds)
        saturated_bytes = server.resident_bytes()
        usual = len(saturated) / seconds
        overloaded = load.overload(server, requests, OVERLOAD_TIMES * usual, overload_seconds)
        afterwards: list[list[load.Answer]] = []
        while len(afterwards) < WITHIN_SECONDS and not (afterwards and normal(afterwards[-1], saturated)):
            afterwards.append(load.saturate(server, requests, 1))
        return Run(saturated, overloaded, afterwards, idle, warm_bytes, saturated_bytes, server.resident_bytes())


def half_ms(answers: list[load.Answer]) -> float:
    return percentile_ms([each.seconds for each in answers], 50)


def normal(answers: list[load.Answer], usual: list[load.Answer]) -> bool:
    return not load.errors(answers) and half_ms(answers) <= NORMAL_TIMES * half_ms(usual)


def test_no_request_fails_at_saturation(run: Run) -> None:
    statuses = Counter(answer.status for answer in run.saturated)
    assert set(statuses) == {200}, statuses


def test_memory_does_not_grow(run: Run) -> None:
    assert run.warm_bytes > 0
    assert run.end_bytes <= (1 + MOST_GROWTH) * run.warm_bytes


def test_excess_requests_are_rejected_faster_than_others_are_answered(run: Run) -> None:
    away = load.rejected_with_retry(run.overloaded)
    served = [each for each in run.overloaded if each.status == 200]
    assert away
    assert served
    assert len(away) + len(served) == len(run.overloaded)
    assert half_ms(away) < half_ms(served)
    assert half_ms(away) < 1_000


def test_the_service_recovers_soon_after_overload(run: Run) -> None:
    if not normal(run.afterwards[-1], run.saturated):  # another program may have used the machine just then
        run = run_load_test(SECONDS, OVERLOAD_SECONDS)
    assert normal(run.afterwards[-1], run.saturated)
