"""Builds archives for tests: many small requests, all different, whose answers take a few milliseconds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nutgraf.arrow import answer_settings
from nutgraf.service.respond import Responder

# Options for all rows, so that an answer takes as little time as possible.
OPTIONS = {"headlines": {"count": 0}, "keywords": 0}


def rows(first: int, count: int) -> list[dict[str, Any]]:
    """`count` articles, with ids from `first` on."""
    texts = (
        f"Fire {number} closed the bridge at pier {number % 7} for {number * 3} days."
        for number in range(first, first + count)
    )
    return [{"id": str(first + at), "language": "en", "text": text} for at, text in enumerate(texts)]


def write_archive(folder: Path, files: int, rows_per_file: int) -> Path:
    """Writes a folder of Parquet files, a third of them in a subfolder."""
    for number in range(files):
        path = folder / ("later" if number % 3 == 2 else ".") / f"part-{number:03}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(rows(number * rows_per_file, rows_per_file)), path)
    return folder


def read_answers(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of all Parquet files of answers, file by file."""
    for path in sorted(folder.rglob("*.parquet")):
        yield from pq.read_table(path).to_pylist()


def expected_body(row: dict[str, Any], options: dict[str, Any] = OPTIONS) -> str:
    """The answer of `POST /summarize` to an article, without the line end."""
    status, content = Responder(answer_settings())(json.dumps({"articles": [row], **options}).encode(), "test")
    assert status == 200
    return content.decode()


def lethal_words(folder: Path) -> Path:
    """A folder for PYTHONPATH; its code makes new interpreters die at certain words of a request.

    "lethal" ends the process that computes an answer, and "disastrous" the process that waits for it.
    """
    (folder / "sitecustomize.py").write_text(_SITE_CUSTOMIZE)
    return folder


# The code only changes modules when they are imported, because Ray's own processes must start quickly.
_SITE_CUSTOMIZE = """
import os, signal, sys
from importlib.machinery import PathFinder

def deadly(function, word):
    def call(self, *arguments):
        if word in repr(arguments):
            os.kill(os.getpid(), signal.SIGKILL)
        return function(self, *arguments)
    return call

class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        if name != "nutgraf.service.compute_process_responder":
            return None
        spec = PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            module.Responder.__call__ = deadly(module.Responder.__call__, "lethal")
            module.ComputeProcessResponder.respond_all = deadly(module.ComputeProcessResponder.respond_all, "disastrous")

        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Finder)
"""
