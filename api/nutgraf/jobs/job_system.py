"""The job system: its database, its queue, and its client for callbacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nutgraf.jobs.callback_client import AllowedHosts, CallbackClient
from nutgraf.jobs.database import Database
from nutgraf.jobs.queue import Queue


@dataclass(frozen=True, slots=True)
class JobSystem:
    """The parts of the job system that routes and workers share.

    `expiry_seconds` is how long results are kept by default, `lease_seconds` how long a worker may give no sign of life.
    """

    database: Database
    queue: Queue
    callback_client: CallbackClient
    expiry_seconds: int
    lease_seconds: int

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """Creates the job system from the settings by name. It opens no connection yet."""
        database = Database(settings["database_url"], Path(settings["data_dir"]))
        return cls(
            database=database,
            queue=Queue(database),
            callback_client=CallbackClient(AllowedHosts(settings["callback_hosts"]), settings["webhook_secret"]),
            expiry_seconds=settings["job_expiry_seconds"],
            lease_seconds=settings["lease_seconds"],
        )

    def close(self) -> None:
        """Closes all connections."""
        self.queue.close()
        self.database.close()
