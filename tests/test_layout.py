"""Imports point inward: the core knows no web, and no step of it knows the steps' conductor."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

API = ROOT / "api"
MODULES = sorted(API.rglob("*.py"))
WEB = {"flask", "flask_smorest", "marshmallow", "webargs", "werkzeug", "environs", "os"}


def imports(module: Path) -> set[str]:
    """The names that a module imports, in full."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("module", sorted((API / "summarizer").rglob("*.py")), ids=lambda path: path.name)
def test_core_knows_no_web_and_no_environment(module: Path) -> None:
    names = imports(module)
    assert not {name.split(".")[0] for name in names} & WEB
    assert not {name for name in names if name.startswith("api.") and not name.startswith("api.summarizer")}


@pytest.mark.parametrize("module", sorted((API / "summarizer").rglob("*.py")), ids=lambda path: path.name)
def test_steps_do_not_know_the_pipeline(module: Path) -> None:
    if module.name not in ("__init__.py", "pipeline.py"):
        assert not {name for name in imports(module) if name.startswith("api.summarizer.pipeline")}


@pytest.mark.parametrize("module", sorted((API / "formats").glob("*.py")), ids=lambda path: path.name)
def test_formats_know_neither_web_nor_core(module: Path) -> None:
    names = imports(module)
    assert not {name.split(".")[0] for name in names} & WEB
    assert not {name for name in names if name.startswith("api.") and not name.startswith("api.formats")}


@pytest.mark.parametrize("module", sorted((API / "schemas").glob("*.py")), ids=lambda path: path.name)
def test_the_contract_does_not_know_who_serves_it(module: Path) -> None:
    names = imports(module)
    assert not {name.split(".")[0] for name in names} & {"flask", "werkzeug", "sqlalchemy", "huey"}
    assert not {name for name in names if name.startswith(("api.jobs", "api.routes", "api.problems"))}


def test_only_one_module_names_the_queues_library() -> None:
    naming = [module.name for module in MODULES if any(name.split(".")[0] == "huey" for name in imports(module))]
    assert naming == ["queue.py"]


def test_only_one_module_names_sumys_summarizers() -> None:
    naming = [module.name for module in MODULES if any(name.startswith("sumy.summarizers") for name in imports(module))]
    assert naming == ["ranking.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(API)))
def test_a_module_has_at_most_300_lines_and_says_what_it_is(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    assert ast.get_docstring(ast.parse(text))


def test_the_core_alone_loads_no_web_framework() -> None:
    code = "import sys, api.summarizer; print(sorted({'flask', 'marshmallow', 'werkzeug'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
