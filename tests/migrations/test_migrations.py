"""The history of the database's structure leads to the structure the code knows."""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, exc, inspect, text

from adapters.bootstrap import open_platform
from adapters.sql.all_tables import METADATA
from adapters.sql.engine import open_engine
from adapters.sql.migrate import UnknownRevision, migrate, pending
from adapters.sql.tables import FULL_TEXT, in_common

MIGRATIONS = Path(__file__).parents[2] / "migrations"
REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database without tables."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("empty_postgres_url"))
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def by_hand(url: str, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return what the command `alembic -c migrations/alembic.ini` works with."""
    monkeypatch.setenv("DATABASE_URL", url)
    return Config(str(MIGRATIONS / "alembic.ini"))


def _drift(engine: Engine) -> list[object]:
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": in_common})
        with warnings.catch_warnings():
            # An index on an expression cannot be read from SQLite and compared: that it is there is looked at below.
            warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression", exc.SAWarning)
            warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression", UserWarning)
            return list(compare_metadata(context, METADATA))


def _tables(url: str) -> set[str]:
    """Return the tables that all databases have in common."""
    engine = open_engine(url)
    names = {name for name in inspect(engine).get_table_names() if not name.startswith(FULL_TEXT)}
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
    catalogues = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = 'uq_matches_shown_posting'",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = 'uq_matches_shown_posting'",
    }

    with engine.begin() as connection:
        written = str(connection.exec_driver_sql(catalogues[engine.dialect.name]).scalar_one())

    # PostgreSQL writes it down in words of its own.
    for theirs, ours in (("public.", ""), (" USING btree", ""), ("WHERE (", "WHERE "), ("NULL)", "NULL")):
        written = written.replace(theirs, ours)
    assert written == (
        "CREATE UNIQUE INDEX uq_matches_shown_posting ON matches (telegram_id, posting) WHERE shown_at IS NOT NULL"
    )
    engine.dispose()


def test_every_index_of_the_code_is_there(url: str) -> None:
    migrate(url)
    engine = open_engine(url)
    catalogues = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    }

    with engine.begin() as connection:
        there = set(connection.exec_driver_sql(catalogues[engine.dialect.name]).scalars())

    assert {str(index.name) for table in METADATA.sorted_tables for index in table.indexes} <= there
    engine.dispose()


def test_a_second_time_there_is_nothing_to_do(url: str) -> None:
    migrate(url)

    assert migrate(url) == []


def test_one_can_ask_what_is_missing_without_applying_it(url: str) -> None:
    assert pending(url) == REVISIONS
    assert _tables(url) == set()

    migrate(url)

    assert pending(url) == []


def test_many_threads_at_once_apply_each_revision_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(migrate, [url] * 4))

    assert sorted(applied) == [[], [], [], REVISIONS]


def test_many_processes_at_once_apply_each_revision_once(url: str) -> None:
    program = "from adapters.sql.migrate import migrate; print('ready', flush=True); print(migrate(input()))"
    with ExitStack() as processes:
        started = [
            processes.enter_context(
                subprocess.Popen(  # noqa: S603 — our own arguments
                    [sys.executable, "-c", program],
                    cwd=MIGRATIONS.parent,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(3)
        ]
        assert [_line(process) for process in started] == ["ready"] * 3

        for process in started:
            assert process.stdin is not None
            process.stdin.write(f"{url}\n")
            process.stdin.flush()
        applied = [_line(process) for process in started]

    assert sorted(applied) == [str(REVISIONS), "[]", "[]"]
    assert [process.returncode for process in started] == [0, 0, 0]


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


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


def test_what_one_revision_brought_is_not_asked_for_again(by_hand: Config, url: str) -> None:
    command.upgrade(by_hand, REVISIONS[0])

    assert pending(url) == REVISIONS[1:]
    assert migrate(url) == REVISIONS[1:]
    assert pending(url) == []


def test_on_the_tables_of_an_earlier_version_nothing_is_ready(by_hand: Config, url: str) -> None:
    keys = {f"{kind}_KEYS": "0123456789abcdef" for kind in ("BOT", "PIPELINE", "OPERATOR")}
    command.upgrade(by_hand, REVISIONS[0])

    with closing(open_platform({**keys, "DATABASE_URL": url})) as platform:
        before = platform.parts["store"]()
        migrate(url)

        assert (before, platform.parts["store"]()) == (False, True)


def test_a_database_of_a_newer_version_is_told_apart(url: str) -> None:
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    for ask in (migrate, pending):
        with pytest.raises(UnknownRevision):
            ask(url)
