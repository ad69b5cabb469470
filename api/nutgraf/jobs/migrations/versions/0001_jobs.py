"""Creates the tables of jobs, tasks, requests with their results, and callbacks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _job_id() -> sa.Column[str]:
    return sa.Column("job_id", sa.String(32), sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(200)),
        sa.Column("reference", sa.String(200)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("created_at", sa.Float(53), nullable=False),
        sa.Column("started_at", sa.Float(53)),
        sa.Column("finished_at", sa.Float(53)),
        sa.Column("expires_after", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Float(53)),
        sa.Column("idempotency_key", sa.String(600), unique=True),
        sa.Column("body_sha256", sa.String(64), nullable=False),
    )
    op.create_index("jobs_by_age", "jobs", ["created_at", "id"])
    op.create_index("jobs_by_expiry", "jobs", ["expires_at"])
    op.create_table(
        "job_tasks",
        _job_id(),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("handed_out_at", sa.Float(53), nullable=False),
        sa.Column("holder", sa.String(32)),
        sa.Column("lease_until", sa.Float(53)),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_index("job_tasks_by_state", "job_tasks", ["state", "lease_until"])
    op.create_table(
        "job_items",
        _job_id(),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("request", sa.LargeBinary),
        sa.Column("status", sa.SmallInteger),
        sa.Column("result", sa.LargeBinary),
    )
    op.create_table(
        "job_callbacks",
        _job_id(),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("next_attempt_at", sa.Float(53)),
        sa.Column("body", sa.LargeBinary),
    )
    op.create_index("job_callbacks_by_time", "job_callbacks", ["state", "next_attempt_at"])


def downgrade() -> None:
    for name in ("job_callbacks", "job_items", "job_tasks", "jobs"):
        op.drop_table(name)
