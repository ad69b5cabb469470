"""`nutgraf worker`: processes jobs."""

import gc
import os
import signal
import sys

import click

from nutgraf.errors import NutgrafError
from nutgraf.observability import logs
from nutgraf.settings import load

# The worker has a lower priority than the server on the same processors: clients wait for the server's answers.
NICENESS = 10


@click.command()
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="one per core",
    help="Number of worker processes.",
)
@click.option("--check", is_flag=True, help="Only report, by the exit status, whether the job database answers.")
def worker(processes: int, check: bool) -> None:
    """Process jobs. With NUTGRAF_DATABASE_URL, any number of workers on any number of machines share the jobs."""
    # Imported here, so that other commands do not load the queue, and `--check` does not load the summarizer.
    from nutgraf.jobs.job_system import JobSystem

    try:
        settings = load()
    except NutgrafError as error:
        raise click.ClickException(str(error)) from error
    system = JobSystem.from_settings(settings)
    if check:
        try:
            system.database.check()
        except NutgrafError as error:
            raise click.ClickException(f"The job database does not answer ({error}).") from error
        return
    from nutgraf.jobs.worker_processes import run_workers
    from nutgraf.service.compute_process_responder import ComputeProcessResponder
    from nutgraf.service.ndjson import result_line
    from nutgraf.summarizer import warm_up

    # A handler until the queue sets its own. The first process of a container gets no signal without a handler.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    logs.write_to_standard_error()
    os.nice(NICENESS)
    responder = ComputeProcessResponder(settings)
    warm_up()
    gc.collect()
    gc.freeze()  # as in server/wsgi.py: child processes share the memory that is in use now
    responder.start()
    run_workers(system, responder, result_line, processes=processes)
