"""Callbacks: signed webhooks that announce the end of a job.

A callback is repeated with the same body until the receiver accepts it or answers 410, at most ten times in about 16 hours.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, literal, select, update

from nutgraf.jobs import store
from nutgraf.jobs.callback_client import CallbackClient, DeliveryError
from nutgraf.jobs.database import Database
from nutgraf.jobs.job_json import job_as_dict
from nutgraf.jobs.tables import callbacks, jobs, now

# Seconds between attempts: in all more than a night, because a broken receiver may be repaired only in the morning.
PAUSE_SECONDS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)

# How many callbacks one machine sends to a host at the same time: a slow receiver delays only its own callbacks.
MAX_CALLS_PER_HOST = 2

# A function that returns a result, given as index, status and content, as one NDJSON line.
ResultLine = Callable[[int, int, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to make one delivery attempt for a job; `number` counts from 1."""

    job_id: str
    url: str
    host: str
    number: int


def claim(database: Database, limit: int, active_calls: Mapping[str, int] | None = None) -> list[Attempt]:
    """Claims up to `limit` due attempts, so that no other process makes them. Raises StorageUnavailableError.

    `active_calls` are the numbers of calls that this process makes now, by host; together with them, no host gets more than
    MAX_CALLS_PER_HOST. The next attempt is scheduled before this one is made. If this process dies, another one retries.
    """
    due = (callbacks.c.state == "pending", callbacks.c.next_attempt_at <= now())
    with database.read() as connection:  # usually no attempt is due, and a read is cheaper than a write
        if not connection.execute(select(callbacks.c.job_id).where(*due).limit(1)).first():
            return []
        place = func.row_number().over(partition_by=callbacks.c.host, order_by=callbacks.c.next_attempt_at)
        ranked = select(callbacks.c.job_id, callbacks.c.host, callbacks.c.next_attempt_at, place.label("place"))
        first = ranked.where(*due).subquery()
        busy = case(active_calls, value=first.c.host, else_=0) if active_calls else literal(0)
        free = select(first.c.job_id).where(first.c.place + busy <= MAX_CALLS_PER_HOST)
        job_ids = connection.execute(free.order_by(first.c.next_attempt_at).limit(limit)).scalars().all()
    query = select(callbacks).where(callbacks.c.job_id.in_(job_ids), *due).order_by(callbacks.c.next_attempt_at)
    with database.write() as connection:
        rows = connection.execute(query.with_for_update(skip_locked=True)).all()
        for row in rows:
            pause = PAUSE_SECONDS[min(row.attempts, len(PAUSE_SECONDS) - 1)]
            connection.execute(
                update(callbacks)
                .where(callbacks.c.job_id == row.job_id)
                .values(attempts=row.attempts + 1, next_attempt_at=now() + pause)
            )
    return [Attempt(row.job_id, row.url, row.host, row.attempts + 1) for row in rows]


def deliver(database: Database, attempt: Attempt, callback_client: CallbackClient, result_line: ResultLine) -> None:
    """Sends the callback of an attempt once and stores the outcome: delivered, failed, or pending with the last error.

    It does nothing if the job was deleted. `result_line` formats the result; it is used only for jobs with one
    request. Raises StorageUnavailableError.
    """
    try:
        callback_client.send(attempt.url, f"job_{attempt.job_id}", _body(database, attempt.job_id, result_line))
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
    """The body of the callback: created for the first attempt and stored for the others.

    If the job has only one request, the body contains its result.
    """
    with database.read() as connection:
        query = select(callbacks.c.body, jobs.c.total).join(jobs).where(callbacks.c.job_id == job_id)
        row = connection.execute(query).one_or_none()
    if row is None:
        raise store.JobNotFoundError(job_id)
    if row.body is not None:
        return bytes(row.body)
    job = store.find(database, job_id, store.ALL_OWNERS)
    job_fields = {name: value for name, value in job_as_dict(job).items() if name != "callback"}
    results = [result_line(*result).decode() for result in store.results(database, job_id)] if row.total == 1 else []
    head = json.dumps(
        {"type": f"job.{job.state}", "timestamp": job_fields["finished_at"], "data": job_fields}, ensure_ascii=False
    )
    # Inserts the result before the closing brace, unchanged: byte for byte the answer of a synchronous request.
    body = f'{head[:-1]}, "result": {results[0].rstrip() if results else "null"}}}'.encode()
    with database.write() as connection:
        connection.execute(update(callbacks).where(callbacks.c.job_id == job_id).values(body=body))
    return body
