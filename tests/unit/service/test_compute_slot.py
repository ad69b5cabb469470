"""Small, large and huge requests have separate compute slots, and no request waits for ever."""

import threading

import pytest

from nutgraf.http.security.admission import FREE_THREADS, MAX_STRANGERS, AdmissionQueue
from nutgraf.service.compute_slot import HUGE_CHARACTERS, LARGE_CHARACTERS, BusyError, compute_slot


def test_small_large_and_huge_requests_do_not_wait_for_each_other() -> None:
    with compute_slot(HUGE_CHARACTERS + 1), compute_slot(HUGE_CHARACTERS, 0), compute_slot(LARGE_CHARACTERS, 0):
        pass


@pytest.mark.parametrize("characters", [100, LARGE_CHARACTERS + 1, HUGE_CHARACTERS + 1])
def test_waiting_for_a_compute_slot_ends_with_an_error(characters: int) -> None:
    said = []

    def wait() -> None:
        with pytest.raises(BusyError, match="waited"), compute_slot(characters, 0.01):
            pass
        said.append(True)

    with compute_slot(characters):
        other = threading.Thread(target=wait)
        other.start()
        other.join(5)
    assert said
    with compute_slot(characters, 0):  # the slot is free for the next request
        pass


def test_the_number_of_waiting_requests_is_limited() -> None:
    queue = AdmissionQueue(2, 24)
    leave, _ = queue.enter(), queue.enter()
    with pytest.raises(BusyError):
        queue.enter()
    leave()
    queue.enter()


def test_some_threads_never_wait_for_bodies() -> None:
    queue = AdmissionQueue(2, 8)
    ends = [queue.begin_reading(is_stranger=True) for _ in range(MAX_STRANGERS)]
    with pytest.raises(BusyError):
        queue.begin_reading(is_stranger=True)
    ends += [queue.begin_reading(is_stranger=False) for _ in range(8 - FREE_THREADS - MAX_STRANGERS)]
    with pytest.raises(BusyError):
        queue.begin_reading(is_stranger=False)
    leave = queue.enter()  # a body that has arrived
    ends.pop()()
    with pytest.raises(BusyError):
        queue.begin_reading(is_stranger=False)
    leave()
    queue.begin_reading(is_stranger=False)
