"""API keys: a file of their names, SHA-256 digests and rate limits.

A key has 256 random bits, so an unsalted digest is safe. The file is replaced atomically and readable only by its owner.
It is read again whenever it changes, so that revoking a key needs no restart. As soon as the file exists, requests need a
key, even if the file contains none or is lost: a second file records that keys have existed.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import Any

from nutgraf.errors import NutgrafError
from nutgraf.settings import parse_rate

FILE = "keys.json"
# An empty file next to the key file. Keys become unnecessary again only if somebody deletes both files.
MARKER_FILE = "keys.required"
PREFIX = "nutgraf_"
RANDOM_BYTES = 32
ID_DIGITS = 16
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
    """A stored API key: its name, digest, own rate limit such as "100 per minute", date of creation and id.

    No other key ever has its `id`, not even a later one of the same name. Keys of version 0.1 have none.
    """

    name: str
    sha256: str
    rate: str | None
    added: str
    id: str | None = None

    @property
    def owner(self) -> str:
        """The id under which the jobs and rate limit counters of this key are stored; its name for keys of version 0.1."""
        return self.id or self.name


class KeyFile:
    """The file of API keys in a folder.

    Its content is cached until the file changes. Several threads may read it, and several processes may change it, at the
    same time.
    """

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / FILE
        self.marker_path = Path(folder) / MARKER_FILE
        self._needs_keys = False
        self._lock = Lock()
        self._seen: tuple[int, ...] | None = None
        self._keys: tuple[Key, ...] | None = None

    def keys(self) -> tuple[Key, ...] | None:
        """Returns all keys, or None if there never was a key file. A lost file is treated like one without keys.

        Raises KeyFileError if the file can't be read.
        """
        with self._lock:
            try:
                status = self.path.stat()
                seen = (status.st_mtime_ns, status.st_ino, status.st_size)
                if seen != self._seen:
                    self._keys, self._seen = _parse_keys(self.path.read_bytes()), seen
                    self._remember()
            except (FileNotFoundError, NotADirectoryError):
                self._seen = None
                self._keys = () if self._needs_keys or self.marker_path.exists() else None
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise KeyFileError(
                    f"The keys in {self.path} can't be read; restore the file and its permissions."
                ) from error
            return self._keys

    def check(self) -> None:
        """Raises KeyFileError if the file can't be read, or was lost."""
        if self.keys() == () and not self.path.exists():
            raise KeyFileError(
                f"{self.path} is gone. Restore it, or create keys with `nutgraf keys add NAME`. To use the service without "
                f"keys again, delete {self.marker_path} too and restart."
            )

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
        digest = _sha256(secret)
        # Ids contain a colon and names do not, so no name equals an id.
        added = Key(name, digest, rate, datetime.now(UTC).strftime("%Y-%m-%d"), f"{name}:{digest[:ID_DIGITS]}")

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
                self.marker_path.touch(mode=0o600)
        except OSError as error:
            raise KeyFileError(
                f"{self.path} can't be written: {error.strerror}. Set NUTGRAF_DATA_DIR to a writable folder."
            ) from error
        return len(keys)

    def _remember(self) -> None:
        """Records that keys exist: in this process, and in the folder if it can be written."""
        self._needs_keys = True
        with suppress(OSError):
            if not self.marker_path.exists():
                self.marker_path.touch(mode=0o600)


def refuse_unprotected(settings: Mapping[str, Any], keys: KeyFile) -> None:
    """Raises UnprotectedServerError if other machines could use the service without a key, unless the settings allow it.

    Raises KeyFileError if the key file can't be read.
    """
    if keys.keys() is None and needs_key(settings):
        by = "through a proxy" if is_loopback(settings["host"]) else f"at {settings['host']}"
        raise UnprotectedServerError(
            f"Other machines can reach the service {by}, and there is no API key. Create one with `nutgraf keys add NAME`, "
            "or set NUTGRAF_OPEN=1 to allow unauthenticated access."
        )


def needs_key(settings: Mapping[str, Any]) -> bool:
    """Whether requests need a key even if no key was ever created: other machines can reach the service, and it is not open.

    A proxy on this machine counts, because it forwards requests of other machines.
    """
    return not settings["open"] and (settings["trusted_proxies"] > 0 or not is_loopback(settings["host"]))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host, given as an IP address or a name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parse_keys(content: bytes) -> tuple[Key, ...]:
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
