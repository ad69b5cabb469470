"""A batch answers each request once, in order, as HTTP would."""

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from nutgraf.cli import batch_processing
from nutgraf.cli.main import main
from nutgraf.formats import pdf_document
from nutgraf.samples import sample
from tests.sample_documents import WHOLE

REQUESTS = 24


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return requests(tmp_path / "in.ndjson", REQUESTS)


def requests(path: Path, count: int) -> Path:
    """Requests of which some can't be used, with an empty line between two of them."""
    lines = [json.dumps({**sample("ferry" if at % 2 else "bridge"), "keywords": at % 20}) for at in range(count)]
    lines[3], lines[7] = '{"articles": []}', '{"articles": [{"te'
    lines[9] = json.dumps({"articles": [{"text": "Ice closed the canal. \u0000 It froze."}], "output": "text"})
    path.write_text("\n".join([*lines[:20], "", *lines[20:]]), encoding="utf-8")
    return path


def batch(source: Path, target: Path, *more: str) -> str:
    result = CliRunner().invoke(main, ["batch", str(source), "-o", str(target), *more])
    assert result.exit_code == 0, result.output
    return result.output


def test_each_line_is_what_http_gives(source: Path, tmp_path: Path, client: FlaskClient) -> None:
    out = tmp_path / "out.ndjson"
    said = batch(source, out, "--processes", "2")
    assert f"{REQUESTS} answered, 2 of them with a problem" in said
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["index"] for answer in answers] == list(range(REQUESTS))
    requests = [line for line in source.read_text(encoding="utf-8").splitlines() if line]
    for at in (0, 1, 8, 9, REQUESTS - 1):
        response = client.post("/summarize", data=requests[at], content_type="application/json")
        plain = response.get_json() if response.is_json else response.get_data(as_text=True)
        assert (answers[at]["status"], answers[at]["body"]) == (response.status_code, plain)
    assert answers[3]["problem"]["type"] == "/problems/invalid-request"
    assert answers[7]["problem"]["type"] == "/problems/malformed-json"


def test_nothing_is_left_to_do_the_second_time(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    batch(source, out)
    before = out.read_bytes()
    assert "0 answered" in batch(source, out)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"something else\n", b'{"index":0,"status":200,"body":{"engine":{}}}\n', b'{"index":7,"status":422}\n']
)
def test_answers_to_something_else_are_not_added_to(source: Path, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out.ndjson"
    out.write_bytes(content)
    result = CliRunner().invoke(main, ["batch", str(source), "-o", str(out)])
    assert result.exit_code == 1
    assert "choose another output file" in result.output
    assert out.read_bytes() == content


def test_a_process_reads_files_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that reading never ends for would stop the batch."""
    monkeypatch.setattr(pdf_document, "read", lambda document: time.sleep(60))
    monkeypatch.setattr(batch_processing, "_exit_with_parent", lambda parent: None)
    monkeypatch.setenv("NUTGRAF_MAX_SECONDS", "1")
    batch_processing._responder.cache_clear()
    try:
        batch_processing._begin(0)
        body = json.dumps({"articles": [{"format": "pdf", "document": WHOLE["pdf"]}]})
        answer = json.loads(batch_processing._answer([(0, body.encode())])[0])
    finally:
        batch_processing._isolation.close()
        batch_processing._responder.cache_clear()
    assert answer["status"] == 422
    assert "took too long" in answer["problem"]["errors"][0]["detail"]
