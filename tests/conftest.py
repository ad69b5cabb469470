"""Configuration of the test suite (markers, Hypothesis profiles, rules for skipping), and shared fixtures."""

import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from nutgraf.app import create_app
from nutgraf.jobs.job_system import JobSystem
from tests.postgres import Postgres
from tests.service import COVERAGE, ROOT, TRACING, serving
from tests.workers import SECRET

__all__ = ["ROOT", "serving"]  # tests also import these names from here

# The folders of tests/, which are also markers, with the needs of their tests; the slowest folders come first.
FOLDERS = {
    "slow": "minutes of load and of fuzzing, Ray and Spark, further versions of Python, PHP and WordPress (make test-slow)",
    "faults": "killed processes, machines that are cut off, full disks",
    "wordpress": "the plugin in a WordPress of its own, with PHP and MariaDB",
    "browser": "the desk and the pages in Chromium, the main steps in Firefox too",
    "clients": "clients generated from the contract, in Python and in TypeScript with node",
    "server": "a real `nutgraf serve` with its workers, jobs on Postgres, limits in Redis",
    "timing": "how time and memory grow with the input, and what the worst request costs; alone on the machine",
    "unit": "needs nothing but the installed packages",
}
TESTS = ROOT / "tests"
NEEDS_NEWS = "NUTGRAF_NEWS"

# The number of examples of a property test, by `--hypothesis-profile`. Examples have no deadline, as machines may be busy.
# In these tests, no example changes a fixture.
_ALWAYS: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
hypothesis_settings.register_profile("quick", max_examples=20, derandomize=True, **_ALWAYS)
hypothesis_settings.register_profile("full", max_examples=50, print_blob=True, **_ALWAYS)
hypothesis_settings.register_profile("slow", max_examples=2_000, print_blob=True, **_ALWAYS)
hypothesis_settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    for folder, needs in FOLDERS.items():
        config.addinivalue_line("markers", f"{folder}: {needs}")


@pytest.hookimpl(trylast=True)  # runs after coverage has started
def pytest_sessionstart() -> None:
    """Turns off coverage in child processes, except those started with `serving.traced()`."""
    if COVERAGE in os.environ:
        os.environ[TRACING] = os.environ.pop(COVERAGE)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Adds the marker of a test's folder; a test that depends on the speed of the machine gets a second try."""
    if not any(item.get_closest_marker(name) for name in FOLDERS):
        item.add_marker(item.path.relative_to(TESTS).parts[0])
    if not item.get_closest_marker("unit"):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts the tests so that the slowest start first."""
    order = list(FOLDERS)
    items.sort(key=lambda item: min(order.index(mark.name) for mark in item.iter_markers() if mark.name in FOLDERS))


class Together(LoadScopeScheduling):
    """Runs tests that share something costly (a browser, a WordPress, a database, a server) in one process."""

    def _split_scope(self, nodeid: str) -> str:
        _, folder, *_ = nodeid.split("/")
        if folder in ("browser", "wordpress"):
            return folder
        if "[postgres" in nodeid:
            return "postgres"
        return nodeid if folder == "unit" else nodeid.split("::")[0]


def pytest_xdist_auto_num_workers() -> int:
    """More processes than cores, because many tests wait: for processes, expiring leases and slow clients."""
    return (os.cpu_count() or 1) + 1


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _must_not_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _must_not_skip(report)
    return report


def _must_not_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Makes skipped tests fail in CI, except those that need real news, which can't be installed."""
    if os.environ.get("NUTGRAF_TESTS_MUST_NOT_SKIP") and report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2]
        if NEEDS_NEWS not in reason:
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid} was skipped where NUTGRAF_TESTS_MUST_NOT_SKIP is set: {reason}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints which tests this run did not include, and how to run them."""
    write = terminalreporter.write_line
    reports = [report for each in terminalreporter.stats.values() for report in each if hasattr(report, "nodeid")]
    ran = {report.nodeid.split("/")[1] for report in reports if report.nodeid.count("/") > 1}
    without_news = sum(
        isinstance(report.longrepr, tuple) and NEEDS_NEWS in report.longrepr[2]
        for report in terminalreporter.stats.get("skipped", [])
    )
    if without_news:
        write(f"{without_news} tests skipped for lack of real news, which is not shipped: {NEEDS_NEWS} names its folder.")
    left_out = [folder for folder in FOLDERS if folder not in ran and folder != "slow"]
    if ran == {"unit"} and left_out:
        quick, full = (hypothesis_settings.get_profile(name).max_examples for name in ("quick", "full"))
        write(f"These tests need nothing but Python. `make test-all` runs {full}, not {quick}, examples of a property, and:")
        for folder in reversed(left_out):
            write(f"  {folder + ':':<11}{FOLDERS[folder]}")


@pytest.fixture(autouse=True)
def _closed_job_systems(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes the database connections of all applications that a test creates, because Python 3.13 warns of open ones."""
    created: list[JobSystem] = []
    from_settings = JobSystem.from_settings

    def recorded(settings: Mapping[str, Any]) -> JobSystem:
        created.append(from_settings(settings))
        return created[-1]

    monkeypatch.setattr(JobSystem, "from_settings", recorded)
    yield
    for jobs in created:
        jobs.close()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"data_dir": str(tmp_path / "data")})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def shared_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client for tests that do not change the application; creating one takes 0.15 seconds, as long as most answers."""
    app = create_app({"data_dir": str(tmp_path_factory.mktemp("data"))})
    yield app.test_client()
    app.extensions["nutgraf-jobs"].close()


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a real `nutgraf serve` with two workers."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running Postgres server."""
    cluster = Postgres()
    cluster.start()
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.server)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The setting `database_url` for each kind of database: a SQLite file, and a real Postgres if installed."""
    if request.param == "sqlite":
        return ""
    cluster: Postgres = request.getfixturevalue("postgres")
    return cluster.database(uuid4().hex)


@pytest.fixture
def make_app(database_url: str, tmp_path: Path) -> Callable[..., Flask]:
    """Creates applications with an empty database that may send callbacks to this machine; takes further settings."""

    def make(**settings: int | str) -> Flask:
        usual = {
            "data_dir": str(tmp_path / "data"),
            "database_url": database_url,
            "callback_hosts": "127.0.0.1, cms.example, *.news.example",
            "webhook_secret": SECRET,
            "superdesk_secrets": "old-secret, new-secret",
            "ghost_secrets": "ghost-secret",
        }
        return create_app({**usual, **settings})

    return make


@pytest.fixture
def untraced() -> Iterator[None]:
    """Turns coverage off, so that a measured time is that of the code alone, and much real news takes half the time.

    Coverage must not depend on real news, which is not shipped.
    """
    trace = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(trace)
