"""Keeps a job worker running next to the server: restarts it when it dies, and ends it when the server ends or dies.

Started as `python -m nutgraf.server.supervisor PROCESSES`. It imports almost nothing, so that it is not the process that
the kernel kills when memory runs out.
"""

import os
import signal
import subprocess
import sys
import time

RESTART_PAUSE_SECONDS = 1.0
# How often the supervisor looks whether the worker, or its own parent, has ended.
POLL_SECONDS = 0.1
# Longer than the time that the queue gives its processes to finish (SHUTDOWN_SECONDS in jobs/queue.py).
STOP_TIMEOUT_SECONDS = 35.0


def main(process_count: str) -> None:
    """Runs `nutgraf worker` with that number of processes, and restarts it whenever it ends.

    It returns after SIGTERM or SIGINT, or once its parent process is gone; the worker then gets STOP_TIMEOUT_SECONDS to
    finish before it is killed.
    """
    parent = os.getppid()
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: stopping.append(received))
    while not stopping and os.getppid() == parent:
        command = [sys.executable, "-m", "nutgraf.cli", "worker", "--processes", process_count]
        # In a session of its own, Ctrl-C in a terminal does not reach the worker. This process stops it.
        worker = subprocess.Popen(command, start_new_session=True)
        while worker.poll() is None and not stopping and os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(STOP_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
        else:
            time.sleep(RESTART_PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
