"""`nutgraf worker`: works on jobs."""

import os

import click

from nutgraf.errors import NutgrafError
from nutgraf.observability import logs
from nutgraf.service.ndjson import result_line
from nutgraf.service.respond import Responder
from nutgraf.settings import load
from nutgraf.summarizer import warm_up


@click.command()
@click.option(
    "--processes", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="one a core", help="How many work."
)
def worker(processes: int) -> None:
    """Work on jobs, of this machine or, with NUTGRAF_DATABASE_URL, of many; as many workers as wanted, anywhere."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sparse products need no BLAS threads
    # Imported here, so that no other command waits for the queue to load.
    from nutgraf.jobs.system import JobSystem
    from nutgraf.jobs.worker import work_on

    try:
        settings = load()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    logs.to_standard_error()
    responder = Responder(settings)
    warm_up()
    work_on(JobSystem.of(settings), responder, result_line, processes=processes)
