"""How a database is opened."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, exc, make_url

from domain.errors import Unavailable

log = logging.getLogger(__name__)

THREADS = 32
"""How many threads of one process may be inside a transaction at once."""

PATIENCE = 30
"""Seconds a transaction waits for another one, or a thread for a connection."""

_OPENING_TRIES, _OPENING_PAUSE = 50, 0.1

LOCK_NOT_HAD = ("55P03", "40P01")
"""PostgreSQL's codes for a lock that was not had in time, or was given up to end a deadlock."""

_UNDEFINED = ("42P01", "42703")
"""PostgreSQL's codes for a table or a column that is not there."""

_CUT_OFF = ("25P03", "25006")
"""Its codes for a transaction that stood still for too long, and for a server that only reads since another took over.

The driver takes them for errors of ours.
"""


def open_engine(url: str | URL, *, connections: int = THREADS, patience: float = PATIENCE) -> Engine:
    """Return the engine of a SQLite file (`sqlite:///…`) or of PostgreSQL (`postgresql://…`); it connects when used.

    At most that many connections are open at once. `patience` is how many seconds a transaction waits for another
    one, or a thread for a connection.
    """
    address = database_address(url)
    options: dict[str, Any] = {
        # What people wrote must not stand in a log.
        "hide_parameters": True,
        "json_serializer": _to_json,
        "pool_size": connections,
        "max_overflow": 0,
        "pool_timeout": patience,
    }
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, patience, options)
    settings = _postgresql_settings(address, patience)
    engine = create_engine(address, connect_args=settings, pool_pre_ping=True, **options)
    event.listen(engine, "handle_error", _let_go)
    return engine


def check_url(url: str) -> None:
    """Raise `ValueError` when no database can be opened by this URL. Its text keeps the URL, with its password, out."""
    try:
        backend = database_address(url).get_backend_name()
    except exc.ArgumentError:
        raise ValueError("not a database URL such as postgresql://user:password@host/name.") from None
    if backend not in ("sqlite", "postgresql"):
        raise ValueError("only postgresql:// and sqlite:/// are known.")
    if backend == "postgresql" and find_spec("psycopg") is None:
        raise ValueError("PostgreSQL needs the driver psycopg, which is not installed.")


def sqlite_url(path: Path) -> URL:
    """Return the URL of a SQLite file, whatever signs stand in its path: as a text it might not survive them."""
    return URL.create("sqlite", database=str(path))


def database_address(url: str | URL) -> URL:
    """Return the URL with our driver for PostgreSQL in it, however the database is called there."""
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    return address


@contextmanager
def answering() -> Iterator[None]:
    """Raise `Unavailable('store_unavailable')` when the database does not answer."""
    try:
        yield
    # Down, cut off, too slow, out of connections, chosen to end a deadlock: all of it may heal.
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        log.warning("the database does not answer: %s", getattr(error, "orig", error))
        raise Unavailable("store_unavailable") from error
    except exc.DatabaseError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state in _UNDEFINED:
            log.error("the database lacks tables or columns, its migrations are missing: %s", error.orig)
            raise Unavailable("store_unavailable") from error
        # Its subclasses are faults of ours; the plain one says that the file is no database.
        if type(error) is exc.DatabaseError or state in _CUT_OFF:
            log.warning("the database cannot be used: %s", error.orig)
            raise Unavailable("store_unavailable") from error
        raise


def _postgresql_settings(address: URL, patience: float) -> dict[str, Any]:
    """Return what a connection is opened with, by libpq's names; what the URL says counts more."""
    settings = {
        "application_name": "job-assistant",
        "connect_timeout": 5,
        # A server that vanished without a word is noticed: by what it was sent (milliseconds), or by its silence.
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    server = {
        "lock_timeout": f"{round(patience * 1_000)}",
        # Whoever vanished without a word, or stands still inside a transaction, gives back what it holds.
        "idle_in_transaction_session_timeout": "30s",
        "tcp_keepalives_idle": 10,
        "tcp_keepalives_interval": 5,
        "tcp_keepalives_count": 3,
    }
    given = address.query.get("options", ())
    # Of two values for one setting the later counts.
    options = [
        *(f"-c {name}={value}" for name, value in server.items()),
        *([given] if isinstance(given, str) else given),
    ]
    ours = {name: value for name, value in settings.items() if name not in address.query}
    return {**ours, "options": " ".join(options)}


def _let_go(context: ExceptionContext) -> None:
    """Have connections opened anew that are of no more use, where the driver does not see it."""
    if getattr(context.original_exception, "sqlstate", None) in _CUT_OFF:
        context.is_disconnect = True


def _sqlite(url: URL, patience: float, options: Mapping[str, Any]) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def forget_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, in which what was just deleted can still be read. Other databases: nothing."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        raw.close()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own idea of when a transaction begins is switched off: `_begin` says it.
    connection.isolation_level = None
    _write_ahead(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    # What an erased person leaves behind in the file is overwritten.
    connection.execute("PRAGMA secure_delete = ON")
    # An accepted upload survives the loss of power, too.
    connection.execute("PRAGMA synchronous = FULL")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Changing the mode needs the file alone and, unlike other statements, does not wait for it.
    for _ in range(_OPENING_TRIES):
        if _writes_ahead(connection):
            return
        time.sleep(_OPENING_PAUSE)
    raise sqlite3.OperationalError("database is locked")


def _writes_ahead(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    return True


def _begin(connection: Connection) -> None:
    # A transaction that began by reading could not wait for its turn to write: SQLite would refuse it at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
