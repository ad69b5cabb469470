"""The parts of the job system: its database, its queue, and who may be called back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nutgraf.jobs.database import Database
from nutgraf.jobs.queue import Queue
from nutgraf.jobs.webhooks import Allowed, Sender


@dataclass(frozen=True, slots=True)
class JobSystem:
    """The parts that routes and workers share."""

    database: Database
    queue: Queue
    sender: Sender
    expiry_seconds: int
    lease_seconds: int

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The job system of the settings. Nothing is opened yet."""
        database = Database(settings["database_url"], Path(settings["data_dir"]))
        return cls(
            database=database,
            queue=Queue(database),
            sender=Sender(Allowed(settings["callback_hosts"]), settings["webhook_secret"]),
            expiry_seconds=settings["job_expiry_seconds"],
            lease_seconds=settings["lease_seconds"],
        )

    def close(self) -> None:
        """Lets go of all connections."""
        self.queue.close()
        self.database.close()
