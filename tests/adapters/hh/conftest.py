"""What tests of the way to hh.ru share: a loopback hh.ru and a clock in the test's hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from tests.adapters.hh.askers import Hours
from tests.boards.hh import HhRu, hh_ru

OpenStore = Callable[[], SqlTransactions]


@pytest.fixture
def hh() -> Iterator[HhRu]:
    with hh_ru() as running:
        yield running


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "store.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def store_url(_migrated: Path, tmp_path: Path) -> str:
    """Return the address of an empty store that several processes may share."""
    shutil.copy(_migrated, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def open_store(store_url: str) -> Iterator[OpenStore]:
    """Return what opens that store once more, as another process would."""
    engines = []

    def open_once_more() -> SqlTransactions:
        engines.append(open_engine(store_url))
        return SqlTransactions(engines[-1])

    yield open_once_more
    for engine in engines:
        engine.dispose()
