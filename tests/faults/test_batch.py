"""If `nutgraf batch` is killed and started again, it answers the remaining requests, and none twice."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.service import ROOT
from tests.unit.cli.test_batch import batch, requests

# Enough requests that some are left when the first are answered.
REQUESTS = 40
# The maximum time until the first answer, on a busy machine.
STARTED_WITHIN = 240


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return requests(tmp_path / "in.ndjson", REQUESTS)


def group(leader: int) -> list[int]:
    """The living processes of a process group."""
    listed = subprocess.run(["ps", "--no-headers", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True)
    rows = [row.split() for row in listed.stdout.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == leader and not state.startswith("Z")]


def test_a_batch_run_that_is_killed_continues_when_started_again(source: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.ndjson", tmp_path / "broken.ndjson"
    batch(source, whole, "--processes", "2")
    command = [sys.executable, "-m", "nutgraf.cli", "batch", str(source), "-o", str(broken), "--processes", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and not (broken.exists() and broken.stat().st_size > 1_000):
        time.sleep(0.005)
    assert broken.exists(), f"Nothing was answered in {STARTED_WITHIN} seconds."
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + 20
    while time.monotonic() < end and group(process.pid):
        time.sleep(0.1)
    assert group(process.pid) == []  # child processes end with the command
    with broken.open("ab") as lines:
        lines.write(b'{"index":9999,"sta')  # as if the process was killed while it wrote a line
    said = batch(source, broken, "--processes", "2")
    assert "had been answered by an earlier run" in said
    assert broken.read_bytes() == whole.read_bytes()
