"""The pages as they are sent: their security policies, and the strings that they use."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nutgraf.http.routes.pages import STRINGS
from tests.problems import is_problem
from tests.service import ROOT

WEB = ROOT / "api" / "nutgraf" / "web"
DESK = WEB / "static" / "desk"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
MODULES = sorted(DESK.glob("*.js"))
# The beginnings of keys that are composed at run time.
COMPOSED = ("kind_", "order_", "output_", "slot_", "profile_", "made_of_", "warning_", "problem_", "is_")


def used() -> set[str]:
    """The keys of strings that the desk's modules and its template use."""
    template = (WEB / "templates" / "desk.html").read_text(encoding="utf-8")
    code = "\n".join(module.read_text(encoding="utf-8") for module in MODULES)
    calls = re.findall(r"\bt\(([^()]*)", code)
    return set(re.findall(r"\bt\.(\w+)", template)) | {key for call in calls for key in re.findall(r'"(\w+)"', call)}


def test_every_used_string_exists() -> None:
    assert used() <= set(STRINGS)


def test_every_string_is_used() -> None:
    code = "\n".join(module.read_text(encoding="utf-8") for module in MODULES)
    unused = {key for key in STRINGS if key not in used() and not key.startswith(COMPOSED)}
    units = {"sentences", "words", "characters", "unpin", "unban"}  # keys composed of a unit, or of the action of a button
    units |= {f"{act}_key" for act in ("pin", "unpin", "ban", "unban")}
    assert {key for key in unused - units if f'"{key}"' not in code} == set()


def test_strings_hold_no_markup_and_their_forms_are_plural_categories() -> None:
    for value in STRINGS.values():
        forms = value if isinstance(value, dict) else {"other": value}
        assert set(forms) <= {"zero", "one", "two", "few", "many", "other"}
        assert not any("<" in form for form in forms.values())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_desk_modules_are_small_have_a_comment_and_write_no_markup(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert text.count("\n") <= 300
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|https?://(?!www\.w3\.org)", text)


def test_only_the_contracts_page_allows_inline_styles(client: FlaskClient) -> None:
    for path in ("/", "/docs/guide", "/warnings", "/problems/not-found", "/nowhere"):
        assert "unsafe" not in client.get(path).headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in client.get("/docs").headers["Content-Security-Policy"]
    assert "script-src 'self';" in client.get("/docs").headers["Content-Security-Policy"]


def test_the_desk_contains_its_strings_and_example_as_data(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    blocks = re.findall(r'<script type="application/json" id="(\w+)">(.*?)</script>', page, re.S)
    assert {name: bool(json.loads(text)) for name, text in blocks} == {"strings": True, "example": True}
    assert "built-in method" not in page  # a string's name may not be that of a method of dict
    assert not re.search(r"<script(?![^>]*(?:src|application/json))|\son\w+=|\sstyle=", page)


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/summarize", 405)])
def test_browsers_get_an_html_page_at_unknown_paths(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path, headers=BROWSER)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, answer.content_type) == (status, "text/html; charset=utf-8")
    assert answer.vary.as_set() >= {"accept"}
    assert 'href="/docs"' in page
    assert 'href="/"' in page
    assert path not in page  # an address from a stranger is not repeated
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/problem+json, text/html", "image/png"])
def test_programs_get_a_problem_at_unknown_paths(client: FlaskClient, accept: str | None) -> None:
    answer = client.get("/nowhere", headers={"Accept": accept} if accept else {})
    is_problem(answer, 404, "not-found")
    assert answer.vary.as_set() >= {"accept"}


def test_api_routes_answer_browsers_with_problems_too(client: FlaskClient) -> None:
    is_problem(client.get("/jobs/x", headers=BROWSER), 404, "not-found")
    is_problem(client.post("/nowhere", headers=BROWSER), 404, "not-found")
    is_problem(client.post("/summarize", json={}, headers=BROWSER), 422, "invalid-request")


def test_favicon_ico_redirects_to_the_icon(client: FlaskClient) -> None:
    with client.get("/favicon.ico", follow_redirects=True) as icon:
        assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
