"""A small body can't cause much work: everything that may be long is counted before it is loaded."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nutgraf.service.schemas.fields import MAX_ERRORS
from nutgraf.service.strict_json import MAX_VALUES, MalformedJSONError, parse
from tests.builders import NEWS, body
from tests.cpu_time import at_most
from tests.problems import errors_by_pointer, is_problem

MANY = 400_000
MOST_SECONDS = 1.0


@pytest.fixture
def client(shared_client: FlaskClient) -> FlaskClient:
    return shared_client


def send(client: FlaskClient, content: bytes, **headers: str) -> TestResponse:
    return client.post("/summarize", data=content, content_type="application/json", headers=headers)


@pytest.fixture
def assert_low_cpu_time(client: FlaskClient, untraced: None) -> Iterator[None]:
    """Fails if the block needs much CPU time."""
    assert client.post("/summarize", json=body()).status_code == 200
    with at_most(MOST_SECONDS):
        yield


def with_list(name: str, element: str) -> bytes:
    """A request in which one list is far too long."""
    sent = {key: value for key, value in body().items() if key != name}
    return json.dumps(sent)[:-1].encode() + f'{"," if sent else ""} "{name}": [{",".join([element] * MANY)}]}}'.encode()


@pytest.mark.parametrize("element", ["0", "{}", '"quotes"'])
@pytest.mark.parametrize("name", ["articles", "background", "pin", "ban", "exclude"])
def test_a_list_that_is_too_long_gives_one_error_and_costs_little(
    client: FlaskClient, name: str, element: str, assert_low_cpu_time: None
) -> None:
    """A million zeros as articles took 32 seconds and a gigabyte."""
    errors = errors_by_pointer(is_problem(send(client, with_list(name, element)), 422, "invalid-request"))
    assert list(errors) == [f"/{name}"]
    assert " 100 " in errors[f"/{name}"]


def test_too_many_variants_are_one_error(client: FlaskClient, assert_low_cpu_time: None) -> None:
    sent = body(variants=dict.fromkeys(map(str, range(MANY // 4)), 0))
    errors = errors_by_pointer(is_problem(client.post("/summarize", json=sent), 422, "invalid-request"))
    assert errors == {"/variants": "Must have at most 20 variants."}


def test_too_many_requests_of_a_job_are_one_error(client: FlaskClient, assert_low_cpu_time: None) -> None:
    response = client.post(
        "/jobs", data=b'{"requests": [%s]}' % b",".join([b"0"] * 200_000), content_type="application/json"
    )
    assert list(errors_by_pointer(is_problem(response, 422, "invalid-request"))) == ["/requests"]


def test_errors_are_collected_up_to_a_hundred(client: FlaskClient, assert_low_cpu_time: None) -> None:
    sent = body(**{f"option_{number}": 0 for number in range(MANY // 4)})
    problem = is_problem(client.post("/summarize", json=sent), 422, "invalid-request")
    assert len(problem["errors"]) == MAX_ERRORS
    assert problem["detail"].startswith(f"More than {MAX_ERRORS} fields")
    problem = is_problem(client.post("/summarize", json=body(one=1, two=2)), 422, "invalid-request")
    assert problem["detail"].startswith("2 fields")


def test_reading_feeds_stops_at_the_limit_of_articles(client: FlaskClient, assert_low_cpu_time: None) -> None:
    """A hundred feeds of nine hundred entries were read completely before their entries were counted."""
    item = f"<item><title>Bridge</title><description>{NEWS}</description></item>"
    feed = {"format": "feed", "document": f"<rss version='2.0'><channel>{item * 120}</channel></rss>"}
    errors = errors_by_pointer(
        is_problem(client.post("/summarize", json={"articles": [feed] * 100}), 422, "invalid-request")
    )
    assert "at most 100 articles" in errors["/articles"]


@pytest.mark.parametrize("count", [1, 100])
@pytest.mark.parametrize("seed", ["<p>a", "<p>It rains.</p>", "<i>a</i>"])
@pytest.mark.parametrize("start", ["<p>a", "<html><body><nav>Home</nav><p>a", "<rss><channel><item><description>a"])
def test_markup_with_too_many_elements_is_not_parsed(
    client: FlaskClient, start: str, seed: str, count: int, assert_low_cpu_time: None
) -> None:
    """Eight megabytes of elements took 55 seconds, or a gigabyte: only their text was counted, after they had been read."""
    markup = start + seed * (4_000_000 // count // len(seed))
    made = {"format": "feed", "document": markup} if "rss" in start else {"html": markup}
    errors = errors_by_pointer(
        is_problem(client.post("/summarize", json={"articles": [made] * count}), 422, "invalid-request")
    )
    assert errors == {"/articles": "Must have at most 100000 elements in all HTML and documents."}


def test_a_repeated_key_among_many_is_found_fast(untraced: None) -> None:
    """60,000 keys and one repeated one took 469 seconds."""
    keys = ",".join(f'"key{number}": 0' for number in range(60_000))
    with at_most(MOST_SECONDS), pytest.raises(MalformedJSONError, match="'key59999' twice"):
        parse(f'{{{keys}, "key59999": 1}}'.encode(), max_depth=8)


@pytest.mark.parametrize("element", ["0", "[]", "{}", '{"a":0}', '"a"', '{"a":"b"}', '""', '"\\""'])
def test_json_values_are_counted_before_they_are_created(element: str) -> None:
    most = 1_000
    fitting = (most - 1) // (2 if ":" in element else 1)
    parse(f"[{' , '.join([element] * fitting)}]".encode(), max_depth=8, max_values=most)
    tracemalloc.start()
    with pytest.raises(MalformedJSONError, match="more than 1000 values"):
        parse(f"[{','.join([element] * 100_000)}]".encode(), max_depth=8, max_values=most)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20


@pytest.mark.parametrize(
    "text",
    [', [ { \\" , [' * 500, "\\\\", '\\\\\\" ,,,,,,,,,,,,,,,,,,,,,,,', ",é[" * 700],
    ids=["marks", "end", "both", "wide"],
)
def test_punctuation_in_text_is_not_counted_as_a_value(text: str) -> None:
    content = f'{{"text": "{text}", "more": ["{text}"]}}'.encode()
    assert parse(content, max_depth=8, max_values=4) == json.loads(content)


@pytest.mark.parametrize("start", ['"', '"\\"', '{"a": "\\'])
def test_an_unterminated_string_is_counted_in_linear_time(start: str, untraced: None) -> None:
    with at_most(5 * MOST_SECONDS), pytest.raises(MalformedJSONError):
        parse((start * MANY + ",[" * MAX_VALUES).encode(), max_depth=8)


def test_a_body_that_inflates_too_much_is_refused_early(client: FlaskClient, assert_low_cpu_time: None) -> None:
    """Two kilobytes held two megabytes of zeros."""
    content = gzip.compress(with_list("articles", "0") * 4)
    assert len(content) < 8_000
    tracemalloc.start()
    problem = is_problem(send(client, content, **{"Content-Encoding": "gzip"}), 413, "inflated-too-large")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "100 times" in problem["detail"]
    assert peak < 4 << 20


def test_repetitive_news_is_inflated(client: FlaskClient) -> None:
    """A hundred versions of one story are not an attack, nor is a small body of one repeated word."""
    versions: list[Any] = [{"text": f"{NEWS} This is version {number} of {NEWS}"} for number in range(100)]
    for sent in ({"articles": versions}, body("word " * 20_000)):
        content = gzip.compress(json.dumps(sent).encode())
        assert send(client, content, **{"Content-Encoding": "gzip"}).status_code in (200, 422)
