"""A server that gets a stop or reload signal, or loses a process, still answers every request that it accepted."""

import hashlib
import hmac
import http.client
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from nutgraf.http.security.keys import KeyFile
from nutgraf.samples import sample
from tests.service import ROOT, serving

CLIENTS = 4
PATIENCE_SECONDS = 60
# Between two requests of a client, so that the load leaves time to the processes that start.
PAUSE_SECONDS = 0.05
BODY = json.dumps(sample("ferry")).encode()


class Load:
    """Clients that send requests one after the other, each on a new connection; `outcomes` counts the results."""

    def __init__(self, port: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self._port, self._ended = port, threading.Event()
        self._clients = [threading.Thread(target=self._send_requests) for _ in range(CLIENTS)]

    def __enter__(self) -> "Load":
        for client in self._clients:
            client.start()
        time.sleep(1)
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        for client in self._clients:
            client.join()

    def _send_requests(self) -> None:
        while not self._ended.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            try:
                connection.connect()
            except ConnectionRefusedError:
                self.outcomes["refused"] += 1  # the connection was not accepted, so no request was lost
                time.sleep(0.05)
                continue
            try:
                connection.request("POST", "/summarize", BODY, {"Content-Type": "application/json", "Connection": "close"})
                answer = connection.getresponse()
                body = answer.read()
                self.outcomes["200" if answer.status == 200 else f"{answer.status}: {body[:200]!r}"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.outcomes[type(error).__name__] += 1
            finally:
                connection.close()
            time.sleep(PAUSE_SECONDS)


def workers(server_pid: int) -> list[int]:
    """The process ids of the gunicorn workers that are children of a process; empty if the process has ended."""
    command_line = ["ps", "--no-headers", "-o", "pid", "--ppid", str(server_pid)]
    listed = subprocess.run(command_line, capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split() if "gunicorn" in command(int(pid))]


def command(pid: int) -> str:
    """The command line of a process; empty if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def test_killing_a_worker_fails_only_the_requests_it_was_processing() -> None:
    server = serving(NUTGRAF_JOB_WORKERS="0")
    with server, Load(server.port) as load:
        before = workers(server.process.pid)
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: len(set(workers(server.process.pid)) - set(before)) == 1, "no new worker replaced it")
        answered = load.outcomes["200"]
        wait_until(lambda: load.outcomes["200"] > answered + CLIENTS, "no further request was answered")
    failed = load.outcomes.total() - load.outcomes["200"]
    assert failed <= CLIENTS, load.outcomes


def wait_until(holds: Callable[[], bool], failure: str) -> None:
    """Waits until a condition holds; fails with a message if it does not within PATIENCE_SECONDS."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, failure
        time.sleep(0.1)


def wait_for_new_workers(server_pid: int, old_workers: Sequence[int]) -> list[int]:
    """Waits until all old workers have ended, and returns the process ids of the current workers."""
    end = time.monotonic() + 40
    while time.monotonic() < end and set(old_workers) & set(workers(server_pid)):
        time.sleep(0.2)
    return workers(server_pid)


def test_hup_replaces_the_workers_and_fails_no_request() -> None:
    server = serving(NUTGRAF_JOB_WORKERS="0")
    with server as address, Load(server.port) as load:
        before = workers(server.process.pid)
        server.process.send_signal(signal.SIGHUP)
        after = wait_for_new_workers(server.process.pid, before)
        time.sleep(1)
        assert status_of_invalid_request(address) == 422, (
            "after HUP, an invalid request gets another status (500 in version 0.1)"
        )
    assert len(after) == 2
    assert not set(before) & set(after)
    assert set(load.outcomes) == {"200"}, load.outcomes


Answer = tuple[int, str]


def ask(address: str, path: str, content: bytes | None = None, method: str | None = None, **headers: str) -> Answer:
    """Sends a request, and returns the status of the answer and, for a problem, its type."""
    sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address + path, content, sent, method=method), timeout=60
        ) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        with error:
            is_problem = error.headers["Content-Type"] == "application/problem+json"
            return error.code, json.load(error)["type"] if is_problem else "not application/problem+json"


def hook(address: str, version: int, secret: str = "secret") -> Answer:
    """Sends a webhook as Superdesk does, and returns the answer."""
    content = json.dumps({"guid": "story-1", "version": version, "body_text": "The bridge closed on Monday."}).encode()
    signature = hmac.new(secret.encode(), content, hashlib.sha1).hexdigest()
    return ask(address, "/hooks/superdesk", content, x_superdesk_signature=f"sha1={signature}")


def answers_of_all_kinds(address: str, key: str, version: int) -> list[Answer]:
    """The answers to one request of each kind, in the order of EXPECTED_ANSWERS."""
    return [
        ask(address, "/summarize", BODY),
        ask(address, "/summarize", BODY, X_API_Key="nutgraf_other"),
        ask(address, "/summarize", BODY, X_API_Key=key),
        ask(address, "/summarize", b"{}", X_API_Key=key),
        ask(address, "/summarize", b"{", X_API_Key=key),
        ask(address, "/summarize", method="GET"),
        ask(address, "/nowhere"),
        ask(address, "/jobs/x", X_API_Key=key),
        hook(address, version),
        hook(address, 1),
        hook(address, version, "other"),
        ask(address, "/hooks/ghost", b"{}"),
        ask(address, "/readyz"),
    ]


