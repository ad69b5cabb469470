"""`nutgraf worker`: processes jobs."""

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
    "--processes",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one per core",
    help="Number of worker processes.",
)
def worker(processes: int) -> None:
    """Process jobs. With NUTGRAF_DATABASE_URL, any number of workers on any number of machines share the jobs."""
    # Imported here, so that other commands do not wait until the queue is loaded.
    from nutgraf.jobs.job_system import JobSystem
    from nutgraf.jobs.worker_processes import run_workers

    try:
        settings = load()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    logs.to_standard_error()
    responder = Responder(settings)
    warm_up()
    run_workers(JobSystem.from_settings(settings), responder, result_line, processes=processes)
