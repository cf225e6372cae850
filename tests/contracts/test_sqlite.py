"""What the store on SQLite guarantees by how its file is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import Engine

from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from domain.errors import Unavailable
from tests.builders import ANNA, a_user


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return the engine of a store that knows one person."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    migrate(url)
    engine = open_engine(url)
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
    yield engine
    engine.dispose()


def test_what_is_committed_survives_the_loss_of_power(engine: Engine) -> None:
    with engine.begin() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_whoever_waits_too_long_for_their_turn_is_told_so(engine: Engine) -> None:
    store = SqlTransactions(engine, patience=0.05)

    with store() as tx:
        assert tx.users.find(ANNA) == a_user()
        with pytest.raises(Unavailable, match="store_unavailable"), store():
            pytest.fail("two transactions at once")

    with store() as tx:
        assert tx.users.find(ANNA) == a_user()


def test_a_file_that_somebody_else_is_changing_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = Timer(0.3, lambda: other.execute("CREATE TABLE notes (text)").connection.commit())

    release.start()
    migrate(f"sqlite:///{file}")
    release.join(timeout=30)

    assert other.execute("SELECT count(*) FROM users").fetchone() == (0,)
    other.close()
