"""A batch answers each request once, in order, as HTTP would, however often it is killed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from nutgraf.cli.main import main
from nutgraf.samples import sample
from tests.service import ROOT

REQUESTS = 150


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Requests of which some can't be used, with an empty line between two of them."""
    path = tmp_path / "in.ndjson"
    lines = [json.dumps({**sample("ferry" if at % 2 else "bridge"), "keywords": at % 20}) for at in range(REQUESTS)]
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
    for at in (0, 1, 8, 9, 100):
        response = client.post("/summarize", data=requests[at], content_type="application/json")
        plain = response.get_json() if response.is_json else response.get_data(as_text=True)
        assert (answers[at]["status"], answers[at]["body"]) == (response.status_code, plain)
    assert answers[3]["problem"]["type"] == "/problems/invalid-request"
    assert answers[7]["problem"]["type"] == "/problems/malformed-json"


def group(leader: int) -> list[int]:
    """The living processes of a process group."""
    listed = subprocess.run(["ps", "--no-headers", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True)
    rows = [row.split() for row in listed.stdout.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == leader and not state.startswith("Z")]


def test_killed_and_started_again_it_does_the_rest(source: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.ndjson", tmp_path / "broken.ndjson"
    batch(source, whole, "--processes", "2")
    command = [sys.executable, "-m", "nutgraf.cli", "batch", str(source), "-o", str(broken), "--processes", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    end = time.monotonic() + 60
    while time.monotonic() < end and not (broken.exists() and broken.stat().st_size > 1_000):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + 20
    while time.monotonic() < end and group(process.pid):
        time.sleep(0.1)
    assert group(process.pid) == []  # its processes end with it
    with broken.open("ab") as lines:
        lines.write(b'{"index":9999,"sta')  # what a kill in mid-write leaves
    said = batch(source, broken, "--processes", "2")
    assert "were answered before" in said
    assert broken.read_bytes() == whole.read_bytes()


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
    assert "name another output" in result.output
    assert out.read_bytes() == content