EXPECTED_ANSWERS: list[Answer] = [
    (401, "/problems/key-missing"),
    (401, "/problems/key-unknown"),
    (200, ""),
    (422, "/problems/invalid-request"),
    (400, "/problems/malformed-json"),
    (405, "/problems/method-not-allowed"),
    (404, "/problems/not-found"),
    (404, "/problems/not-found"),
    (202, ""),
    (409, "/problems/call-replayed"),
    (401, "/problems/bad-signature"),
    (403, "/problems/hook-off"),
    (200, ""),
]


def test_after_hup_each_error_has_the_same_problem_type() -> None:
    """In version 0.1, each was a 500: handlers are looked up by exception class, and HUP had imported the classes twice."""
    server = serving(NUTGRAF_SUPERDESK_SECRETS="secret", NUTGRAF_HOOK_OWNER="cms", NUTGRAF_JOB_WORKERS="0")
    with server as address:
        file = KeyFile(server.directory.name)
        key = file.add("cms")
        assert hook(address, 1)[0] == 202
        request = urllib.request.Request(f"{address}/jobs", headers={"X-API-Key": key})
        with urllib.request.urlopen(request, timeout=60) as answer:
            (job,) = json.load(answer)["jobs"]
        assert ask(address, f"/jobs/{job['id']}", method="DELETE", X_API_Key=key) == (204, "")
        assert answers_of_all_kinds(address, key, 2) == EXPECTED_ANSWERS
        for version in (3, 4):
            before = workers(server.process.pid)
            server.process.send_signal(signal.SIGHUP)
            assert len(wait_for_new_workers(server.process.pid, before)) == 2
            time.sleep(1)
            assert answers_of_all_kinds(address, key, version) == EXPECTED_ANSWERS
        kept = file.path.read_bytes()
        file.path.write_text("{")
        assert ask(address, "/summarize", BODY, X_API_Key=key) == (503, "/problems/keys-unreadable")
        file.path.unlink()
        assert ask(address, "/readyz") == (503, "/problems/keys-unreadable")
        assert ask(address, "/summarize", BODY) == (401, "/problems/key-missing")
        file.path.write_bytes(kept)
        assert ask(address, "/summarize", BODY, X_API_Key=key) == (200, "")


def version(address: str) -> str:
    with urllib.request.urlopen(f"{address}/version", timeout=60) as answer:
        found: str = json.load(answer)["version"]
        return found


def test_usr2_loads_changed_code(tmp_path: Path) -> None:
    """HUP keeps the code that was loaded first; USR2 starts a new server with the code on the disk."""
    shutil.copytree(ROOT / "api", tmp_path / "api", ignore=shutil.ignore_patterns("__pycache__"))
    server = serving(PYTHONPATH=str(tmp_path / "api"), NUTGRAF_JOB_WORKERS="0", PYTHONDONTWRITEBYTECODE="1")
    with server as address:
        old_version, old = version(address), server.process.pid
        changed = tmp_path / "api" / "nutgraf" / "__init__.py"
        changed.write_text(changed.read_text().replace(f'"{old_version}"', '"9.9.9"'))
        before = workers(old)
        server.process.send_signal(signal.SIGUSR2)
        new = successor(old, before)
        wait_until(lambda: len(workers(new)) == 2, "the new server has no workers")
        time.sleep(2)  # gives the workers time to load
        os.kill(old, signal.SIGTERM)
        server.process.wait(40)
        assert {version(address) for _ in range(10)} == {"9.9.9"}
        assert status_of_invalid_request(address) == 422
        assert ask(address, "/nowhere") == (404, "/problems/not-found")
        os.kill(new, signal.SIGTERM)
        wait_until(lambda: not Path(f"/proc/{new}").exists(), "the new server does not end")


def test_usr2_starts_a_second_server_and_fails_no_request() -> None:
    """This is how a server outside a container gets new code: both servers answer until the first is stopped."""
    server = serving()
    with server as address, Load(server.port) as load:
        old = server.process.pid
        before = workers(old)
        server.process.send_signal(signal.SIGUSR2)
        new = successor(old, before)
        end = time.monotonic() + 240
        while time.monotonic() < end and len(workers(new)) < 2:
            time.sleep(0.2)
        assert len(workers(new)) == 2
        time.sleep(2)  # gives the workers time to load
        os.kill(old, signal.SIGTERM)
        server.process.wait(40)
        answered = load.outcomes["200"]
        wait_until(lambda: load.outcomes["200"] > answered + CLIENTS, "the new server answers nothing")
        assert status_of_invalid_request(address) == 422
        os.kill(new, signal.SIGTERM)
        end = time.monotonic() + 40
        while time.monotonic() < end and Path(f"/proc/{new}").exists():
            time.sleep(0.1)
    assert set(load.outcomes) <= {"200", "refused"}, load.outcomes


def successor(server_pid: int, old_children: Sequence[int]) -> int:
    """The pid of the server that another one started on USR2: a new child whose workers have started their fork servers."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        if others := [pid for pid in set(workers(server_pid)) - set(old_children) if any(map(workers, workers(pid)))]:
            return others[0]
        time.sleep(0.2)
    raise AssertionError("No second server was started.")


def status_of_invalid_request(address: str) -> int:
    try:
        urllib.request.urlopen(urllib.request.Request(f"{address}/summarize", b"{}", {"Content-Type": "application/json"}))
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    return 200


def test_a_stopping_server_answers_all_accepted_requests() -> None:
    server = serving()
    with server, Load(server.port) as load:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
    assert load.outcomes["200"] > 0
    assert set(load.outcomes) <= {"200", "refused"}, load.outcomes
