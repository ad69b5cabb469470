"""One WordPress and one Nutgraf for all tests here; the tests are skipped if a program is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser.conftest import browser  # noqa: F401  # the fixture
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site, missing

KEY = "ng-a-key-that-no-page-shows"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A WordPress with the plugin active."""
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    folder: Path = tmp_path_factory.mktemp("wordpress")
    with Site(folder) as site:
        yield site
    ours = [line for line in site.complaints() if "plugins/nutgraf" in line]
    assert not ours, "PHP complains about the plugin"


@pytest.fixture
def site(running: Site, service: str) -> Site:
    """The WordPress, set up for the service, with a key."""
    running.set_up(
        'delete_metadata("user", 0, "nutgraf_run", "", true);', address=service, key=KEY, profile="brief", timeout=10
    )
    running.called()
    return running


@pytest.fixture
def editor(browser: Chrome, site: Site) -> Iterator[Editor]:  # noqa: F811
    """A browser in which an editor is logged in."""
    editor = Editor(browser, site)
    editor.log_in()
    yield editor
    editor.leave()
