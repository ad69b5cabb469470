"""The limits of a request: each is tested at its exact value."""

import gzip
import io
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from nutgraf.app import create_app
from nutgraf.http.body import MAX_GZIP_MEMBERS
from nutgraf.http.security.keys import KeyFile
from nutgraf.service import respond as respond_module
from nutgraf.service.compute_slot import compute_slot
from nutgraf.service.limits import Deadline, DeadlineExceededError
from nutgraf.service.respond import Responder
from nutgraf.settings import load
from nutgraf.summarizer import TooManySentencesError, summarize
from tests.builders import NEWS, Unread, article, body
from tests.cpu_time import at_most
from tests.malformed_requests import bomb
from tests.problems import errors_by_pointer, is_problem

SENTENCE = "The bridge is closed. "


def client(**settings: Any) -> FlaskClient:
    return create_app(settings).test_client()


def test_the_limit_of_articles_counts_documents_and_background() -> None:
    asked = client(max_articles=2)
    assert asked.post("/summarize", json=body(NEWS, NEWS)).status_code == 200
    for sent, pointer in (
        (body(NEWS, NEWS, NEWS), "/articles"),
        (body(background=body(*[NEWS] * 3)["articles"]), "/background"),
    ):
        errors = errors_by_pointer(is_problem(asked.post("/summarize", json=sent), 422, "invalid-request"))
        assert list(errors) == [pointer]
        assert "at most 2" in errors[pointer]
    entries = "".join(f"<item><title>Bridge</title><description>{NEWS}</description></item>" for _ in range(3))
    feed = f"<rss version='2.0'><channel>{entries}</channel></rss>"
    response = asked.post("/summarize?format=feed", data=feed, content_type="application/rss+xml")
    is_problem(response, 422, "invalid-request")


def test_the_limit_of_characters() -> None:
    asked = client(max_characters=1_000)
    exact = (SENTENCE * 50)[:1_000]
    assert asked.post("/summarize", json=body(exact)).status_code == 200
    for sent in (body(exact + "x"), body(exact, background=[{"text": "x"}]), {"articles": [{"html": f"<p>{exact}x</p>"}]}):
        errors = errors_by_pointer(is_problem(asked.post("/summarize", json=sent), 422, "invalid-request"))
        assert errors == {"/articles": "Must have at most 1000 characters of text; has 1001."}


def test_the_limit_of_elements() -> None:
    """All markup counts together, also markup that was escaped in a document."""
    asked = client(max_elements=1_000)
    half = f"<p>{SENTENCE}</p>{'<b>a</b>' * 499}"
    item = f"<item><title>Bridge</title><description>{half}{{}}</description></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    escaped = feed.replace("<b>a</b>", "&lt;b&gt;a").replace("<p>", "").replace("</p>", "")
    for sent in (
        {"articles": [{"html": half}, {"html": half}]},
        {"articles": [{"html": half}], "background": [{"html": half}]},
        {"articles": [{"text": f"{SENTENCE}{'<b>' * 2_000}"}]},
        {"articles": [{"html": half}, {"format": "feed", "document": escaped.format("")}]},
    ):
        assert asked.post("/summarize", json=sent).status_code == 200
    for sent, pointer in (
        ({"articles": [{"html": half}, {"html": f"{half}<i>"}]}, "/articles"),
        ({"articles": [{"html": half}], "background": [{"html": f"{half}<i>"}]}, "/background"),
        ({"articles": [{"html": half}, {"format": "feed", "document": feed.format("")}]}, "/articles"),
        ({"articles": [{"html": half}, {"format": "feed", "document": escaped.format("&lt;b&gt;" * 2)}]}, "/articles"),
    ):
        errors = errors_by_pointer(is_problem(asked.post("/summarize", json=sent), 422, "invalid-request"))
        assert errors == {pointer: "Must have at most 1000 elements in all HTML and documents."}


