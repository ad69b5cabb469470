"""`import nutgraf`: the summarizer as a library."""

import os
import subprocess
import sys
from importlib.metadata import distribution
from importlib.resources import files

import pytest

import nutgraf


def test_the_library_summarizes_without_a_server() -> None:
    bridge = "The harbour bridge closed on Monday. Engineers found cracks in two piers. It will reopen in May."
    options = nutgraf.Options(length=nutgraf.Length("sentences", 1), headlines=nutgraf.HeadlineOptions(count=1))
    summary = nutgraf.summarize([nutgraf.Article(bridge), nutgraf.Article(bridge.replace("two", "three"))], options)
    (scored,) = summary.summary.sentences
    sentence = scored.sentence
    assert bridge.replace("two", "three" if sentence.article else "two")[sentence.start : sentence.end] == sentence.text


def test_all_public_names_exist() -> None:
    assert all(getattr(nutgraf, name) is not None for name in nutgraf.__all__)
    assert not hasattr(nutgraf, "create_app")


def test_the_package_is_typed_and_installs_one_package() -> None:
    assert (files("nutgraf") / "py.typed").is_file()
    assert (distribution("nutgraf").read_text("top_level.txt") or "").split() == ["nutgraf"]


def test_importing_nutgraf_loads_no_heavy_modules() -> None:
    code = "import sys, nutgraf; print(sorted({'numpy', 'nltk', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(("variables", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_blas_uses_one_thread_unless_the_environment_sets_more(variables: dict[str, str], threads: str) -> None:
    """A program that had imported numpy earlier once got a BLAS thread per core, which slowed every product down."""
    code = """
import ctypes, numpy._core._multiarray_umath as numpy_core
blas = ctypes.CDLL(numpy_core.__file__)
if not hasattr(blas, "scipy_openblas_set_num_threads64_"):
    raise SystemExit("no OpenBLAS of numpy's wheels")
blas.scipy_openblas_set_num_threads64_(2)
import nutgraf
print(blas.scipy_openblas_get_num_threads64_())
"""
    inherited = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=inherited | variables)
    if "no OpenBLAS" in result.stderr:
        pytest.skip(result.stderr)
    assert result.stdout.strip() == threads, result.stderr
