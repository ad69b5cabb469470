"""Reads documents within limits of time and memory: those that may take long are read in a process that can be killed.

Libraries for PDF, Word and web pages have no limits of their own, and one file can be made so that they need minutes or
all of the memory.
"""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from nutgraf import formats
from nutgraf.formats.encodings import is_base64
from nutgraf.service.compute_process import ComputeProcess, ComputeProcessError, run

# Longer documents are read in a separate process. Shorter ones take no longer than a summary, and are read in the calling
# thread.
ISOLATED_FORMATS = frozenset({"docx", "email", "pdf"})
ISOLATED_CHARACTERS = 300_000
# How much memory reading one document may add to its process. A PDF of 100 pages needs a tenth of this.
MAX_MEMORY_BYTES = 1024 * 1024 * 1024

_TOO_SLOW = "Reading the document took too long."

_lock = Lock()
_process: ComputeProcess[Any] | None = None
_is_alone = False


def use_process(process: ComputeProcess[Any] | None) -> None:
    """Sets the process that reads; its function must be `compute_process.run`. None: the calling threads read."""
    global _process
    _process = process


@contextmanager
def isolated_reading() -> Iterator[None]:
    """Within the `with` block, documents that may take long are read in a separate process.

    Enter it before this process starts threads, and not in one that has called `use_process`.
    """
    process: ComputeProcess[Any] = ComputeProcess(run)
    process.start()
    use_process(process)
    try:
        yield
    finally:
        use_process(None)
        process.stop()


def use_this_process() -> None:
    """From now on, reads documents in this process, within the memory limit.

    For processes that answer one request at a time, and that their caller kills if a request takes too long.
    """
    global _is_alone
    _is_alone = True


def time_left(seconds: float | None) -> Callable[[], float | None]:
    """Returns a function that returns how many of the `seconds` from this call are left; None without a limit."""
    ends = None if seconds is None else time.monotonic() + seconds
    return lambda: None if ends is None else ends - time.monotonic()


def read(name: str, document: Any, seconds: float | None = None) -> list[formats.Fields]:
    """Returns the articles of a document, as `formats.read` does.

    Raises UnreadableDocumentError, also for a document that takes more than `seconds` or MAX_MEMORY_BYTES.
    """
    process = _process
    if not _may_take_long(name, document):
        return formats.read(name, document)
    if _is_alone:
        return read_within_memory(name, document)
    if process is None or not process.is_available:
        return formats.read(name, document)
    started = time.monotonic()
    if not _lock.acquire(timeout=-1 if seconds is None else max(0.0, seconds)):
        raise formats.UnreadableDocumentError(_TOO_SLOW)
    try:
        left = None if seconds is None else seconds - (time.monotonic() - started)
        articles: list[formats.Fields] = process.call(read_within_memory, name, document, seconds=left)
    except TimeoutError as error:
        raise formats.UnreadableDocumentError(_TOO_SLOW) from error
    except ComputeProcessError as error:
        raise formats.UnreadableDocumentError(
            "The process that read the document died, probably because the document needs too much memory."
        ) from error
    finally:
        _lock.release()
    return articles


def read_within_memory(name: str, document: Any) -> list[formats.Fields]:
    """Returns the articles of a document. Raises UnreadableDocumentError if that needs more than MAX_MEMORY_BYTES.

    The limit applies to the whole process, so call it only in a process that does nothing else.
    """
    try:
        with _limited_memory(MAX_MEMORY_BYTES):
            return formats.read(name, document)
    except MemoryError as error:
        raise formats.UnreadableDocumentError("Reading the document needs too much memory.") from error


def _may_take_long(name: str, document: Any) -> bool:
    if not isinstance(document, str):
        return isinstance(document, bytes)
    is_file = name in ISOLATED_FORMATS or (name == formats.AUTO and is_base64(document))
    return is_file or len(document) > ISOLATED_CHARACTERS


@contextmanager
def _limited_memory(more_bytes: int) -> Iterator[None]:
    """Lets this process use up to `more_bytes` more than now; no limit if the system does not count memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        with open("/proc/self/statm") as sizes:
            used = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + more_bytes, hard))
    except (OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
