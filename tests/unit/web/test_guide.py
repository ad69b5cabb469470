"""The guide's steps, without a browser; tests/browser runs them."""

from nutgraf.app import create_app
from nutgraf.web.guide import steps


def test_the_service_has_the_routes_of_all_first_steps() -> None:
    """A step whose route does not exist is hidden: the step of CMS formats was once lost when its route changed."""
    slugs = [step.slug for step in steps(create_app())]
    assert slugs == ["first-call", "length", "headlines", "cms", "stories", "jobs", "job", "errors"]
