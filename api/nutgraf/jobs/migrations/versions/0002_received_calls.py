"""Creates the table of signed calls, and adds the hosts of callbacks."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "received_calls",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("received_at", sa.Float(53), nullable=False),
    )
    op.create_index("received_calls_by_time", "received_calls", ["received_at"])
    op.add_column("job_callbacks", sa.Column("host", sa.String(255), nullable=False, server_default=""))
    callbacks = sa.table("job_callbacks", sa.column("job_id"), sa.column("url"), sa.column("host"))
    connection = op.get_bind()
    for job_id, url in connection.execute(sa.select(callbacks.c.job_id, callbacks.c.url)).all():
        host = (urlsplit(url).hostname or "")[:255]
        connection.execute(sa.update(callbacks).where(callbacks.c.job_id == job_id).values(host=host))


def downgrade() -> None:
    op.drop_column("job_callbacks", "host")
    op.drop_table("received_calls")
