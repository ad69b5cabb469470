"""Searches for the most costly valid request at the default limits; takes minutes."""

import os
from pathlib import Path

import pytest

from nutgraf.summarizer.pipeline import warm_up
from tests import costly_requests

if not Path("/proc/self/clear_refs").exists():
    pytest.skip("needs /proc, to measure memory", allow_module_level=True)

# NUTGRAF_SEARCH_SEED and NUTGRAF_SEARCH_REQUESTS change the seed and the number of requests.
SEED = int(os.environ.get("NUTGRAF_SEARCH_SEED", 25))
REQUESTS = int(os.environ.get("NUTGRAF_SEARCH_REQUESTS", 60))


def test_the_most_costly_valid_request_stays_within_its_budget() -> None:
    warm_up()
    tried = []
    for each in costly_requests.search(SEED, REQUESTS):
        tried.append(each)
        assert costly_requests.is_affordable(each.cost), each
    for place, unit in enumerate(("seconds", "bytes")):
        worst = max(tried, key=lambda each: each.cost[place])
        print(f"most {unit}: {worst.cost}, {worst.characters} characters, {worst.recipe}")
