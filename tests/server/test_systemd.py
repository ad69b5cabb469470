"""The server takes its socket from systemd and tells it when it is ready, so that a restart refuses no connection."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nutgraf.http.security.keys import KeyFile
from tests.service import ROOT, START_SECONDS, STOP_SECONDS

# Imitates systemd: the socket is descriptor 3, and LISTEN_PID is the started process.
ACTIVATE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "nutgraf.cli", "serve"])
"""


def start(listening: socket.socket, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", ACTIVATE, str(listening.fileno())],
        cwd=ROOT,
        env=environment,
        pass_fds=[listening.fileno(), 3],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def version(address: str) -> int:
    with urllib.request.urlopen(f"http://{address}/version", timeout=START_SECONDS) as response:
        status: int = response.status
        return status


def test_a_restart_refuses_no_connection(tmp_path: Path) -> None:
    KeyFile(str(tmp_path)).add("desk")
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
        notices.bind(str(tmp_path / "notify"))
        notices.settimeout(START_SECONDS)
        address = "{}:{}".format(*listening.getsockname())
        environment = {
            **os.environ,
            "NUTGRAF_DATA_DIR": str(tmp_path),
            "NUTGRAF_JOB_WORKERS": "0",
            "NUTGRAF_WORKERS": "1",
            "HOST": "0.0.0.0",  # as in the unit; the socket is another one
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
        }
        server = start(listening, environment)
        try:
            assert notices.recv(1_000).startswith(b"READY=1")
            assert version(address) == 200
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_SECONDS)
            with ThreadPoolExecutor() as clients:
                waiting = clients.submit(version, address)  # no server accepts the connection yet
                server = start(listening, environment)
                assert waiting.result(START_SECONDS) == 200
        finally:
            server.terminate()
            server.wait(STOP_SECONDS)
