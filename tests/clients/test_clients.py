"""Clients generated from the contract with the commands of docs/clients.md compile, and the programs there work."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from nutgraf.http.security.keys import KeyFile
from tests.service import ROOT, serving

PAGE = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
NODE_MODULES = Path(__file__).with_name("node_modules")
BIN = Path(sys.executable).parent
TIMEOUT_SECONDS = 120


class Service(NamedTuple):
    address: str
    key: str


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A real service that requires a key."""
    data = tmp_path_factory.mktemp("data")
    key = KeyFile(str(data)).add("desk")
    with serving(NUTGRAF_DATA_DIR=str(data), NUTGRAF_WORKERS="1") as address:
        yield Service(address, key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the contract, as a developer would start with."""
    shutil.copy(ROOT / "openapi.yaml", tmp_path)
    return tmp_path


def test_python_client_is_typed_and_works(folder: Path, service: Service) -> None:
    if not (BIN / "openapi-python-client").exists():
        pytest.skip("openapi-python-client is not installed: make .venv/installed-for-tests")
    _generate(folder, "Python")
    (folder / "program.py").write_text(_program("Python", "python", service), encoding="utf-8")
    _run(folder, sys.executable, "-m", "mypy", "--strict", "program.py", "nutgraf_client")
    _assert_printed(_run(folder, sys.executable, "program.py"))


def test_typescript_client_is_typed_and_works(folder: Path, service: Service) -> None:
    if not shutil.which("npx") or not NODE_MODULES.exists():
        pytest.skip("node or the packages of tests/clients are not installed: npm ci --prefix tests/clients")
    (folder / "node_modules").symlink_to(NODE_MODULES)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    _generate(folder, "TypeScript")
    (folder / "program.ts").write_text(_program("TypeScript", "ts", service), encoding="utf-8")
    options = "--strict --target es2022 --module nodenext --lib es2022,dom,dom.iterable"
    _run(folder, "npx", "--no-install", "tsc", *options.split(), "program.ts")
    _assert_printed(_run(folder, "node", "program.js"))


def _generate(folder: Path, language: str) -> None:
    """Runs the commands of the page, except installations."""
    commands = [line for line in _blocks(language, "sh").splitlines() if "install" not in line.split()]
    assert commands
    for command in commands:
        _run(folder, "sh", "-c", command)


def _program(language: str, fence: str, service: Service) -> str:
    """The code blocks of a section as one program, with the address and key of this service."""
    program = _blocks(language, fence)
    for example, real in (("http://127.0.0.1:8000", service.address), ("YOUR-KEY", service.key)):
        assert program.count(example) == 1
        program = program.replace(example, real)
    return program


def _blocks(language: str, fence: str) -> str:
    section = PAGE.split(f"\n## {language}\n")[1].split("\n## ")[0]
    return "\n".join(re.findall(rf"```{fence}\n(.*?)```", section, re.S))


def _run(folder: Path, *command: str) -> str:
    """Runs a program and returns its output; fails with its error messages."""
    # The programs see their own folder, and no path of this test run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    assert ended.returncode == 0, f"{' '.join(command)}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def _assert_printed(output: str) -> None:
    """Checks the output: a summary, its Markdown, the problem of an invalid length, and a job's state and results."""
    sentence = "The bridge closed on Monday."
    printed = re.fullmatch(r"(.*)\n(# [^{}]*\n)422 (.*)\n(\w+) (\{.*\})\n(\{.*\})\n\s*", output)
    assert printed, output
    summary, markdown, problem, state, *lines = printed.groups()
    assert summary == sentence
    assert sentence in markdown
    assert "/length/words" in problem
    assert state == "done"
    results = [json.loads(line) for line in lines]
    assert [(result["index"], result["status"]) for result in results] == [(0, 200), (1, 200)]
    assert {result["body"]["summary"]["text"] for result in results} == {sentence}
