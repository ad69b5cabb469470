"""What the person who runs the service sees of it: health, readiness, and an id on every request."""

import re
import uuid
from typing import Any

from flask import Flask, Response, g, request
from flask_smorest import Blueprint

from api import nltk_data
from api.contract import Documented
from api.problems import documented
from api.schemas.response import HealthSchema, ReadinessSchema
from api.summarizer import MissingData, warm_up

REQUEST_ID = "X-Request-ID"
_USABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

blueprint = Blueprint("Operation", __name__, description="For the person who runs the service, and for probes.")


def register(api: Documented, app: Flask) -> None:
    """Adds the probes, and an id to every request and its answer."""
    api.register_blueprint(blueprint)
    app.before_request(_name_request)
    app.after_request(_return_id)


@blueprint.get("/healthz")
@blueprint.response(200, HealthSchema, description="The process answers.", example={"status": "ok"})
def healthz() -> dict[str, Any]:
    """Is the process alive?"""
    return {"status": "ok"}


@blueprint.get("/readyz")
@blueprint.response(200, ReadinessSchema, description="It can summarize.", example={"status": "ready"})
@documented("not-ready")
def readyz() -> dict[str, Any]:
    """Can it summarize? It tries."""
    if missing := nltk_data.missing():
        raise MissingData(f"NLTK data is missing: {', '.join(missing)}. Set it up with `{nltk_data.COMMAND}`.")
    warm_up()
    return {"status": "ready"}


def _name_request() -> None:
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if _USABLE_ID.fullmatch(given) else uuid.uuid4().hex


def _return_id(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.get("request_id", "")
    return response
