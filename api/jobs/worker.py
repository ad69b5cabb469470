"""`nutgraf worker`: takes tasks from the queue and answers them, in processes of their own."""

import logging
import os
import time

from flask import Flask

from api.jobs import leases, work
from api.jobs.database import StorageUnavailable
from api.jobs.leases import Task
from api.jobs.service import current
from api.jobs.upkeep import Upkeep
from api.lines import Asker
from api.summarizer import warm_up

# Requests that somebody waits for go before jobs on the same processors.
NICENESS = 10
PAUSE_SECONDS = 2.0

log = logging.getLogger("nutgraf")


def work_on(app: Flask, *, processes: int) -> None:
    """Works on jobs in so many processes until the process is asked to stop; waits for a database that is not there yet."""
    os.nice(NICENESS)
    with app.app_context():
        jobs = current()
    warm_up()
    asker = Asker(app)

    def begin(job_id: str) -> None:
        jobs.queue.put(leases.hand_out(jobs.database, job_id))

    def run(task: Task) -> None:
        work.run(jobs.database, asker, task, lease_seconds=jobs.lease_seconds)

    while True:
        try:
            jobs.database.prepare()
            jobs.database.close()  # each process makes connections of its own
            jobs.queue.consume(begin, run, Upkeep(jobs.database, jobs.queue, jobs.sender).tick, processes=processes)
            return
        except StorageUnavailable as error:
            log.warning("the worker waits: the jobs' database does not answer (%s)", error)
            time.sleep(PAUSE_SECONDS)
