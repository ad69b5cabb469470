"""Each acknowledged request is answered once, even if processes are killed, the database restarts or the disk is full."""

import http.client
import json
import os
import random
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nutgraf.samples import sample
from tests.postgres import Postgres
from tests.service import serving
from tests.workers import Worker, get, post, running_worker, wait

REQUESTS = 360
BROKEN_ONE_IN = 120
BROKEN = REQUESTS // BROKEN_ONE_IN
# A worker is killed after so many further requests, so that the job is under way at each kill; at the latest after so many
# seconds.
REQUESTS_BETWEEN_KILLS = 40
SECONDS_BETWEEN_KILLS = 4.0
# Short, so that the tasks of a dead worker are soon taken over.
LEASE = {"NUTGRAF_LEASE_SECONDS": "3", "NUTGRAF_JOB_WORKERS": "0"}


def lines() -> list[bytes]:
    """Different requests; some of them are invalid."""
    made = []
    for at in range(REQUESTS):
        request = {**sample("ferry" if at % 2 else "short"), "keywords": at % 20, "length": {"sentences": 1 + at % 7}}
        made.append(b'{"articles": [' if at % BROKEN_ONE_IN == BROKEN_ONE_IN - 1 else json.dumps(request).encode())
    return made


class WorkerKiller(threading.Thread):
    """Kills one of the workers again and again while they work on a job, and restarts it."""

    def __init__(self, workers: list[Worker], address: str, job_id: str) -> None:
        super().__init__()
        self.kills = 0
        self.address = address  # of the server, which may be another one later
        self._workers, self._job_id, self._ended = workers, job_id, threading.Event()

    def run(self) -> None:
        chance = random.Random(7)
        before = 0
        while not self._ended.is_set():
            end = time.monotonic() + SECONDS_BETWEEN_KILLS
            while (now := self._answered()) < before + REQUESTS_BETWEEN_KILLS and time.monotonic() < end:
                if self._ended.wait(0.1):
                    return
            worker = chance.choice(self._workers)
            worker.kill()
            worker.start()
            self.kills += 1
            before = max(before, now)

    def _answered(self) -> int:
        """The number of answered requests; 0 while the server or the database is away."""
        try:
            counts = json.loads(get(self.address, f"/jobs/{self._job_id}"))["counts"]
        except (OSError, http.client.HTTPException):
            return 0
        return int(counts["done"] + counts["failed"])

    def wait_for(self, kills: int) -> None:
        """Waits until this many workers have been killed in all."""
        end = time.monotonic() + 10 * SECONDS_BETWEEN_KILLS * kills
        while self.kills < kills:
            assert time.monotonic() < end, f"{self.kills} kills"
            time.sleep(0.1)

    def end(self) -> None:
        self._ended.set()
        self.join()


