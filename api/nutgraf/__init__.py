"""Nutgraf: extractive summaries and headlines for newsrooms.

As a library, without a server:

    from nutgraf import Article, Options, summarize

    summary = summarize([Article("Text of the first story …"), Article("Text of the second …")], Options(keywords=5))
    print(summary.summary.text)

The service is `nutgraf.app.create_app`, started with the command `nutgraf serve`.
"""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

# Our matrix products are small: with threads, BLAS would take many times as long. numpy reads the variable when imported.
_THREADS_OF_BLAS = "OPENBLAS_NUM_THREADS"
# The names that OpenBLAS has in numpy's wheels and in distributions.
_SETTERS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads", "openblas_set_num_threads")

if TYPE_CHECKING:
    from nutgraf.summarizer import Article as Article
    from nutgraf.summarizer import Feed as Feed
    from nutgraf.summarizer import HeadlineOptions as HeadlineOptions
    from nutgraf.summarizer import Length as Length
    from nutgraf.summarizer import Options as Options
    from nutgraf.summarizer import SentenceRef as SentenceRef
    from nutgraf.summarizer import Story as Story
    from nutgraf.summarizer import Summary as Summary
    from nutgraf.summarizer import SummaryError as SummaryError
    from nutgraf.summarizer import group as group
    from nutgraf.summarizer import summarize as summarize

__version__ = "0.2.0"

__all__ = [
    "Article",
    "Feed",
    "HeadlineOptions",
    "Length",
    "Options",
    "SentenceRef",
    "Story",
    "Summary",
    "SummaryError",
    "__version__",
    "group",
    "summarize",
]


def __getattr__(name: str) -> object:
    """Imports the summarizer on first use, because the supervisor and the installer run without it."""
    if name in __all__:
        return getattr(import_module("nutgraf.summarizer"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _use_one_thread() -> None:
    """Sets the number of BLAS threads to one, unless the environment sets it; works also if numpy is imported already."""
    if _THREADS_OF_BLAS in os.environ:
        return
    os.environ[_THREADS_OF_BLAS] = "1"
    loaded = sys.modules.get("numpy._core._multiarray_umath")
    if loaded is None or loaded.__file__ is None:
        return
    from ctypes import CDLL  # rarely needed, and slow to import

    try:
        library = CDLL(loaded.__file__)  # also finds names in the libraries that the module is linked to
    except OSError:
        return
    for setter in _SETTERS:
        if hasattr(library, setter):
            library[setter](1)
            return


_use_one_thread()
