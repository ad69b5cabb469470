"""A batch that is killed and started again does the rest, and nothing twice."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.service import ROOT
from tests.unit.cli.test_batch import batch, requests

# So many that some are left when the first are answered.
REQUESTS = 80
# Seconds until the first answer, on a machine with much else to do.
STARTED_WITHIN = 240


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return requests(tmp_path / "in.ndjson", REQUESTS)


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
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end and not (broken.exists() and broken.stat().st_size > 1_000):
        time.sleep(0.005)
    assert broken.exists(), f"Nothing was answered in {STARTED_WITHIN} seconds."
    process.send_signal(signal.SIGKILL)
    process.wait()
    end = time.monotonic() + 20
    while time.monotonic() < end and group(process.pid):
        time.sleep(0.1)
    assert group(process.pid) == []  # its processes end with it
    with broken.open("ab") as lines:
        lines.write(b'{"index":9999,"sta')  # what a kill in mid-write leaves
    said = batch(source, broken, "--processes", "2")
    assert "had been answered by an earlier run" in said
    assert broken.read_bytes() == whole.read_bytes()
