"""The stores, one after another, each empty at the start of a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from adapters.memory.store import MemoryStore
from adapters.sql.board_tables import board_answers, boards
from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import users, vacancies, vectors
from domain.transactions import Transactions
from tests.builders import a_user
from tests.servers.databases import new_database
from tests.servers.given import GivenServer
from tests.servers.postgres import PostgresServer

Store = Callable[[pytest.FixtureRequest], AbstractContextManager[Transactions]]


@contextmanager
def _memory(request: pytest.FixtureRequest) -> Iterator[Transactions]:  # noqa: ARG001 — as every store is opened
    yield MemoryStore()


@contextmanager
def _sqlite(request: pytest.FixtureRequest) -> Iterator[Transactions]:
    folder: Path = request.getfixturevalue("tmp_path")
    shutil.copy(request.getfixturevalue("migrated_file"), folder / "store.db")
    engine = open_engine(f"sqlite:///{folder / 'store.db'}")
    yield SqlTransactions(engine)
    engine.dispose()


@contextmanager
def _postgresql(request: pytest.FixtureRequest) -> Iterator[Transactions]:
    yield SqlTransactions(request.getfixturevalue("postgres_engine"))


STORES: dict[str, Store] = {"memory": _memory, "sqlite": _sqlite, "postgresql": _postgresql}


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty SQLite file that the real migrations made, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def _shared_engine(postgres: PostgresServer | GivenServer, postgres_template: str) -> Iterator[Engine]:
    with new_database(postgres.url, template=postgres_template) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def postgres_engine(_shared_engine: Engine) -> Iterator[Engine]:
    """Return the engine of an empty, migrated PostgreSQL database; emptying it is quicker than making another."""
    yield _shared_engine
    with _shared_engine.begin() as connection:
        # What hangs on these rows goes with them.
        for table in (users, vacancies, vectors, boards, board_answers):
            connection.execute(delete(table))


@pytest.fixture(params=STORES)
def transaction(request: pytest.FixtureRequest) -> Iterator[Transactions]:
    with STORES[request.param](request) as opened:
        yield opened


@pytest.fixture
def with_anna(transaction: Transactions) -> Transactions:
    """Return a store in which one person has a profile."""
    with transaction() as tx:
        tx.users.save(a_user())
    return transaction
