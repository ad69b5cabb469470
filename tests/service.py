"""Starts a real server for the tests that need one."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parents[1]
START_SECONDS = 90
STOP_SECONDS = 30
# The variable that turns coverage on in child processes. It is kept under another name, because few servers should be
# slower.
COVERAGE, TRACING = "COVERAGE_PROCESS_CONFIG", "NUTGRAF_TESTS_TRACING"


class serving:  # lower case, as it is used as a function: with serving() as address
    """A real server on a free loopback port; the `with` block starts and stops it."""

    @classmethod
    def traced(cls, **environment: str) -> "serving":
        """A server whose coverage is measured, too, if coverage is on; it is slower."""
        tracing = {COVERAGE: os.environ[TRACING]} if TRACING in os.environ else {}
        return cls(**environment, **tracing)

    def __init__(self, python: str = sys.executable, **environment: str) -> None:
        self.port = free_port()
        self.python = python
        self.directory = tempfile.TemporaryDirectory(prefix="nutgraf-")
        usual = {"NUTGRAF_WORKERS": "2", "NUTGRAF_DATA_DIR": self.directory.name}
        self.environment = {**os.environ, **usual, **environment, "PORT": str(self.port)}

    def __enter__(self) -> str:
        command = [self.python, "-m", "nutgraf.cli", "serve"]
        # A file and not a pipe: a full pipe would block the server.
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8")  # it is read after the server has ended
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=self._lines,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{self.port}"
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
                return address
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError(f"The server did not start: {self.log}")

    def kill(self) -> None:
        """Kills the server with all its processes, like a power failure."""
        os.killpg(self.process.pid, signal.SIGKILL)

    def __exit__(self, *exception: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_SECONDS)
        with self._lines:
            self._lines.seek(0)
            self.log = self._lines.read()
        self.directory.cleanup()
