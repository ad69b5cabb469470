"""A short fuzzing run; `make test-slow` does a longer one."""

import importlib.util
import subprocess
import sys

import pytest

from tests.service import ROOT


def test_fuzzing_runs_and_reports_the_number_of_inputs() -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("needs atheris: pip install atheris")
    command = [sys.executable, "-m", "tests.fuzz", "markup", "--seconds", "2"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stdout
    assert "inputs" in result.stdout
