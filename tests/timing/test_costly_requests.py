"""A quick search for the worst legal request, in a small part of the limits; tests/slow searches in all of them."""

import time
from pathlib import Path

import pytest

from nutgraf.service.limits import Limits
from nutgraf.summarizer import pipeline
from tests import costly

if not Path("/proc/self/clear_refs").exists():
    pytest.skip("needs /proc, to measure memory", allow_module_level=True)

# Together below 20 seconds.
SEED, REQUESTS, PART = 25, 16, 1 / 40


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    pipeline.warm_up()


def test_no_request_costs_more_than_is_allowed() -> None:
    for tried in costly.search(SEED, REQUESTS, PART):
        assert costly.within(tried.cost, PART), tried


@pytest.mark.parametrize("what", ["time", "memory"])
def test_a_step_that_costs_too_much_is_found(what: str) -> None:
    """One that is slow, or large, only if there are many articles."""

    def step(content: bytes, limits: Limits) -> str:
        refused = costly.answer(content, limits)
        if content.count(b'"source"') > 5:
            began = time.process_time()
            held = b"a" * (100_000_000 if what == "memory" else 1)
            while what == "time" and time.process_time() - began < 2 * costly.MOST_SECONDS * PART + costly.FIXED_SECONDS:
                pass
            assert held is not None
        return refused

    assert not all(costly.within(tried.cost, PART) for tried in costly.search(SEED, REQUESTS, PART, step))
