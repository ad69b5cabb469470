"""Jobs on several machines, simulated by network namespaces; one machine is disconnected during a job."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import psycopg
import pytest

from nutgraf.samples import sample
from tests.postgres import Postgres
from tests.service import serving
from tests.workers import Worker, get, post, wait

# More requests than one machine can answer while the other is cut off.
REQUESTS = 400
# Longer than the lease.
CUT_OFF_SECONDS = 6
TAKEN_OVER_SECONDS = 30
LEASE_SECONDS = 4
# Test runs at the same time on one machine do not collide, because each has its own network.
_RUN = os.getpid() % 250
NETWORK = f"10.213.{_RUN}"
BRIDGE = f"ngbr{_RUN}"


@dataclass(frozen=True)
class Machine:
    """A network namespace with an address, on a bridge to the others."""

    name: str
    address: str

    @property
    def inside(self) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self.name)

    @property
    def cable(self) -> str:
        return f"ng{_RUN}v{self.address.rpartition('.')[2]}"


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@pytest.fixture
def machines() -> Iterator[list[Machine]]:
    """Three simulated machines, connected to this one by a bridge."""
    if os.geteuid() or not shutil.which("ip"):
        pytest.skip("needs root and iproute2, to make networks")
    made = [Machine(f"nutgraf-{_RUN}-{number}", f"{NETWORK}.{number}") for number in (11, 12, 13)]
    with ExitStack() as undo:
        try:
            ip("link", "add", BRIDGE, "type", "bridge")
            undo.callback(ip, "link", "delete", BRIDGE)
            ip("address", "add", f"{NETWORK}.1/24", "dev", BRIDGE)
            ip("link", "set", BRIDGE, "up")
            for machine in made:
                ip("netns", "add", machine.name)
                undo.callback(ip, "netns", "delete", machine.name)
                ip("link", "add", machine.cable, "type", "veth", "peer", "name", "eth0", "netns", machine.name)
                ip("link", "set", machine.cable, "master", BRIDGE, "up")
                ip("-n", machine.name, "address", "add", f"{machine.address}/24", "dev", "eth0")
                ip("-n", machine.name, "link", "set", "eth0", "up")
                ip("-n", machine.name, "link", "set", "lo", "up")
        except subprocess.CalledProcessError as error:
            pytest.skip(f"needs the right to make networks: {error.stderr.decode().strip()}")
        yield made


def test_tasks_of_a_disconnected_machine_are_done_by_others(machines: list[Machine]) -> None:
    store, here, there = machines
    postgres = Postgres(store.address, inside=store.inside)
    postgres.start()
    url = postgres.database("machines")
    environment = {"NUTGRAF_DATABASE_URL": url, "NUTGRAF_LEASE_SECONDS": str(LEASE_SECONDS), "NUTGRAF_JOB_WORKERS": "0"}
    request = json.dumps(sample("ferry")).encode()
    workers: list[Worker] = []
    try:
        with serving(**environment) as address:
            workers += [Worker(environment, inside=machine.inside) for machine in (here, there)]
            job = post(address, [request] * REQUESTS)
            held = _until_both_work(url, job["id"])
            ip("link", "set", here.cable, "down")
            time.sleep(CUT_OFF_SECONDS)
            # Nothing waits for the disconnected machine: its tasks go to the other one.
            end = time.monotonic() + TAKEN_OVER_SECONDS
            while time.monotonic() < end and _begun_by(url, job["id"], held):
                time.sleep(0.1)
            assert _begun_by(url, job["id"], held) == 0
            alone = json.loads(get(address, f"/jobs/{job['id']}"))
            assert alone["counts"]["done"] > 0
            ip("link", "set", here.cable, "up")
            done = wait(address, job["id"])
            assert done["counts"] == {"queued": 0, "running": 0, "done": REQUESTS, "failed": 0}
            answers = get(address, f"/jobs/{job['id']}/results").splitlines()
            assert [json.loads(line)["index"] for line in answers] == list(range(REQUESTS))
            assert len({line.partition(b",")[2] for line in answers}) == 1
            # The reconnected machine continues to work without intervention.
            again = post(address, [request] * REQUESTS)
            _until_both_work(url, again["id"])
    finally:
        for worker in workers:
            worker.kill()
        postgres.remove()


def _until_both_work(url: str, job_id: str) -> list[str]:
    """Waits until two machines hold tasks, and returns the holders."""
    query = (
        "SELECT holder FROM job_tasks WHERE job_id = %s AND state = 'running' AND lease_until > extract(epoch from now())"
    )
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with psycopg.connect(url) as database:
            held = database.execute(query, (job_id,)).fetchall()
        if len(held) >= 2:
            return [holder for (holder,) in held]
        time.sleep(0.05)
    raise AssertionError("Two machines did not work on the job at once.")


def _begun_by(url: str, job_id: str, holders: list[str]) -> int:
    with psycopg.connect(url) as database:
        row = database.execute(
            "SELECT count(*) FROM job_tasks WHERE job_id = %s AND state <> 'done' AND holder = ANY(%s)", (job_id, holders)
        ).fetchone()
    assert row
    return int(row[0])
