"""The limits of CPU time themselves."""

import time

import pytest

from tests import cpu_time


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_step_over_the_limit_fails() -> None:
    with pytest.raises(AssertionError, match="instead of"), cpu_time.at_most(0.01):
        work(0.1 * cpu_time.slowness())


@pytest.mark.parametrize(("seconds_of_reference", "fails"), [(0.014, True), (0.007, True), (0.056, False)])
def test_a_slow_machine_has_more_time(monkeypatch: pytest.MonkeyPatch, seconds_of_reference: float, fails: bool) -> None:
    monkeypatch.setattr(cpu_time, "_reference", lambda: seconds_of_reference)
    failed = False
    try:
        with cpu_time.at_most(0.05):
            work(0.1)
    except AssertionError:
        failed = True
    assert failed == fails
