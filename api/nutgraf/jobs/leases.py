"""Who works on which task, and until when: a worker that dies, or is cut off, loses its task to another.

A worker that comes back too late finds its lease gone and writes nothing: what it would write is the same, but each
request is answered once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, update

from nutgraf.jobs.database import Database
from nutgraf.jobs.store import end
from nutgraf.jobs.tables import items, jobs, now, tasks

# The status of an answer, and its content as JSON text.
Reply = tuple[int, bytes]
# A task whose message was handed out so long ago is handed out again where the queue is empty: the message is lost.
LOST_AFTER_SECONDS = 10
# So many tasks are handed out again at a time.
MOST_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Task:
    """A run of a job's requests."""

    job_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer a task; `attempts` counts how often it was taken since it last made progress."""

    task: Task
    holder: str
    attempts: int
    seconds: int


def claim(database: Database, task: Task, seconds: int) -> Lease | None:
    """A lease on the task for so many seconds; None where it is done, gone, or another worker's.

    Raises StorageUnavailableError.
    """
    holder = uuid4().hex
    free = or_(tasks.c.state == "queued", and_(tasks.c.state == "running", tasks.c.lease_until < now()))
    with database.write() as connection:
        taken = connection.execute(
            update(tasks)
            .where(_is(task), free)
            .values(state="running", holder=holder, lease_until=now() + seconds, attempts=tasks.c.attempts + 1)
            .returning(tasks.c.attempts)
        ).scalar_one_or_none()
        if taken is None:
            return None
        connection.execute(
            update(jobs).where(jobs.c.id == task.job_id, jobs.c.state == "queued").values(state="running", started_at=now())
        )
    return Lease(task, holder, taken, seconds)


def unanswered(database: Database, task: Task) -> Iterator[tuple[int, bytes]]:
    """The requests of a task that have no answer yet, by position, each read when its turn comes."""
    after = -1
    while True:
        query = (
            select(items.c.position, items.c.request)
            .join(tasks, tasks.c.job_id == items.c.job_id)
            .where(
                _is(task),
                items.c.position.between(tasks.c.first, tasks.c.first + tasks.c.size - 1),
                items.c.position > after,
                items.c.status.is_(None),
            )
            .order_by(items.c.position)
            .limit(1)
        )
        with database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return
        after = row.position
        yield row.position, bytes(row.request)


def record(database: Database, lease: Lease, replies: Sequence[tuple[int, Reply]], *, last: bool) -> bool:
    """Keeps replies by position, drops their requests and renews the lease, or ends it with the `last`.

    False where the lease was lost; nothing is kept then. Raises StorageUnavailableError.
    """
    failed = sum(status != 200 for _, (status, _) in replies)
    with database.write() as connection:
        renewed = connection.execute(
            update(tasks)
            .where(_is(lease.task), tasks.c.holder == lease.holder, tasks.c.state == "running")
            .values(
                state="done" if last else "running",
                lease_until=None if last else now() + lease.seconds,
                attempts=0 if replies else tasks.c.attempts,
                answered=tasks.c.answered + len(replies) - failed,
                failed=tasks.c.failed + failed,
            )
        )
        if not renewed.rowcount:
            return False
        if replies:
            connection.execute(
                update(items)
                .where(items.c.job_id == lease.task.job_id, items.c.position == bindparam("at"))
                .values(request=None, status=bindparam("code"), result=bindparam("content")),
                [{"at": at, "code": status, "content": content} for at, (status, content) in replies],
            )
    return True


def complete(database: Database, job_id: str) -> bool:
    """Ends the job where all its tasks are done; true for the one call that ends it. Raises StorageUnavailableError."""
    # Asked in a transaction of its own: two workers that end the last two tasks at once would not see each other's.
    with database.read() as connection:
        if connection.execute(_open_tasks(job_id).limit(1)).first():
            return False
    with database.write() as connection:
        return end(connection, job_id, "done", from_states=("running",))


def hand_out(database: Database, job_id: str) -> list[Task]:
    """The tasks of a job that nobody has begun, to be put in the queue now. Raises StorageUnavailableError."""
    with database.write() as connection:
        handed_out = connection.execute(
            update(tasks)
            .where(tasks.c.job_id == job_id, tasks.c.state == "queued")
            .values(handed_out_at=now())
            .returning(tasks.c.ordinal)
        )
        return [Task(job_id, ordinal) for ordinal in sorted(handed_out.scalars())]


def requeue_expired(database: Database, *, queue_is_empty: bool) -> list[Task]:
    """Tasks to hand out again: those whose worker is gone, and where the queue is empty those whose message is lost."""
    gone = and_(tasks.c.state == "running", tasks.c.lease_until < now())
    lost = and_(tasks.c.state == "queued", tasks.c.handed_out_at < now() - LOST_AFTER_SECONDS)
    with database.write() as connection:
        # Rows that another worker holds, perhaps on a machine that is cut off, are left to the next sweep.
        query = (
            select(tasks.c.job_id, tasks.c.ordinal)
            .where(or_(gone, lost) if queue_is_empty else gone)
            .order_by(tasks.c.ordinal)
            .limit(MOST_AT_A_TIME)
            .with_for_update(skip_locked=True)
        )
        found = [Task(row.job_id, row.ordinal) for row in connection.execute(query)]
        if found:
            connection.execute(
                update(tasks)
                .where(tasks.c.job_id == bindparam("job"), tasks.c.ordinal == bindparam("at"))
                .values(state="queued", holder=None, lease_until=None, handed_out_at=now()),
                [{"job": task.job_id, "at": task.ordinal} for task in found],
            )
    return found


def unfinished(database: Database) -> list[str]:
    """Running jobs without an open task: the worker that did the last one died before it could say so."""
    with database.read() as connection:
        query = select(jobs.c.id).where(jobs.c.state == "running", ~exists(_open_tasks(jobs.c.id).correlate(jobs)))
        return list(connection.execute(query).scalars())


def _open_tasks(job_id: object) -> Select[tuple[int]]:
    return select(tasks.c.ordinal).where(tasks.c.job_id == job_id, tasks.c.state != "done")


def _is(task: Task) -> ColumnElement[bool]:
    return and_(tasks.c.job_id == task.job_id, tasks.c.ordinal == task.ordinal)
