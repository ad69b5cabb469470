"""Prometheus metrics of the backlog: the number of unanswered requests, and the age of the oldest unfinished job."""

from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.tables import jobs, now, tasks

_UP_HELP = "Whether the job database answers: 1 or 0."


class BacklogCollector(Collector):
    """Prometheus collector of `nutgraf_job_database_up`, `nutgraf_queue_depth` and `nutgraf_job_age_seconds`.

    It reads them from the database whenever Prometheus asks. If the database does not answer, the first is 0, and the
    others are missing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yields the gauges; if the database does not answer, only `nutgraf_job_database_up` with 0."""
        try:
            unanswered, age_seconds = self._read_backlog()
        except StorageUnavailableError:
            yield GaugeMetricFamily("nutgraf_job_database_up", _UP_HELP, 0)
            return
        yield GaugeMetricFamily("nutgraf_job_database_up", _UP_HELP, 1)
        yield GaugeMetricFamily("nutgraf_queue_depth", "Unanswered requests in unfinished jobs.", unanswered)
        yield GaugeMetricFamily("nutgraf_job_age_seconds", "Age of the oldest unfinished job.", age_seconds)

    def _read_backlog(self) -> tuple[float, float]:
        """The number of unanswered requests in unfinished jobs, and the age of the oldest of these jobs in seconds."""
        if self._database.is_sqlite and not Path(self._database.url.database or "").exists():
            return 0, 0  # there was no job yet; reading the metrics must not create the file
        unfinished = jobs.c.state.in_(("queued", "running"))
        with self._database.read() as connection:
            unanswered = connection.execute(
                select(func.coalesce(func.sum(tasks.c.size - tasks.c.answered - tasks.c.failed), 0))
                .join_from(tasks, jobs, tasks.c.job_id == jobs.c.id)
                .where(unfinished, tasks.c.state != "done")
            ).scalar_one()
            age_seconds = connection.execute(select(now() - func.min(jobs.c.created_at)).where(unfinished)).scalar_one()
        return float(unanswered), max(0.0, float(age_seconds or 0))
