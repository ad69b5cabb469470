"""The pods of deploy/kubernetes run with only the settings of their manifests, and write only to their volumes."""

import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from nutgraf.http.security.keys import KeyFile
from nutgraf.samples import sample
from tests import manifests
from tests.manifests import find
from tests.pods import Pod, wait_until
from tests.ports import free_port
from tests.postgres import Postgres

READ = manifests.read()
SERVER, WORKER = (find(READ, "Deployment", f"nutgraf-{name}") for name in ("server", "worker"))
SETTINGS = find(READ, "ConfigMap", "nutgraf-settings")["data"]
USER = SERVER["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
START_SECONDS = 90
REQUESTS = 40


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, str]:
    """The folder of a secret as the documentation creates it, and the key; only the group of the pod may read it."""
    folder = tmp_path / "secret"
    secret = KeyFile(str(folder)).add("desk")
    for path in (folder, *folder.iterdir()):
        os.chown(path, 0, USER)
        path.chmod(0o750 if path.is_dir() else 0o440)
    return folder, secret


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    cluster = Postgres()
    cluster.start()
    yield cluster
    with suppress(AssertionError):  # the test has stopped the pod
        cluster.stop()
    shutil.rmtree(cluster.directory, ignore_errors=True)


def status(url: str, headers: Mapping[str, str] = {}, body: bytes | None = None) -> tuple[int, bytes]:
    """The status and content of an answer; status 0 while nothing listens."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, {**headers}), timeout=30) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""


def test_server_and_worker_run_with_their_manifests(keys: tuple[Path, str], postgres: Postgres) -> None:
    folder, key = keys
    address = f"http://127.0.0.1:{(port := free_port())}"
    variables = {**SETTINGS, "NUTGRAF_DATABASE_URL": postgres.database("pods")}
    server = Pod(SERVER, {**variables, "PORT": str(port)}, {"nutgraf-keys": folder})
    worker = Pod(WORKER, variables)
    probe = worker.container["readinessProbe"]["exec"]["command"]
    server.start()
    worker.start()
    try:
        wait_until(lambda: status(address + server.container["startupProbe"]["httpGet"]["path"])[0] == 200, START_SECONDS)
        assert status(address + server.container["readinessProbe"]["httpGet"]["path"])[0] == 200
        body = json.dumps(sample("ferry")).encode()
        sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        assert status(f"{address}/summarize", body=body)[0] == 401
        assert status(f"{address}/summarize", sent, body)[0] == 200
        # A body that is too large for memory is written to the volume at /tmp.
        lines = b"\n".join([body] * REQUESTS) + b" " * 2_000_000
        code, job = status(f"{address}/jobs", {**sent, "Content-Type": "application/x-ndjson"}, lines)
        assert code == 202, job
        place = f"{address}/jobs/{json.loads(job)['id']}"
        wait_until(lambda: json.loads(status(place, sent)[1])["state"] == "done", START_SECONDS)
        assert json.loads(status(place, sent)[1])["counts"]["done"] == REQUESTS
        assert b"\nnutgraf_queue_depth 0.0\n" in status(f"{address}/metrics")[1]
        assert (
            b'nutgraf_requests_total{method="POST",route="/summarize",status="200"} 1.0' in status(f"{address}/metrics")[1]
        )
        assert worker.run(probe) == 0
        postgres.stop()
        assert worker.run(probe) == 1
        assert status(f"{address}/readyz")[0] == 200  # single requests need no database
        worker.stop(worker_grace := WORKER["spec"]["template"]["spec"]["terminationGracePeriodSeconds"])
        worker.log.close()
        worker.start()
        wait_until(lambda: worker.has_logged("the job database does not answer"), START_SECONDS)
        began = time.monotonic()
        worker.stop(worker_grace)
        assert time.monotonic() - began < 10
        server.stop(SERVER["spec"]["template"]["spec"]["terminationGracePeriodSeconds"])
    finally:
        for pod in (server, worker):
            pod.remove()
