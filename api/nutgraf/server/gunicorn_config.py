"""How gunicorn serves: its configuration, from the table of settings."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_METRICS = "PROMETHEUS_MULTIPROC_DIR"
# Where the processes count what /metrics adds up. Set before prometheus_client is imported, which looks for it then; a
# server that another one starts in its place has a folder of its own.
_OWN = f"nutgraf-metrics-{os.getpid()}-"
if not Path(os.environ.get(_METRICS, "")).name.startswith(_OWN):
    os.environ[_METRICS] = tempfile.mkdtemp(prefix=_OWN)


@atexit.register
def _take_counts_away(server: int = os.getpid()) -> None:
    if os.getpid() == server:  # a worker that ends leaves them to the others
        shutil.rmtree(os.environ[_METRICS], ignore_errors=True)


from nutgraf.errors import NutgrafError  # noqa: E402  # after what prometheus_client looks for
from nutgraf.http.security.keys import KeyFile, refuse_unprotected  # noqa: E402
from nutgraf.server.logger import ServerLogger  # noqa: E402
from nutgraf.settings import load  # noqa: E402


def _usable_settings() -> dict[str, Any]:
    try:
        settings = load()
        refuse_unprotected(settings["host"], bool(settings["open"]), KeyFile(settings["data_dir"]))
    except NutgrafError as error:
        sys.exit(f"Error: {error}")
    return settings


_settings = _usable_settings()

wsgi_app = "nutgraf.server.wsgi:app"
bind = ("[{host}]:{port}" if ":" in _settings["host"] else "{host}:{port}").format(**_settings)
workers = _settings["workers"]
worker_class = "nutgraf.server.worker.Worker"
threads = _settings["threads"]
timeout = _settings["timeout_seconds"]
# Requests take milliseconds: one that is still running after so long is lost anyhow.
graceful_timeout = 10
preload_app = True
# Workers prove that they live by touching a file; on a disk that is busy the touch can wait longer than the timeout.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
# As long as gunicorn allows: a document POSTed alone has its options, a query in any script among them, in its address.
limit_request_line = 8190
logger_class = ServerLogger
# The application writes a line for each request itself, without what the client wrote.
accesslog = None


def when_ready(server: Any) -> None:
    """Tells the person who started it where to look."""
    address = f"http://{bind.replace('0.0.0.0', '127.0.0.1').replace('[::]', '[::1]')}"
    server.log.info("Nutgraf is ready: %s/docs to try it, POST %s/summarize to use it.", address, address)
    _supervisor.start(_settings["job_workers"])


def pre_exec(server: Any) -> None:
    """On USR2: starts the new server as a module, as this one was.

    gunicorn would run its `__main__.py` as a script, whose folder hides Python's own `http`.
    """
    server.START_CTX["args"] = [sys.executable, "-m", "gunicorn", *server.START_CTX["args"][2:]]


def post_fork(server: Any, worker: Any) -> None:
    """Tells a new worker how long a client may take."""
    worker.client_seconds = _settings["client_seconds"]


def child_exit(server: Any, worker: Any) -> None:
    """A worker that is gone waits for nothing more."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # prometheus_client's


def on_exit(server: Any) -> None:
    """The worker ends with the server."""
    _supervisor.stop()


class _Supervisor:
    """The process that keeps a job worker running beside the server."""

    _process: subprocess.Popen[bytes] | None = None

    def start(self, processes: int) -> None:
        if processes:
            self._process = subprocess.Popen([sys.executable, "-m", "nutgraf.server.supervisor", str(processes)])

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


_supervisor = _Supervisor()
