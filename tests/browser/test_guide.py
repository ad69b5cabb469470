"""The guide: every request that it shows runs, and says what it promises."""

from functools import partial

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from nutgraf.app import create_app
from nutgraf.web.guide import steps

SECONDS = 20
STATUSES = {"errors": "422", "jobs": "202"}
SLUGS = [step.slug for step in steps(create_app())]


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "job"])
def test_every_step_runs_as_it_stands(browser: Chrome, service: str, slug: str) -> None:
    browser.get_log("browser")
    browser.get(f"{service}/docs/guide#{slug}")
    section = browser.find_element(By.ID, slug)
    section.find_element(By.CSS_SELECTOR, "button").click()
    status = section.find_element(By.CSS_SELECTOR, ".answer .status")
    WebDriverWait(browser, SECONDS).until(lambda _: status.text)
    assert status.text.startswith(STATUSES.get(slug, "200")), status.text
    assert section.find_element(By.CSS_SELECTOR, ".answer pre").text
    said = [entry["message"] for entry in browser.get_log("browser")]
    assert [message for message in said if "status of 422" not in message] == []


def test_a_job_is_asked_about_by_the_id_that_it_was_given(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/docs/guide")
    for slug, holds in (("jobs", "Location"), ("job", '"state"')):
        section = browser.find_element(By.ID, slug)
        section.find_element(By.CSS_SELECTOR, "button").click()
        answer = section.find_element(By.CSS_SELECTOR, ".answer")
        WebDriverWait(browser, SECONDS).until(partial(_holds, answer, holds))


def _holds(answer: WebElement, text: str, _: Chrome) -> bool:
    return text in answer.text
