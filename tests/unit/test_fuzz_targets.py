"""Fuzzing targets accept their seed inputs, and inputs that once caused a crash."""

import pytest

from tests.fuzz.__main__ import NAMES
from tests.fuzz.targets import TARGETS, seeds


def test_the_command_knows_every_target() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("target", NAMES)
def test_seed_inputs_pass(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)
        TARGETS[target](seed[: len(seed) // 2])
        TARGETS[target](b"\xff" + seed[1:])
