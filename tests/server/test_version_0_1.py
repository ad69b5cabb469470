"""A data folder of version 0.1, with jobs in every state, still works."""

import json
import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nutgraf.http.security.keys import KeyFile
from tests.service import ROOT, serving

FIXTURE = ROOT / "tests" / "version_0_1"
# The key that `nutgraf keys add desk` printed when the folder was made; it is used nowhere else.
SECRET = "nutgraf_BqzKMnIBJT93Bmn0cRUZ1fcT90f1JODUI7sHGuW4IUw"
TEXT = "The harbour bridge closed on Monday. Engineers found cracks in two piers. It will reopen in May."
PATIENCE_SECONDS = 120


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder: a job that is done, one whose worker died half way, one that is queued, and their messages."""
    shutil.copy(FIXTURE / "keys.json", tmp_path / "keys.json")
    with sqlite3.connect(tmp_path / "nutgraf.db") as connection:
        connection.executescript((FIXTURE / "nutgraf.sql").read_text(encoding="utf-8"))
        # The folder is old, so its results would have expired.
        connection.execute("UPDATE jobs SET expires_at = :later WHERE expires_at IS NOT NULL", {"later": time.time() + 3600})
    connection.close()
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with serving.traced(NUTGRAF_DATA_DIR=str(folder), NUTGRAF_WORKERS="1", NUTGRAF_LEASE_SECONDS="5") as address:
        yield address


def ask(address: str, path: str, body: Any = None, **headers: str) -> bytes:
    sent = {"X-API-Key": SECRET, "Content-Type": "application/json", **headers}
    request = urllib.request.Request(address + path, body and json.dumps(body).encode(), sent)
    with urllib.request.urlopen(request, timeout=30) as response:
        content: bytes = response.read()
        return content


def test_old_keys_are_accepted(folder: Path) -> None:
    key = KeyFile(str(folder)).find(SECRET)
    assert key is not None
    assert (key.name, key.rate) == ("desk", "100 per minute")


def test_old_jobs_are_shown_and_unfinished_ones_are_completed(folder: Path, address: str) -> None:
    jobs = {job["reference"]: job for job in json.loads(ask(address, "/jobs"))["jobs"]}
    assert set(jobs) == {"done", "interrupted", "queued"}
    with sqlite3.connect(folder / "nutgraf.db") as connection:
        rows = connection.execute("SELECT result FROM job_items WHERE job_id = ? ORDER BY position", [jobs["done"]["id"]])
        stored = [row[0] for row in rows]
    connection.close()
    lines = ask(address, jobs["done"]["results"]).splitlines()
    assert [stored[0] in lines[0], stored[1] in lines[1]] == [True, True]
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        states = {name: json.loads(ask(address, f"/jobs/{job['id']}")) for name, job in jobs.items()}
        if all(job["state"] == "done" for job in states.values()):
            break
        time.sleep(1)
    assert {name: job["counts"]["done"] for name, job in states.items()} == {"done": 1, "interrupted": 20, "queued": 3}
    again = ask(
        address,
        "/jobs",
        {"requests": [{"articles": [{"text": TEXT}]}] * 3, "reference": "queued", "expires_after": 2592000},
        **{"Idempotency-Key": "night-7"},
    )
    assert json.loads(again)["id"] == jobs["queued"]["id"]
