"""Fixtures with a real browser; tests that need one are skipped if it is missing."""

import shutil
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from nutgraf.http.security.keys import KeyFile
from tests.browser.desk import Desk
from tests.service import serving


class WithKey(NamedTuple):
    """A service that requires its key."""

    address: str
    key: str


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Chrome]:
    """Headless Chromium that records its console messages and requests."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,1600"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options, Service(driver))
    yield opened
    opened.quit()


@pytest.fixture
def desk(browser: webdriver.Chrome, service: str) -> Iterator[Desk]:
    """The desk as on a first visit. Checks after each test that the console is empty and no other host got a request."""
    opened = Desk(browser, service)
    opened.open_anew()
    yield opened
    opened.reset()
    assert opened.complaints() == []
    assert opened.foreign_requests() == []


@pytest.fixture(scope="session")
def service_with_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WithKey]:
    data = str(tmp_path_factory.mktemp("keys"))
    key = KeyFile(data).add("desk", None)
    with serving(NUTGRAF_DATA_DIR=data, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0") as address:
        yield WithKey(address, key)
