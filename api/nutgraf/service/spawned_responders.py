"""Responders with compute processes, for processes that have threads, such as the workers of Ray and Spark.

A process with threads must not fork (see `fork_server`). So a new interpreter is spawned, once for all threads. It loads the
models and forks the compute processes. It ends with the process that spawned it, even if that one is killed.
"""

import atexit
import gc
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from nutgraf.errors import NutgrafError
from nutgraf.service.compute_process_responder import ComputeProcessResponder
from nutgraf.summarizer import warm_up

_READY = b"ready\n"
_STOP_SECONDS = 5


class SpawnError(NutgrafError):
    """The new interpreter could not be started; the message has its reason."""


class SpawnedResponders:
    """Lends compute-process responders to threads; there are as many as threads use at the same time.

    `settings` has the settings that `Responder` needs, parsed, by name.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._lock = Lock()
        self._host: subprocess.Popen[bytes] | None = None
        self._first = ComputeProcessResponder(settings)
        self._idle: list[ComputeProcessResponder] = []
        atexit.register(self.stop)

    @contextmanager
    def one(self) -> Iterator[ComputeProcessResponder]:
        """Lends a responder to the calling thread. Raises SpawnError."""
        with self._lock:
            if self._host is None or self._host.poll() is not None:
                self._stop()
                self._start()
            responder = self._idle.pop() if self._idle else self._first.another()
        try:
            yield responder
        finally:
            with self._lock:
                if responder.is_available:
                    self._idle.append(responder)

    def stop(self) -> None:
        """Ends all processes."""
        with self._lock:
            self._stop()

    def _start(self) -> None:
        requests, control = socket.socketpair()
        command = [sys.executable, "-P", "-m", __name__, str(control.fileno())]
        path = os.pathsep.join(filter(None, sys.path))  # Ray and Spark add folders that are in no environment variable
        host = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": path},
            pass_fds=[control.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in this process must not end it: requests get time to be answered
        )
        control.close()
        assert host.stdin is not None
        assert host.stdout is not None
        with suppress(BrokenPipeError), host.stdin:
            pickle.dump(self._settings, host.stdin)
        with host.stdout:
            said = host.stdout.read()
        if said != _READY:
            requests.close()
            host.wait()
            reason = said.decode(errors="replace").strip() or f"It ended with the status {host.returncode}."
            raise SpawnError(f"The process that answers requests did not start. {reason}")
        self._host = host
        self._first.attach(requests)

    def _stop(self) -> None:
        for responder in (*self._idle, self._first):
            responder.stop()
        self._idle.clear()
        if self._host is not None:
            try:
                self._host.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._host.kill()
                self._host.wait()
            self._host = None


def main() -> None:
    """The new interpreter: reads the settings, reports that it is ready or why not, and forks on request."""
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        responder = ComputeProcessResponder(pickle.load(sys.stdin.buffer))
        warm_up()
    except NutgrafError as error:
        sys.exit(print(error))
    gc.collect()
    gc.freeze()  # as in server/wsgi.py: child processes share the memory that is in use now
    sys.stdout.buffer.write(_READY)
    sys.stdout.close()
    responder.run_fork_server(control)


if __name__ == "__main__":
    main()
