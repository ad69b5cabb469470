"""The guide's steps, without a browser; tests/browser runs them."""

from nutgraf.app import create_app
from nutgraf.web.guide import steps


def test_the_service_has_the_addresses_of_all_first_steps() -> None:
    """One that it does not have is not shown: the step of CMS formats was lost with a new form of its address."""
    slugs = [step.slug for step in steps(create_app())]
    assert slugs == ["first-call", "length", "headlines", "cms", "stories", "jobs", "job", "errors"]
