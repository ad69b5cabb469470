"""A fork server: a process with a single thread that only forks children, which start warm, in milliseconds.

A process with threads must not fork, because a lock that another thread holds at that moment stays locked in the child for
ever. So the server forks this process before it starts threads, and asks it for children afterwards.

Requests are records of fixed size on a socket: OPEN, with one end of a new connection, forks a child that serves the
connection, and KILL ends a child. Only the parent of a process can kill it safely: until it has read the exit status, no
other process gets the same id.
"""

import array
import os
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

RECORD = struct.Struct("=cq")
OPEN, KILL = b"o", b"k"
_DESCRIPTOR_BYTES = array.array("i").itemsize
# These processes ignore these signals, and end only with the connection or by a kill. A service manager that stops the
# service sends signals to all of its processes, but requests that are being computed must still be answered.
_IGNORED_SIGNALS = (
    signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGWINCH,
    signal.SIGTTIN, signal.SIGTTOU, signal.SIGPIPE,
)  # fmt: skip
_DEFAULT_SIGNALS = (signal.SIGALRM, signal.SIGABRT, signal.SIGCHLD)


def start(serve: Callable[[socket.socket], object]) -> socket.socket:
    """Forks the process and returns the socket for its requests; it ends once all copies of that socket are closed.

    Each child calls `serve` with its connection and ends when that returns. Call it before this process starts threads.
    """
    requests, control = socket.socketpair()
    process = os.fork()
    if process == 0:
        try:
            run(control, serve)
        finally:
            os._exit(0)
    control.close()
    return requests


def run(control: socket.socket, serve: Callable[[socket.socket], object]) -> None:
    """Makes this process the fork server, until all copies of the other end of `control` are closed."""
    _become_independent(control)
    _fork_on_request(control, serve)


def open_connection(requests: socket.socket) -> socket.socket:
    """Returns a connection to a new child. It is closed by the other side if the child can't be forked.

    Raises OSError if the fork server is gone.
    """
    own, other = socket.socketpair()
    with other:
        descriptors = array.array("i", [other.fileno()])
        try:
            requests.sendmsg([RECORD.pack(OPEN, 0)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
        except OSError:
            own.close()
            raise
    return own


def kill(requests: socket.socket, child: int) -> None:
    """Kills a child, given by its process id, if it is still running."""
    requests.sendall(RECORD.pack(KILL, child))


def _fork_on_request(control: socket.socket, serve: Callable[[socket.socket], object]) -> None:
    children: set[int] = set()

    def reap(number: int, frame: FrameType | None) -> None:
        try:
            while child := os.waitpid(-1, os.WNOHANG)[0]:
                children.discard(child)
        except ChildProcessError:
            pass

    signal.signal(signal.SIGCHLD, reap)
    while True:
        record, ancillary, _, _ = control.recvmsg(RECORD.size, socket.CMSG_LEN(_DESCRIPTOR_BYTES))
        if len(record) < RECORD.size:  # all processes that could ask for a child are gone
            for child in children:
                os.kill(child, signal.SIGKILL)
            return
        request, child = RECORD.unpack(record)
        if request == KILL and child in children:
            os.kill(child, signal.SIGKILL)
        elif request == OPEN and ancillary:
            with socket.socket(fileno=array.array("i", ancillary[0][2])[0]) as connection:
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # a child is listed before it is reaped
                try:
                    children.add(_fork(control, connection, serve))
                except OSError:
                    pass  # no memory; the caller notices because the connection is closed
                finally:
                    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _fork(control: socket.socket, connection: socket.socket, serve: Callable[[socket.socket], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            serve(connection)
        finally:
            os._exit(0)
    return child


def _become_independent(control: socket.socket) -> None:
    """Resets inherited signal handlers, and closes inherited files and sockets except standard error.

    A listening socket, for example, would stay open after the server has ended.
    """
    signal.set_wakeup_fd(-1)
    for number in _IGNORED_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for number in _DEFAULT_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    kept = {null, control.fileno(), 2}
    # Replaced instead of closed: Python objects still own the numbers, and must not close other files later.
    for name in os.listdir("/dev/fd"):
        if int(name) not in kept:
            with suppress(OSError):  # one of the descriptors was open only to list the folder
                os.dup2(null, int(name), inheritable=False)
