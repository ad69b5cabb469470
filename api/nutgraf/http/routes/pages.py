"""The pages for people: the desk, the documentation with the contract, and explanations of problems and warnings."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as BaseResponse

from nutgraf.http.openapi import serialized_contract
from nutgraf.http.security.browser_headers import DESK_POLICY, DOCS_POLICY
from nutgraf.samples import sample
from nutgraf.service.schemas.problem_types import PROBLEM_TYPES
from nutgraf.summarizer.warning_messages import CODES
from nutgraf.web.example_calls import EXAMPLE_CALLS, ORIGIN
from nutgraf.web.guide import steps

# The files of Swagger UI come from its package. The page does not, because the page of the package has an inline script.
_SWAGGER = str(files("flask_swagger_ui") / "dist")
_SWAGGER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js")

_WEB = Path(str(files("nutgraf.web")))
_DESK = _WEB / "static" / "desk"
# The texts of the desk, in one file for translators.
STRINGS = json.loads((_DESK / "strings.json").read_text(encoding="utf-8"))
_MODULES = sorted(path.name for path in _DESK.glob("*.js"))
_STYLES = ("tokens.css", "layout.css", "controls.css", "panes.css", "groups.css", "print.css")
# Characters in common headline slots: a print column, the first line of a push alert, a search result, a web page.
SLOTS = {"print": 40, "push": 50, "seo": 60, "web": 70}


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """Returns the routes of the web pages and of the static files that they load.

    Each page has its own Content-Security-Policy. Opening a page needs no API key; its scripts send the key with their
    requests to the API. The pages are not part of the contract.
    """
    routes = Blueprint(
        "Pages",
        __name__,
        template_folder=str(_WEB / "templates"),
        static_folder=str(_WEB / "static"),
        static_url_path="/static",
    )
    routes.record_once(lambda state: state.app.add_url_rule("/static/swagger/<name>", "swagger", _swagger))

    @routes.get("/")
    def desk() -> Response:
        """Open the editor's desk"""
        return _page(
            "desk.html", DESK_POLICY, t=STRINGS, example=sample("storm"), styles=_STYLES, modules=_MODULES, slots=SLOTS
        )

    @routes.get("/docs")
    def docs() -> Response:
        """Read and try the contract"""
        return _page("docs.html", DOCS_POLICY, calls=EXAMPLE_CALLS, origin=ORIGIN)

    @routes.get("/docs/guide")
    def guide() -> Response:
        """Read the guide, and run its requests"""
        return _page("guide.html", steps=steps(current_app))

    @routes.get(f"/problems/<any({', '.join(map(repr, PROBLEM_TYPES))}):slug>")
    def explain(slug: str) -> Response:
        """Explain a type of problem"""
        return _page("problem.html", problem=PROBLEM_TYPES[slug])

    @routes.get("/warnings")
    def explain_warnings() -> Response:
        """Explain the warnings"""
        return _page("warnings.html", codes=CODES)

    @routes.get("/favicon.ico")
    def favicon() -> BaseResponse:
        """Find the icon: browsers request this address for answers that are not pages, such as JSON"""
        return redirect(url_for("Pages.static", filename="icon.svg"), 301)

    @routes.get("/openapi.json")
    def openapi_json() -> Response:
        """Read the contract as JSON"""
        return _conditional(Response(serialized_contract(current_app).as_json, content_type="application/json"))

    @routes.get("/openapi.yaml")
    def openapi_yaml() -> Response:
        """Read the contract as YAML"""
        return _conditional(Response(serialized_contract(current_app).as_yaml, content_type="application/yaml"))

    return routes


def _conditional(response: Response) -> Response:
    """The response with an entity tag; a client that has the current version gets a 304."""
    response.add_etag()
    response.make_conditional(request)
    return response


def _swagger(name: str) -> Response:
    if name not in _SWAGGER_FILES:
        abort(404)
    return send_from_directory(_SWAGGER, name, max_age=3600)


def _page(template: str, policy: str | None = None, **values: object) -> Response:
    headers = {"Content-Security-Policy": policy} if policy else {}
    return Response(render_template(template, **values), headers=headers, content_type="text/html; charset=utf-8")
