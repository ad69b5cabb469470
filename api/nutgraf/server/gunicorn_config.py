"""gunicorn's configuration: module variables and hooks, with values from the table of settings.

`nutgraf serve` uses it; gunicorn.conf.py in the checkout imports it.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

# The environment variable with the metrics folder. Each process writes its counts there, and /metrics adds them up.
# prometheus_client reads the variable when it is imported, so it is set before. A server that replaces this one (USR2)
# gets a new folder.
_METRICS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_FOLDER_PREFIX = f"nutgraf-metrics-{os.getpid()}-"
if not Path(os.environ.get(_METRICS_VARIABLE, "")).name.startswith(_FOLDER_PREFIX):
    os.environ[_METRICS_VARIABLE] = tempfile.mkdtemp(prefix=_FOLDER_PREFIX)


@atexit.register
def _delete_metrics_folder(server: int = os.getpid()) -> None:
    if os.getpid() == server:  # not when a worker ends: the other processes still use the folder
        shutil.rmtree(os.environ[_METRICS_VARIABLE], ignore_errors=True)


from nutgraf.errors import NutgrafError  # noqa: E402  # after the variable that prometheus_client reads
from nutgraf.http.security.keys import KeyFile, refuse_unprotected  # noqa: E402
from nutgraf.server.logger import ServerLogger  # noqa: E402
from nutgraf.settings import load  # noqa: E402


def _usable_settings() -> dict[str, Any]:
    try:
        settings = load()
        refuse_unprotected(settings, KeyFile(settings["data_dir"]))
    except NutgrafError as error:
        sys.exit(f"Error: {error}")
    return settings


_settings = _usable_settings()

wsgi_app = "nutgraf.server.wsgi:app"
bind = ("[{host}]:{port}" if ":" in _settings["host"] else "{host}:{port}").format(**_settings)
workers = _settings["workers"]
worker_class = "nutgraf.server.gunicorn_worker.Worker"
threads = _settings["threads"]
timeout = _settings["timeout_seconds"]
# A process that stops answers its requests first. The time limit counts from the arrival of a request, waiting included;
# five seconds are enough to end it and to send its answer.
graceful_timeout = _settings["max_seconds"] + 5
preload_app = True
# Workers show that they are alive by touching a file, which is in memory: on a busy disk, that could take longer than the
# timeout.
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
# gunicorn's maximum: a CMS document that is POSTed alone has its options, such as a long query, in the query string.
limit_request_line = 8190
logger_class = ServerLogger
# The application itself logs one line per request, without any text from the client.
accesslog = None


def when_ready(server: Any) -> None:
    """Logs the address of the service and starts the job workers. Called by gunicorn once the server listens."""
    address = f"http://{bind.replace('0.0.0.0', '127.0.0.1').replace('[::]', '[::1]')}"
    server.log.info("Nutgraf is ready: %s/docs to try it, POST %s/summarize to use it.", address, address)
    _supervisor_process.start(_settings["job_workers"])


def pre_exec(server: Any) -> None:
    """Starts the new server with `python -m gunicorn`. Called by gunicorn on USR2, before it executes the new server.

    By default, gunicorn would run its `__main__.py` as a script; the folder of that script then hides Python's own `http`.
    """
    server.START_CTX["args"] = [sys.executable, "-m", "gunicorn", *server.START_CTX["args"][2:]]


def post_fork(server: Any, worker: Any) -> None:
    """Sets the time limit for clients in a new worker, and starts its compute process. Called by gunicorn after each fork.

    The worker has no threads yet, so it can fork safely. Until gunicorn sets the worker's handlers, it has those of the main
    process, which would lose a SIGTERM: the server would then wait for this worker until the graceful timeout.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from nutgraf.service.respond import isolate_large_requests

    worker.client_seconds = _settings["client_seconds"]
    isolate_large_requests()


def child_exit(server: Any, worker: Any) -> None:
    """Removes the gauges of a worker that has ended from /metrics. Called by gunicorn in the main process."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # prometheus_client's


def on_exit(server: Any) -> None:
    """Stops the job workers. Called by gunicorn when the server ends."""
    _supervisor_process.stop()


class _SupervisorProcess:
    """The process that runs supervisor.py, which keeps the job workers running next to the server."""

    _process: subprocess.Popen[bytes] | None = None

    def start(self, job_workers: int) -> None:
        if job_workers:
            self._process = subprocess.Popen([sys.executable, "-m", "nutgraf.server.supervisor", str(job_workers)])

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


_supervisor_process = _SupervisorProcess()
