"""`nutgraf serve`: serves the API with gunicorn."""

import os
import sys

import click

CONFIG = "python:nutgraf.server.gunicorn_config"


@click.command()
def serve() -> None:
    """Serve the API with gunicorn. NUTGRAF_* environment variables configure it."""
    # exec replaces this process by the server, so that signals reach it directly. The server checks the settings: checking
    # them here too would cost a second import of most of the code. Heaps are few, because memory that a thread frees in a
    # heap of its own is lost to the other threads.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", CONFIG])
