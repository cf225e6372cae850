"""Brings a database to the structure that this version needs."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, func, select

from adapters.sql.engine import answering, open_engine

_MIGRATION = 0x0A551576
"""The key of PostgreSQL's advisory lock for migrations."""


class UnknownRevision(Exception):
    """The database was brought to a revision that this version does not know: a newer one was here."""


def migrate(url: str | URL) -> list[str]:
    """Apply what is not applied yet, in one transaction, and return those revisions in their order.

    Several processes may do it at once: one does the work, the others wait for it and find nothing to do.
    Raises `Unavailable('store_unavailable')`.
    """
    engine = open_engine(url)
    try:
        with answering(), engine.begin() as connection:
            return _upgraded(connection)
    finally:
        engine.dispose()


def pending(url: str | URL) -> list[str]:
    """Return the revisions that the database lacks, in their order. Raises `Unavailable('store_unavailable')`."""
    engine = open_engine(url)
    try:
        with answering(), engine.connect() as connection:
            return _steps(_config(connection), "head", _revision(connection))
    finally:
        engine.dispose()


def _upgraded(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        # Whoever migrates at this moment may need longer than a transaction waits for another.
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
        connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")
    config = _config(connection)
    before = _revision(connection)
    command.upgrade(config, "head")
    return _steps(config, _revision(connection), before)


def _config(connection: Connection) -> Config:
    """Return Alembic's configuration for the connection; raise `UnknownRevision`."""
    config = Config()
    # The percent sign of a path would begin a substitution.
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        ScriptDirectory.from_config(config).get_revision(_revision(connection) or "base")
    except CommandError:
        raise UnknownRevision(_revision(connection)) from None
    return config


def _steps(config: Config, upper: str | None, lower: str | None) -> list[str]:
    steps = ScriptDirectory.from_config(config).iterate_revisions(upper, lower)
    return [step.revision for step in steps][::-1]


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
