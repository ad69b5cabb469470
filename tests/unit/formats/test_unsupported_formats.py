"""Unsupported files get 422 with advice, in whatever way they are sent."""

import pytest
from flask.testing import FlaskClient

from tests.problems import is_problem
from tests.sample_files import base64, pdf

RTF = rb"{\rtf1\ansi Ice has closed the canal at Kelling.}"
FILES = {
    "RTF": (RTF, "application/rtf", "Save it as .docx"),
    "RTF said to be Word": (RTF, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "RTF"),
    "RTF said to be a page": (RTF, "text/html", "RTF"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/msword", "Save it as .docx"),
    "OpenDocument": (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text", "OpenDocument"),
    "scanned PDF": (pdf([(10, "4")], [(10, "5")]), "application/pdf", "OCRmyPDF"),
    "PDF without pages": (pdf(), "application/pdf", "OCRmyPDF"),
    "damaged PDF": (b"%PDF-1.7 and no more", "application/pdf", "damaged"),
    "damaged Word": (b"PK\x03\x04 word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Save it again"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_an_unsupported_file_is_refused_with_advice(client: FlaskClient, kind: str) -> None:
    file, content_type, advice = FILES[kind]
    sent_alone = client.post("/summarize", data=file, content_type=content_type)
    in_json = client.post("/summarize", json={"articles": [{"format": "auto", "document": base64(file)}]})
    recognized = client.post("/summarize?format=auto", data=file, content_type="application/octet-stream")
    for response in (sent_alone, in_json, recognized):
        assert advice in is_problem(response, 422, "invalid-request")["detail"]


def test_a_body_of_an_unknown_type_is_a_415_without_a_format(client: FlaskClient) -> None:
    is_problem(client.post("/summarize", data=RTF, content_type="application/octet-stream"), 415, "unsupported-media-type")
    is_problem(client.post("/summarize?format=ghost", data=b"{}", content_type="text/plain"), 415, "unsupported-media-type")
