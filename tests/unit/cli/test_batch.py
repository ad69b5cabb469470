"""`nutgraf batch` answers each request once, in order, with the same answers as over HTTP."""

import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from nutgraf.cli.main import main
from nutgraf.formats import pdf_document
from nutgraf.samples import sample
from nutgraf.service import respond
from nutgraf.service.compute_process_responder import ATTEMPTS, ComputeProcessResponder
from nutgraf.service.ndjson import result_line
from nutgraf.service.respond import Responder
from nutgraf.service.responder_pool import GROUP_BYTES, GROUP_REQUESTS, ResponderPool
from nutgraf.settings import load
from nutgraf.summarizer import Article, summarize
from tests.sample_documents import WHOLE

# pytest-xdist's process has threads, but they are idle while it forks here.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
REQUESTS = 24


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return requests(tmp_path / "in.ndjson", REQUESTS)


def requests(path: Path, count: int) -> Path:
    """A file of requests, some of them invalid, with an empty line between two of them."""
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


def test_a_second_run_has_nothing_to_do(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    batch(source, out)
    before = out.read_bytes()
    assert "0 answered" in batch(source, out)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"something else\n", b'{"index":0,"status":200,"body":{"engine":{}}}\n', b'{"index":7,"status":422}\n']
)
def test_answers_to_other_requests_are_not_extended(source: Path, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out.ndjson"
    out.write_bytes(content)
    result = CliRunner().invoke(main, ["batch", str(source), "-o", str(out)])
    assert result.exit_code == 1
    assert "choose another output file" in result.output
    assert out.read_bytes() == content


def test_a_document_that_is_read_forever_does_not_stop_the_batch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_document, "read", lambda document: time.sleep(60))
    monkeypatch.setattr(ComputeProcessResponder.__init__, "__kwdefaults__", {"times_max_seconds": 1})
    monkeypatch.setenv("NUTGRAF_MAX_SECONDS", "1")
    source, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_text(json.dumps({"articles": [{"format": "pdf", "document": WHOLE["pdf"]}]}))
    batch(source, out)
    answer = json.loads(out.read_text())
    assert (answer["status"], answer["problem"]["type"]) == (503, "/problems/too-slow")


def test_an_output_that_ends_with_text_is_continued(tmp_path: Path) -> None:
    """The last answer was once assumed to be an object, and the batch stopped with an AttributeError."""
    source, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    lines = [json.dumps({**sample("ferry"), "output": "text"}), json.dumps(sample("ferry"))]
    source.write_text(lines[0])
    batch(source, out)
    source.write_text("\n".join(lines))
    assert "1 answered, 0 of them with a problem; 1 had been answered" in batch(source, out)
    source.write_text(json.dumps({**sample("bridge"), "output": "text"}))
    out.write_text(out.read_text().splitlines()[0] + "\n")
    assert "choose another output file" in CliRunner().invoke(main, ["batch", str(source), "-o", str(out)]).output


DEADLY = "Nobody survives this sentence."


@pytest.fixture(params=[signal.SIGKILL, signal.SIGSEGV])
def deaths(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Each summary of the deadly text adds a byte to this file and kills its process; processes are forked after that."""
    log = tmp_path / "deaths"

    def summarize_or_die(articles: Sequence[Article], *arguments: Any, **more: Any) -> Any:
        if any(DEADLY in article.text for article in articles):
            with log.open("ab") as died:
                died.write(b".")
            os.kill(os.getpid(), request.param)
        return summarize(articles, *arguments, **more)

    monkeypatch.setattr(respond, "summarize", summarize_or_die)
    log.touch()
    return log


def test_a_request_that_kills_its_process_gets_a_problem_and_the_rest_is_answered(deaths: Path, tmp_path: Path) -> None:
    """The batch once stopped, and every later run stopped at the same request."""
    source, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    usual, deadly = json.dumps(sample("short")), json.dumps({"articles": [{"text": DEADLY}]})
    lines = [deadly if index in (5, 18) else usual for index in range(20)]
    source.write_text("\n".join(lines), encoding="utf-8")
    assert "20 answered, 2 of them with a problem" in batch(source, out, "--processes", "2")
    assert len(deaths.read_bytes()) == 2 * ATTEMPTS
    status, content = Responder(load())(usual.encode(), "batch-0")
    for index, line in enumerate(out.read_bytes().splitlines(keepends=True)):
        if index not in (5, 18):
            assert line == result_line(index, status, content)
            continue
        answer = json.loads(line)
        assert (answer["index"], answer["status"]) == (index, 500)
        assert answer["problem"] == {
            "type": "/problems/internal-error",
            "title": "Something went wrong in the service",
            "status": 500,
            "detail": "The processes that tried to answer this request died.",
            "instance": f"urn:nutgraf:request:batch-{index}",
        }
    assert "0 answered" in batch(source, out)


def test_the_pool_reads_only_a_few_groups_ahead() -> None:
    """Because a file may be larger than the memory."""
    read = 0

    def endless() -> Any:
        nonlocal read
        while True:
            read += 1
            yield b"{", f"request-{read}"

    with ResponderPool(load(), processes=2) as pool:
        replies = pool.replies(endless())
        for _ in range(3):
            assert [status for status, _ in next(replies)] == [400] * GROUP_REQUESTS
        assert read <= 12 * GROUP_REQUESTS


def test_a_long_request_ends_its_group() -> None:
    with ResponderPool(load(), processes=1) as pool:
        bodies = [b"{", b"{" + b" " * GROUP_BYTES, b"{"]
        assert [len(group) for group in pool.replies((body, "request") for body in bodies)] == [2, 1]
