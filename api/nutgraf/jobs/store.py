"""Creates, finds, lists and deletes jobs in the database, and reads their results."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import Connection, Select, and_, case, delete, func, insert, literal, or_, select, tuple_
from sqlalchemy.exc import IntegrityError

from nutgraf.errors import NutgrafError
from nutgraf.jobs.database import Database
from nutgraf.jobs.tables import callbacks, items, jobs, now, received_calls, tasks

# The maximum number of requests of a task: enough that queueing it costs little compared with the work, and few enough that
# a task whose worker died is quickly repeated. A job of up to 256 requests has at most MAX_SMALL_JOB_TASKS tasks, so that
# several workers share it.
MAX_TASK_REQUESTS = 16
MAX_SMALL_JOB_TASKS = 16
# The number of requests or results that are written to the database, or read from it, at a time.
BATCH_ROWS = 50
MAX_HOST_CHARACTERS = 255
# A signed webhook of a CMS is remembered for this long: if it is received again after its job was deleted, it is a replay.
WEBHOOK_MEMORY_SECONDS = 400 * 24 * 3600

# Whose jobs are visible: a list of owners (`Key.owner`), in which None stands for jobs without an owner; or ALL_OWNERS.
Owners = Sequence[str | None] | None
ALL_OWNERS: Owners = None


class JobNotFoundError(NutgrafError, LookupError):
    """No job has this id: it never existed, has expired, was deleted, or belongs to another key."""

    problem_type = "not-found"


class IdempotencyKeyReusedError(NutgrafError):
    """An idempotency key was sent before with another body."""

    problem_type = "idempotency-key-reused"


class CallReplayedError(NutgrafError):
    """A signed webhook of a CMS was received before, and its job no longer exists."""

    problem_type = "call-replayed"


class CursorError(NutgrafError, ValueError):
    """A cursor is not the value of `next` of a page of jobs."""

    problem_type = "invalid-request"
    pointer = "/cursor"


@dataclass(frozen=True, slots=True)
class NewJob:
    """Everything about a new job except its requests.

    `total` is the number of requests and `expires_after` a number of seconds. `digest` is a SHA-256: that of the requests
    and their options, with which alone an idempotency key may be repeated; for a webhook, that of the key. With
    `replay_protected`, the same key cannot create another job for WEBHOOK_MEMORY_SECONDS, even if the first was deleted.
    """

    total: int
    digest: str
    expires_after: int
    owner: str | None = None
    reference: str | None = None
    callback: str | None = None
    idempotency_key: str | None = None
    replay_protected: bool = False


@dataclass(frozen=True, slots=True)
class Callback:
    """The callback of a job and its state; `next_attempt_at` is in seconds since 1970."""

    url: str
    state: str
    attempts: int
    last_error: str | None
    next_attempt_at: float | None


@dataclass(frozen=True, slots=True)
class Job:
    """A job with the numbers of its requests by state: `queued`, `running`, `done` and `failed`.

    Times are in seconds since 1970 by the database's clock; a time that has not come yet is None.
    """

    id: str
    reference: str | None
    state: str
    queued: int
    running: int
    done: int
    failed: int
    created_at: float
    started_at: float | None
    finished_at: float | None
    expires_at: float | None
    callback: Callback | None

    @property
    def progress(self) -> float:
        """The share of requests with an answer or a problem, from 0 to 1; 1 for a canceled job."""
        total = self.queued + self.running + self.done + self.failed
        return round((self.done + self.failed) / total, 6) if total else 1.0


def create_or_find(database: Database, new: NewJob, requests: Iterable[bytes]) -> tuple[Job, bool]:
    """Stores a job in one transaction and returns it and whether it is new.

    A job with the same idempotency key is returned instead, and is not new.

    Raises IdempotencyKeyReusedError if the key was used with another body, CallReplayedError if the job is
    `replay_protected` and was deleted or has expired, and StorageUnavailableError.
    """
    if new.idempotency_key is not None and (existing := _by_idempotency_key(database, new)):
        return existing, False
    job_id = uuid4().hex
    try:
        with database.write() as connection:
            _insert(connection, job_id, new, requests)
    except IntegrityError:
        # Another request with the same key was stored at the same time.
        if existing := _by_idempotency_key(database, new):
            return existing, False
        if new.replay_protected:
            raise CallReplayedError("The same version of this story was received before; its job was deleted.") from None
        raise
    return find(database, job_id, ALL_OWNERS), True


def find(database: Database, job_id: str, owners: Owners) -> Job:
    """Returns a job that belongs to one of `owners`. Raises JobNotFoundError and StorageUnavailableError."""
    with database.read() as connection:
        query = select(jobs).where(jobs.c.id == job_id, _visible(owners))
        # Ids are ASCII letters and digits. Postgres refuses U+0000.
        matches = _read(connection, query) if job_id.isalnum() and job_id.isascii() else []
    if not matches:
        raise JobNotFoundError("No job has this id, or it has expired.")
    return matches[0]


def list_jobs(database: Database, owners: Owners, cursor: str | None, limit: int) -> tuple[list[Job], str | None]:
    """Returns up to `limit` jobs of `owners`, the newest first, and the cursor of the next page, None on the last page.

    Raises CursorError and StorageUnavailableError.
    """
    query = select(jobs).where(_visible(owners)).order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(limit + 1)
    if cursor is not None:
        created_at, job_id = _parse_cursor(cursor)
        query = query.where(tuple_(jobs.c.created_at, jobs.c.id) < tuple_(literal(created_at), literal(job_id)))
    with database.read() as connection:
        rows = _read(connection, query)
    shown = rows[:limit]
    return shown, _cursor(shown[-1]) if len(rows) > limit else None


def results(database: Database, job_id: str) -> Iterator[tuple[int, int, bytes]]:
    """Yields position, HTTP status, and the answer or problem as JSON text (UTF-8), of each request answered so far.

    Rows are read in batches, so that no transaction stays open while a client reads slowly. Raises StorageUnavailableError.
    """
    last_position = -1
    while rows := _read_answered(database, job_id, last_position):
        for position, status, result in rows:
            yield position, status, bytes(result)
        last_position = rows[-1].position


def delete_job(database: Database, job_id: str, owners: Owners) -> bool:
    """Deletes a job of one of `owners` with its requests and results.

    Returns True if the job was canceled and its callback is still to be sent. Then the row of the job is kept until it
    expires; its requests and results are deleted at once. Raises JobNotFoundError and StorageUnavailableError.
    """
    job = find(database, job_id, owners)
    has_callback_to_send = job.callback is not None and job.state in ("queued", "running")
    with database.write() as connection:
        # In the order in which workers lock the tables, to avoid deadlocks.
        for table in (tasks, items):
            connection.execute(delete(table).where(table.c.job_id == job_id))
        if has_callback_to_send:
            return end_job(connection, job_id, "canceled", from_states=("queued", "running"))
        connection.execute(delete(jobs).where(jobs.c.id == job_id))
    return False


def end_job(connection: Connection, job_id: str, state: str, *, from_states: Sequence[str]) -> bool:
    """Ends a job that is in one of `from_states` and schedules its callback. Returns whether the job was in such a state."""
    ended = connection.execute(
        jobs.update()
        .where(jobs.c.id == job_id, jobs.c.state.in_(from_states))
        .values(state=state, finished_at=now(), expires_at=now() + jobs.c.expires_after)
    )
    if not ended.rowcount:
        return False
    connection.execute(callbacks.update().where(callbacks.c.job_id == job_id).values(next_attempt_at=now()))
    return True


def delete_expired_jobs(database: Database) -> int:
    """Deletes expired jobs with all their text and returns their number. Raises StorageUnavailableError."""
    with database.write() as connection:
        return connection.execute(delete(jobs).where(jobs.c.expires_at < now())).rowcount


def _insert(connection: Connection, job_id: str, new: NewJob, requests: Iterable[bytes]) -> None:
    if new.idempotency_key is not None:  # the key of an expired job can be used again
        expired = (jobs.c.idempotency_key == new.idempotency_key, jobs.c.expires_at < now())
        connection.execute(delete(jobs).where(*expired))
    if new.replay_protected:
        connection.execute(delete(received_calls).where(received_calls.c.received_at < now() - WEBHOOK_MEMORY_SECONDS))
        connection.execute(insert(received_calls).values(id=new.idempotency_key, received_at=now()))
    connection.execute(
        insert(jobs).values(
            id=job_id,
            owner=new.owner,
            reference=new.reference,
            state="queued",
            total=new.total,
            created_at=now(),
            expires_after=new.expires_after,
            idempotency_key=new.idempotency_key,
            body_sha256=new.digest,
        )
    )
    rows = ({"job_id": job_id, "position": position, "request": request} for position, request in enumerate(requests))
    while batch := list(islice(rows, BATCH_ROWS)):
        connection.execute(insert(items), batch)
    created_at = connection.execute(select(jobs.c.created_at).where(jobs.c.id == job_id)).scalar_one()
    size = min(max(-(-new.total // MAX_SMALL_JOB_TASKS), 1), MAX_TASK_REQUESTS)
    connection.execute(
        insert(tasks),
        [
            {
                "job_id": job_id,
                "ordinal": ordinal,
                "first": first,
                "size": min(size, new.total - first),
                "state": "queued",
                "handed_out_at": created_at,
                "answered": 0,
                "failed": 0,
                "attempts": 0,
            }
            for ordinal, first in enumerate(range(0, new.total, size))
        ],
    )
    if new.callback:
        connection.execute(
            insert(callbacks).values(job_id=job_id, url=new.callback, host=_host(new.callback), state="pending", attempts=0)
        )


def _host(url: str) -> str:
    """The host of a URL in lower case."""
    return (urlsplit(url).hostname or "").rstrip(".")[:MAX_HOST_CHARACTERS]


def _by_idempotency_key(database: Database, new: NewJob) -> Job | None:
    with database.read() as connection:
        query = select(jobs.c.id, jobs.c.body_sha256).where(
            jobs.c.idempotency_key == new.idempotency_key, or_(jobs.c.expires_at.is_(None), jobs.c.expires_at >= now())
        )
        existing = connection.execute(query).one_or_none()
    if existing is None:
        return None
    if existing.body_sha256 != new.digest:
        raise IdempotencyKeyReusedError("The idempotency key was used before with another body.")
    return find(database, existing.id, ALL_OWNERS)


def _visible(owners: Owners) -> Any:
    """The condition for jobs that have not expired and that belong to one of `owners`."""
    current = or_(jobs.c.expires_at.is_(None), jobs.c.expires_at >= now())
    if owners is None:  # ALL_OWNERS
        return current
    named = jobs.c.owner.in_([owner for owner in owners if owner is not None])
    return and_(current, or_(named, jobs.c.owner.is_(None)) if None in owners else named)


def _read_answered(database: Database, job_id: str, last_position: int) -> Sequence[Any]:
    query = (
        select(items.c.position, items.c.status, items.c.result)
        .where(items.c.job_id == job_id, items.c.position > last_position, items.c.status.is_not(None))
        .order_by(items.c.position)
        .limit(BATCH_ROWS)
    )
    with database.read() as connection:
        return connection.execute(query).all()


def _read(connection: Connection, query: Select[Any]) -> list[Job]:
    """Runs a query on the table `jobs` and returns the jobs, each with its callback and its numbers of requests by state."""
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    unanswered = tasks.c.size - tasks.c.answered - tasks.c.failed
    counts = select(
        tasks.c.job_id,
        func.sum(tasks.c.answered).label("done"),
        func.sum(tasks.c.failed).label("failed"),
        func.sum(case((tasks.c.state == "running", unanswered), else_=0)).label("running"),
        func.sum(case((tasks.c.state == "queued", unanswered), else_=0)).label("queued"),
    ).where(tasks.c.job_id.in_(ids))
    counts_by_job = {row.job_id: row for row in connection.execute(counts.group_by(tasks.c.job_id))}
    callbacks_by_job = {row.job_id: row for row in connection.execute(select(callbacks).where(callbacks.c.job_id.in_(ids)))}
    return [_job(row, counts_by_job.get(row.id), callbacks_by_job.get(row.id)) for row in rows]


def _job(row: Any, counts: Any, callback: Any) -> Job:
    return Job(
        id=row.id,
        reference=row.reference,
        state=row.state,
        queued=counts.queued if counts else 0,
        running=counts.running if counts else 0,
        done=counts.done if counts else 0,
        failed=counts.failed if counts else 0,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        callback=callback
        and Callback(callback.url, callback.state, callback.attempts, callback.last_error, callback.next_attempt_at),
    )


def _cursor(job: Job) -> str:
    return base64.urlsafe_b64encode(f"{job.created_at!r} {job.id}".encode()).decode().rstrip("=")


def _parse_cursor(cursor: str) -> tuple[float, str]:
    try:
        created_at, job_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        if job_id.isalnum() and job_id.isascii():
            return float(created_at), job_id
    except (ValueError, binascii.Error):
        pass
    raise CursorError("Must be the value of `next` from a previous page of jobs.")
