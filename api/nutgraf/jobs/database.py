"""The job database: a SQLite file or Postgres. Its tables are migrated before their first use."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.pool import NullPool

from nutgraf.errors import NutgrafError
from nutgraf.observability.logs import log

FILE = "nutgraf.db"
FileIdentity = tuple[int, int]
# How long a writer waits for another one: SQLite allows only one at a time.
BUSY_SECONDS = 30
# Both ends notice a lost connection within half a minute, and its open transaction then blocks no other process.
POSTGRES: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": "-c idle_in_transaction_session_timeout=15000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 "
    "-c tcp_keepalives_count=3 -c tcp_user_timeout=15000",
}
_MIGRATIONS = Path(__file__).parent / "migrations"
# An arbitrary number; all processes of this service use the same one.
_MIGRATION_LOCK = 7_104_118


class StorageUnavailableError(NutgrafError):
    """The database can't be reached, read or written; the message names the kind of error, never the data."""

    problem_type = "storage-unavailable"
    public_detail = "The job database does not answer."


class Database:
    """Transactions on the tables of jobs.

    It connects only for the first transaction, so that it can be created before a fork.
    """

    def __init__(self, url: URL | None, directory: Path) -> None:
        """Uses the database at `url`, or a SQLite file in `directory` if `url` is None."""
        self.url = url or URL.create("sqlite+pysqlite", database=str(directory / FILE))
        self._directory = None if url else directory
        self._is_migrated = False
        self._file: FileIdentity | None = None
        self._lock = Lock()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yields a connection in a transaction that only reads; it waits for no writer. Raises StorageUnavailableError."""
        with _storage_errors(), self._migrated_engine().connect().execution_options(reads=True) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yields a connection in a transaction that may write; it is rolled back if the block raises an exception.

        In SQLite, it waits up to BUSY_SECONDS for another writer. Raises StorageUnavailableError.
        """
        with _storage_errors(), self._migrated_engine().begin() as connection:
            yield connection

    def prepare(self) -> None:
        """Creates or migrates the tables. Raises StorageUnavailableError."""
        with _storage_errors():
            self._migrated_engine()

    def check(self) -> None:
        """Runs a trivial query. Raises StorageUnavailableError if the database does not answer."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Closes all connections; the next transaction opens new ones."""
        self._engine.dispose()

    def compact(self) -> None:
        """Removes deleted rows from SQLite's write-ahead log, unless somebody is reading it. Does nothing in Postgres.

        Postgres' own vacuum does that. Raises StorageUnavailableError.
        """
        if self.is_sqlite:
            with (
                _storage_errors(),
                self._migrated_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
            ):
                connection.exec_driver_sql("PRAGMA busy_timeout = 200")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _migrated_engine(self) -> Engine:
        if self._is_migrated and self.is_sqlite and file_identity(self.url.database) != self._file:
            self._forget_file()
        if not self._is_migrated:
            with self._lock:
                if not self._is_migrated:
                    if self._directory:
                        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
                    self._migrate()
                    self._file = file_identity(self.url.database) if self.is_sqlite else None
                    self._is_migrated = True
        return self._engine

    def _forget_file(self) -> None:
        """Marks the tables as not migrated, because the SQLite file was replaced or removed.

        Raises FileNotFoundError if there is no file. The next use then creates a new one with its tables; SQLite alone would
        create an empty file.
        """
        with self._lock:
            self._is_migrated = False
        if file_identity(self.url.database) is None:
            log.error("job-database-lost", detail="The file of the job database was removed. A new one will be created.")
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._engine.begin() as connection:
            if not self.is_sqlite:  # in SQLite, the transaction itself excludes other writers
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @cached_property
    def _engine(self) -> Engine:
        # Parameters contain articles: they must not be in the messages of exceptions.
        if not self.is_sqlite:
            return create_engine(self.url, hide_parameters=True, pool_pre_ping=True, connect_args=POSTGRES)
        engine = create_engine(self.url, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine


def file_identity(path: str | None) -> FileIdentity | None:
    """Returns the identity of a file, which changes if another file replaces it under the same name; None without a file."""
    try:
        status = os.stat(path or "")
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _set_up_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions begin as `_begin_sqlite` says
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the pool forgets a connection that it could not set up
        raise


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    # A transaction that writes takes the lock at its start, so that it waits for other writers. If it took the lock later,
    # after reading, it could fail instead of waiting.
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reads") else "BEGIN IMMEDIATE")


@contextmanager
def _storage_errors() -> Iterator[None]:
    """Turns errors of the database and the disk into StorageUnavailableError; our own mistakes stay as they are."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        raise StorageUnavailableError(type(error.orig).__name__) from error
    except OSError as error:
        raise StorageUnavailableError(error.strerror or type(error).__name__) from error
