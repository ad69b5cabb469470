"""One real server for the tests that need one."""

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
# What coverage sets for the processes that are started. It is kept under another name, since few of them are to be slower.
COVERAGE, TRACING = "COVERAGE_PROCESS_CONFIG", "NUTGRAF_TESTS_TRACING"


class serving:  # reads as what it is: with serving() as address
    """A real server on a free port of loopback, ended by its process id."""

    @classmethod
    def traced(cls, **environment: str) -> "serving":
        """One of which coverage is measured too, where it is measured at all; it is slower for it."""
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
        # A file, since nobody empties a pipe while the server runs, and it would wait for ever.
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8")  # read when the server has ended
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
        """Kills it with all its processes, as a machine that loses its power would."""
        os.killpg(self.process.pid, signal.SIGKILL)

    def __exit__(self, *exception: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_SECONDS)
        with self._lines:
            self._lines.seek(0)
            self.log = self._lines.read()
        self.directory.cleanup()
