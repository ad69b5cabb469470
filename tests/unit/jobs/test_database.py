"""A database connection that can't be set up is closed."""

import sqlite3

import pytest

from nutgraf.jobs import database


class _Full:
    """A SQLite connection on a full disk."""

    isolation_level: str | None = ""
    closed = False

    def execute(self, statement: str) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    def close(self) -> None:
        self.closed = True


def test_a_connection_that_cannot_be_set_up_is_closed() -> None:
    connection = _Full()
    with pytest.raises(sqlite3.OperationalError):
        database._set_up_sqlite(connection, None)
    assert connection.closed
