"""The service as a Flask application."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from nutgraf import settings as settings_table
from nutgraf.http import openapi, problem_handlers, request_context
from nutgraf.http.routes import about, health, hooks, jobs, pages, stories, summaries
from nutgraf.http.security import admission, authentication, browser_headers, rate_limits
from nutgraf.jobs.job_system import JobSystem


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Creates the service as a WSGI application.

    Settings come from their defaults, then from the environment, then from `config`. Keys of `config` are setting names
    such as "max_body_bytes", or Flask's own keys in capitals. Raises `settings.SettingError` for a value that can't be
    used.
    """
    config = config or {}
    settings = settings_table.load({key: value for key, value in config.items() if not key.isupper()})
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(MAX_CONTENT_LENGTH=settings["max_body_bytes"])
    app.config.from_mapping({key: value for key, value in config.items() if key.isupper()})
    app.extensions["nutgraf-jobs"] = JobSystem.from_settings(settings)
    api = openapi.create_contract_api(app)
    # The contract lists the groups in this order.
    for group in (summaries, stories, about, jobs, hooks):
        api.register_blueprint(group.blueprint(settings))
    for group in (pages, health):  # these routes are for people and probes, and not in the contract
        app.register_blueprint(group.blueprint(settings))
    # The order matters: a request gets its id, then its key is checked, then it is counted. It enters the admission queue
    # later, when its body is read (http/body.py).
    request_context.register(app)
    authentication.register(app, settings)
    rate_limits.register(app, settings)
    admission.register(app, settings)
    browser_headers.register(app, settings)
    problem_handlers.register(app, settings)
    return app
