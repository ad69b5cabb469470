"""Small, large and huge requests have separate compute slots, and no request waits for ever."""

import threading

import pytest

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
