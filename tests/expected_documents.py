"""Whole documents that were written for the tests, as CMSs and wires send them, each with the articles expected from it.

A document is `tests/documents/FORMAT/NAME.EXTENSION`: text in UTF-8, so that it can be reviewed, or binary.
Beside it is `NAME.expected.json`, an object with `shows` and either `articles` or `problem`; the others are optional:

- `shows`: the feature that the document demonstrates.
- `articles`: the expected articles with all their fields, and the text as a list of `paragraphs`. Fields that the document
  lacks are left out. `missing` is the text of the warning `document-incomplete`.
- `problem`: a part of the detail of the 422 problem, for a document that must be refused.
- `encoding`: the encoding to send it in, by its name in Python.
- `content_type`: the header `Content-Type`, instead of the one for the extension.
- `query`: the query string. Without one, JSON and .txt are sent with `format=auto`, so that their format is recognized.

`python -m tests.expected_documents FILE…` writes the present articles of each document without a file of expected ones.
Review them.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from marshmallow import ValidationError
from werkzeug.http import parse_options_header

from nutgraf import formats
from nutgraf.service import cms_documents
from nutgraf.service.schemas.article import ArticleSchema, expand_document
from tests.service import ROOT

FOLDER = ROOT / "tests" / "documents"
EXPECTED = ".expected.json"
CONTENT_TYPES = {
    ".json": "application/json",
    ".xml": "application/xml",
    ".html": "text/html",
    ".eml": "message/rfc822",
    ".txt": "application/octet-stream",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
MAX_DEPTH = 64


@dataclass(frozen=True)
class WholeDocument:
    """A document as it is sent: the name of its format, its bytes, and its expected reading."""

    path: Path
    expected: dict[str, Any]

    @property
    def format(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.format}/{self.path.name}"

    @property
    def content_type(self) -> str:
        return str(self.expected.get("content_type") or CONTENT_TYPES[self.path.suffix])

    @property
    def body(self) -> bytes:
        content = self.path.read_bytes()
        encoding = self.expected.get("encoding")
        return content.decode().encode(encoding) if encoding else content

    @property
    def query(self) -> str:
        says_nothing = self.content_type in ("application/json", "application/octet-stream")
        by_default = "format=auto" if says_nothing else ""
        return str(self.expected.get("query", by_default))


def documents() -> list[WholeDocument]:
    """All documents of the collection, by name. Each must have a reading, and each reading a document."""
    files = [path for path in sorted(FOLDER.glob("*/*")) if path.is_file()]
    readings = {path for path in files if path.name.endswith(EXPECTED)}
    found = [WholeDocument(path, json.loads(_reading(path).read_text())) for path in files if path not in readings]
    assert readings == {_reading(document.path) for document in found}
    return found


def read(document: WholeDocument) -> list[dict[str, Any]]:
    """The reading of a document that is POSTed alone, in the form of `articles`. Raises ValidationError for a 422."""
    media_type, options = parse_options_header(document.content_type)
    parameters = dict(parse_qsl(document.query))
    request = cms_documents.read_body(document.body, media_type, options.get("charset"), parameters, max_depth=MAX_DEPTH)
    (received,) = request["articles"]
    return [_shown(article) for article in expand_document(0, ArticleSchema().load(received))]


def _shown(article: dict[str, Any]) -> dict[str, Any]:
    """The fields of an article that it has, in the order of the schema; texts as paragraphs, and times as they were read."""
    shown = {name: article[name] for name in ArticleSchema().fields if article.get(name) is not None}
    text = shown.pop("text")
    times = {name: value.isoformat() for name, value in shown.items() if hasattr(value, "isoformat")}
    missing = article.get(formats.MISSING) or ()
    return {
        **shown,
        **times,
        "paragraphs": text.split("\n\n") if text else [],
        **({"missing": [*missing]} if missing else {}),
    }


def _reading(path: Path) -> Path:
    return path.with_name(path.stem + EXPECTED)


def main(names: list[str]) -> None:
    """Writes a reading for each document that has none, or only what it shows and how it is sent."""
    for path in map(Path, names):
        reading = _reading(path)
        expected = json.loads(reading.read_text()) if reading.exists() else {"shows": ""}
        if "articles" not in expected and "problem" not in expected:
            try:
                expected["articles"] = read(WholeDocument(path.absolute(), expected))
            except ValidationError as error:
                expected["problem"] = str(error)
            reading.write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
