"""The keys that callers show: a file of names, SHA-256 digests and limits of their own.

A key has 256 random bits, so that nobody finds it from its plain digest. The file is put into place whole, readable by
its owner alone, and read again when it is another one: to revoke a key needs no restart. Where the file is, a key is
needed, even if none is left in it.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from threading import Lock

from nutgraf.errors import NutgrafError
from nutgraf.settings import parse_rate

FILE = "keys.json"
PREFIX = "nutgraf_"
RANDOM_BYTES = 32
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class KeyMissingError(NutgrafError):
    """A key is needed and none was sent; the message says how to send it."""

    problem_type = "key-missing"


class UnknownKeyError(NutgrafError):
    """The key that was sent is none of this service's."""

    problem_type = "key-unknown"


class KeyFileError(NutgrafError, ValueError):
    """The file of keys can't be read, or not changed as asked; the message says why."""

    problem_type = "keys-unreadable"
    public_detail = "The keys can't be read."


class UnprotectedServerError(NutgrafError, ValueError):
    """The service would answer other machines without a key; the message has both ways out."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without what is secret about it; `rate` is its own limit, such as "100 per minute"."""

    name: str
    sha256: str
    rate: str | None
    added: str


class KeyFile:
    """The keys in a folder."""

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / FILE
        self._lock = Lock()
        self._seen: tuple[int, ...] | None = None
        self._keys: tuple[Key, ...] | None = None

    def keys(self) -> tuple[Key, ...] | None:
        """All keys; None where no file was ever made. Raises KeyFileError where it can't be read."""
        with self._lock:
            try:
                status = self.path.stat()
                seen = (status.st_mtime_ns, status.st_ino, status.st_size)
                if seen != self._seen:
                    self._keys, self._seen = _parsed(self.path.read_bytes()), seen
            except (FileNotFoundError, NotADirectoryError):
                self._keys = self._seen = None
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise KeyFileError(
                    f"The keys in {self.path} can't be read; give the file back its rights and content."
                ) from error
            return self._keys

    def find(self, secret: str) -> Key | None:
        """The key that is this one. It takes as long whichever it is, and where it is none."""
        digest = _sha256(secret)
        found = None
        for key in self.keys() or ():
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found

    def add(self, name: str, rate: str | None = None) -> str:
        """A new key, which is kept nowhere. Raises KeyFileError for a name that is taken or that a log could not show."""
        if not _NAME.fullmatch(name):
            raise KeyFileError("A name has 1 to 64 letters, digits, dots, dashes and underscores.")
        if rate is not None:
            try:
                parse_rate(rate)
            except ValueError as error:
                raise KeyFileError(str(error)) from error
        secret = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        added = Key(name, _sha256(secret), rate, datetime.now(UTC).strftime("%Y-%m-%d"))

        def with_it(keys: Sequence[Key]) -> list[Key]:
            if any(key.name == name for key in keys):
                raise KeyFileError(f"There is a key {name!r} already; revoke it first, or take another name.")
            return [*keys, added]

        self._change(with_it)
        return secret

    def revoke(self, name: str) -> int:
        """Takes a key away; how many are left. Raises KeyFileError where there is none of this name."""

        def without_it(keys: Sequence[Key]) -> list[Key]:
            left = [key for key in keys if key.name != name]
            if len(left) == len(keys):
                raise KeyFileError(f"There is no key {name!r}; `nutgraf keys list` names them.")
            return left

        return self._change(without_it)

    def _change(self, change: Callable[[Sequence[Key]], list[Key]]) -> int:
        """Replaces the file by its changed self, one change after the other."""
        try:
            with _alone(self.path.parent):
                keys = change(self.keys() or ())
                text = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2)
                _put(text + "\n", self.path)
        except OSError as error:
            raise KeyFileError(
                f"{self.path} can't be written: {error.strerror}. Set NUTGRAF_DATA_DIR to a folder that can."
            ) from error
        return len(keys)


def refuse_unprotected(host: str, is_open: bool, keys: KeyFile) -> None:
    """Raises UnprotectedServerError where other machines could ask without a key, and nobody said that they may.

    Raises KeyFileError where the file can't be read.
    """
    if keys.keys() is None and not is_open and not is_loopback(host):
        raise UnprotectedServerError(
            f"Other machines can reach {host}, and no key is set up. Make one with `nutgraf keys add NAME`, or set "
            "NUTGRAF_OPEN=1 to answer whoever asks."
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parsed(content: bytes) -> tuple[Key, ...]:
    keys = tuple(Key(**fields) for fields in json.loads(content)["keys"])
    if not all(isinstance(key.name, str) and isinstance(key.sha256, str) for key in keys):
        raise ValueError("names and digests are text")
    return keys


def _put(text: str, path: Path) -> None:
    """Puts a file of mode 600 into place, whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as written:
        try:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
            Path(written.name).replace(path)
        except BaseException:
            Path(written.name).unlink()
            raise


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While it lasts, no other process changes the folder's keys."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
