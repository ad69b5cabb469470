"""The jobs' tables. Times are seconds since 1970 by the database's clock, so that machines need not agree on theirs."""

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


def _job_id(**more: Any) -> Column[str]:
    return Column("job_id", String(32), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True, **more)


jobs = Table(
    "jobs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(200)),  # the name of the key that made it; null where there are no keys, and for hooks
    Column("reference", String(200)),  # the caller's own name for it, such as a story's id
    Column("state", String(10), nullable=False),  # queued | running | done | canceled
    Column("total", Integer, nullable=False),
    Column("created_at", Float(53), nullable=False),
    Column("started_at", Float(53)),
    Column("finished_at", Float(53)),
    Column("expires_after", Integer, nullable=False),  # seconds from the end of the work
    Column("expires_at", Float(53)),
    Column("idempotency_key", String(600), unique=True),
    Column("body_sha256", String(64), nullable=False),
    Index("jobs_by_age", "created_at", "id"),
    Index("jobs_by_expiry", "expires_at"),
)

# A run of a job's requests that one worker answers under one lease.
tasks = Table(
    "job_tasks",
    metadata,
    _job_id(),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # queued | running | done
    Column("answered", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
    Column("handed_out_at", Float(53), nullable=False),
    Column("holder", String(32)),
    Column("lease_until", Float(53)),
    Column("attempts", Integer, nullable=False, default=0),  # since its last progress
    Index("job_tasks_by_state", "state", "lease_until"),
)

# Requests and results are bytes: any text that a request accepts survives, U+0000 too.
items = Table(
    "job_items",
    metadata,
    _job_id(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("request", LargeBinary),  # null as soon as it is answered
    Column("status", SmallInteger),
    Column("result", LargeBinary),
)

callbacks = Table(
    "job_callbacks",
    metadata,
    _job_id(),
    Column("url", Text, nullable=False),
    Column("state", String(10), nullable=False),  # pending | delivered | failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", Text),
    Column("next_attempt_at", Float(53)),  # null until the job is done
    Column("body", LargeBinary),  # made once, so that every attempt says the same
    Index("job_callbacks_by_time", "state", "next_attempt_at"),
)


class now(FunctionElement[float]):
    """The database's clock."""

    type = Float(53)
    inherit_cache = True


@compiles(now, "postgresql")
def _now_of_postgres(element: now, compiler: Any, **options: Any) -> str:
    return "extract(epoch from clock_timestamp())"


@compiles(now, "sqlite")
def _now_of_sqlite(element: now, compiler: Any, **options: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"
