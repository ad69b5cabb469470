"""Answers the requests of jobs in a compute process: one that takes too long is ended, and one that dies stops no worker."""

from collections.abc import Mapping
from typing import Any

from nutgraf.observability.logs import log
from nutgraf.service import document_reading
from nutgraf.service.compute_process import ComputeProcess, ComputeProcessError
from nutgraf.service.limits import Deadline
from nutgraf.service.problems import problem_of
from nutgraf.service.respond import Responder

# Nobody waits for the request of a job, and jobs give way to other work, so it may take this many times NUTGRAF_MAX_SECONDS.
# The limit only ends what would occupy a worker for ever.
TIMES_MAX_SECONDS = 10
# Memory may have run out because of another process, so a request whose process died is repeated in a new one.
ATTEMPTS = 3


class IsolatedResponder:
    """A `Responder` for job workers; its answers are the same.

    `start` must be called before this process starts threads or other processes.
    """

    def __init__(self, settings: Mapping[str, Any], *, times_max_seconds: float = TIMES_MAX_SECONDS) -> None:
        self._responder = Responder(settings)
        self._seconds = times_max_seconds * settings["max_seconds"]
        self._process = ComputeProcess(self._respond_in_child)

    def start(self) -> None:
        """Starts the process that forks the compute processes."""
        self._process.start()

    def stop(self) -> None:
        """Ends that process and its children."""
        self._process.stop()

    def __call__(self, body: bytes, request_id: str) -> tuple[int, bytes]:
        """Returns the status, and the answer or problem as JSON text in UTF-8. Never raises an exception."""
        for _ in range(ATTEMPTS):
            if not self._process.is_available:
                return self._responder(body, request_id)
            try:
                return self._process.call(body, request_id, seconds=self._seconds)
            except TimeoutError:
                return self._responder.refuse(problem_of(Deadline(self._seconds).exceeded(), request_id), request_id)
            except ComputeProcessError as error:
                log.warning("compute-process-died", request_id=request_id, detail=str(error))
        return self.fail("The processes that tried to answer this request died.", request_id)

    def _respond_in_child(self, body: bytes, request_id: str) -> tuple[int, bytes]:
        document_reading.use_this_process()
        return self._responder(body, request_id)

    def fail(self, detail: str, request_id: str) -> tuple[int, bytes]:
        """Returns the status and the problem, as JSON text, of a request that failed through a fault of the service."""
        return self._responder.fail(detail, request_id)
