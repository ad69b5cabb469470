import subprocess
import sys

import pytest


def run(code: str) -> str:
    """Runs code in a new process, and returns its output."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("module", ["nutgraf.app", "nutgraf.summarizer.reading.words", "nutgraf.cli.nltk_data"])
def test_nothing_imports_scipy_stats(module: str) -> None:
    """Importing scipy.stats, which no answer needs, once took a quarter of the CPU time of a start."""
    assert run(f"import sys, {module}; print('nltk' in sys.modules, 'scipy.stats' in sys.modules)") == "True False"


def test_nltk_and_scipy_stats_work_afterwards() -> None:
    code = (
        "import sys; finders = list(sys.meta_path); import nutgraf.summarizer; assert sys.meta_path == finders;"
        "from nltk.metrics import BigramAssocMeasures; print(BigramAssocMeasures.fisher(5, (20, 30), 100));"
        "from scipy import stats; print(stats.fisher_exact([[5, 15], [25, 55]], alternative='less')[1])"
    )
    nltk_alone = "from nltk.metrics import BigramAssocMeasures; print(BigramAssocMeasures.fisher(5, (20, 30), 100))"
    by_nltk, by_scipy = run(code).split("\n")
    assert by_nltk == run(nltk_alone)
    assert 0 < float(by_scipy) < 1


@pytest.mark.parametrize("imported", ["nltk", "scipy.stats"])
def test_modules_that_are_imported_already_stay(imported: str) -> None:
    code = (
        f"import sys, {imported}; before = sys.modules['scipy.stats']; import nutgraf.summarizer;"
        "from nltk.metrics import association; print(sys.modules['scipy.stats'] is before,"
        "association.fisher_exact is before.fisher_exact)"
    )
    assert run(code) == "True True"
