"""Libraries do not log, because their messages quote documents; a missing library gives 422 with its name."""

import logging
import sys
from contextlib import suppress
from io import StringIO

import pytest

from nutgraf import formats
from nutgraf.formats.encodings import to_bytes
from tests.sample_documents import PAGE, PDF, WHOLE


def test_libraries_do_not_log_text_of_documents() -> None:
    """pypdf quotes the first bytes of a file that is no PDF, and trafilatura logs pages without a story."""
    lines = StringIO()  # pytest's `caplog` also captures records that do not reach the handlers of the service
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    try:
        formats.read("web-page", PAGE)
        formats.read("web-page", "<html><body><nav>secret</nav></body></html>")
        for file in (PDF, b"secret%PDF-1.4", PDF[:-300]):
            with suppress(formats.UnreadableDocumentError):
                formats.read("pdf", file)
    finally:
        logging.getLogger().removeHandler(handler)
    assert lines.getvalue() == ""


@pytest.mark.parametrize(("name", "library"), [("pdf", "pypdf"), ("docx", "docx")])
def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, name: str, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(formats.UnreadableDocumentError, match=r"pip install nutgraf\[documents\]"):
        formats.read(name, to_bytes(WHOLE[name]))
