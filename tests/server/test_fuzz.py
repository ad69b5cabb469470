"""What fuzzing starts from passes, and so does what it found; with atheris it also runs, for a moment."""

import importlib.util
import subprocess
import sys

import pytest

from tests.fuzz.__main__ import NAMES
from tests.fuzz.targets import TARGETS, seeds
from tests.service import ROOT


def test_the_command_knows_every_target() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("target", NAMES)
def test_what_it_starts_from_passes(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)
        TARGETS[target](seed[: len(seed) // 2])
        TARGETS[target](b"\xff" + seed[1:])


def test_it_runs_and_says_how_many_inputs_it_tried() -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("needs atheris: pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz", "markup", "--seconds", "2"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout
    assert "inputs" in result.stdout
