"""Load for minutes: memory that grows slowly, and queues that fill slowly, show only then."""

import pytest

from tests.server.test_load import (
    Run,
    measured,
    test_a_moment_later_all_is_as_usual,
    test_at_saturation_nothing_fails,
    test_memory_is_flat,
    test_what_is_too_much_is_turned_away_sooner_than_the_rest_is_served,
)

__all__ = [
    "test_a_moment_later_all_is_as_usual",
    "test_at_saturation_nothing_fails",
    "test_memory_is_flat",
    "test_what_is_too_much_is_turned_away_sooner_than_the_rest_is_served",
]

SECONDS, OVERLOAD_SECONDS = 300, 60


@pytest.fixture(scope="module")
def run() -> Run:
    return measured(SECONDS, OVERLOAD_SECONDS)
