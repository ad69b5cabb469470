"""The number of admitted requests, and of threads that read bodies, is limited."""

import pytest

from nutgraf.http.security.admission import MAX_UNAUTHENTICATED_BODIES, RESERVED_THREADS, AdmissionQueue
from nutgraf.service.compute_slot import BusyError


def test_the_number_of_waiting_requests_is_limited() -> None:
    queue = AdmissionQueue(2, 24)
    leave, _ = queue.enter(), queue.enter()
    with pytest.raises(BusyError):
        queue.enter()
    leave()
    queue.enter()


def test_some_threads_never_wait_for_bodies() -> None:
    queue = AdmissionQueue(2, 8)
    ends = [queue.begin_reading(is_unauthenticated=True) for _ in range(MAX_UNAUTHENTICATED_BODIES)]
    with pytest.raises(BusyError):
        queue.begin_reading(is_unauthenticated=True)
    ends += [queue.begin_reading(is_unauthenticated=False) for _ in range(8 - RESERVED_THREADS - MAX_UNAUTHENTICATED_BODIES)]
    with pytest.raises(BusyError):
        queue.begin_reading(is_unauthenticated=False)
    leave = queue.enter()  # a body that has arrived
    ends.pop()()
    with pytest.raises(BusyError):
        queue.begin_reading(is_unauthenticated=False)
    leave()
    queue.begin_reading(is_unauthenticated=False)
