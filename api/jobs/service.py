"""What an application knows of jobs: their database, their queue, and who may be told of them."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from api.jobs.database import Database
from api.jobs.outgoing import Allowed, Sender
from api.jobs.queue import Queue


@dataclass(frozen=True, slots=True)
class Jobs:
    """The parts that routes and workers share."""

    database: Database
    queue: Queue
    sender: Sender
    expiry_seconds: int
    lease_seconds: int

    def close(self) -> None:
        """Lets go of all connections."""
        self.queue.close()
        self.database.close()


def of(app: Flask) -> Jobs:
    """The jobs of an application's settings. Nothing is opened yet."""
    database = Database(app.config["NUTGRAF_DATABASE_URL"], Path(app.config["NUTGRAF_DATA_DIR"]))
    return Jobs(
        database=database,
        queue=Queue(database),
        sender=Sender(Allowed(app.config["NUTGRAF_CALLBACK_HOSTS"]), app.config["NUTGRAF_WEBHOOK_SECRET"]),
        expiry_seconds=app.config["NUTGRAF_JOB_EXPIRY_SECONDS"],
        lease_seconds=app.config["NUTGRAF_LEASE_SECONDS"],
    )


def current() -> Jobs:
    """The jobs of the application that serves."""
    jobs: Jobs = current_app.extensions["nutgraf-jobs"]
    return jobs
