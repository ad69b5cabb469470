"""`nutgraf serve`: the API, served by gunicorn."""

import os
import sys

import click

from nutgraf.errors import NutgrafError
from nutgraf.http.security.keys import KeyFile, refuse_unprotected
from nutgraf.settings import load

CONFIG = "python:nutgraf.server.gunicorn_config"


@click.command()
def serve() -> None:
    """Serve the API with gunicorn; NUTGRAF_* variables set it up."""
    try:
        settings = load()
        refuse_unprotected(settings["host"], bool(settings["open"]), KeyFile(settings["data_dir"]))
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    # The server takes this process's place, and with it its signals. Sparse products need no BLAS threads, and a heap for
    # each thread would keep what the others freed.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", CONFIG])
