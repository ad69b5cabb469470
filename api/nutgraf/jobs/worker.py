"""`nutgraf worker`: takes tasks from the queue and answers them, in processes of their own."""

import logging
import os
import time

from nutgraf.jobs import leases, work
from nutgraf.jobs.callbacks import ResultLine
from nutgraf.jobs.database import StorageUnavailableError
from nutgraf.jobs.leases import Task
from nutgraf.jobs.maintenance import Maintenance
from nutgraf.jobs.system import JobSystem

# Requests that somebody waits for go before jobs on the same processors.
NICENESS = 10
PAUSE_SECONDS = 2.0

log = logging.getLogger("nutgraf")


def work_on(system: JobSystem, respond: work.Responder, result_line: ResultLine, *, processes: int) -> None:
    """Works on jobs in so many processes until this one is asked to stop; waits for a database that is not there yet.

    `respond` answers each request, `result_line` writes its reply where a callback carries it.
    """
    os.nice(NICENESS)
    maintenance = Maintenance(system.database, system.queue, system.sender, result_line)

    def begin(job_id: str) -> None:
        system.queue.put(leases.hand_out(system.database, job_id))

    def run(task: Task) -> None:
        work.run(system.database, respond, task, lease_seconds=system.lease_seconds)

    while True:
        try:
            system.database.prepare()
            system.database.close()  # each process makes connections of its own
            system.queue.consume(begin, run, maintenance.tick, processes=processes)
            return
        except StorageUnavailableError as error:
            log.warning("the worker waits: the jobs' database does not answer (%s)", error)
            time.sleep(PAUSE_SECONDS)
