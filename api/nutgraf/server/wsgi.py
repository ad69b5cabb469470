"""The application that a WSGI server imports: made and warmed once, before the server forks."""

import gc

from nutgraf.app import create_app
from nutgraf.http.openapi import written_contract
from nutgraf.observability import logs
from nutgraf.summarizer import MissingDataError, warm_up

logs.to_standard_error()
app = create_app()
written_contract(app)
try:
    warm_up()
except MissingDataError as error:  # the server starts all the same, so that /readyz can say it
    logs.log.error("not-ready", detail=str(error))
# What is loaded stays shared with the workers: the collector would touch, and so copy, every page of it.
gc.collect()
gc.freeze()
