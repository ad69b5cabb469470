"""The service's pages: the editor's desk, the documentation to try, and one for each kind of problem."""

import json
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, abort, current_app, render_template, send_from_directory
from flask_smorest import Blueprint

from api.contract import Documented
from api.kinds import PROBLEMS
from api.problems import documented
from api.samples import sample
from api.security.browsers import DESK_POLICY, DOCS_POLICY
from api.summarizer.notices import CODES
from api.web.guide import steps

# Swagger UI, from the package that carries it; its own template has an inline script, so the page is ours.
_SWAGGER = str(files("flask_swagger_ui") / "dist")
_SWAGGER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js")

_DESK = Path(__file__).parent / "static" / "desk"
# What the desk says, in one file for translators.
STRINGS = json.loads((_DESK / "strings.json").read_text(encoding="utf-8"))
_MODULES = sorted(path.name for path in _DESK.glob("*.js"))
_STYLES = ("tokens.css", "layout.css", "controls.css", "panes.css", "print.css")
# Characters that usual slots hold: a column in print, a push alert's first line, what search engines show, a page's own.
SLOTS = {"print": 40, "push": 50, "seo": 60, "web": 70}

pages = Blueprint(
    "Pages",
    __name__,
    description="For people: what the service can do, and what its problems mean.",
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)


def register(api: Documented, app: Flask) -> None:
    """Adds the pages, and what they load."""
    api.register_blueprint(pages)
    app.add_url_rule("/static/swagger/<name>", "swagger", _swagger)


@pages.get("/")
@pages.response(200, {"type": "string"}, content_type="text/html", description="The editor's desk.")
def desk() -> Response:
    """Paste stories, take a summary and headlines along"""
    return _page("desk.html", DESK_POLICY, t=STRINGS, example=sample("storm"), styles=_STYLES, modules=_MODULES, slots=SLOTS)


@pages.get("/docs")
@pages.response(200, {"type": "string"}, content_type="text/html", description="The contract, to read and to try.")
def docs() -> Response:
    """Read and try the contract"""
    return _page("docs.html", DOCS_POLICY)


@pages.get("/docs/guide")
@pages.response(200, {"type": "string"}, content_type="text/html", description="A guide of one page, each step to run.")
def guide() -> Response:
    """Read the guide, and run its requests"""
    return _page("guide.html", steps=steps(current_app))


@pages.get(f"/problems/<any({', '.join(map(repr, PROBLEMS))}):slug>")
@pages.response(200, {"type": "string"}, content_type="text/html", description="What the problem means.")
@documented("not-found")
def explain(slug: str) -> Response:
    """Explain a kind of problem"""
    return _page("problem.html", problem=PROBLEMS[slug])


@pages.get("/warnings")
@pages.response(200, {"type": "string"}, content_type="text/html", description="The codes of warnings.")
def explain_warnings() -> Response:
    """Explain the warnings"""
    return _page("warnings.html", codes=CODES)


def _swagger(name: str) -> Response:
    if name not in _SWAGGER_FILES:
        abort(404)
    return send_from_directory(_SWAGGER, name, max_age=3600)


def _page(template: str, policy: str | None = None, **values: object) -> Response:
    headers = {"Content-Security-Policy": policy} if policy else {}
    return Response(render_template(template, **values), headers=headers, content_type="text/html; charset=utf-8")
