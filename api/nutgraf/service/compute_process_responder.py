"""A responder that computes each answer in a child process, for the job worker and for commands that answer many requests.

A request that takes too long is ended, and a request whose process dies does not affect the others. It is tried again,
because another process may have used up the memory. If all attempts fail, the reply is a problem.
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

# The time limit of a request, as a multiple of NUTGRAF_MAX_SECONDS. It is generous, because nobody waits for the answer and
# other work has priority: it only ends requests that would occupy a worker for ever.
TIMES_MAX_SECONDS = 10
# A request gets a problem after this many processes have died while computing it.
ATTEMPTS = 3

# A request: its body, and its id for logs and problems. A reply: the status of the answer, and its content as JSON text.
Request = tuple[bytes, str]
Reply = tuple[int, bytes]


class ComputeProcessResponder:
    """A `Responder` that computes the same answers in a child process.

    `start` must be called before this process starts threads or other processes. An instance answers one call at a time.
    """

    def __init__(self, settings: Mapping[str, Any], *, times_max_seconds: float = TIMES_MAX_SECONDS) -> None:
        self._responder = Responder(settings)
        self._seconds = times_max_seconds * settings["max_seconds"]
        self._process = ComputeProcess(self._respond_in_child)

    def start(self) -> None:
        """Starts the fork server, the process that forks the compute processes."""
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
        """Whether the fork server has been started and is running."""
        return self._process.is_available

    def stop(self) -> None:
        """Ends its compute process, and the fork server once no other responder uses it."""
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

        They are sent to the compute process together, which costs less than one by one. If the process dies or takes too
        long, each request is answered alone. If it dies, that counts as one of the ATTEMPTS of each request.
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
                return self._responder.refuse(problem_of(Deadline(self._seconds).exceeded_error(), request_id), request_id)
            except ComputeProcessError as error:
                log.warning("compute-process-died", request_id=request_id, detail=str(error))
        return self.fail("The processes that tried to answer this request died.", request_id)

    def _respond_in_child(self, requests: Sequence[Request]) -> list[Reply]:
        document_reading.use_this_process()
        return [self._responder(*request) for request in requests]

    def fail(self, detail: str, request_id: str) -> Reply:
        """Returns the status and the problem, as JSON text, of a request that failed through a fault of the service."""
        return self._responder.fail(detail, request_id)
