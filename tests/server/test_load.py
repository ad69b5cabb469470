"""A few seconds of `python -m bench load`: at saturation, under more than the service can carry, and let alone again."""

import sys
from dataclasses import dataclass

import pytest

from bench import load
from bench.http import ms
from tests.unit.summarizer.test_speed import sentences

if not sys.platform.startswith("linux"):
    pytest.skip("needs /proc, for the memory of the server's processes", allow_module_level=True)

WARM_SECONDS, SECONDS = 3, 5
# Whatever the machine does besides: twice the load could be what it carries a moment later.
OVERLOAD_TIMES = 4
OVERLOAD_SECONDS = 3
WITHIN_SECONDS = 10
NORMAL_TIMES = 1.5
MOST_GROWTH = 0.1


@dataclass
class Run:
    """What was answered in each phase, and what the processes had in memory once warm, and at the end."""

    saturated: list[load.Answer]
    overloaded: list[load.Answer]
    afterwards: list[list[load.Answer]]
    warm_bytes: int
    end_bytes: int


@pytest.fixture(scope="module")
def run() -> Run:
    return measured(SECONDS, OVERLOAD_SECONDS)


def measured(seconds: float, overload_seconds: float) -> Run:
    """A server warmed up, saturated, given more than it can carry, and let alone again."""
    requests = load.Requests(sentences(1_000))
    with load.serving(NUTGRAF_JOB_WORKERS="0") as server:
        load.saturate(server, requests, WARM_SECONDS)
        warm_bytes = server.resident_bytes()
        saturated = load.saturate(server, requests, seconds)
        usual = len(saturated) / seconds
        overloaded = load.overload(server, requests, OVERLOAD_TIMES * usual, overload_seconds)
        afterwards: list[list[load.Answer]] = []
        while len(afterwards) < WITHIN_SECONDS and not (afterwards and normal(afterwards[-1], saturated)):
            afterwards.append(load.saturate(server, requests, 1))
        return Run(saturated, overloaded, afterwards, warm_bytes, server.resident_bytes())


def half_ms(answers: list[load.Answer]) -> float:
    return ms([each.seconds for each in answers], 50)


def normal(answers: list[load.Answer], usual: list[load.Answer]) -> bool:
    return not load.errors(answers) and half_ms(answers) <= NORMAL_TIMES * half_ms(usual)


def test_at_saturation_nothing_fails(run: Run) -> None:
    assert run.saturated
    assert load.errors(run.saturated) == 0


def test_memory_is_flat(run: Run) -> None:
    assert run.warm_bytes > 0
    assert run.end_bytes <= (1 + MOST_GROWTH) * run.warm_bytes


def test_what_is_too_much_is_turned_away_sooner_than_the_rest_is_served(run: Run) -> None:
    away = load.rejected_with_retry(run.overloaded)
    served = [each for each in run.overloaded if each.status == 200]
    assert away
    assert served
    assert len(away) + len(served) == len(run.overloaded)
    assert half_ms(away) < half_ms(served)
    assert half_ms(away) < 1_000


def test_a_moment_later_all_is_as_usual(run: Run) -> None:
    assert normal(run.afterwards[-1], run.saturated)
