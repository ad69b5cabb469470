"""The WSGI application `app`, created and warmed up once, before the server forks."""

import gc

from nutgraf.app import create_app
from nutgraf.formats import web_page
from nutgraf.http.openapi import serialized_contract
from nutgraf.observability import logs
from nutgraf.summarizer import MissingDataError, warm_up

logs.write_to_standard_error()
app = create_app()
serialized_contract(app)  # stores the contract in the application, so that no worker has to build it
web_page.warm_up()
try:
    warm_up()
except MissingDataError as error:  # the server starts anyway, so that /readyz can report the error
    logs.log.error("not-ready", detail=str(error))
# Frozen objects stay in memory that all workers share. Otherwise the garbage collector of each worker would write to them,
# and the kernel would copy the memory for that worker.
gc.collect()
gc.freeze()
