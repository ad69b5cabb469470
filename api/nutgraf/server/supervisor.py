"""Keeps a worker running beside the server: started again when it dies, ended when the server ends, however that comes.

`python -m nutgraf.server.supervisor PROCESSES`; it loads next to nothing, so that where memory runs out others go first.
"""

import os
import signal
import subprocess
import sys
import time

PAUSE_SECONDS = 1.0
STOP_SECONDS = 35.0


def main(processes: str) -> None:
    """Runs `nutgraf worker` again and again, until this process is asked to stop or its parent is gone."""
    parent = os.getppid()
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: stopping.append(received))
    while not stopping and os.getppid() == parent:
        # A group of its own: Ctrl-C in a terminal is the server's to pass on.
        command = [sys.executable, "-m", "nutgraf.cli", "worker", "--processes", processes]
        worker = subprocess.Popen(command, start_new_session=True)
        while worker.poll() is None and not stopping and os.getppid() == parent:
            time.sleep(PAUSE_SECONDS / 10)
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
        else:
            time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1])
