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


from api import settings  # noqa: E402  # after what it looks for
from api.observability.logs import ServerLogger  # noqa: E402
from api.security import keys  # noqa: E402
from api.serving import reloading  # noqa: E402


def _usable_settings() -> dict[str, Any]:
    try:
        loaded = settings.load()
        keys.refuse_exposed(loaded["host"], bool(loaded["open"]), keys.KeyFile(loaded["data_dir"]))
    except (settings.BadSetting, keys.BadKeys, keys.Exposed) as error:
        sys.exit(f"Error: {error}")
    return loaded


_settings = _usable_settings()

wsgi_app = "api.wsgi:app"
bind = ("[{host}]:{port}" if ":" in _settings["host"] else "{host}:{port}").format(**_settings)
workers = _settings["workers"]
worker_class = "api.serving.worker.Worker"
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
    _beside.start(_settings["job_workers"])


def on_reload(server: Any) -> None:
    """On HUP: the new code, for the workers that start now, and for the one that works on jobs."""
    reloading.reload(server)
    _beside.stop()
    _beside.start(_settings["job_workers"])


def child_exit(server: Any, worker: Any) -> None:
    """A worker that is gone waits for nothing more."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # prometheus_client's


def on_exit(server: Any) -> None:
    """The worker ends with the server."""
    _beside.stop()


class _Beside:
    """The worker beside the server, under a process that starts it again where it dies."""

    _process: subprocess.Popen[bytes] | None = None

    def start(self, processes: int) -> None:
        if processes:
            self._process = subprocess.Popen([sys.executable, "-m", "api.jobs.beside", str(processes)])

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


_beside = _Beside()
