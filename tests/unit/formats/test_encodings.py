"""Documents are decoded as browsers decode them; what can't be decoded is refused."""

import pytest
from flask.testing import FlaskClient

from nutgraf.formats.common import UnreadableDocumentError
from nutgraf.formats.encodings import codec_of, decode
from tests.problems import is_problem

DECLARED = '<?xml version="1.0" encoding="{}"?><a>{}</a>'


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1251", "Лёд закрыл канал"),
        ("KOI8-R", "Лёд закрыл канал"),
        ("windows-1256", "الجليد يغلق القناة"),
        ("ISO-8859-2", "Lód zamknął kanał"),
        ("ISO-8859-15", "La glace coûte 3 € à Kölling"),
        ("Shift_JIS", "氷が運河を閉じた"),
        ("EUC-KR", "얼음이 운하를 막았다"),
        ("gb2312", "冰封运河"),
        ("Big5", "冰封運河"),
        ("windows-1255", "קרח סגר את התעלה"),
    ],
)
def test_an_encoding_is_read_by_declaration_and_by_charset(encoding: str, text: str) -> None:
    document = DECLARED.format(encoding, text)
    assert decode(document.encode(encoding)) == document
    assert decode(text.encode(encoding), encoding) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_byte_order_mark_or_utf_16_counts_more_than_a_declaration(encoding: str, declared: str) -> None:
    document = DECLARED.format(declared, "Eis schließt den Kanal")
    assert decode(document.encode(encoding), "iso-8859-1") == document


@pytest.mark.parametrize("declared", ["ISO-8859-1", "windows-1251", "koi8-r"])
def test_utf_8_that_is_declared_as_something_else_is_utf_8(declared: str) -> None:
    document = DECLARED.format(declared, "Eis schließt den Kanal")
    assert decode(document.encode()) == decode(document.encode(), declared) == document


def test_a_declaration_of_utf_16_in_ascii_is_wrong() -> None:
    document = DECLARED.format("utf-16", "Kölling")
    assert decode(document.encode()) == document


@pytest.mark.parametrize(
    ("label", "codec"),
    [("latin1", "cp1252"), ("US-ASCII", "cp1252"), (" 'UTF8' ", "utf-8"), ("x-sjis", "cp932"), ("iso88592", "iso8859-2"),
     ("iso_8859-8-i", "iso8859-8"), ("gbk", "gb18030"), ("latin5", "cp1254")],
)  # fmt: skip
def test_labels_mean_what_they_mean_on_the_web(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize("label", ["utf-7", "punycode", "idna", "rot13", "unicode_escape", "x-klingon", "a\0b", "é", ""])
def test_other_encodings_are_refused(label: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="not in the WHATWG Encoding Standard"):
        codec_of(label)


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"caf\xe9", b'<?xml version="1.0" encoding="big5"?><a>\xff</a>'])
def test_bytes_that_are_not_valid_are_refused(client: FlaskClient, body: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="can't be decoded"):
        decode(body)
    for query, content_type in (("", "application/xml"), ("?format=auto", "application/json")):
        problem = is_problem(client.post(f"/summarize{query}", data=body, content_type=content_type), 422, "invalid-request")
        assert problem["errors"][0]["pointer"] == "/articles/0/document"


def test_our_own_request_is_in_utf_8(client: FlaskClient) -> None:
    body = '{"articles": [{"text": "Eis schließt den Kanal."}]}'.encode("utf-16")
    is_problem(client.post("/summarize", data=body, content_type="application/json"), 400, "malformed-json")
