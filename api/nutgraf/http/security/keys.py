"""API keys: a file of their names, SHA-256 digests and rate limits.

A key has 256 random bits, so an unsalted digest is safe. The file is replaced atomically and readable only by its owner.
It is read again whenever it changes, so that revoking a key needs no restart. As soon as the file exists, requests need a
key, even if the file contains none.
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
    """A request needs an API key and has none; the message says how to send it."""

    problem_type = "key-missing"


class UnknownKeyError(NutgrafError):
    """The API key of a request does not belong to this service, or was revoked."""

    problem_type = "key-unknown"


class KeyFileError(NutgrafError, ValueError):
    """The key file can't be read or changed; the message says why and what to do."""

    problem_type = "keys-unreadable"
    public_detail = "The file with the API keys can't be read."


class UnprotectedServerError(NutgrafError, ValueError):
    """The service would answer other machines without a key; the message names both solutions."""


@dataclass(frozen=True, slots=True)
class Key:
    """An API key as it is stored: its name, its digest, its own rate limit such as "100 per minute", and its date."""

    name: str
    sha256: str
    rate: str | None
    added: str


class KeyFile:
    """The file of API keys in a folder.

    Its content is cached until the file changes. Several threads may read it, and several processes may change it, at the
    same time.
    """

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / FILE
        self._lock = Lock()
        self._seen: tuple[int, ...] | None = None
        self._keys: tuple[Key, ...] | None = None

    def keys(self) -> tuple[Key, ...] | None:
        """Returns all keys, or None if the file does not exist. Raises KeyFileError if it can't be read."""
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
                    f"The keys in {self.path} can't be read; restore the file and its permissions."
                ) from error
            return self._keys

    def find(self, secret: str) -> Key | None:
        """Returns the key with this secret, or None. The duration does not depend on which key matches, if any."""
        digest = _sha256(secret)
        match = None
        for key in self.keys() or ():
            if hmac.compare_digest(key.sha256, digest):
                match = key
        return match

    def add(self, name: str, rate: str | None = None) -> str:
        """Adds a key and returns its secret, which is stored nowhere.

        `rate` is the key's own limit, such as "100 per minute". Raises KeyFileError for a name that exists or has other
        characters than letters, digits, dots, dashes and underscores, and for a rate that can't be read.
        """
        if not _NAME.fullmatch(name):
            raise KeyFileError("A name must have 1 to 64 letters, digits, dots, dashes or underscores.")
        if rate is not None:
            try:
                parse_rate(rate)
            except ValueError as error:
                raise KeyFileError(str(error)) from error
        secret = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        added = Key(name, _sha256(secret), rate, datetime.now(UTC).strftime("%Y-%m-%d"))

        def with_added(keys: Sequence[Key]) -> list[Key]:
            if any(key.name == name for key in keys):
                raise KeyFileError(f"A key named {name!r} exists already; revoke it first, or choose another name.")
            return [*keys, added]

        self._change(with_added)
        return secret

    def revoke(self, name: str) -> int:
        """Removes a key and returns the number of remaining keys. Raises KeyFileError if no key has this name."""

        def without_revoked(keys: Sequence[Key]) -> list[Key]:
            remaining = [key for key in keys if key.name != name]
            if len(remaining) == len(keys):
                raise KeyFileError(f"No key is named {name!r}; `nutgraf keys list` shows all keys.")
            return remaining

        return self._change(without_revoked)

    def _change(self, change: Callable[[Sequence[Key]], list[Key]]) -> int:
        """Applies a change and replaces the file, under a lock so that concurrent changes follow each other."""
        try:
            with _exclusive_lock(self.path.parent):
                keys = change(self.keys() or ())
                text = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2)
                _replace_file(text + "\n", self.path)
        except OSError as error:
            raise KeyFileError(
                f"{self.path} can't be written: {error.strerror}. Set NUTGRAF_DATA_DIR to a writable folder."
            ) from error
        return len(keys)


def refuse_unprotected(host: str, is_open: bool, keys: KeyFile) -> None:
    """Raises UnprotectedServerError if other machines could use the service without a key and `is_open` is false.

    Raises KeyFileError if the key file can't be read.
    """
    if keys.keys() is None and not is_open and not is_loopback(host):
        raise UnprotectedServerError(
            f"Other machines can reach {host}, and there is no API key. Create one with `nutgraf keys add NAME`, or set "
            "NUTGRAF_OPEN=1 to allow unauthenticated access."
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host, given as an IP address or a name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parsed(content: bytes) -> tuple[Key, ...]:
    keys = tuple(Key(**fields) for fields in json.loads(content)["keys"])
    if not all(isinstance(key.name, str) and isinstance(key.sha256, str) for key in keys):
        raise ValueError("names and digests are text")
    return keys


def _replace_file(text: str, path: Path) -> None:
    """Writes a file with mode 600 and moves it to `path` atomically."""
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
def _exclusive_lock(folder: Path) -> Iterator[None]:
    """A lock on the folder, which is created if needed: only one process at a time changes its keys."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)
