"""The job worker: processes tasks from the queue in several processes."""

import logging
import time

from nutgraf.jobs import leases, task_execution
from nutgraf.jobs.callbacks import ResultLine
from nutgraf.jobs.database import StorageUnavailableError
from nutgraf.jobs.job_system import JobSystem
from nutgraf.jobs.leases import Task
from nutgraf.jobs.maintenance import Maintenance

RETRY_PAUSE_SECONDS = 2.0

log = logging.getLogger("nutgraf")


def run_workers(system: JobSystem, respond: task_execution.Responder, result_line: ResultLine, *, processes: int) -> None:
    """Processes jobs in `processes` processes until this process is asked to stop.

    `respond` answers each request, and `result_line` writes the result that a callback contains. While the database does
    not answer, the worker waits and tries again.
    """
    maintenance = Maintenance(system.database, system.queue, system.callback_client, result_line)

    def begin(job_id: str) -> None:
        system.queue.put(leases.tasks_to_queue(system.database, job_id))

    def run(task: Task) -> None:
        task_execution.run(system.database, respond, task, lease_seconds=system.lease_seconds)

    while True:
        try:
            system.database.prepare()
            system.database.close()  # each process opens its own connections
            system.queue.consume(begin, run, maintenance.tick, processes=processes)
            return
        except StorageUnavailableError as error:
            log.warning("the worker is waiting: the job database does not answer (%s)", error)
            time.sleep(RETRY_PAUSE_SECONDS)
