"""Answers an archive, one file of answers for each input file; a run that was stopped continues with the missing files.

Complete files are never written again. So a run may be killed at any moment and started again, and every row is answered
exactly once. Only the work on incomplete files is repeated, and it gives the same bytes.
"""

import fcntl
import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from nutgraf import __version__
from nutgraf.arrow import ColumnError
from nutgraf.cli.archive_engines import Engine
from nutgraf.cli.archive_files import SUFFIXES, AnswerFile, UnreadableFileError, find, read, remove_unfinished
from nutgraf.errors import NutgrafError

# The file that records the options and settings of the answers in a folder. Engines skip names that start with an
# underscore.
DESCRIPTION = "_nutgraf.json"
# How many batches are read ahead for each worker: enough to keep all workers busy.
QUEUED_BATCHES = 4


class ArchiveError(NutgrafError):
    """An archive can't be started or resumed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to process: pairs of an input file and its file of answers.

    `complete` is the number of files that earlier runs have answered, and `ignored` that of files of other kinds.
    """

    pending: Sequence[tuple[Path, Path]]
    complete: int
    ignored: int


@dataclass(slots=True)
class Outcome:
    """Numbers of files and rows answered by this run, and of rows among these that have a problem.

    `failures` has the input files that can't be read, each with the reason.
    """

    files: int = 0
    rows: int = 0
    problems: int = 0
    failures: list[tuple[Path, str]] = field(default_factory=list)


def plan(source: Path, target: Path) -> Plan:
    """Returns the input files without answers yet, the number of those that are done, and the ignored ones.

    Raises ArchiveError if `source` has no file to answer, or `target` is a file or lies within `source`.
    """
    if target.exists() and not target.is_dir():
        raise ArchiveError(f"{target} is a file. Name a folder for the answers.")
    if source.is_dir() and target.resolve().is_relative_to(source.resolve()):
        raise ArchiveError(
            f"{target} lies within {source}, so its answers would be taken for requests. Name another folder."
        )
    names, ignored = find(source)
    if not names:
        raise ArchiveError(f"{source} has no file that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    folder = source if source.is_dir() else source.parent
    pending = [(folder / name, target / name) for name in names if not (target / name).exists()]
    return Plan(pending, len(names) - len(pending), ignored)


def size_of(path: Path) -> int:
    """Returns the size of a file in bytes; 0 for one that is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def output_lock(target: Path, options: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[None]:
    """Within the `with` block, no other run writes to `target`, whose answers all have these options and settings.

    Raises ArchiveError if another run is writing to it, or answers have been written with other options or settings, or by
    another version. What killed runs have left is removed.
    """
    target.mkdir(parents=True, exist_ok=True)
    description = json.dumps(
        {"version": __version__, "options": options, "settings": settings}, default=str, ensure_ascii=False, sort_keys=True
    )
    with (target / DESCRIPTION).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveError(f"Another run is writing to {target}.") from error
        except OSError:
            pass  # a file system without locks
        file.seek(0)
        earlier = file.read()
        if earlier and earlier != description:
            raise ArchiveError(
                f"{target} has answers of another version, or with other options or settings ({DESCRIPTION} in it). "
                "Name another folder."
            )
        if not earlier:
            file.write(description)
            file.flush()
            os.fsync(file.fileno())
        remove_unfinished(target)
        yield


def run(todo: Plan, engine: Engine, max_line_bytes: int, *, progress: Callable[[int, float], object]) -> Outcome:
    """Answers the files of a plan, and writes each file of answers when it is complete.

    `progress` is called for each batch with its number of rows and the bytes of input files that it stands for. Files that
    can't be read are named in the outcome. Raises NutgrafError if the engine fails, and OSError if answers can't be written.
    """
    outcome = Outcome()
    answer_file: AnswerFile | None = None
    parts = _parts(todo, engine, max_line_bytes)
    waiting: deque[_Part] = deque()
    try:
        while True:
            while len(waiting) < QUEUED_BATCHES * engine.workers and (part := next(parts, None)):
                waiting.append(part)
            if not waiting:
                return outcome
            part = waiting.popleft()
            answer_file = answer_file or AnswerFile(part.target)
            if part.answers:
                answers = part.answers()
                answer_file.write(answers)
                outcome.rows += answers.num_rows
                outcome.problems += pc.sum(pc.is_valid(answers.column("problem"))).as_py()
                progress(answers.num_rows, part.bytes)
                continue
            if part.failure:
                answer_file.discard()
                outcome.failures.append((part.source, part.failure))
                progress(0, part.bytes)
            else:
                answer_file.complete()
                outcome.files += 1
            answer_file = None
    finally:
        if answer_file:
            answer_file.discard()


@dataclass(frozen=True, slots=True)
class _Part:
    """A batch of a file, or its end: without `answers`, and with a `failure` if it can't be read further."""

    source: Path
    target: Path
    bytes: float = 0
    answers: Callable[[], pa.RecordBatch] | None = None
    failure: str = ""


def _parts(todo: Plan, engine: Engine, max_line_bytes: int) -> Iterator[_Part]:
    """Hands one batch after the other to the engine, those of the next file before the answers of the last are there."""
    for source, target in todo.pending:
        share, size, failure = 0.0, size_of(source), ""
        try:
            for batch, read_share in read(source, max_line_bytes):
                yield _Part(source, target, (read_share - share) * size, engine.submit(batch))
                share = read_share
        except (ColumnError, UnreadableFileError) as error:
            failure = str(error)
        yield _Part(source, target, (1 - share) * size, failure=failure)
