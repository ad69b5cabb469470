"""Reads the files of an archive in batches, and writes one file of answers for each input file.

The memory needed depends on the size of a batch, not of a file. The same input gives the same bytes: compression and row
groups are fixed, and no file contains a date.
"""

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from nutgraf.arrow import ANSWER_SCHEMA, REQUEST, SLICE_ROWS, used_columns
from nutgraf.errors import NutgrafError
from nutgraf.service.ndjson import result_line

PARQUET = ".parquet"
NDJSON = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
SUFFIXES = (PARQUET, *NDJSON)
# Exceptions raised for a file that is damaged or whose content does not match its name.
_READ_ERRORS = (OSError, ValueError, EOFError, zlib.error, pa.ArrowException)

# A batch ends with the request that makes it larger than this.
BATCH_BYTES = 4 << 20
# How many bytes of a column are read at once; without it, whole row groups would be read.
READ_BYTES = 1 << 20
# A row group in a Parquet file of answers ends with the batch that exceeds one of these limits.
GROUP_ROWS, GROUP_BYTES = 4096, 32 << 20
COMPRESSION, COMPRESSION_LEVEL = "zstd", 3
GZIP_LEVEL = 6


class UnreadableFileError(NutgrafError):
    """A file of an archive can't be read; the message says why."""


def find(source: Path) -> tuple[list[Path], int]:
    """Returns the files of an archive, sorted, relative to the folder, and the number of files of other kinds in it.

    `source` is a file, or a folder with its subfolders. Files whose names start with a dot or an underscore,
    which other programs create for their own use, are not counted.
    """
    if source.is_file():
        return ([Path(source.name)], 0) if source.name.endswith(SUFFIXES) else ([], 1)
    visible = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    visible = [path for path in visible if not any(part.startswith((".", "_")) for part in path.parts)]
    chosen = sorted(path for path in visible if path.name.endswith(SUFFIXES))
    return chosen, len(visible) - len(chosen)


def read(path: Path, max_line_bytes: int) -> Iterator[tuple[pa.RecordBatch, float]]:
    """Yields batches of at most SLICE_ROWS rows, each with the share of the file that has been read with it.

    Of a line of more than `max_line_bytes`, only the first `max_line_bytes` + 1 bytes are yielded: one byte too many, so
    that the request is refused as too large. Raises ColumnError and UnreadableFileError.
    """
    try:
        yield from _read_parquet(path) if path.name.endswith(PARQUET) else _read_lines(path, max_line_bytes)
    except _READ_ERRORS as error:
        raise UnreadableFileError(f"It can't be read: {error}") from error


def _read_parquet(path: Path) -> Iterator[tuple[pa.RecordBatch, float]]:
    with pq.ParquetFile(path, buffer_size=READ_BYTES, pre_buffer=False) as file:
        columns, total, done = used_columns(file.schema_arrow), file.metadata.num_rows, 0
        for rows in file.iter_batches(SLICE_ROWS, columns=columns, use_threads=False):
            count = max(1, min(rows.num_rows, rows.num_rows * BATCH_BYTES // max(1, rows.nbytes)))
            for start in range(0, rows.num_rows, count):
                batch = rows.slice(start, count)
                done += batch.num_rows
                yield batch, done / total


def _read_lines(path: Path, max_line_bytes: int) -> Iterator[tuple[pa.RecordBatch, float]]:
    with ExitStack() as opened:
        raw = opened.enter_context(path.open("rb"))
        size = max(1, os.fstat(raw.fileno()).st_size)
        stream: Any = opened.enter_context(gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
        requests: list[bytes] = []
        length = 0
        for line in _lines(stream, max_line_bytes):
            requests.append(line)
            length += len(line)
            if len(requests) == SLICE_ROWS or length > BATCH_BYTES:
                yield _batch(requests), min(1.0, raw.tell() / size)
                requests, length = [], 0
        if requests:
            yield _batch(requests), 1.0


def _batch(requests: list[bytes]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(requests, pa.binary())], [REQUEST])


def _lines(stream: IO[bytes], max_line_bytes: int) -> Iterator[bytes]:
    """The lines that are not empty. Of a longer line, only the first `max_line_bytes` + 1 bytes are yielded."""
    while line := stream.readline(max_line_bytes + 1):
        rest = line
        while len(rest) > max_line_bytes and not rest.endswith(b"\n"):
            rest = stream.readline(max_line_bytes + 1)
        if stripped := line.strip():
            yield stripped


class AnswerFile:
    """A file of answers that gets its final name once it is complete and on the disk.

    Until then it has the name that `unfinished_path` returns.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = unfinished_path(path).open("wb")
        self._writer = _ParquetWriter(self._file) if path.name.endswith(PARQUET) else _LineWriter(self._file, path.suffix)

    def write(self, answers: pa.RecordBatch) -> None:
        """Appends the answers of a batch, which must be one of those that `read` yields. Raises OSError."""
        self._writer.write(answers)

    def complete(self) -> None:
        """Closes the file and renames it from its hidden name, which marks it as complete. Raises OSError."""
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(unfinished_path(self._path), self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def discard(self) -> None:
        """Removes the file, unless it is complete."""
        if not self._file.closed:
            with suppress(OSError, pa.ArrowException):  # the disk may be full
                self._writer.close()
            with suppress(OSError):
                self._file.close()
            unfinished_path(self._path).unlink(missing_ok=True)


def unfinished_path(path: Path) -> Path:
    """Returns the hidden name of a file of answers while it is incomplete, so that no program reads it as complete."""
    return path.with_name(f".{path.name}.unfinished")


def remove_unfinished(folder: Path) -> None:
    """Deletes the unfinished files of interrupted runs in `folder` and its subfolders. Raises OSError."""
    for path in folder.rglob(str(unfinished_path(Path("*")))):
        path.unlink()


class _ParquetWriter:
    def __init__(self, file: IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(
            file,
            ANSWER_SCHEMA,
            compression=COMPRESSION,
            compression_level=COMPRESSION_LEVEL,
            use_dictionary=["status"],
        )
        self._waiting: list[pa.RecordBatch] = []

    def write(self, answers: pa.RecordBatch) -> None:
        self._waiting.append(answers)
        rows, size = (sum(getattr(batch, name) for batch in self._waiting) for name in ("num_rows", "nbytes"))
        if rows >= GROUP_ROWS or size >= GROUP_BYTES:
            self._write_group()

    def close(self) -> None:
        self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting)
            self._writer.write_table(table, row_group_size=table.num_rows)
            self._waiting.clear()


class _LineWriter:
    def __init__(self, file: IO[bytes], suffix: str) -> None:
        self._stream: Any = file
        if suffix == ".gz":
            self._stream = gzip.GzipFile(filename="", mode="wb", compresslevel=GZIP_LEVEL, fileobj=file, mtime=0)
        self._is_wrapped = self._stream is not file
        self._index = 0

    def write(self, answers: pa.RecordBatch) -> None:
        columns = (column.cast(pa.binary()) if pa.types.is_string(column.type) else column for column in answers.columns)
        for row_id, status, body, problem in zip(*(column.to_pylist() for column in columns), strict=True):
            self._stream.write(result_line(self._index, status, problem if body is None else body, row_id))
            self._index += 1

    def close(self) -> None:
        if self._is_wrapped:
            self._stream.close()
