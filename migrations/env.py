"""What Alembic runs to reach the database: on the connection given to it, else on the one that DATABASE_URL names."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from adapters.sql.all_tables import METADATA
from adapters.sql.engine import database_address, open_engine
from adapters.sql.tables import in_common


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=in_common,
        # Batches, since SQLite can alter little of a table that stands.
        render_as_batch=True,
        # A running installation waits for no more than a step; whoever opened a transaction has it for all of them.
        transaction_per_migration=connection.dialect.name == "postgresql",
        tries=context.config.attributes.get("tries"),
    )
    with context.begin_transaction():
        context.run_migrations()


def _database_url() -> str:
    if "DATABASE_URL" not in os.environ:
        raise SystemExit("DATABASE_URL names no database")
    return os.environ["DATABASE_URL"]


if context.is_offline_mode():
    # Asked for the statements alone (`--sql`).
    dialect = database_address(_database_url()).get_backend_name()
    context.configure(dialect_name=dialect, literal_binds=True, target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()
elif "connection" in context.config.attributes:
    _run(context.config.attributes["connection"])
else:
    engine = open_engine(_database_url())
    try:
        with engine.connect() if engine.dialect.name == "postgresql" else engine.begin() as opened:
            _run(opened)
    finally:
        engine.dispose()
