"""Runs migrations on the connection that `database.py` provides, inside its transaction."""

from alembic import context

from nutgraf.jobs.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # huey has its own tables in the same database.
    include_name=lambda name, kind, parents: kind != "table" or name in metadata.tables,
)
with context.begin_transaction():
    context.run_migrations()
