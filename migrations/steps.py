"""Steps of a migration that a running installation hardly feels: each a transaction of its own, free to be repeated."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from adapters.sql.engine import LOCK_NOT_HAD

# Whoever comes waits behind us while we wait for a table, so that we give up soon, and try again.
_TABLE_SECONDS, _TABLE_TRIES, _PAUSE = 2, 30, 1.0
# An index is built beside reads and writes: nobody waits while it waits for transactions that began before it.
_INDEX_SECONDS, _INDEX_TRIES = 600, 3

_HALF_BUILT = sa.text("SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid")


def alone(statement: str) -> None:
    """Execute a statement that has its table for itself, which must take but a moment. Inside an `autocommit_block`."""
    _patiently(lambda: op.execute(statement), seconds=_TABLE_SECONDS, tries=_TABLE_TRIES)


def build_index(name: str, table: str, columns: list[Any], **options: Any) -> None:
    """Build an index while the table is in use, unless it stands. Inside an `autocommit_block`."""

    def build() -> None:
        if _half_built(name):
            op.drop_index(name, table, postgresql_concurrently=True, if_exists=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, if_not_exists=True, **options)

    _patiently(build, seconds=_INDEX_SECONDS, tries=_INDEX_TRIES)


def _half_built(name: str) -> bool:
    """Return whether an earlier try was broken off: the index stands in the way, and serves nobody."""
    if op.get_context().as_sql:
        return False
    return op.get_bind().scalar(_HALF_BUILT, {"name": name}) is not None


def _patiently(step: Callable[[], None], *, seconds: int, tries: int) -> None:
    """Take the step, waiting so long for each lock; as often as that, until every lock was had."""
    op.execute(f"SET lock_timeout = '{seconds}s'")
    # Fewer where a test cannot wait.
    left = op.get_context().opts.get("tries") or tries
    while not _taken(step, last=left == 1):
        left -= 1
        time.sleep(_PAUSE)
    op.execute("RESET lock_timeout")


def _taken(step: Callable[[], None], *, last: bool) -> bool:
    """Return whether the step was taken; where it was the last try, the error is raised."""
    try:
        step()
    except sa.exc.OperationalError as error:
        if last or getattr(error.orig, "sqlstate", None) not in LOCK_NOT_HAD:
            raise
        return False
    return True
