"""A living installation is migrated: it goes on meanwhile, and what was broken off is taken up again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import psycopg
import pytest
from alembic import command
from alembic.config import Config

from adapters.sql.migrate import TablesInUse, migrate, pending
from entrypoints.cli.running import told_plainly
from tests.workers.workshop import until

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from adapters.sql.migrate import migrate; print(migrate(sys.argv[1]))"
INDEXES = {
    "ix_vacancies_indexed",
    "ix_vacancies_newest",
    "ix_search_runs_finished_at",
    "ix_vacancy_terms_terms",
    "ix_vacancies_embedded",
}
MANY = 50_000
APPLIED = "['0002', '0003', '0004', '0005', '0006', '0007', '0008', '0009', '0010', '0011']"

FILLED = """
INSERT INTO users (telegram_id, first_name, last_name, age, city, email, phone, created_at, updated_at)
    VALUES (1, 'Анна', 'Вымышленная', 29, 'Казань', 'anna@example.ru', '+79000000001', now(), now());
INSERT INTO search_runs (id, telegram_id, number, filters, status, sources, counts, due_at, attempt, interruptions,
        failures, created_at)
    VALUES ('run-1', 1, 1, '{}', 'ranking', '[]', '{}', now(), 1, 0, 0, now());
"""
POSTED = """
INSERT INTO vacancies (id, source, title, responsibilities, requirements, description, skills, asks, first_seen_at,
        last_seen_at, fingerprint)
    SELECT 'internal-' || n, 'internal', 'Водитель ' || n, '', '', repeat('Вымысел. ', 20), '[]', '[]', now(), now(),
        md5(n::text) FROM generate_series(%s::int, %s::int) AS n;
"""


@pytest.fixture
def url(empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the URL of a database as the code of 0001 left it: with one search under way, and some vacancies."""
    monkeypatch.setenv("DATABASE_URL", empty_postgres_url)
    command.upgrade(Config(str(ROOT / "migrations" / "alembic.ini")), "0001")
    with _connected(empty_postgres_url) as connection:
        connection.execute(FILLED)
        connection.execute(POSTED, [1, 100])
    return empty_postgres_url


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    """Open a connection as the code of 0001 does."""
    with psycopg.connect(url, autocommit=True, options="-c lock_timeout=30s") as connection:
        yield connection


