"""Prometheus metrics of the backlog: the number of unanswered requests in jobs, and the age of the oldest job."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.tables import jobs, now, tasks


class BacklogCollector(Collector):
    """Prometheus collector of `nutgraf_queue_depth` and `nutgraf_job_age_seconds`.

    It reads them from the database whenever Prometheus asks, and yields no metrics if the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            waiting, seconds = self._counted()
        except StorageUnavailableError:
            return
        yield GaugeMetricFamily("nutgraf_queue_depth", "Requests of jobs that have no answer yet.", waiting)
        yield GaugeMetricFamily("nutgraf_job_age_seconds", "Age of the oldest unfinished job.", seconds)

    def _counted(self) -> tuple[float, float]:
        if self._database.is_sqlite and not Path(self._database.url.database or "").exists():
            return 0, 0  # there was no job yet; reading the metrics must not create the file
        unfinished = jobs.c.state.in_(("queued", "running"))
        with self._database.read() as connection:
            waiting = connection.execute(
                select(func.coalesce(func.sum(tasks.c.size - tasks.c.answered - tasks.c.failed), 0))
                .join_from(tasks, jobs, tasks.c.job_id == jobs.c.id)
                .where(unfinished, tasks.c.state != "done")
            ).scalar_one()
            age = connection.execute(select(now() - func.min(jobs.c.created_at)).where(unfinished)).scalar_one()
        return float(waiting), max(0.0, float(age or 0))
