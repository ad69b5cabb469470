"""Who asked is told when a job ends: again and again over hours until it is taken, each time in the same words."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from nutgraf.jobs import store
from nutgraf.jobs.database import Database
from nutgraf.jobs.tables import callbacks, jobs, now
from nutgraf.jobs.view import job_view
from nutgraf.jobs.webhooks import DeliveryError, Sender

# Seconds between one attempt and the next: over a night, since nobody may be there to mend the other end before the morning.
PAUSES = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)

# Writes index, status and content of a result as a line of NDJSON.
ResultLine = Callable[[int, int, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to make one attempt; `number` counts from 1."""

    job_id: str
    url: str
    number: int


def claim(database: Database, most: int) -> list[Attempt]:
    """So many attempts that are due, taken so that nobody else makes them. Raises StorageUnavailableError."""
    due = (callbacks.c.state == "pending", callbacks.c.next_attempt_at <= now())
    query = select(callbacks).where(*due).order_by(callbacks.c.next_attempt_at).limit(most)
    with database.read() as connection:  # most of the time there are none, and nothing is to be written
        if not connection.execute(query.limit(1)).first():
            return []
    with database.write() as connection:
        found = connection.execute(query.with_for_update(skip_locked=True)).all()
        for row in found:
            pause = PAUSES[min(row.attempts, len(PAUSES) - 1)]
            connection.execute(
                update(callbacks)
                .where(callbacks.c.job_id == row.job_id)
                .values(attempts=row.attempts + 1, next_attempt_at=now() + pause)
            )
    return [Attempt(row.job_id, row.url, row.attempts + 1) for row in found]


def make(database: Database, attempt: Attempt, sender: Sender, result_line: ResultLine) -> None:
    """Makes the attempt and keeps how it went. Raises StorageUnavailableError."""
    try:
        sender.send(attempt.url, f"job_{attempt.job_id}", _body(database, attempt.job_id, result_line))
    except store.JobNotFoundError:
        return
    except DeliveryError as error:
        given_up = error.final or attempt.number > len(PAUSES)
        outcome: dict[str, Any] = {"last_error": str(error)}
        if given_up:
            outcome |= {"state": "failed", "next_attempt_at": None, "body": None}
    else:
        outcome = {"state": "delivered", "last_error": None, "next_attempt_at": None, "body": None}
    with database.write() as connection:
        connection.execute(update(callbacks).where(callbacks.c.job_id == attempt.job_id).values(**outcome))


def _body(database: Database, job_id: str, result_line: ResultLine) -> bytes:
    """What is told, made at the first attempt and kept for the others; the result of a job of one request stands in it."""
    with database.read() as connection:
        query = select(callbacks.c.body, jobs.c.total).join(jobs).where(callbacks.c.job_id == job_id)
        row = connection.execute(query).one_or_none()
    if row is None:
        raise store.JobNotFoundError(job_id)
    if row.body is not None:
        return bytes(row.body)
    job = store.find(database, job_id, None)
    told = {name: value for name, value in job_view(job).items() if name != "callback"}
    results = [result_line(*result).decode() for result in store.results(database, job_id)] if row.total == 1 else []
    head = json.dumps({"type": f"job.{job.state}", "timestamp": told["finished_at"], "data": told}, ensure_ascii=False)
    # The result goes in as it is, byte for byte what the synchronous request gives.
    body = f'{head[:-1]}, "result": {results[0].rstrip() if results else "null"}}}'.encode()
    with database.write() as connection:
        connection.execute(update(callbacks).where(callbacks.c.job_id == job_id).values(body=body))
    return body
