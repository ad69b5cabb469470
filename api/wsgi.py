"""The application that a WSGI server imports: made and warmed once, before the server forks."""

import gc

from api import create_app
from api.observability import logs
from api.summarizer import MissingData, warm_up

logs.to_standard_error()
app = create_app()
try:
    warm_up()
except MissingData as error:  # the server starts all the same, so that /readyz can say it
    logs.log.error("not-ready", detail=str(error))
# What is loaded stays shared with the workers: the collector would touch, and so copy, every page of it.
gc.collect()
gc.freeze()
