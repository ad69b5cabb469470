"""Callbacks: signed webhooks that announce the end of a job, repeated over hours with the same body until accepted."""

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

# Seconds between attempts. Together they last a night, because a broken receiver may be repaired only in the morning.
PAUSE_SECONDS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)

# A function that writes index, status and content of a result as a line of NDJSON.
ResultLine = Callable[[int, int, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to make one delivery attempt for a job; `number` counts from 1."""

    job_id: str
    url: str
    number: int


def claim(database: Database, limit: int) -> list[Attempt]:
    """Claims up to `limit` due attempts, so that no other process makes them. Raises StorageUnavailableError.

    The next attempt is scheduled already now, in case this process dies.
    """
    due = (callbacks.c.state == "pending", callbacks.c.next_attempt_at <= now())
    query = select(callbacks).where(*due).order_by(callbacks.c.next_attempt_at).limit(limit)
    with database.read() as connection:  # usually no attempt is due, and a read is cheaper than a write
        if not connection.execute(query.limit(1)).first():
            return []
    with database.write() as connection:
        rows = connection.execute(query.with_for_update(skip_locked=True)).all()
        for row in rows:
            pause = PAUSE_SECONDS[min(row.attempts, len(PAUSE_SECONDS) - 1)]
            connection.execute(
                update(callbacks)
                .where(callbacks.c.job_id == row.job_id)
                .values(attempts=row.attempts + 1, next_attempt_at=now() + pause)
            )
    return [Attempt(row.job_id, row.url, row.attempts + 1) for row in rows]


def deliver(database: Database, attempt: Attempt, sender: Sender, result_line: ResultLine) -> None:
    """Sends the webhook of an attempt once and stores the outcome: delivered, failed, or pending with the last error.

    It does nothing if the job was deleted. `result_line` writes the result that the body contains. Raises
    StorageUnavailableError.
    """
    try:
        sender.send(attempt.url, f"job_{attempt.job_id}", _body(database, attempt.job_id, result_line))
    except store.JobNotFoundError:
        return
    except DeliveryError as error:
        is_final = error.final or attempt.number > len(PAUSE_SECONDS)
        outcome: dict[str, Any] = {"last_error": str(error)}
        if is_final:
            outcome |= {"state": "failed", "next_attempt_at": None, "body": None}
    else:
        outcome = {"state": "delivered", "last_error": None, "next_attempt_at": None, "body": None}
    with database.write() as connection:
        connection.execute(update(callbacks).where(callbacks.c.job_id == attempt.job_id).values(**outcome))


def _body(database: Database, job_id: str, result_line: ResultLine) -> bytes:
    """The body of the webhook: created for the first attempt and stored for the others.

    If the job has only one request, the body contains its result.
    """
    with database.read() as connection:
        query = select(callbacks.c.body, jobs.c.total).join(jobs).where(callbacks.c.job_id == job_id)
        row = connection.execute(query).one_or_none()
    if row is None:
        raise store.JobNotFoundError(job_id)
    if row.body is not None:
        return bytes(row.body)
    job = store.find(database, job_id, None)
    job_fields = {name: value for name, value in job_view(job).items() if name != "callback"}
    results = [result_line(*result).decode() for result in store.results(database, job_id)] if row.total == 1 else []
    head = json.dumps(
        {"type": f"job.{job.state}", "timestamp": job_fields["finished_at"], "data": job_fields}, ensure_ascii=False
    )
    # The result is inserted unchanged: byte for byte the answer of a synchronous request.
    body = f'{head[:-1]}, "result": {results[0].rstrip() if results else "null"}}}'.encode()
    with database.write() as connection:
        connection.execute(update(callbacks).where(callbacks.c.job_id == job_id).values(body=body))
    return body
