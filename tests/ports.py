"""Ports of loopback that no other test of this run is given."""

import os
import socket
from itertools import count

# Below the ports that systems hand out by themselves (32768 and more on Linux), so that no connection takes one meanwhile.
_FIRST, _PORTS = 20_000, 12_000
# Processes that run tests at the same time begin at different places.
_offsets = count(os.getpid() * 97)


def free_port() -> int:
    """A port that nothing listens at, and that this process has not named before."""
    while True:
        port = _FIRST + next(_offsets) % _PORTS
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
