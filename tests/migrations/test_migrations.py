"""The history of the database's structure leads to the structure the code knows."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from adapters.sql.engine import open_engine
from adapters.sql.migrate import UnknownRevision, migrate, pending
from adapters.sql.tables import METADATA

MIGRATIONS = Path(__file__).parents[2] / "migrations"
REVISIONS = ["0001"]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def by_hand(url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return what the command `alembic -c migrations/alembic.ini` works with."""
    monkeypatch.setenv("DATABASE_URL", url)
    return Config(str(MIGRATIONS / "alembic.ini"))


def _drift(engine: Engine) -> list[object]:
    with engine.begin() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def _tables(url: str) -> set[str]:
    engine = open_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_from_nothing_to_what_the_code_knows(url: str) -> None:
    applied = migrate(url)

    engine = open_engine(url)
    assert applied == REVISIONS
    assert _drift(engine) == []
    engine.dispose()


def test_drift_would_be_seen(url: str) -> None:
    migrate(url)
    engine = open_engine(url)

    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_matches_shown_posting")
        connection.exec_driver_sql("ALTER TABLE users ADD COLUMN unknown INTEGER")

    assert len(_drift(engine)) == 2
    engine.dispose()


def test_the_index_against_showing_twice_is_as_the_code_has_it(url: str) -> None:
    migrate(url)
    engine = open_engine(url)

    with engine.begin() as connection:
        written = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'uq_matches_shown_posting'"
        ).scalar_one()

    assert written == (
        "CREATE UNIQUE INDEX uq_matches_shown_posting ON matches (telegram_id, posting) WHERE shown_at IS NOT NULL"
    )
    engine.dispose()


def test_a_second_time_there_is_nothing_to_do(url: str) -> None:
    migrate(url)

    assert migrate(url) == []


def test_one_can_ask_what_is_missing_without_applying_it(url: str) -> None:
    assert pending(url) == REVISIONS
    assert _tables(url) == set()

    migrate(url)

    assert pending(url) == []


def test_two_at_once_apply_each_revision_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(migrate, [url] * 4))

    assert sorted(applied) == [[], [], [], REVISIONS]


def test_there_is_one_head(by_hand: Config) -> None:
    script = ScriptDirectory.from_config(by_hand)

    assert script.get_heads() == REVISIONS[-1:]
    assert [each.revision for each in script.walk_revisions()][::-1] == REVISIONS


def test_by_hand_down_to_nothing_and_up_again(by_hand: Config, url: str) -> None:
    command.upgrade(by_hand, "head")
    command.downgrade(by_hand, "base")
    assert _tables(url) == {"alembic_version"}

    command.upgrade(by_hand, "head")
    assert _tables(url) == {"alembic_version", *METADATA.tables}
    assert migrate(url) == []


def test_by_hand_the_database_must_be_named(by_hand: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")

    with pytest.raises(SystemExit, match="DATABASE_URL"):
        command.upgrade(by_hand, "head")


def test_by_hand_the_statements_can_be_read_first(
    by_hand: Config, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://example.org/assistant")

    command.upgrade(by_hand, "head", sql=True)

    statements = capsys.readouterr().out
    assert "content JSONB NOT NULL" in statements
    assert "WHERE shown_at IS NOT NULL" in statements
    assert _tables(url) == set()


def test_migrating_leaves_logging_and_the_screen_alone(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger("alembic").level

    migrate(url)

    assert (logging.getLogger().handlers[:], logging.getLogger("alembic").level) == before
    assert capsys.readouterr() == ("", "")


def test_a_database_of_a_newer_version_is_told_apart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'newer.sqlite3'}"
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    for ask in (migrate, pending):
        with pytest.raises(UnknownRevision):
            ask(url)
