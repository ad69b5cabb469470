"""The units of deploy/systemd are valid, have few rights, and start existing commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nutgraf.server import supervisor
from nutgraf.settings import SETTINGS, load
from tests.commands import parse_command
from tests.service import ROOT

FOLDER = ROOT / "deploy" / "systemd"
SERVICES = sorted(FOLDER.glob("*.service"))
# systemd's own measure, from 0 to 10; 2 or less counts as safe.
MAX_EXPOSURE = 1.5
Unit = dict[str, list[str]]


def read(path: Path) -> Unit:
    """The values of each directive, in order, in any section."""
    values: Unit = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, value = line.split("=", 1)
            values.setdefault(name, []).append(value)
    return values


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units with a program that exists on this machine."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze, of the package systemd")
    made = []
    for path in FOLDER.iterdir():
        unit = tmp_path / path.name
        unit.write_text(path.read_text().replace("/opt/nutgraf/.venv/bin/nutgraf", shutil.which("true") or "/bin/true"))
        made.append(str(unit))
    return made


def test_systemd_accepts_the_units(units: list[str]) -> None:
    """systemd-analyze prints unknown directives on standard error, and still exits with 0."""
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_services_have_few_rights(units: list[str]) -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MAX_EXPOSURE * 10:.0f}"]
    for unit in units:
        if unit.endswith(".service"):
            checked = subprocess.run([*command, unit], capture_output=True, text=True, check=False)
            assert checked.returncode == 0, checked.stdout


def test_both_services_have_the_same_restrictions() -> None:
    first, second = (path.read_text().partition("\nUser=")[2] for path in SERVICES)
    assert first
    assert first == second


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_commands_and_settings_exist(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = read(path)
    (command,) = unit["ExecStart"]
    program, name, *arguments = command.split()
    assert program.endswith("/nutgraf")
    parse_command(name, arguments)
    variables = dict(pair.split("=", 1) for pair in unit["Environment"] for pair in pair.split())
    known = {row.variable for row in SETTINGS} | {row.platform for row in SETTINGS if row.platform}
    assert variables.keys() - known == {"MALLOC_ARENA_MAX"}
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert load()["data_dir"] == f"/var/lib/{unit['StateDirectory'][0]}"


def test_services_have_time_to_stop() -> None:
    limits = {path.stem: int(read(path)["TimeoutStopSec"][0]) for path in SERVICES}
    assert limits["nutgraf"] > load()["max_seconds"] + 5  # graceful_timeout in server/gunicorn_config.py
    assert limits["nutgraf-worker"] > supervisor.STOP_TIMEOUT_SECONDS


def test_the_server_always_needs_a_key_under_systemd() -> None:
    """HOST decides whether a key is needed, and not the socket: with the default, a public socket would need none."""
    assert " ".join(read(FOLDER / "nutgraf.service")["Environment"]).endswith("HOST=0.0.0.0")
    (address,) = read(FOLDER / "nutgraf.socket")["ListenStream"]
    assert re.fullmatch(r"127\.0\.0\.1:\d+", address)
    assert address.endswith(f":{load()['port']}")
