"""Rules of the layout that import-linter's contracts (pyproject.toml) do not state; a test runs those too."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service import ROOT

PACKAGE = ROOT / "api" / "nutgraf"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(module: Path) -> set[str]:
    """The names that a module imports, in full."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def importers(name: str) -> list[str]:
    """The modules that import a package, by their path in the package."""
    return [str(each.relative_to(PACKAGE)) for each in MODULES if any(full.startswith(name) for full in imports(each))]


def test_imports_point_down() -> None:
    """Transitively, packages and steps alike; the contracts are import-linter's."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_only_one_module_names_the_queues_library() -> None:
    assert importers("huey") == ["jobs/queue.py"]


def test_only_one_module_names_sumys_summarizers() -> None:
    assert importers("sumy.summarizers") == ["summarizer/ranking/lexrank.py"]


def test_only_archives_name_arrow_and_ray() -> None:
    assert importers("pyarrow") == [
        "arrow.py",
        "cli/archive_engines.py",
        "cli/archive_files.py",
        "cli/archive_processing.py",
    ]
    assert importers("ray") == ["cli/archive_engines.py"]


def test_no_test_client_serves_production() -> None:
    assert importers("werkzeug.test") == []


def test_only_the_factory_registers_blueprints() -> None:
    registering = [each for each in MODULES if "register_blueprint" in each.read_text(encoding="utf-8")]
    assert registering == [PACKAGE / "app.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_the_root_of_the_package_holds_only_what_the_design_names() -> None:
    names = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py"}
    assert names == {"__init__.py", "app.py", "arrow.py", "errors.py", "settings.py"}


@pytest.mark.parametrize("name", ["nutgraf.summarizer", "nutgraf.server.supervisor"])
def test_light_parts_load_no_web_framework(name: str) -> None:
    loaded = "sorted({'flask', 'marshmallow', 'werkzeug', 'sqlalchemy'} & set(sys.modules))"
    code = f"import sys, {name}; print({loaded})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_supervisor_of_workers_loads_no_summarizer() -> None:
    """Where memory runs out, the kernel takes larger processes first."""
    code = "import sys, nutgraf.server.supervisor; print(sorted({'numpy', 'nltk', 'sumy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
