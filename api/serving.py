"""How gunicorn serves: its configuration, from the table of settings."""

import subprocess
import sys
from typing import Any

from api import settings

_settings = settings.load()

wsgi_app = "api.wsgi:app"
bind = ("[{host}]:{port}" if ":" in _settings["host"] else "{host}:{port}").format(**_settings)
workers = _settings["workers"]
worker_class = "gthread"
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
accesslog = "-"
# The path without its query, and nothing that the client wrote but the request id.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms %({x-request-id}o)s'


def when_ready(server: Any) -> None:
    """Tells the person who started it where to look."""
    address = f"http://{bind.replace('0.0.0.0', '127.0.0.1').replace('[::]', '[::1]')}"
    server.log.info("Nutgraf is ready: %s/docs to try it, POST %s/summarize to use it.", address, address)
    _beside.start(_settings["job_workers"])


def on_reload(server: Any) -> None:
    """New code is for the worker too."""
    _beside.stop()
    _beside.start(_settings["job_workers"])


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
