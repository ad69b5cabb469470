"""Jobs are tested on both databases: SQLite in a file, and a real Postgres where there is one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from tests.jobs.postgres import Postgres
from tests.jobs.workers import SECRET


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running cluster."""
    cluster = Postgres()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The setting, for each kind of database."""
    if request.param == "sqlite":
        return ""
    cluster: Postgres = request.getfixturevalue("postgres")
    return cluster.database(uuid4().hex)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with an empty database, which may call this machine back."""
    app = create_app(
        {
            "data_dir": str(tmp_path / "data"),
            "database_url": database_url,
            "callback_hosts": "127.0.0.1, cms.example, *.news.example",
            "webhook_secret": SECRET,
            "superdesk_secrets": "old-secret, new-secret",
            "ghost_secrets": "ghost-secret",
        }
    )
    yield app
    app.extensions["nutgraf-jobs"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
