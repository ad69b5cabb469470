"""Nutgraf: extractive summaries and headlines for newsrooms, as a REST API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from api.version import VERSION

if TYPE_CHECKING:
    from flask import Flask

__version__ = VERSION


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The service as a WSGI application.

    Settings come from their defaults, then the environment, then `config`, whose keys are setting names such as
    "max_body_bytes", or Flask's own in capitals. Raises `settings.BadSetting` where one can't be used.
    """
    # Imported here, so that who imports the core alone loads no web framework.
    from flask import Flask

    from api import contract, problems, routes, settings, strictjson, web
    from api.jobs import routes as jobs
    from api.observability import routes as observability
    from api.security import admission, authentication, browsers, limits

    app = Flask(__name__, static_folder=None)
    app.json = strictjson.CompactJSON(app)
    app.config.from_mapping(settings.for_flask(config))
    api = contract.describe(app)
    routes.register(api)
    jobs.register(api, app)
    web.register(api, app)
    observability.register(api, app)
    # In the order in which a request meets them: its id, its key, its limit, its place.
    authentication.register(app)
    limits.register(app)
    admission.register(app)
    browsers.register(app)
    problems.register(app)
    return app
