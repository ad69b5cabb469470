"""Imports NLTK without scipy.stats. The package imports this module before anything that imports NLTK.

`import nltk` imports all of NLTK, and with it scipy.stats, for a measure of collocations that no summary needs. NLTK does
without scipy.stats if SciPy is not installed. Importing it takes a quarter of the CPU time of a start, so this module hides
it from NLTK. The measure imports it when it is first used.
"""

import sys
from importlib.abc import MetaPathFinder
from threading import get_ident
from typing import Any

_MODULE = "scipy.stats"


class _NotFound(MetaPathFinder):
    """Refuses to find `_MODULE` for the thread that creates it, and only for that one: others may need the module."""

    def __init__(self) -> None:
        self.refused = False
        self._thread = get_ident()

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == _MODULE and get_ident() == self._thread:
            self.refused = True
            raise ModuleNotFoundError(f"No module named {_MODULE!r}", name=_MODULE)


def _import_nltk() -> None:
    """Imports NLTK. Modules that are imported already are not affected."""
    finder = _NotFound()
    sys.meta_path.insert(0, finder)
    try:
        from nltk.metrics import association
    finally:
        sys.meta_path.remove(finder)
    if finder.refused:
        association.fisher_exact = _fisher_exact


def _fisher_exact(*arguments: Any, **options: Any) -> Any:
    """The function of scipy.stats that NLTK did not find."""
    from scipy.stats import fisher_exact

    return fisher_exact(*arguments, **options)


_import_nltk()