def check(address: str, job_id: str, sent: list[bytes]) -> None:
    """Checks that each request has one result, at its position, with the same bytes as the synchronous answer."""
    answered = get(address, f"/jobs/{job_id}/results").splitlines()
    assert [json.loads(line)["index"] for line in answered] == list(range(len(sent)))
    for at in range(0, len(sent), 53):
        request = urllib.request.Request(f"{address}/summarize", sent[at], {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            assert answered[at] == b'{"index":%d,"status":200,"body":%s}' % (at, response.read().rstrip())
    assert sum(json.loads(line)["status"] == 400 for line in answered) == BROKEN


@pytest.fixture
def workers(request: pytest.FixtureRequest) -> Iterator[list[Worker]]:
    made: list[Worker] = []
    yield made
    for worker in made:
        worker.stop()


def test_jobs_on_postgres_survive_kills_and_a_database_restart(workers: list[Worker], tmp_path: Path) -> None:
    postgres = Postgres()
    postgres.start()
    environment = {**LEASE, "NUTGRAF_DATABASE_URL": postgres.database("faults")}
    sent = lines()
    try:
        server = serving(**environment)
        with server as address:
            job = post(address, sent)
            workers += [Worker(environment), Worker(environment)]
            killing = WorkerKiller(workers, address, job["id"])
            killing.start()
            killing.wait_for(1)
            server.kill()
        with serving(**environment) as address:
            killing.address = address
            killing.wait_for(2)
            postgres.stop("immediate")  # like a power cut
            assert refusal(get, address, f"/jobs/{job['id']}") == (503, "/problems/storage-unavailable")
            postgres.start()
            killing.wait_for(4)
            killing.end()
            done = wait(address, job["id"])
            assert killing.kills >= 4
            assert done["counts"] == {"queued": 0, "running": 0, "done": REQUESTS - BROKEN, "failed": BROKEN}
            check(address, job["id"], sent)
    finally:
        for worker in workers:
            worker.kill()
        workers.clear()
        postgres.remove()


def test_jobs_on_sqlite_survive_kills_of_workers_and_server(workers: list[Worker], tmp_path: Path) -> None:
    environment = {**LEASE, "NUTGRAF_DATA_DIR": str(tmp_path)}
    sent = lines()
    server = serving(**environment)
    with server as address:
        job = post(address, sent)
        workers += [Worker(environment), Worker(environment)]
        killing = WorkerKiller(workers, address, job["id"])
        killing.start()
        killing.wait_for(1)
        server.kill()
    with serving(**environment) as address:
        killing.address = address
        killing.wait_for(3)
        killing.end()
        done = wait(address, job["id"])
        assert killing.kills >= 3
        assert done["counts"] == {"queued": 0, "running": 0, "done": REQUESTS - BROKEN, "failed": BROKEN}
        check(address, job["id"], sent)


def test_the_job_worker_of_a_server_is_restarted_and_ends_with_the_server(tmp_path: Path) -> None:
    """Its processes are killed one after the other; each is restarted, and none is left when the server has ended."""
    sent = lines()[:20]
    server = serving(NUTGRAF_DATA_DIR=str(tmp_path), NUTGRAF_LEASE_SECONDS="2")
    with server as address:
        wait(address, post(address, sent)["id"])
        for depth in (2, 1):  # a compute process; the fork server
            family = children(server.process.pid)
            os.kill(family[depth][0], 9)
            wait(address, post(address, sent)["id"])
        os.kill(server.process.pid, 9)
        family = children(server.process.pid)
        server.process.wait()
    end = time.monotonic() + 45
    while time.monotonic() < end and workers_of(tmp_path):
        time.sleep(0.2)
    assert workers_of(tmp_path) == []


def children(pid: int) -> list[list[int]]:
    """The processes of a server's job worker by depth: supervisor, worker, and compute processes."""
    found: list[list[int]] = []
    level = [each for each in _children(pid) if "nutgraf.server.supervisor" in _command(each)]
    while level:
        found.append(level)
        level = [child for each in level for child in _children(each)]
    return found


def _children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "--no-headers", "-o", "pid", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(each) for each in listed.stdout.split()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


def workers_of(directory: Path) -> list[int]:
    """The processes that work on the jobs of a data folder."""
    mark = f"NUTGRAF_DATA_DIR={directory}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes() and b"worker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_a_full_disk_loses_no_acknowledged_job(tmp_path: Path) -> None:
    """A disk of 6 MB fills up: jobs that do not fit get 503, the others are answered once there is space again."""
    environment = {**LEASE, "NUTGRAF_DATA_DIR": str(tmp_path / "disk")}
    with mounted_disk(tmp_path / "disk", "size=6m") as disk, serving(**environment) as address:
        sent = lines()[:100]
        kept = post(address, sent)
        (disk / "ballast").write_bytes(b"0" * _room(disk))
        for _ in range(3):
            assert refusal(post, address, sent) == (503, "/problems/storage-unavailable")
        with running_worker(environment):
            time.sleep(4)  # the worker has no space for its answers either
            (disk / "ballast").unlink()
            done = wait(address, kept["id"])
        assert (done["counts"]["done"], done["counts"]["failed"]) == (100, 0)
        again = post(address, sent)
        assert again["counts"]["queued"] == 100


def test_an_unwritable_disk_gives_503_until_it_is_writable(tmp_path: Path) -> None:
    environment = {**LEASE, "NUTGRAF_DATA_DIR": str(tmp_path / "disk")}
    sent = lines()[:3]
    with mounted_disk(tmp_path / "disk", "ro") as disk, serving(**environment) as address:
        assert refusal(post, address, sent) == (503, "/problems/storage-unavailable")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert post(address, sent)["counts"]["queued"] == 3


def test_removing_the_job_database_stops_neither_the_server_nor_its_workers(tmp_path: Path) -> None:
    """Its jobs are lost; later ones are stored in a new file and answered. Workers once went on reading the removed file."""
    sent = lines()[:20]
    environment = {"NUTGRAF_DATA_DIR": str(tmp_path), "NUTGRAF_WORKERS": "1"}
    with serving(**environment) as address:
        wait(address, post(address, sent)["id"])
        for _ in range(2):
            for file in tmp_path.glob("nutgraf.db*"):
                file.unlink()
            try:
                job = post(address, sent)
            except urllib.error.HTTPError as error:  # the server notices it first
                error.close()
                job = post(address, sent)
            assert wait(address, job["id"], 60)["counts"]["done"] == 20


def refusal(call: Callable[..., object], *arguments: object) -> tuple[int, str]:
    """The status and type of the problem that a call gets; it must have a Retry-After."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        call(*arguments)
    with refusal.value as answer:
        assert answer.headers["Retry-After"]
        return answer.code, json.load(answer)["type"]


@contextmanager
def mounted_disk(disk: Path, options: str) -> Iterator[Path]:
    """A file system in memory, mounted for the test."""
    disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=False).returncode:
        pytest.skip("needs root, to mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=False)


def _room(disk: Path) -> int:
    free = os.statvfs(disk)
    return free.f_bavail * free.f_frsize
