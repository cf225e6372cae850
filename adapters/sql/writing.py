"""Statements that differ between databases, and what their refusals mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from domain.errors import NotFound

_SWEEP = 0x0A551575
"""The key of PostgreSQL's advisory lock for the periodic work: any number nobody else uses."""

_FOREIGN_KEY_VIOLATION = "23503"


@cache
def upsert(table: Table, dialect: str) -> Insert:
    """Return the statement that inserts a row or, where its key is known, replaces all the values that are given."""
    insert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    key = [column.name for column in table.primary_key]
    # A column with a default of the server's (a counter) is never written from outside.
    rest = [column.name for column in table.columns if column.name not in key and column.server_default is None]
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in rest})


def hold_sweep(connection: Connection) -> bool:
    """Take the lock of the periodic work until the transaction ends, or return False."""
    if connection.dialect.name != "postgresql":
        # SQLite lets one transaction in at a time: whoever is in is alone.
        return True
    return bool(connection.scalar(select(func.pg_try_advisory_xact_lock(_SWEEP))))


@contextmanager
def owner_known(code: str) -> Iterator[None]:
    """Raise `NotFound(code)` when a row is refused because what it belongs to is gone."""
    try:
        yield
    except IntegrityError as error:
        missing = getattr(error.orig, "sqlstate", None) == _FOREIGN_KEY_VIOLATION
        if missing or "FOREIGN KEY constraint failed" in str(error.orig):
            raise NotFound(code) from error
        raise
