"""Answers a stream of requests on all cores, in order, for commands that answer many requests without a server.

Threads of this process hand groups of requests to compute processes (`compute_process_responder`) and wait for the replies.
A request that kills its process gets a problem.
"""

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from nutgraf.service.compute_process_responder import ComputeProcessResponder, Reply, Request
from nutgraf.summarizer import warm_up

# The number of requests that a process gets at a time, and of groups queued per process: enough to keep the process busy.
GROUP_REQUESTS = 16
QUEUED_GROUPS = 4
# A group ends with the request that makes it longer than this, so that a group takes seconds and not minutes.
GROUP_BYTES = 100_000


class ResponderPool:
    """A pool of `processes` processes that answer requests, which a `with` block starts and ends.

    Enter the block before this process starts threads.
    """

    def __init__(self, settings: Mapping[str, Any], *, processes: int) -> None:
        self._processes = processes
        self._first = ComputeProcessResponder(settings)
        self._responders: list[ComputeProcessResponder] = []

    def __enter__(self) -> Self:
        """Starts the fork server. Raises MissingDataError if the tokenizers' data is not installed."""
        warm_up()
        gc.collect()
        gc.freeze()  # as in server/wsgi.py: child processes share the memory that is in use now
        try:
            self._first.start()
        finally:
            gc.unfreeze()
        self._responders = [self._first, *(self._first.another() for _ in range(self._processes - 1))]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for responder in self._responders:
            responder.stop()

    def reply(self, body: bytes, request_id: str) -> Reply:
        """Returns the status and the content, as JSON text in UTF-8, of the answer to one request."""
        return self._first(body, request_id)

    def replies(self, requests: Iterable[Request]) -> Iterator[list[Reply]]:
        """Yields the replies to groups of consecutive requests, in order. Reads only a few groups ahead."""
        idle: SimpleQueue[ComputeProcessResponder] = SimpleQueue()
        for responder in self._responders:
            idle.put(responder)

        def respond(group: list[Request]) -> list[Reply]:
            responder = idle.get()
            try:
                return responder.respond_all(group)
            finally:
                idle.put(responder)

        waiting: deque[Future[list[Reply]]] = deque()
        executor = ThreadPoolExecutor(self._processes, thread_name_prefix="respond")
        try:
            for group in _groups(requests):
                waiting.append(executor.submit(respond, group))
                if len(waiting) >= self._processes * QUEUED_GROUPS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            executor.shutdown(cancel_futures=True)


def _groups(requests: Iterable[Request]) -> Iterator[list[Request]]:
    """Groups of up to GROUP_REQUESTS requests; a group ends early when it is longer than GROUP_BYTES."""
    group: list[Request] = []
    length = 0
    for request in requests:
        group.append(request)
        length += len(request[0])
        if len(group) == GROUP_REQUESTS or length > GROUP_BYTES:
            yield group
            group, length = [], 0
    if group:
        yield group
