"""`nutgraf serve`: serves the API with gunicorn."""

import os
import sys

import click

from nutgraf.errors import NutgrafError
from nutgraf.http.security.keys import KeyFile, refuse_unprotected
from nutgraf.settings import load

CONFIG = "python:nutgraf.server.gunicorn_config"


@click.command()
def serve() -> None:
    """Serve the API with gunicorn. NUTGRAF_* environment variables configure it."""
    try:
        settings = load()
        refuse_unprotected(settings, KeyFile(settings["data_dir"]))
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    # exec replaces this process by the server, so that signals reach it directly. Heaps are few, because memory that a
    # thread frees in a heap of its own is lost to the other threads.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", CONFIG])
