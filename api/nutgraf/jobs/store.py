"""Jobs in the database: kept, looked up, read out, forgotten."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, and_, case, delete, func, insert, literal, or_, select, tuple_
from sqlalchemy.exc import IntegrityError

from nutgraf.errors import NutgrafError
from nutgraf.jobs.database import Database
from nutgraf.jobs.tables import callbacks, items, jobs, now, tasks

# The requests of a task: enough that handing it out costs little beside the work, few enough that what dies with a worker
# is done again in a moment. A small job has smaller tasks, so that several workers share it.
LARGEST_TASK = 16
TASKS_OF_A_SMALL_JOB = 16
# Rows that go to the database, and come from it, at a time.
ROWS = 50


class JobNotFoundError(NutgrafError, LookupError):
    """No job has that id: it never had, it has expired, or it was deleted."""

    problem_type = "not-found"


class IdempotencyKeyReusedError(NutgrafError):
    """An idempotency key came back with another body."""

    problem_type = "idempotency-key-reused"


class CursorError(NutgrafError, ValueError):
    """A cursor is none that a page of jobs gave."""

    problem_type = "invalid-request"
    pointer = "/cursor"


@dataclass(frozen=True, slots=True)
class NewJob:
    """What a job is beside its requests; `total` counts those, `digest` tells whether a key's second body is its first."""

    total: int
    digest: str
    expires_after: int
    owner: str | None = None
    reference: str | None = None
    callback: str | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Callback:
    """Who is told of a job's end, and how far that has come."""

    url: str
    state: str
    attempts: int
    last_error: str | None
    next_attempt_at: float | None


@dataclass(frozen=True, slots=True)
class Job:
    """How far a job is; times are seconds since 1970."""

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
        """The share of its requests that is answered."""
        total = self.queued + self.running + self.done + self.failed
        return round((self.done + self.failed) / total, 6) if total else 1.0


def keep(database: Database, new: NewJob, requests: Iterable[bytes]) -> tuple[Job, bool]:
    """The job, stored whole, and that it is new; the one that is there already where its key and body are known.

    Raises IdempotencyKeyReusedError, StorageUnavailableError.
    """
    if new.idempotency_key is not None and (known := _by_key(database, new)):
        return known, False
    job_id = uuid4().hex
    try:
        with database.write() as connection:
            _insert(connection, job_id, new, requests)
    except IntegrityError:
        # The same key came twice at once, and the other was faster.
        if known := _by_key(database, new):
            return known, False
        raise
    return find(database, job_id, new.owner), True


def find(database: Database, job_id: str, owner: str | None) -> Job:
    """The job, for its owner, or for anybody where that is None. Raises JobNotFoundError, StorageUnavailableError."""
    with database.read() as connection:
        found = _read(connection, select(jobs).where(jobs.c.id == job_id, _visible(owner)))
    if not found:
        raise JobNotFoundError("No job has this id, or it has expired.")
    return found[0]


def page(database: Database, owner: str | None, cursor: str | None, limit: int) -> tuple[list[Job], str | None]:
    """So many jobs, the newest first, and the cursor of those after them. Raises CursorError, StorageUnavailableError."""
    query = select(jobs).where(_visible(owner)).order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(limit + 1)
    if cursor is not None:
        created_at, job_id = _place(cursor)
        query = query.where(tuple_(jobs.c.created_at, jobs.c.id) < tuple_(literal(created_at), literal(job_id)))
    with database.read() as connection:
        found = _read(connection, query)
    shown = found[:limit]
    return shown, _cursor(shown[-1]) if len(found) > limit else None


def results(database: Database, job_id: str) -> Iterator[tuple[int, int, bytes]]:
    """What is answered so far: position, status and content. Read piece by piece: no transaction waits for a slow reader."""
    after = -1
    while rows := _answered(database, job_id, after):
        for position, status, result in rows:
            yield position, status, bytes(result)
        after = rows[-1].position


