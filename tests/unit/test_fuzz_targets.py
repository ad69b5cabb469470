"""What fuzzing starts from passes, and so does what it found."""

import pytest

from tests.fuzz.__main__ import NAMES
from tests.fuzz.targets import TARGETS, seeds


def test_the_command_knows_every_target() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("target", NAMES)
def test_what_it_starts_from_passes(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)
        TARGETS[target](seed[: len(seed) // 2])
        TARGETS[target](b"\xff" + seed[1:])
