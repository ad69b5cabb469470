"""The requests of the benchmarks are different, so that caches help no more than with real copy."""

import json
from itertools import islice

from bench.http import Requests

POOL = [f"Sentence {number} of the pool." for number in range(100)]


def texts(body: bytes) -> list[str]:
    return [article["text"] for article in json.loads(body)["articles"]]


def test_requests_go_through_the_pool_and_begin_again() -> None:
    bodies = [texts(body) for body in islice(Requests(POOL, [30]), 4)]
    assert [len(articles) for articles in bodies] == [2, 2, 2, 2]
    assert [articles[0].split(" of ")[0] for articles in bodies] == [
        "Sentence 0",
        "Sentence 30",
        "Sentence 60",
        "Sentence 90",
    ]
    assert POOL[99] in bodies[3][0]
    assert POOL[0] in bodies[3][0]


def test_sizes_are_repeated() -> None:
    bodies = [texts(body) for body in islice(Requests(POOL, [60, 10, 10]), 6)]
    assert [len(articles) for articles in bodies] == [3, 1, 1, 3, 1, 1]
    assert [articles[0].split(" of ")[0].split(" ")[1] for articles in bodies] == ["0", "60", "70", "80", "40", "50"]


def test_no_two_requests_are_equal() -> None:
    bodies = list(islice(Requests(POOL, [50]), 40))
    assert len(set(bodies)) == 40