def forget(database: Database, job_id: str, owner: str | None) -> bool:
    """Drops a job's requests and results, and what of it is not done; whether somebody is to be told that it was canceled.

    Raises JobNotFoundError, StorageUnavailableError.
    """
    job = find(database, job_id, owner)
    tell = job.callback is not None and job.state in ("queued", "running")
    with database.write() as connection:
        # In the order in which workers lock them, so that neither waits for the other.
        for table in (tasks, items):
            connection.execute(delete(table).where(table.c.job_id == job_id))
        if tell:
            return end(connection, job_id, "canceled", from_states=("queued", "running"))
        connection.execute(delete(jobs).where(jobs.c.id == job_id))
    return False


def end(connection: Connection, job_id: str, state: str, *, from_states: Sequence[str]) -> bool:
    """Ends a job that is in one of those states, and has its callback told; whether it was."""
    ended = connection.execute(
        jobs.update()
        .where(jobs.c.id == job_id, jobs.c.state.in_(from_states))
        .values(state=state, finished_at=now(), expires_at=now() + jobs.c.expires_after)
    )
    if not ended.rowcount:
        return False
    connection.execute(callbacks.update().where(callbacks.c.job_id == job_id).values(next_attempt_at=now()))
    return True


def purge(database: Database) -> int:
    """Deletes the jobs that have expired, text and all; how many they were. Raises StorageUnavailableError."""
    with database.write() as connection:
        return connection.execute(delete(jobs).where(jobs.c.expires_at < now())).rowcount


def _insert(connection: Connection, job_id: str, new: NewJob, requests: Iterable[bytes]) -> None:
    if new.idempotency_key is not None:  # free again where its job has expired
        expired = (jobs.c.idempotency_key == new.idempotency_key, jobs.c.expires_at < now())
        connection.execute(delete(jobs).where(*expired))
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
    rows = ({"job_id": job_id, "position": at, "request": request} for at, request in enumerate(requests))
    while some := list(islice(rows, ROWS)):
        connection.execute(insert(items), some)
    created_at = connection.execute(select(jobs.c.created_at).where(jobs.c.id == job_id)).scalar_one()
    size = min(max(-(-new.total // TASKS_OF_A_SMALL_JOB), 1), LARGEST_TASK)
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
        connection.execute(insert(callbacks).values(job_id=job_id, url=new.callback, state="pending", attempts=0))


def _by_key(database: Database, new: NewJob) -> Job | None:
    with database.read() as connection:
        query = select(jobs.c.id, jobs.c.body_sha256).where(
            jobs.c.idempotency_key == new.idempotency_key, or_(jobs.c.expires_at.is_(None), jobs.c.expires_at >= now())
        )
        known = connection.execute(query).one_or_none()
    if known is None:
        return None
    if known.body_sha256 != new.digest:
        raise IdempotencyKeyReusedError("The idempotency key was used before, with another body.")
    return find(database, known.id, None)


def _visible(owner: str | None) -> Any:
    """Not expired, and the caller's own or nobody's."""
    lives = or_(jobs.c.expires_at.is_(None), jobs.c.expires_at >= now())
    return lives if owner is None else and_(lives, or_(jobs.c.owner == owner, jobs.c.owner.is_(None)))


def _answered(database: Database, job_id: str, after: int) -> Sequence[Any]:
    query = (
        select(items.c.position, items.c.status, items.c.result)
        .where(items.c.job_id == job_id, items.c.position > after, items.c.status.is_not(None))
        .order_by(items.c.position)
        .limit(ROWS)
    )
    with database.read() as connection:
        return connection.execute(query).all()


def _read(connection: Connection, query: Select[Any]) -> list[Job]:
    """The jobs that a query of their rows finds, with the counts of their tasks and their callbacks."""
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
    counted = {row.job_id: row for row in connection.execute(counts.group_by(tasks.c.job_id))}
    told = {row.job_id: row for row in connection.execute(select(callbacks).where(callbacks.c.job_id.in_(ids)))}
    return [_job(row, counted.get(row.id), told.get(row.id)) for row in rows]


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


def _place(cursor: str) -> tuple[float, str]:
    try:
        created_at, job_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
        return float(created_at), job_id
    except (ValueError, binascii.Error) as error:
        raise CursorError("It is no cursor that a page of jobs gave.") from error
