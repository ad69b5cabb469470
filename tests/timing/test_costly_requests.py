"""A quick search for the most costly valid request, within a small part of the limits; tests/slow uses the full limits."""

import time
from pathlib import Path

import pytest

from nutgraf.service.limits import Limits
from nutgraf.summarizer import pipeline
from tests import costly_requests
from tests.cpu_time import slowness

if not Path("/proc/self/clear_refs").exists():
    pytest.skip("needs /proc, to measure memory", allow_module_level=True)

# Both tests together take less than 20 seconds.
SEED, REQUESTS, PART = 25, 16, 1 / 40


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    pipeline.warm_up()


def test_no_request_costs_more_than_is_allowed() -> None:
    for tried in costly_requests.search(SEED, REQUESTS, PART):
        assert costly_requests.is_affordable(tried.cost, PART), tried


@pytest.mark.parametrize("what", ["time", "memory"])
def test_the_search_finds_a_function_that_costs_too_much(what: str) -> None:
    """The planted function is slow, or needs much memory, only with many articles."""

    def costly(content: bytes, limits: Limits) -> str:
        refused = costly_requests.refusal_of(content, limits)
        if content.count(b'"source"') > 5:
            began = time.process_time()
            held = b"a" * (100_000_000 if what == "memory" else 1)
            enough = (2 * costly_requests.BUDGET_SECONDS * PART + costly_requests.FIXED_SECONDS) * slowness()
            while what == "time" and time.process_time() - began < enough:
                pass
            assert held is not None
        return refused

    trials = costly_requests.search(SEED, REQUESTS, PART, costly)
    assert not all(costly_requests.is_affordable(tried.cost, PART) for tried in trials)
