"""GET /healthz, /readyz and /metrics: for probes and for the person who runs the service."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app
from flask_smorest import Blueprint

from nutgraf.http.openapi import documented
from nutgraf.jobs.backlog_collector import BacklogCollector
from nutgraf.observability import metrics
from nutgraf.service.schemas.response import HealthSchema, ReadinessSchema
from nutgraf.summarizer import MissingDataError, warm_up
from nutgraf.summarizer.reading import nltk_data


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """The probes and the metrics."""
    routes = Blueprint("Operation", __name__, description="For the person who runs the service, and for probes.")

    @routes.get("/healthz")
    @routes.response(200, HealthSchema, description="The process answers.", example={"status": "ok"})
    def healthz() -> dict[str, Any]:
        """Is the process alive?"""
        return {"status": "ok"}

    @routes.get("/readyz")
    @routes.response(200, ReadinessSchema, description="It can summarize.", example={"status": "ready"})
    @documented("not-ready", "keys-unreadable")
    def readyz() -> dict[str, Any]:
        """Can it summarize? It tries."""
        if missing := nltk_data.missing_folders():
            raise MissingDataError(
                f"NLTK data is missing: {', '.join(missing)}. Set it up with `{nltk_data.INSTALL_COMMAND}`."
            )
        current_app.extensions["nutgraf-keys"].keys()
        warm_up()
        return {"status": "ready"}

    @routes.get("/metrics")
    @routes.response(200, {"type": "string"}, content_type="text/plain", description="In Prometheus' format.")
    def read_metrics() -> Response:
        """Count what the service did"""
        backlog = BacklogCollector(current_app.extensions["nutgraf-jobs"].database)
        return Response(metrics.exposition(backlog), content_type=metrics.CONTENT_TYPE)

    return routes
