"""GET /healthz, /readyz and /metrics, for probes and operators."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app

from nutgraf.jobs.backlog_metrics import BacklogCollector
from nutgraf.observability import metrics
from nutgraf.summarizer import MissingDataError, warm_up
from nutgraf.summarizer.reading import nltk_data


def blueprint(settings: Mapping[str, Any]) -> Blueprint:
    """Returns the routes of the liveness probe, the readiness probe and the metrics.

    They need no API key and are not part of the contract. The readiness probe summarizes a short text, so that it fails if
    the service can't.
    """
    routes = Blueprint("Operation", __name__)

    @routes.get("/healthz")
    def healthz() -> dict[str, Any]:
        """Check whether the process is alive"""
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz() -> dict[str, Any]:
        """Check whether the service can summarize, by trying it"""
        if missing := nltk_data.missing_folders():
            raise MissingDataError(
                f"NLTK data is missing: {', '.join(missing)}. Install it with `{nltk_data.INSTALL_COMMAND}`."
            )
        current_app.extensions["nutgraf-keys"].check()
        warm_up()
        return {"status": "ready"}

    @routes.get("/metrics")
    def read_metrics() -> Response:
        """Read the metrics of the service"""
        backlog = BacklogCollector(current_app.extensions["nutgraf-jobs"].database)
        return Response(metrics.exposition(backlog), content_type=metrics.CONTENT_TYPE)

    return routes
