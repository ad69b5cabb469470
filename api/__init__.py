"""Nutgraf: extractive summaries and headlines for newsrooms, as a REST API."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from api import contract, observability, problems, routes, security, settings, strictjson, web
from api.version import VERSION

__version__ = VERSION


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The service as a WSGI application.

    Settings come from their defaults, then the environment, then `config`, whose keys are setting names such as
    "max_body_bytes", or Flask's own in capitals. Raises `settings.BadSetting` where one can't be used.
    """
    app = Flask(__name__, static_folder=None)
    app.json = strictjson.CompactJSON(app)
    app.config.from_mapping(settings.for_flask(config))
    api = contract.describe(app)
    routes.register(api)
    web.register(api, app)
    observability.register(api, app)
    security.register(app)
    problems.register(app)
    return app
