"""Coverage-guided fuzzing of every target, for minutes."""

import importlib.util
import os
import subprocess
import sys

import pytest

from tests.fuzz.__main__ import NAMES
from tests.service import ROOT

SECONDS = int(os.environ.get("NUTGRAF_FUZZ_SECONDS", "300"))


@pytest.mark.parametrize("target", NAMES)
def test_nothing_crashes_or_hangs_a_target(target: str) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("needs atheris: pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(SECONDS)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