def _started(url: str) -> subprocess.Popen[str]:
    """Migrate in a process of its own."""
    command_line = [sys.executable, "-c", PROGRAM, url]
    return subprocess.Popen(command_line, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 — our own arguments


@contextmanager
def _migrating(url: str) -> Iterator[Callable[[], str]]:
    """Migrate in a process of its own; yield what waits until it ended well and returns what it said."""
    with _started(url) as process:

        def said() -> str:
            out, _ = process.communicate(timeout=60)
            assert process.returncode == 0
            return out.strip()

        yield said


def _half_built(url: str, index: str) -> bool:
    with _connected(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid", [index]
        )
        return found.fetchone() is not None


def _waits(url: str) -> bool:
    """Return whether somebody waits for a table."""
    with _connected(url) as connection:
        return connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation > 0").fetchone() is not None


def _is_whole(url: str) -> bool:
    """Return whether everything that 0002 brings is there and can be used."""
    with _connected(url) as connection:
        usable = connection.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid").fetchall()
        triggers = connection.execute("SELECT tgname FROM pg_trigger WHERE tgname = 'vacancy_reworded'").fetchall()
        connection.execute("SELECT indexed FROM vacancies LIMIT 1")
    return {name for (name,) in usable} >= INDEXES and len(triggers) == 1 and pending(url) == []


def _finish_a_search(connection: psycopg.Connection) -> None:
    with connection.transaction():
        connection.execute("UPDATE search_runs SET status = 'ready', finished_at = now() WHERE id = 'run-1'")
        connection.execute("SELECT id, last_seen_at FROM vacancies WHERE id IN ('internal-1', 'internal-2')")


def _post_a_vacancy(connection: psycopg.Connection) -> None:
    connection.execute("UPDATE vacancies SET fingerprint = md5(fingerprint) WHERE id = 'internal-3'")


def _read_vacancies(connection: psycopg.Connection) -> None:
    connection.execute("SELECT id, title FROM vacancies ORDER BY published_at LIMIT 20")


@contextmanager
def _going_on(url: str) -> Iterator[list[float]]:
    """Let an installation live in threads of its own; yield what will be how long each act took, in seconds."""
    ended, took = threading.Event(), []

    def live(act: Callable[[psycopg.Connection], None]) -> None:
        with _connected(url) as connection:
            while not ended.wait(0.005):
                began = time.monotonic()
                act(connection)
                took.append(time.monotonic() - began)

    with ThreadPoolExecutor(3) as pool:
        lives = [pool.submit(live, act) for act in (_finish_a_search, _post_a_vacancy, _read_vacancies)]
        try:
            yield took
        finally:
            ended.set()
        for each in lives:
            each.result(timeout=60)


def test_searches_finish_and_vacancies_are_posted_meanwhile(url: str) -> None:
    with _connected(url) as connection:
        connection.execute(POSTED, [101, MANY])

    with _going_on(url) as took, _migrating(url) as said:
        until(lambda: len(took) > 10, "nothing went on")
        before = len(took)

        assert said() == APPLIED

        assert len(took) > before + 100
    assert max(took) < 5
    assert _is_whole(url)


def test_a_search_that_is_about_to_finish_gets_at_its_vacancies(url: str) -> None:
    with _migrating(url) as said, _connected(url) as search:
        with search.transaction():
            search.execute("UPDATE search_runs SET status = 'ready' WHERE id = 'run-1'")
            # Its index waits for this very search.
            until(lambda: _half_built(url, "ix_search_runs_finished_at"), "the migration never got there")
            search.execute("SELECT id, last_seen_at FROM vacancies WHERE id = 'internal-1'")

        assert said() == APPLIED
    assert _is_whole(url)


def test_a_table_that_is_held_for_long_is_waited_for_without_holding_others_up(url: str) -> None:
    with _migrating(url) as said, _connected(url) as backup, _going_on(url) as took:
        with backup.transaction():
            backup.execute("SELECT count(*) FROM vacancies")
            until(lambda: _waits(url), "the migration does not wait")
            time.sleep(3)

        assert said() == APPLIED
    assert max(took) < 5
    assert _is_whole(url)


def test_a_table_that_is_held_for_too_long_is_told_and_nothing_is_lost(url: str) -> None:
    with _connected(url) as backup, backup.transaction():
        backup.execute("SELECT count(*) FROM vacancies")

        with pytest.raises(TablesInUse, match="tables_in_use"):
            migrate(url, tries=1)

    assert migrate(url) == ["0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"]
    assert _is_whole(url)


def test_the_operator_is_told_of_a_table_that_is_held(url: str) -> None:
    with _connected(url) as backup, backup.transaction():
        backup.execute("SELECT count(*) FROM vacancies")

        with pytest.raises(click.ClickException, match="somebody holds tables"), told_plainly():
            migrate(url, tries=1)


def test_two_processes_apply_it_once(url: str) -> None:
    with _migrating(url) as said, _migrating(url) as said_too:
        assert sorted([said(), said_too()]) == [APPLIED, "[]"]

    assert _is_whole(url)


@pytest.mark.parametrize(
    ("index", "isolation", "statement"),
    [
        # An index is done when those have ended that look at what was there before, or are changing its table.
        ("ix_vacancies_indexed", psycopg.IsolationLevel.REPEATABLE_READ, "SELECT telegram_id FROM users"),
        ("ix_search_runs_finished_at", psycopg.IsolationLevel.READ_COMMITTED, "UPDATE search_runs SET engine = 'n8n'"),
    ],
)
def test_what_was_killed_in_the_middle_is_taken_up_again(
    url: str, index: str, isolation: psycopg.IsolationLevel, statement: str
) -> None:
    with ExitStack() as stack:
        with _connected(url) as other:
            other.set_isolation_level(isolation)
            with other.transaction():
                other.execute(statement)
                with _started(url) as killed:
                    until(lambda: _half_built(url, index), "the migration never got there")
                    killed.kill()
                before = pending(url)
                said = stack.enter_context(_migrating(url))
                # What was killed goes on inside the server, which has not noticed yet whom it works for.
                until(lambda: _waits(url), "the migration does not wait")
        after = said()

    assert (before, after) == (
        ["0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"],
        APPLIED,
    )
    assert _is_whole(url)
