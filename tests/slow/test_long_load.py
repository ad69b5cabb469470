"""Twenty minutes of load, which reveal memory that grows slowly and queues that fill slowly."""

import os

import pytest

from bench.http import percentile_ms
from tests.server.test_load import (
    Run,
    run_load_test,
    test_excess_requests_are_rejected_faster_than_others_are_answered,
    test_no_request_fails_at_saturation,
    test_the_service_recovers_soon_after_overload,
)

__all__ = [
    "test_excess_requests_are_rejected_faster_than_others_are_answered",
    "test_no_request_fails_at_saturation",
    "test_the_service_recovers_soon_after_overload",
]

# NUTGRAF_LOAD_SECONDS shortens the run, to try the test itself.
SECONDS = float(os.environ.get("NUTGRAF_LOAD_SECONDS", 20 * 60))
COMPARED_SECONDS = SECONDS / 4  # five minutes
WARM_SECONDS, OVERLOAD_SECONDS = SECONDS / 20, SECONDS / 20
MOST_SLOWER = 1.3
MOST_GROWTH = 0.05
# The idle loop counts as constant up to this share of its time.
IDLE_TOLERANCE = 0.15


@pytest.fixture(scope="module")
def run() -> Run:
    return run_load_test(SECONDS, OVERLOAD_SECONDS, WARM_SECONDS)


def test_memory_does_not_grow(run: Run) -> None:
    warm, loaded = run.warm_bytes / 1e6, run.saturated_bytes / 1e6
    print(f"{len(run.saturated)} requests; memory: {warm:.0f} MB warm, {loaded:.0f} MB after the load")
    assert 0 < run.saturated_bytes <= (1 + MOST_GROWTH) * run.warm_bytes


def test_the_last_minutes_are_as_fast_as_the_first(run: Run) -> None:
    """Compares p99, if the idle loop is constant: otherwise the machine has changed, not the service."""
    start, end = (choose(answer.ended for answer in run.saturated) for choose in (min, max))

    def first_and_last(timed: list[tuple[float, float]], percentile: int) -> tuple[float, float]:
        first = [seconds for ended, seconds in timed if ended < start + COMPARED_SECONDS]
        last = [seconds for ended, seconds in timed if ended > end - COMPARED_SECONDS]
        return percentile_ms(first, percentile), percentile_ms(last, percentile)

    first, last = first_and_last([(answer.ended, answer.seconds) for answer in run.saturated], 99)
    idle_first, idle_last = first_and_last([(turn.ended, turn.seconds) for turn in run.idle], 50)
    figures = f"p99 {first:.0f} ms, then {last:.0f} ms; idle loop {idle_first:.1f} ms, then {idle_last:.1f} ms"
    print(figures)
    if last > MOST_SLOWER * first and abs(idle_last / idle_first - 1) > IDLE_TOLERANCE:
        pytest.skip(f"The machine did other work: {figures}.")
    assert last <= MOST_SLOWER * first, figures
