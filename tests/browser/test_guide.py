"""The guide: every request that it shows runs, and returns what the guide describes."""

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


def test_the_request_for_a_job_uses_the_id_of_the_created_job(browser: Chrome, service: str) -> None:
    browser.get(f"{service}/docs/guide")
    for slug, holds in (("jobs", "Location"), ("job", '"state"')):
        section = browser.find_element(By.ID, slug)
        section.find_element(By.CSS_SELECTOR, "button").click()
        answer = section.find_element(By.CSS_SELECTOR, ".answer")
        WebDriverWait(browser, SECONDS).until(partial(_holds, answer, holds))


def _holds(answer: WebElement, text: str, _: Chrome) -> bool:
    return text in answer.text
