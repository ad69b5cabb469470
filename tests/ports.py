"""Chooses loopback ports that no other test of this run uses."""

import os
import socket
from itertools import count

# Below the ephemeral ports (32768 and more on Linux), so that no outgoing connection takes one meanwhile.
_FIRST, _PORTS = 20_000, 12_000
# Parallel test processes begin at different ports.
_offsets = count(os.getpid() * 97)


def free_port() -> int:
    """A port on which nothing listens, and which this process has not returned before."""
    while True:
        port = _FIRST + next(_offsets) % _PORTS
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
