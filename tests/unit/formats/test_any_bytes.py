"""Any bytes, sent as any format, get 200 or a 4xx, in bounded time."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import formats
from tests.cpu_time import at_most
from tests.expected_documents import CONTENT_TYPES, WholeDocument, documents
from tests.sample_documents import WHOLE, as_body

NAMES = ("auto", *formats.FORMATS)
MEDIA_TYPES = (*sorted(formats.MEDIA_TYPES), "application/octet-stream", "text/plain")
FILES = [document for document in documents() if document.path.suffix in CONTENT_TYPES]
# A generous time limit: real files take milliseconds, but Hypothesis tries many, and the machine may be busy.
MOST_SECONDS = 20


def post(client: FlaskClient, name: str, body: bytes, content_type: str) -> None:
    with at_most(MOST_SECONDS):
        response = client.post(f"/summarize?format={name}", data=body, content_type=content_type)
    assert response.status_code == 200 or 400 <= response.status_code < 500, response.get_data()


@given(st.sampled_from(NAMES), st.sampled_from(MEDIA_TYPES), st.binary(max_size=200))
def test_any_bytes(client: FlaskClient, name: str, content_type: str, body: bytes) -> None:
    post(client, name, body, content_type)


@given(st.sampled_from(NAMES), st.sampled_from(MEDIA_TYPES), st.sampled_from(sorted(WHOLE)))
def test_a_document_as_any_format(client: FlaskClient, name: str, content_type: str, document: str) -> None:
    post(client, name, as_body(WHOLE[document]), content_type)


@given(st.sampled_from(FILES), st.data())
def test_damaged_files(client: FlaskClient, document: WholeDocument, data: st.DataObject) -> None:
    """A part of a file is missing or has other bytes."""
    body = document.body
    start = data.draw(st.integers(0, len(body)))
    length = data.draw(st.integers(0, 200))
    changed = body[:start] + data.draw(st.binary(max_size=20)) + body[start + length :]
    post(client, document.format, changed, document.content_type)


def changed(value: Any, other: Any) -> Iterator[Any]:
    """Yields the JSON value with one of its values replaced, for each value in turn."""
    yield other
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        for each in changed(inside, other):
            copy = value.copy()
            copy[key] = each
            yield copy


@pytest.mark.parametrize("other", [{}, [], [[]], {"a": [{}]}, 0, 1e300, True, "", "x"], ids=repr)
@pytest.mark.parametrize(
    "document", [each for each in documents() if each.path.suffix == ".json"], ids=lambda each: each.name
)
def test_values_of_any_type_are_read_or_refused(document: WholeDocument, other: Any) -> None:
    """A `type` that was an object instead of a text once gave 500."""
    for value in changed(json.loads(document.path.read_text("utf-8-sig"), strict=False), other):
        with suppress(formats.UnreadableDocumentError):
            formats.read(document.format, value)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("email", b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 100_000),
        ("email", b"From: a@b.example\nDate: x\n" + b"X: y\n" * 200_000 + b"\nIt rains."),
        ("email", b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nIt rains."),
        ("email", b"From: a@b.example\nDate: x\n\n" + b"-- \n" * 100_000),
        ("email", b"From: a@b.example\nDate: x\nContent-Type: text/plain; format=flowed\n\n" + b"rain \n" * 100_000),
        ("email", b"From: " + b"(" * 900 + b"\nDate: x\n\nIt rains."),
        ("feed", b"<rss><channel><item><author>a@b.example " + b"(" * 900 + b"</author><description>It rains.</description></item></channel></rss>"),
        ("email", b"From: " + b"<" * 500_000 + b"\nDate: x\n\nIt rains."),
        ("email", b"From: a@b.example\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(90)) + b"a\n" * 100_000),
        ("iptc-7901", b"\x01agc001 4 i 9\n\x02" * 300_000),
        ("iptc-7901", b"\x01agc001 4 i 9\n\x02It rains.\x03" * 50_000),
        ("iptc-7901", b"\x01" + b" " * 1_000_000),
        ("anpa-1312", b"\x16\x16\x01w2870\x1f\n\x02" + b"^\n" * 500_000 + b"\x03"),
        ("anpa-1312", b"\x16\x16\x01w2870\x1f\n\x02^" + b"a-" * 500_000 + b"\x03"),
        ("anpa-1312", b"\x16\x16\x01w2870\x1f\n\x02^" + b"rain\n" * 300_000 + b"\x03"),
        ("web-page", b"<html><body><nav>" + b"<table><tr><td>" * 300 + b"It rains.<br>" * 50_000),
        ("web-page", b"<html><body><nav>" + b"<meta " * 300_000),
        ("web-page", b"<html><head><title>" + b" | " * 300_000 + b"</title><meta property=og:site_name content=a><body><nav><p>It rains."),
        ("newsml-1", b"<NewsML><NewsItem>" + b"<NewsComponent>" * 150 + b"<ContentItem><DataContent>It rains.</DataContent></ContentItem>" + b"</NewsComponent>" * 150 + b"</NewsItem></NewsML>"),
        ("newsml-1", b"<NewsML><NewsItem><NewsComponent>" + b"<NewsComponent><ContentItem><DataContent>It rains.</DataContent></ContentItem></NewsComponent>" * 10_000 + b"</NewsComponent></NewsItem></NewsML>"),
        ("newsml-1", b"<NewsML>" + b"<NewsItem/>" * 300_000 + b"</NewsML>"),
        ("pdf", b"%PDF-1.4\n" + b"1 0 obj\n" * 100_000),
        ("pdf", b"%PDF-1.4\n" + b"[" * 500_000),
        ("pdf", b"%PDF-1.4\n" + b"<<" * 300_000 + b"\nstartxref\n0\n%%EOF"),
    ],
)  # fmt: skip
def test_hostile_documents_take_bounded_time(client: FlaskClient, name: str, body: bytes) -> None:
    post(client, name, body, "application/octet-stream")


def test_a_word_document_with_a_damaged_part(client: FlaskClient) -> None:
    """Damaged compressed data, or an encrypted part, once gave 500."""
    document = next(each for each in FILES if each.format == "docx" and "paragraphs" in str(each.expected))
    for at in range(60, len(document.body), len(document.body) // 60):
        post(client, "docx", document.body[:at] + b"\xff" * 8 + document.body[at + 8 :], document.content_type)
    flags = document.body.replace(b"PK\x01\x02\x14\x00\x14\x00\x00", b"PK\x01\x02\x14\x00\x14\x00\x01")
    post(client, "docx", flags, document.content_type)
