"""The tables of jobs. Times are seconds since 1970 by the database's clock, because the clocks of machines can differ."""

from typing import Any

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

metadata = MetaData()


def _job_id(**options: Any) -> Column[str]:
    return Column("job_id", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True, **options)


jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(200)),  # id of the API key that created it; null without keys, and for webhooks of a CMS
    Column("reference", String(200)),  # the caller's name for it, such as the id of a story
    Column("state", String(10), nullable=False),  # queued | running | done | canceled
    Column("total", Integer, nullable=False),
    Column("created_at", Float(53), nullable=False),
    Column("started_at", Float(53)),
    Column("finished_at", Float(53)),
    Column("expires_after", Integer, nullable=False),  # seconds after it has ended
    Column("expires_at", Float(53)),
    Column("idempotency_key", String(600), unique=True),
    Column("body_sha256", String(64), nullable=False),
    Index("jobs_by_age", "created_at", "id"),
    Index("jobs_by_expiry", "expires_at"),
)

# Consecutive requests of a job that one worker answers under one lease.
tasks = Table(
    "job_tasks",
    metadata,
    _job_id(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # queued | running | done
    Column("answered", Integer, nullable=False, default=0),  # without a problem; those with one are in `failed`
    Column("failed", Integer, nullable=False, default=0),
    Column("handed_out_at", Float(53), nullable=False),  # last put into the queue; a lost message is repeated
    Column("holder", String(32)),
    Column("lease_until", Float(53)),
    Column("attempts", Integer, nullable=False, default=0),  # claims since its last progress
    Index("job_tasks_by_state", "state", "lease_until"),
)

# Requests and results are bytes, so that any text is stored unchanged, including U+0000, which Postgres' text type refuses.
items = Table(
    "job_items",
    metadata,
    _job_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("request", LargeBinary),  # null once it is answered
    Column("status", SmallInteger),
    Column("result", LargeBinary),
)

callbacks = Table(
    "job_callbacks",
    metadata,
    _job_id(),
    Column("url", Text, nullable=False),
    Column("host", String(255), nullable=False),  # of the url, so that no host delays the callbacks of another one
    Column("state", String(10), nullable=False),  # pending | delivered | failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text),
    Column("next_attempt_at", Float(53)),  # null until the job is done
    Column("body", LargeBinary),  # created once, so that all attempts send the same body
    Index("job_callbacks_by_time", "state", "next_attempt_at"),
)


# Signed calls of a CMS, by their idempotency keys, so that a replay is known after its job was deleted.
received_calls = Table(
    "received_calls",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("received_at", Float(53), nullable=False),
    Index("received_calls_by_time", "received_at"),
)


class now(FunctionElement[float]):
    """An SQL function: the time of the database's clock, in seconds since 1970."""

    type = Float(53)
    inherit_cache = True


@compiles(now, "postgresql")
def _now_of_postgres(element: now, compiler: Any, **options: Any) -> str:
    return "extract(epoch from clock_timestamp())"


@compiles(now, "sqlite")
def _now_of_sqlite(element: now, compiler: Any, **options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"
