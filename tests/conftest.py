"""Fixtures: an application for each test, and one real server for those that need it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from nutgraf.app import create_app
from tests.postgres import Postgres
from tests.service import ROOT, serving
from tests.workers import SECRET

# A busy machine is no fault of the code: no example has a deadline.
hypothesis_settings.register_profile("nutgraf", deadline=None)
hypothesis_settings.load_profile("nutgraf")

__all__ = ["ROOT", "serving"]  # tests import them from here as well


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"data_dir": str(tmp_path / "data")})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a real `nutgraf serve` with two workers."""
    with serving() as address:
        yield address


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


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Where CI runs, a test that needs something installed fails instead of skipping; real news can't be installed."""
    if not os.environ.get("NUTGRAF_TESTS_MUST_NOT_SKIP") or not call.excinfo:
        return
    if isinstance(call.excinfo.value, pytest.skip.Exception) and "NUTGRAF_NEWS" not in str(call.excinfo.value):
        pytest.fail(f"{item.name} skipped where it must not: {call.excinfo.value}", pytrace=False)
