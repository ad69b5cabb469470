"""Rows of Arrow batches get the same answers as over HTTP, independently of each other."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from flask.testing import FlaskClient

from nutgraf import arrow
from nutgraf.arrow import ANSWER_SCHEMA, SLICE_ROWS, ColumnError, OptionsError, summarize_batches
from nutgraf.samples import sample
from nutgraf.service.spawned_responders import SpawnedResponders, SpawnError
from tests.archives import lethal_words
from tests.builders import NEWS

SMALL = {"headlines": {"count": 0}, "keywords": 0}


def answers(batch: pa.RecordBatch, **options: Any) -> list[dict[str, Any]]:
    """The answers to a batch as rows."""
    batches = [*summarize_batches(iter([batch]), options={**SMALL, **options})]
    assert all(answered.schema == ANSWER_SCHEMA for answered in batches)
    return [row for answered in batches for row in answered.to_pylist()]


def posted(client: FlaskClient, article: dict[str, Any], **options: Any) -> str:
    """The answer of `POST /summarize` without its line end."""
    text = client.post("/summarize", json={"articles": [article], **SMALL, **options}).get_data(as_text=True)
    assert text.endswith("\n")
    return text.removesuffix("\n")


def test_article_columns_get_the_same_bytes_as_over_http(shared_client: FlaskClient) -> None:
    article = {
        "id": "ap-1", "text": NEWS, "title": "Bridge to close", "source": "AP", "byline": "By A. Writer", "language": "en",
        "url": "https://news.example/bridge", "published_at": "2026-01-11T14:05:00Z", "updated_at": "2026-01-11T15:05:00Z",
        "embargoed_until": "2026-01-11T16:05:00Z",
    }  # fmt: skip
    [row] = answers(pa.RecordBatch.from_pylist([article]), length={"words": 40})
    assert row == {
        "id": "ap-1", "status": 200, "body": posted(shared_client, article, length={"words": 40}), "problem": None,
    }  # fmt: skip


def test_a_request_column_gets_the_same_bytes_as_over_http(shared_client: FlaskClient) -> None:
    request = json.dumps(sample("ferry"))
    [row] = answers(pa.record_batch({"id": ["x"], "request": [request], "section": ["local"]}))
    sent = json.dumps({**SMALL, **sample("ferry")})
    expected = shared_client.post("/summarize", data=sent, content_type="application/json").get_data(as_text=True)
    assert (row["id"], row["body"] + "\n") == ("x", expected)


def test_without_options_a_request_is_passed_on_unchanged(shared_client: FlaskClient) -> None:
    """A repeated key is refused, as over HTTP."""
    request = '{"articles": [{"text": "One."}], "keywords": 1, "keywords": 2}'
    [batch] = summarize_batches([pa.record_batch({"request": [request]})])
    assert json.loads(batch.to_pylist()[0]["problem"])["type"] == "/problems/malformed-json"


def test_options_of_a_request_replace_those_for_all(shared_client: FlaskClient) -> None:
    article = {"text": NEWS, "language": "en"}
    requests = [json.dumps({"articles": [article], "length": {"sentences": 1}}), json.dumps({"articles": [article]})]
    rows = answers(pa.record_batch({"request": requests}), length={"sentences": 2})
    assert [len(json.loads(row["body"])["summary"]["sentences"]) for row in rows] == [1, 2]


def test_a_feed_is_grouped() -> None:
    [row] = answers(pa.record_batch({"request": [json.dumps({"stories": sample("feed")})]}))
    assert "stories" in json.loads(row["body"])


def test_an_article_in_json_is_a_request(shared_client: FlaskClient) -> None:
    article = {"id": 17, "text": NEWS, "language": "en", "section": "local", "title": None}
    [row] = answers(pa.record_batch({"request": [json.dumps(article)]}))
    assert (row["id"], row["body"]) == ("17", posted(shared_client, {"id": "17", "text": NEWS, "language": "en"}))


def test_bad_rows_fail_alone() -> None:
    texts = [b"Ice closed the canal.", b"", None, b"It \xff froze.", b"The ferry ran."]
    rows = answers(pa.record_batch({"text": pa.array(texts, pa.binary()), "url": ["", None, "", "", "nowhere"]}))
    assert [row["status"] for row in rows] == [200, 422, 422, 400, 422]
    assert [row["body"] is None for row in rows] == [row["problem"] is not None for row in rows]
    assert json.loads(rows[4]["problem"])["errors"][0]["pointer"] == "/articles/0/url"


def test_text_that_is_not_utf_8_fails_alone() -> None:
    """Arrow does not check that strings are UTF-8; reading an invalid one once failed for the whole batch."""
    column = pa.Array.from_buffers(pa.string(), 2, pa.array([b"Fine.", b"\xff\xfe"], pa.binary()).buffers())
    rows = answers(pa.record_batch({"text": column, "language": ["en", "en"]}))
    assert [row["status"] for row in rows] == [200, 400]


@pytest.mark.parametrize("request_text", ["", "7", '{"articles": []}', '{"te', None])
def test_a_row_that_is_not_a_request_gets_a_problem(request_text: str | None) -> None:
    [row] = answers(pa.record_batch({"request": pa.array([request_text], pa.string())}))
    assert row["status"] in (400, 422)
    assert json.loads(row["problem"])["status"] == row["status"]


def test_the_same_bad_row_always_has_the_same_problem() -> None:
    first, second = answers(pa.record_batch({"text": ["", ""]}))
    [alone] = answers(pa.record_batch({"text": [""]}))
    assert first == second == alone


@pytest.mark.parametrize(
    "times",
    [
        pa.array([datetime(2026, 1, 11, 14, 5)], pa.timestamp("ms")),
        pa.array([datetime(2026, 1, 11, 14, 5, tzinfo=UTC)], pa.timestamp("ns", "Europe/Lisbon")),
        pa.array(["2026-01-11T14:05:00Z"], pa.large_string()),
    ],
)
def test_times_are_timestamps_or_text(times: pa.Array, shared_client: FlaskClient) -> None:
    [row] = answers(pa.record_batch({"text": [NEWS], "published_at": times}))
    assert row["body"] == posted(shared_client, {"text": NEWS, "published_at": "2026-01-11T14:05:00Z"})


def test_a_date_is_its_first_moment_in_utc(shared_client: FlaskClient) -> None:
    [row] = answers(pa.record_batch({"text": [NEWS], "published_at": [date(2026, 1, 11)]}))
    assert row["body"] == posted(shared_client, {"text": NEWS, "published_at": "2026-01-11T00:00:00Z"})


def test_a_time_beyond_the_calendar_fails_alone() -> None:
    times = pa.array([2**61, 0, None], pa.timestamp("us"))
    rows = answers(pa.record_batch({"text": ["One.", "Two.", "Three."], "published_at": times}))
    assert [row["status"] for row in rows] == [422, 200, 200]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_all_kinds_of_text_are_read(kind: pa.DataType) -> None:
    [row] = answers(pa.RecordBatch.from_arrays([pa.array(["Ice closed the canal."]).cast(kind)], ["text"]))
    assert row["status"] == 200


def test_text_is_used_where_there_is_html_too(shared_client: FlaskClient) -> None:
    rows = answers(pa.record_batch({"text": [NEWS, None], "html": ["<p>Other.</p>", "<p>Ice closed the canal.</p>"]}))
    assert [row["body"] for row in rows] == [
        posted(shared_client, {"text": NEWS}), posted(shared_client, {"html": "<p>Ice closed the canal.</p>"}),
    ]  # fmt: skip


def test_a_large_batch_is_answered_in_slices_and_in_order() -> None:
    texts = [f"Ice closed canal {number}." for number in range(SLICE_ROWS + 3)]
    batch = pa.record_batch({"id": range(len(texts)), "text": texts, "language": ["en"] * len(texts)})
    sizes = [answered.num_rows for answered in summarize_batches([batch], options=SMALL)]
    assert sizes == [SLICE_ROWS, 3]
    assert [row["id"] for row in answers(batch)] == [str(number) for number in range(len(texts))]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"titel": ["x"], "body": ["y"]}, "There is no column 'text', 'html' or 'request'; the columns are: titel, body."),
        ({"text": [7]}, "The column 'text' has the type int64; it must have text."),
        ({"text": ["x"], "published_at": [7.0]}, "The column 'published_at' has the type double"),
        ({"text": ["x"], "id": [7.0]}, "The column 'id' has the type double; it must have text or whole numbers."),
    ],
)
def test_columns_that_do_not_fit_are_named(columns: dict[str, Any], said: str) -> None:
    with pytest.raises(ColumnError, match=said):
        answers(pa.record_batch(columns))


@pytest.mark.parametrize(
    ("options", "said"),
    [({"lenght": 3}, "/lenght"), ({"length": {"words": 0}}, "/length/words"), ({"articles": []}, "must not have articles")],
)
def test_invalid_options_are_named_before_any_row(options: dict[str, Any], said: str) -> None:
    with pytest.raises(OptionsError, match=said):
        next(summarize_batches([], options=options))


@pytest.fixture
def lethal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(lethal_words(tmp_path))
    arrow._responders.cache_clear()
    yield
    arrow._responders.cache_clear()


@pytest.mark.usefixtures("lethal")
def test_a_row_that_kills_its_process_gets_a_problem_and_the_others_are_answered() -> None:
    rows = answers(pa.record_batch({"text": ["Ice closed the canal.", "A lethal dose.", "The ferry ran."]}))
    assert [row["status"] for row in rows] == [200, 500, 200]
    assert "died" in json.loads(rows[1]["problem"])["detail"]


def test_rows_that_could_not_be_computed_have_a_problem_each() -> None:
    batch = pa.record_batch({"id": [7, 8], "text": ["One.", "Two."]})
    rows = arrow.problem_rows(batch, "Its workers died.").to_pylist()
    assert [(row["id"], row["status"], row["body"]) for row in rows] == [("7", 500, None), ("8", 500, None)]
    assert json.loads(rows[0]["problem"])["detail"] == "Its workers died."


def test_the_fork_server_is_restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    responders = SpawnedResponders(arrow.answer_settings())
    body = b'{"articles": [{"text": "Ice closed the canal."}]}'
    try:
        with responders.one() as responder:
            first = responder(body, "one")
        assert responders._host is not None
        os.kill(responders._host.pid, signal.SIGKILL)
        responders._host.wait()
        with responders.one() as responder:
            assert responder(body, "one") == first
    finally:
        responders.stop()
    assert first[0] == 200


def test_missing_tokenizer_data_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Otherwise every row of an archive would get the same problem."""
    (tmp_path / "sitecustomize.py").write_text("import nltk.data\nnltk.data.path[:] = []\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("NLTK_DATA", str(tmp_path))
    responders = SpawnedResponders(arrow.answer_settings())
    with pytest.raises(SpawnError, match="nltk_data"), responders.one():
        pass
