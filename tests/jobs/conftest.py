"""Jobs are tested on both databases: SQLite in a file, and a real Postgres where there is one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nutgraf.app import create_app
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
def make_app(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications with an empty database, which may call this machine back; takes more settings."""
    made: list[Flask] = []

    def make(**settings: int | str) -> Flask:
        usual = {
            "data_dir": str(tmp_path / "data"),
            "database_url": database_url,
            "callback_hosts": "127.0.0.1, cms.example, *.news.example",
            "webhook_secret": SECRET,
            "superdesk_secrets": "old-secret, new-secret",
            "ghost_secrets": "ghost-secret",
        }
        made.append(create_app({**usual, **settings}))
        return made[-1]

    yield make
    for app in made:
        app.extensions["nutgraf-jobs"].close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
