"""Fixtures: an application for each test, and one real server for those that need it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from nutgraf.app import create_app

# A busy machine is no fault of the code: no example has a deadline.
hypothesis_settings.register_profile("nutgraf", deadline=None)
hypothesis_settings.load_profile("nutgraf")

ROOT = Path(__file__).parents[1]
START_SECONDS = 90
STOP_SECONDS = 30


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"data_dir": str(tmp_path / "data")})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a real `nutgraf serve` with two workers."""
    with serving() as address:
        yield address


class serving:  # reads as what it is: with serving() as address
    """A real server on a free port of loopback, ended by its process id."""

    def __init__(self, python: str = sys.executable, **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
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


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Where CI runs, a test that needs something installed fails instead of skipping; real news can't be installed."""
    if not os.environ.get("NUTGRAF_TESTS_MUST_NOT_SKIP") or not call.excinfo:
        return
    if isinstance(call.excinfo.value, pytest.skip.Exception) and "NUTGRAF_NEWS" not in str(call.excinfo.value):
        pytest.fail(f"{item.name} skipped where it must not: {call.excinfo.value}", pytrace=False)