def test_the_limit_of_sentences() -> None:
    asked = client(max_sentences=10)
    assert asked.post("/summarize", json=body(SENTENCE * 10)).status_code == 200
    response = asked.post("/summarize", json=body(SENTENCE * 11))
    assert "11 sentences" in is_problem(response, 422, "too-many-sentences")["detail"]
    response = asked.post("/summarize", json=body(background=[{"text": SENTENCE * 11}]))
    is_problem(response, 422, "too-many-sentences")
    with pytest.raises(TooManySentencesError):
        summarize([article(SENTENCE * 11)], max_sentences=10)


def test_the_limit_of_lines() -> None:
    """Lines that are not sentences, such as headings, are limited too: a million of them once took half a minute."""
    asked = client(max_sentences=10)
    lines = ["A heading", SENTENCE] * 10
    assert asked.post("/summarize", json=body("\n\n".join(lines))).status_code == 200
    response = asked.post("/summarize", json=body("\n \n".join([*lines, "Another heading"])))
    assert "21 lines; it may have at most 20" in is_problem(response, 422, "too-many-sentences")["detail"]


def test_a_request_is_stopped_between_two_steps_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The problem names the step that took too long, and has no text of the article."""

    def slow(*arguments: Any) -> Any:
        time.sleep(1.1)
        return []

    monkeypatch.setattr("nutgraf.summarizer.reading.cluster.split", slow)
    monkeypatch.setattr("nutgraf.summarizer.reading.cluster.content_words", lambda *arguments: pytest.fail("went on"))
    monkeypatch.setattr("nutgraf.summarizer.reading.cluster._no_usable_text_detail", lambda **_: pytest.fail("went on"))
    response = client(max_seconds=1).post("/summarize", json=body())
    problem = is_problem(response, 503, "too-slow")
    assert "1 second " in problem["detail"]
    assert "split" in problem["detail"]
    assert response.headers["Retry-After"] == "30"


def test_waiting_time_counts_towards_the_deadline() -> None:
    bounds = Deadline(seconds=5, started=time.monotonic() - 6)
    with pytest.raises(DeadlineExceededError, match="waiting"):
        bounds.begin()


def test_on_step_is_called_for_every_step_and_changes_no_answer() -> None:
    steps: list[str] = []
    sources = [article(), article(NEWS.replace("bridge", "tunnel"))]
    assert summarize(sources, on_step=steps.append) == summarize(sources)
    assert steps == ["clean", "split", "words", "copies", "rank", "select", "headlines", "figures", "keywords", "quotes"]


def test_a_request_that_gets_no_compute_slot_in_time_gets_503() -> None:
    asked = client(max_wait_seconds=1)
    with compute_slot(100):
        response = asked.post("/summarize", json=body())
    is_problem(response, 503, "busy")
    assert response.headers["Retry-After"] == "1"
    assert asked.post("/summarize", json=body()).status_code == 200


def test_excess_requests_are_rejected_and_probes_are_answered() -> None:
    app = create_app({"max_waiting": 2})
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(app.test_client().post("/summarize", json=body()).status_code)

    with compute_slot(100):
        waiting = [threading.Thread(target=ask) for _ in range(2)]
        for thread in waiting:
            thread.start()
        end = time.monotonic() + 5
        while app.extensions["nutgraf-admission"].free_places and time.monotonic() < end:
            time.sleep(0.01)
        is_problem(app.test_client().post("/summarize", json=body()), 503, "busy")
        assert app.test_client().get("/readyz").status_code == 200
        assert app.test_client().get("/languages").status_code == 200
    for thread in waiting:
        thread.join()
    assert statuses == [200, 200]
    for _ in range(5):  # all places are free again, also those of requests with problems
        is_problem(app.test_client().post("/summarize", json={}), 422, "invalid-request")
    assert app.test_client().post("/summarize", json=body()).status_code == 200


def test_jobs_and_batches_wait_for_a_compute_slot_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []

    def slot(characters: int, wait_seconds: float | None) -> Any:
        waits.append(wait_seconds)
        return compute_slot(characters)

    monkeypatch.setattr(respond_module, "compute_slot", slot)
    status, _ = Responder(load())(json.dumps(body()).encode(), "batch-0")
    assert status == 200
    client().post("/summarize", json=body())
    assert waits == [None, 5]


def zipped(asked: FlaskClient, content: bytes, encoding: str = "gzip") -> Any:
    return asked.post("/summarize", data=content, content_type="application/json", headers={"Content-Encoding": encoding})


def sent(size: int) -> bytes:
    text = b'{"articles": [{"text": "%s"}]}'
    return text % (SENTENCE.encode() * size)[: size - len(text) + 2]


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip"])
def test_gzip_bodies_are_decompressed(encoding: str) -> None:
    plain = client().post("/summarize", data=sent(2_000), content_type="application/json").get_data()
    content = gzip.compress(sent(2_000))
    assert zipped(client(), content, encoding).get_data() == plain
    halves = gzip.compress(sent(2_000)[:700]) + gzip.compress(sent(2_000)[700:])
    assert zipped(client(), halves).get_data() == plain


def test_the_limit_of_decompressed_bytes() -> None:
    """The limit may be higher than that of an uncompressed body."""
    asked = client(max_body_bytes=1_024, max_inflated_bytes=4_000)
    assert zipped(asked, gzip.compress(sent(4_000))).status_code == 200
    problem = is_problem(zipped(asked, gzip.compress(sent(4_001))), 413, "inflated-too-large")
    assert "4000 bytes" in problem["detail"]


def test_a_gzip_bomb_is_not_inflated() -> None:
    """A gigabyte of zeros in a megabyte, and a million empty members."""
    gigabyte = bomb(1_024)
    with at_most(5):
        is_problem(zipped(client(), gigabyte), 413, "inflated-too-large")
        problem = is_problem(zipped(client(), gzip.compress(b"") * 300_000), 400, "not-gzip")
    assert str(MAX_GZIP_MEMBERS) in problem["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", gzip.compress(sent(500))[:-9], gzip.compress(sent(500)) + b"tail", b"\x1f\x8b"],
    ids=["empty", "plain", "cut", "tail", "magic"],
)
def test_invalid_gzip_gets_400(content: bytes) -> None:
    slug = "not-gzip" if content else "malformed-json"
    is_problem(zipped(client(), content), 400, slug)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zip"])
def test_other_content_encodings_get_415(encoding: str) -> None:
    is_problem(zipped(client(), gzip.compress(sent(500)), encoding), 415, "unsupported-media-type")


def test_a_body_without_a_length_is_limited() -> None:
    asked = client(max_body_bytes=2_000)
    for size, status in ((2_000, 200), (2_001, 413)):
        environ = {"wsgi.input": io.BytesIO(sent(size)), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        response = asked.post("/summarize", content_type="application/json", environ_overrides=environ)
        assert response.status_code == status


@pytest.mark.parametrize("path", ["/summarize", "/jobs"])
@pytest.mark.parametrize(
    ("headers", "size", "status"),
    [
        ({"X-API-Key": ""}, 500, 401),
        ({"X-API-Key": "nutgraf_other"}, 500, 401),
        ({"X-API-Key": "nutgraf_other", "Content-Encoding": "gzip"}, 500, 401),
        ({"Content-Type": "text/plain"}, 500, 415),
        ({"Content-Encoding": "br"}, 500, 415),
        ({}, 9 << 20, 413),
        ({"Content-Encoding": "gzip"}, 9 << 20, 413),
    ],
)
def test_requests_with_bad_headers_are_refused_before_the_body_is_read(
    tmp_path: Path, path: str, headers: dict[str, str], size: int, status: int
) -> None:
    secret = KeyFile(str(tmp_path)).add("desk")
    asked = client(data_dir=str(tmp_path))
    environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(size)}
    headers = {"X-API-Key": secret, "Content-Type": "application/json", **headers}
    assert asked.post(path, headers=headers, environ_overrides=environ).status_code == status
