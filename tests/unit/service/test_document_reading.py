"""Documents are read in a process with limits of time and memory, and no document can stop the service."""

import json
import time
from typing import Any

import pytest

from nutgraf import formats
from nutgraf.formats import web_page
from nutgraf.formats.encodings import to_bytes
from nutgraf.service import document_reading
from nutgraf.service.compute_process_responder import ComputeProcessResponder
from nutgraf.settings import load
from tests.sample_documents import PAGE, PARAGRAPHS, WHOLE

isolated_reading = document_reading.isolated_reading  # the process is a copy of this one at this moment


@pytest.fixture(autouse=True)
def _all_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_reading, "ISOLATED_CHARACTERS", 0)


@pytest.mark.parametrize("name", ["docx", "pdf", "email", "web-page", "feed"])
def test_isolated_reading_gives_the_same_articles(name: str) -> None:
    document = to_bytes(WHOLE[name]) if formats.FORMATS[name].SENT_AS == formats.BYTES else WHOLE[name]
    with isolated_reading():
        assert document_reading.read(name, document, 20) == formats.read(name, document)


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "read", lambda document: time.sleep(60))
    began = time.monotonic()
    with isolated_reading(), pytest.raises(formats.UnreadableDocumentError, match="took too long"):
        document_reading.read("web-page", PAGE, 1)
    assert time.monotonic() - began < 20


def test_a_document_that_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next document is read as usual."""
    whole = web_page.read
    monkeypatch.setattr(document_reading, "MAX_MEMORY_BYTES", 50_000_000)
    monkeypatch.setattr(web_page, "read", lambda document: bytes(1_000_000_000) if document == "large" else whole(document))
    with isolated_reading():
        with pytest.raises(formats.UnreadableDocumentError, match="too much memory"):
            document_reading.read("web-page", "large", 20)
        assert PARAGRAPHS[0] in document_reading.read("web-page", PAGE, 20)[0]["html"]


def test_a_job_reads_documents_within_the_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """They were once read without a limit, in the process that answers the requests of jobs."""
    monkeypatch.setattr(document_reading, "MAX_MEMORY_BYTES", 50_000_000)
    monkeypatch.setattr(web_page, "read", lambda document: bytes(1_000_000_000))
    responder = ComputeProcessResponder(load())
    responder.start()
    try:
        status, body = responder(json.dumps({"articles": [{"html": PAGE}]}).encode(), "job.0")
    finally:
        responder.stop()
    assert status == 422
    assert "too much memory" in json.loads(body)["errors"][0]["detail"]


def test_documents_of_a_request_share_the_time_limit() -> None:
    with isolated_reading(), pytest.raises(formats.UnreadableDocumentError, match="took too long"):
        document_reading.read("pdf", to_bytes(WHOLE["pdf"]), -5)


@pytest.mark.parametrize(
    ("name", "document", "isolated"),
    [
        ("auto", to_bytes(WHOLE["pdf"]), True),
        ("auto", WHOLE["pdf"], True),
        ("docx", WHOLE["docx"], True),
        ("email", WHOLE["email"], True),
        ("auto", PAGE, False),
        ("auto", WHOLE["ghost"], False),
    ],
)
def test_binary_files_of_any_size_are_read_in_another_process(
    monkeypatch: pytest.MonkeyPatch, name: str, document: Any, isolated: bool
) -> None:
    monkeypatch.setattr(document_reading, "ISOLATED_CHARACTERS", 300_000)
    assert document_reading._may_take_long(name, document) is isolated
