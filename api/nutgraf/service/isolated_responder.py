"""Answers requests in compute processes: one that takes too long is ended, and one that kills its process stops nothing.

The job worker and the commands that answer many requests use it. It repeats a request whose process died, because the
memory may have run out through another process, and gives it a problem in the end.
"""

import socket
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Self

from nutgraf.observability.logs import log
from nutgraf.service import document_reading, fork_server
from nutgraf.service.compute_process import ComputeProcess, ComputeProcessError
from nutgraf.service.limits import Deadline
from nutgraf.service.problems import problem_of
from nutgraf.service.respond import Responder

# Nobody waits for the request of a job, and jobs give way to other work, so it may take this many times NUTGRAF_MAX_SECONDS.
# The limit only ends what would occupy a worker for ever.
TIMES_MAX_SECONDS = 10
# How many processes a request may end before it gets a problem.
ATTEMPTS = 3

# The body of a request, and its id for the log and for a problem; the status of its answer, and the content as JSON text.
Request = tuple[bytes, str]
Reply = tuple[int, bytes]


class IsolatedResponder:
    """A `Responder` whose answers are computed in a process of its own; they are the same.

    `start` must be called before this process starts threads or other processes. An instance answers one call at a time.
    """

    def __init__(self, settings: Mapping[str, Any], *, times_max_seconds: float = TIMES_MAX_SECONDS) -> None:
        self._responder = Responder(settings)
        self._seconds = times_max_seconds * settings["max_seconds"]
        self._process = ComputeProcess(self._respond_in_child)

    def start(self) -> None:
        """Starts the process that forks the compute processes."""
        self._process.start()

    def attach(self, requests: socket.socket) -> None:
        """Uses a fork server in another process, which runs `run_fork_server`, instead of `start`.

        `requests` is this side of the socket pair.
        """
        self._process.attach(requests)

    def run_fork_server(self, control: socket.socket) -> None:
        """Forks the compute processes from this process. Returns when the other end of `control` is closed."""
        fork_server.run(control, self._process.serve)

    @property
    def is_available(self) -> bool:
        """Whether the process that forks the compute processes has been started and is running."""
        return self._process.is_available

    def stop(self) -> None:
        """Ends its compute process and, once no other responder uses it, the process that forks."""
        self._process.stop()

    def another(self) -> Self:
        """Returns a responder with its own compute process from the same fork server, for use in another thread."""
        other = copy(self)
        other._process = self._process.another()
        return other

    def __call__(self, body: bytes, request_id: str) -> Reply:
        """Returns the status, and the answer or problem as JSON text in UTF-8. Never raises an exception."""
        return self._respond_alone(body, request_id, ATTEMPTS)

    def respond_all(self, requests: Sequence[Request]) -> list[Reply]:
        """Returns the replies to several short requests, in order, as if each had been answered alone.

        They are sent to the compute process together, which costs less than one by one. If it dies or takes too long, each
        request is answered alone; a request that kills its process has then ended ATTEMPTS of them.
        """
        if len(requests) > 1 and self._process.is_available:
            try:
                return self._process.call(requests, seconds=self._seconds)
            except TimeoutError:
                return [self(*request) for request in requests]
            except ComputeProcessError as error:
                log.warning("compute-process-died", request_id=f"{requests[0][1]} to {requests[-1][1]}", detail=str(error))
                return [self._respond_alone(*request, ATTEMPTS - 1) for request in requests]
        return [self(*request) for request in requests]

    def _respond_alone(self, body: bytes, request_id: str, attempts: int) -> Reply:
        for _ in range(attempts):
            if not self._process.is_available:
                return self._responder(body, request_id)
            try:
                return self._process.call([(body, request_id)], seconds=self._seconds)[0]
            except TimeoutError:
                return self._responder.refuse(problem_of(Deadline(self._seconds).exceeded(), request_id), request_id)
            except ComputeProcessError as error:
                log.warning("compute-process-died", request_id=request_id, detail=str(error))
        return self.fail("The processes that tried to answer this request died.", request_id)

    def _respond_in_child(self, requests: Sequence[Request]) -> list[Reply]:
        document_reading.use_this_process()
        return [self._responder(*request) for request in requests]

    def fail(self, detail: str, request_id: str) -> Reply:
        """Returns the status and the problem, as JSON text, of a request that failed through a fault of the service."""
        return self._responder.fail(detail, request_id)
