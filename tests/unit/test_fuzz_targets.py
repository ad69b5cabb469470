"""Fuzzing targets accept their seed inputs, and inputs that once caused a crash."""

from base64 import b64decode

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


# Inputs that fuzzing found, by target.
CRASHES = [
    pytest.param(
        "headlines",
        "AAAKUGhvdG86IHRoZSBjYW5hbCBvbiBTdW5kYXkuIChSZXBvcnRpbmcgYnkgIChBUCkg4oCUIEljZSBoIEouIERvdyBzYWk8IVtD"
        "REFUQVtvemUuLi4gVHdpZWFkIG1vjprF35fY2KRhcHRpkYknAAAAAwMAS0VMTElORywgSqNhbi4gMjQgJycnJycnJycnJycnJycn"
        "JycnJycoQVApIDDigJQgSScnY2UnJycgL2hhcw==",
        id="a row of apostrophes that the parser takes for a noun",
    ),
]


@pytest.mark.parametrize(("target", "content"), CRASHES)
def test_inputs_that_once_caused_a_crash_pass(target: str, content: str) -> None:
    TARGETS[target](b64decode(content))
