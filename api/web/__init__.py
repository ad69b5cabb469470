"""The service's pages: the documentation to try, and one for each kind of problem."""

from importlib.resources import files

from flask import Flask, Response, abort, redirect, render_template, send_from_directory, url_for
from flask_smorest import Blueprint
from werkzeug.wrappers import Response as Redirection

from api.contract import Documented
from api.kinds import PROBLEMS
from api.problems import documented
from api.summarizer.notices import CODES

# Swagger UI, from the package that carries it; its own template has an inline script, so the page is ours.
_SWAGGER = str(files("flask_swagger_ui") / "dist")
_SWAGGER_FILES = ("swagger-ui.css", "swagger-ui-bundle.js")

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
@pages.response(302, description="To the documentation.")
def home() -> Redirection:
    """Go to the documentation"""
    return redirect(url_for("Pages.docs"))


@pages.get("/docs")
@pages.response(200, {"type": "string"}, content_type="text/html", description="The contract, to read and to try.")
def docs() -> Response:
    """Read and try the contract"""
    return _page("docs.html")


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


def _page(template: str, **values: object) -> Response:
    return Response(render_template(template, **values), content_type="text/html; charset=utf-8")
