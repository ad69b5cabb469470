"""The documentation page in a real browser."""

import json
import shutil
import subprocess
import sys

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import Select, WebDriverWait

from nutgraf.web.example_calls import EXAMPLE_CALLS, ORIGIN, ExampleCall
from tests.browser.conftest import WithKey
from tests.browser.desk import Desk, attribute
from tests.browser.test_desk_access import AXE

SECONDS = 60


def test_running_the_prepared_example_gives_a_summary(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/docs")
    wait = WebDriverWait(browser, SECONDS)
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".opblock-post .opblock-summary-control"))).click()
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".opblock-post .execute"))).click()
    shown = wait.until(expected.presence_of_element_located((By.CSS_SELECTOR, ".live-responses-table .response")))
    assert "200" in shown.find_element(By.CSS_SELECTOR, ".response-col_status").text
    assert "ran aground off Port Alder" in attribute(shown, "textContent")
    assert f"{service}/docs" in browser.current_url


def test_the_page_is_accessible_and_sends_requests_only_to_the_service(browser: Chrome, service: str) -> None:
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(f"{service}/docs")
    WebDriverWait(browser, SECONDS).until(expected.presence_of_element_located((By.CSS_SELECTOR, ".opblock-post")))
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert f"{service}/openapi.json" in asked
    assert not [url for url in asked if not url.startswith((service, "data:"))]


def test_a_problem_page_says_what_to_do(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/problems/body-too-large")
    assert "NUTGRAF_MAX_BODY_BYTES" in browser.find_element(By.TAG_NAME, "main").text


def test_every_example_can_be_chosen_and_run(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/docs#/Summaries/summarize")
    wait = WebDriverWait(browser, SECONDS)
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".opblock-post .execute")))
    chooser = ".opblock-section-request-body .examples-select-element"
    names = [option.get_attribute("value") for option in Select(browser.find_element(By.CSS_SELECTOR, chooser)).options]
    assert {"three-stories", "newsroom", "one-text", "variants", "pins-and-bans", "background"} <= set(names)
    Select(browser.find_element(By.CSS_SELECTOR, chooser)).select_by_value("one-text")
    wait.until(lambda _: "town library" in attribute(browser.find_element(By.CSS_SELECTOR, ".body-param__text"), "value"))
    browser.find_element(By.CSS_SELECTOR, ".opblock-post .execute").click()
    shown = wait.until(expected.presence_of_element_located((By.CSS_SELECTOR, ".live-responses-table .response")))
    assert "town library" in attribute(shown, "textContent")


def test_authorisation_with_a_key_works_and_stays(browser: Chrome, service_with_key: WithKey) -> None:
    browser.get(f"{service_with_key.address}/docs#/Summaries/summarize")
    wait = WebDriverWait(browser, SECONDS)
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".auth-wrapper .authorize"))).click()
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".auth-container input"))).send_keys(service_with_key.key)
    browser.find_element(By.CSS_SELECTOR, ".auth-container .authorize").click()
    browser.refresh()
    wait.until(expected.element_to_be_clickable((By.CSS_SELECTOR, ".opblock-post .execute"))).click()
    shown = wait.until(expected.presence_of_element_located((By.CSS_SELECTOR, ".live-responses-table .response")))
    assert "200" in shown.find_element(By.CSS_SELECTOR, ".response-col_status").text
    browser.execute_script("localStorage.clear()")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_our_part_of_the_page_passes_axe_and_follows_the_theme(browser: Chrome, service: str, dark: bool) -> None:
    """Swagger UI's own part is not checked, because we can't change it."""
    desk = Desk(browser, service)
    desk.prefer(dark=dark)
    try:
        browser.get(f"{service}/docs")
        WebDriverWait(browser, SECONDS).until(expected.presence_of_element_located((By.CSS_SELECTOR, ".opblock-post")))
        browser.execute_script("for (const each of document.querySelectorAll('.calls details')) each.open = true")
        ground = browser.execute_script("return getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(28, 32, 34)") == dark
        browser.execute_script(AXE)
        run = "axe.run({exclude: ['#swagger-ui']}).then((result) => arguments[0](result.violations.map((each) => each.id)))"
        assert browser.execute_async_script(run) == []
    finally:
        desk.prefer(dark=False)


def test_the_examples_contain_the_address_of_the_service(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/docs")
    WebDriverWait(browser, SECONDS).until(expected.presence_of_element_located((By.CSS_SELECTOR, ".opblock-post")))
    shown = [attribute(code, "textContent") for code in browser.find_elements(By.CSS_SELECTOR, ".calls pre code")]
    assert shown == [call.code.replace(ORIGIN, service) for call in EXAMPLE_CALLS]


RUN_WITH = {
    "curl": ["sh", "-c"],
    "Python": [sys.executable, "-c"],
    "JavaScript": ["node", "--input-type=module", "--eval"],
    "PHP": ["php", "-r"],
}


@pytest.mark.parametrize("call", EXAMPLE_CALLS, ids=lambda call: call.language)
def test_every_example_runs_as_it_stands(service: str, call: ExampleCall) -> None:
    command = RUN_WITH[call.language]
    for program in (command[0], *(["curl"] if call.language == "curl" else [])):
        if not shutil.which(program):
            pytest.skip(f"needs {program}")
    code = call.code.replace(ORIGIN, service).removeprefix("<?php\n")
    done = subprocess.run([*command, code], capture_output=True, text=True, timeout=SECONDS, check=True)
    assert "Divers found a crack" in done.stdout or "The ferry ran aground" in done.stdout
