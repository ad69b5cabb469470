"""The WSGI application `app`, created and warmed up once, before the server forks."""

import gc

from nutgraf.app import create_app
from nutgraf.http.openapi import serialized_contract
from nutgraf.observability import logs
from nutgraf.summarizer import MissingDataError, warm_up

logs.to_standard_error()
app = create_app()
serialized_contract(app)
try:
    warm_up()
except MissingDataError as error:  # the server starts anyway, so that /readyz can report the error
    logs.log.error("not-ready", detail=str(error))
# Keeps the loaded objects in memory that the workers share: the garbage collector would write to every page, and thereby
# copy it into each worker.
gc.collect()
gc.freeze()
