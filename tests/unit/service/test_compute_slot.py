"""A large request has a compute slot of its own, and gives way; none waits for ever."""

import sys
import threading

import pytest

from nutgraf.http.security.admission import AdmissionQueue
from nutgraf.service.compute_slot import LARGE_CHARACTERS, BusyError, compute_slot


def test_a_small_request_passes_a_large_one() -> None:
    usual = sys.getswitchinterval()
    with compute_slot(LARGE_CHARACTERS + 1):
        assert sys.getswitchinterval() < usual
        with compute_slot(LARGE_CHARACTERS, 0):
            pass
    assert sys.getswitchinterval() == usual


@pytest.mark.parametrize("characters", [100, LARGE_CHARACTERS + 1])
def test_a_turn_that_does_not_come_is_given_up(characters: int) -> None:
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
    with compute_slot(characters, 0):  # and is there for the next
        pass


def test_only_so_many_wait() -> None:
    queue = AdmissionQueue(2)
    leave, _ = queue.enter(), queue.enter()
    with pytest.raises(BusyError):
        queue.enter()
    leave()
    queue.enter()
