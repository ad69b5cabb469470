"""Rules for imports and layout beyond import-linter's contracts (pyproject.toml), which are tested here, too."""

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
    """Runs import-linter, whose contracts hold transitively, for packages and steps."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_only_one_module_imports_huey() -> None:
    assert importers("huey") == ["jobs/queue.py"]


def test_only_one_module_imports_sumys_summarizers() -> None:
    assert importers("sumy.summarizers") == ["summarizer/ranking/lexrank.py"]


def test_only_archive_modules_import_arrow_and_ray() -> None:
    assert importers("pyarrow") == [
        "arrow.py",
        "cli/archive_engines.py",
        "cli/archive_files.py",
        "cli/archive_processing.py",
    ]
    assert importers("ray") == ["cli/archive_engines.py"]


def test_production_code_uses_no_test_client() -> None:
    assert importers("werkzeug.test") == []


def test_only_the_factory_registers_blueprints() -> None:
    registering = [each for each in MODULES if "register_blueprint" in each.read_text(encoding="utf-8")]
    assert registering == [PACKAGE / "app.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_has_a_docstring(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_the_package_root_has_only_the_designed_modules() -> None:
    names = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py"}
    assert names == {"__init__.py", "app.py", "arrow.py", "errors.py", "settings.py"}


@pytest.mark.parametrize("name", ["nutgraf.summarizer", "nutgraf.server.supervisor"])
def test_light_modules_do_not_load_flask(name: str) -> None:
    loaded = "sorted({'flask', 'marshmallow', 'werkzeug', 'sqlalchemy'} & set(sys.modules))"
    code = f"import sys, {name}; print({loaded})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_supervisor_does_not_load_the_summarizer() -> None:
    """If memory runs out, the kernel kills larger processes first."""
    code = "import sys, nutgraf.server.supervisor; print(sorted({'numpy', 'nltk', 'sumy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
