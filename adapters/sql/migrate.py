"""Brings a database to the structure that this version needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, exc, func, select

from adapters.sql.engine import LOCK_NOT_HAD, answering, open_engine
from domain.errors import Unavailable

_MIGRATION = 0x0A551576
"""The key of PostgreSQL's advisory lock for migrations."""

_LOOKS_AGAIN_AFTER = 0.2


class UnknownRevision(Exception):
    """The database was brought to a revision that this version does not know: a newer one was here."""


class TablesInUse(Unavailable):
    """A migration needed a table that somebody else held for too long, such as a backup; it can be started again."""

    code = "tables_in_use"


def migrate(url: str | URL, *, tries: int | None = None) -> list[str]:
    """Apply what is not applied yet and return those revisions in their order.

    SQLite sees one transaction. On PostgreSQL each step is one, so that a running installation goes on; what was broken
    off is taken up again where it ended. `tries` is how often a step waits for its table, instead of for some minutes.

    Several processes may do it at once: one does the work, the others wait for it and find nothing to do.
    Raises `TablesInUse`, `Unavailable('store_unavailable')`.
    """
    engine = open_engine(url)
    try:
        with answering(), _locks_told(), _one_at_a_time(engine) as connection:
            return _upgraded(connection, tries)
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


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[Connection]:
    """Return the connection to migrate on when nobody else is migrating; nobody else does until the block ends."""
    if engine.dialect.name != "postgresql":
        with engine.begin() as connection:
            yield connection
        return
    # On a connection of its own, held in no transaction: an index is built only when all earlier ones have ended. For
    # the same reason one looks again and again, since a statement that waits is a transaction.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as lock:
        while not lock.scalar(select(func.pg_try_advisory_lock(_MIGRATION))):
            time.sleep(_LOOKS_AGAIN_AFTER)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            lock.execute(select(func.pg_advisory_unlock(_MIGRATION)))


@contextmanager
def _locks_told() -> Iterator[None]:
    try:
        yield
    except exc.OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in LOCK_NOT_HAD:
            raise TablesInUse from error
        raise


def _upgraded(connection: Connection, tries: int | None) -> list[str]:
    config = _config(connection)
    config.attributes["tries"] = tries
    before = _revision(connection)
    if connection.dialect.name == "postgresql":
        # What was read until here: Alembic opens transactions of its own.
        connection.rollback()
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
