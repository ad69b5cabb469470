"""The hooks that gunicorn calls when it starts a worker."""

import os
import signal
import subprocess
import sys
from pathlib import Path

# As in gunicorn, the main process's signal handler is still set when the new worker calls `post_fork`.
_WORKER = """
import signal, sys, time
from types import SimpleNamespace
import nutgraf.server.gunicorn_config as config
import nutgraf.service.respond as respond

signal.signal(signal.SIGTERM, lambda *_: None)
def isolate_large_requests():
    print("starting", flush=True)
    time.sleep(30)
respond.isolate_large_requests = isolate_large_requests
config.post_fork(None, SimpleNamespace())
"""


def test_a_worker_that_gets_a_stop_signal_while_it_starts_ends_at_once(tmp_path: Path) -> None:
    """Such a worker once lost the signal, and the server waited until the graceful timeout."""
    environment = os.environ | {"NUTGRAF_DATA_DIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", _WORKER], stdout=subprocess.PIPE, env=environment) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"starting\n"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == -signal.SIGTERM
