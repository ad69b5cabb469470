"""Fuzzing runs, for a moment; `make test-slow` does it for longer."""

import importlib.util
import subprocess
import sys

import pytest

from tests.service import ROOT


def test_it_runs_and_says_how_many_inputs_it_tried() -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("needs atheris: pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz", "markup", "--seconds", "2"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout
    assert "inputs" in result.stdout
