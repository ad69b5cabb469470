"""What gunicorn calls when it starts a worker."""

import os
import signal
import subprocess
import sys
from pathlib import Path

# As gunicorn does it: the main process's handler is there when the new worker calls `post_fork`.
_WORKER = """
import signal, sys, time
from types import SimpleNamespace
import nutgraf.server.gunicorn_config as config
import nutgraf.request_handling.respond as respond

signal.signal(signal.SIGTERM, lambda *_: None)
def isolate_large_requests():
    print("starting", flush=True)
    time.sleep(30)
respond.isolate_large_requests = isolate_large_requests
config.post_fork(None, SimpleNamespace())
"""


def test_a_worker_that_is_told_to_stop_while_it_starts_ends_at_once(tmp_path: Path) -> None:
    """It lost the signal, and the server waited for it until the graceful timeout."""
    environment = os.environ | {"NUTGRAF_DATA_DIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", _WORKER], stdout=subprocess.PIPE, env=environment) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"starting\n"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == -signal.SIGTERM
