"""If `nutgraf archive` is killed and started again, each row is answered once; deadly rows get a problem."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.archives import OPTIONS, lethal_words, read_answers, rows, write_archive
from tests.service import ROOT

FILES, ROWS_PER_FILE = 6, 100
# The maximum time until the first file is complete, on a busy machine.
STARTED_WITHIN = 240


def command(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "nutgraf.cli", "archive", str(source), str(target), "--options", json.dumps(OPTIONS)]


def complete(folder: Path) -> dict[Path, int]:
    """The complete files of answers, with the time of their last change."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}


def descendants(process: int) -> set[int]:
    """The living processes that a process has started, directly or not."""
    listed = subprocess.run(["ps", "--no-headers", "-eo", "pid,ppid,stat"], capture_output=True, text=True, check=True)
    parents = {int(pid): int(parent) for pid, parent, state in map(str.split, listed.stdout.splitlines()) if state[0] != "Z"}
    found = {process}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


def test_an_archive_run_that_is_killed_continues_when_started_again(tmp_path: Path) -> None:
    source, target = write_archive(tmp_path / "in", FILES, ROWS_PER_FILE), tmp_path / "out"
    process = subprocess.Popen(command(source, target), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + STARTED_WITHIN
    while len(complete(target)) < 2:
        assert time.monotonic() < ends, f"No two files were complete in {STARTED_WITHIN} seconds."
        time.sleep(0.005)
    children = descendants(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = complete(target)
    assert len(before) < FILES
    assert children
    ends = time.monotonic() + 20
    while time.monotonic() < ends and any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.1)
    assert not any(Path(f"/proc/{child}").exists() for child in children)  # child processes end with the command

    run = subprocess.run(command(source, target), cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"{len(before)} files had been answered by an earlier run" in run.stderr
    after = complete(target)
    assert before.items() <= after.items()
    assert len(after) == FILES
    ids = [int(row["id"]) for row in read_answers(target)]
    assert sorted(ids) == [int(row["id"]) for row in rows(0, FILES * ROWS_PER_FILE)]
    assert [*target.rglob(".*")] == []


def test_a_row_that_kills_its_process_does_not_stop_the_archive(tmp_path: Path) -> None:
    texts = ["Ice closed the canal.", "A lethal dose.", "The ferry ran."]
    source, target = tmp_path / "in.ndjson", tmp_path / "out"
    source.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(lethal_words(tmp_path)), os.environ.get("PYTHONPATH", "")]),
    }
    run = subprocess.run(command(source, target), cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "3 rows of 1 file answered, 1 row with a problem." in run.stderr
    lines = [json.loads(line) for line in (target / source.name).read_text().splitlines()]
    assert [line["status"] for line in lines] == [200, 500, 200]
