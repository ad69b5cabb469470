"""The application that a WSGI server imports: made and warmed once, before the server forks."""

import gc
import logging

from api import create_app
from api.summarizer import MissingData, warm_up

app = create_app()
try:
    warm_up()
except MissingData as error:  # the server starts all the same, so that /readyz can say it
    logging.getLogger("nutgraf").error("%s", error)
# What is loaded stays shared with the workers: the collector would touch, and so copy, every page of it.
gc.collect()
gc.freeze()
