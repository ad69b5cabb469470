"""The job system: its database, its queue, and its sender of callbacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nutgraf.jobs.database import Database
from nutgraf.jobs.queue import Queue
from nutgraf.jobs.webhooks import AllowedHosts, Sender


@dataclass(frozen=True, slots=True)
class JobSystem:
    """The parts of the job system, which routes and workers share; durations are in seconds."""

    database: Database
    queue: Queue
    sender: Sender
    expiry_seconds: int
    lease_seconds: int

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Creates the job system from the settings by name. It opens no connection yet."""
        database = Database(settings["database_url"], Path(settings["data_dir"]))
        return cls(
            database=database,
            queue=Queue(database),
            sender=Sender(AllowedHosts(settings["callback_hosts"]), settings["webhook_secret"]),
            expiry_seconds=settings["job_expiry_seconds"],
            lease_seconds=settings["lease_seconds"],
        )

    def close(self) -> None:
        """Closes all connections."""
        self.queue.close()
        self.database.close()
