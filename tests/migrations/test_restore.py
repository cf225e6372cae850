"""A backup is restored by the README's own steps, whatever version it is of."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import column, insert, make_url, table

from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate, pending
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import users, vacancies
from domain.identifiers import TelegramId, VacancyId
from domain.users.user import User
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, BORIS, a_user, a_vacancy
from tests.migrations.test_expand_only import COLUMNS_OF_0001
from tests.servers.postgres import client_program

ROOT = Path(__file__).parents[2]
_IN_THE_DATABASE = re.compile(r"docker compose exec -T postgres (?P<words>[^<>&]+?)(?: < \S+)?(?: &&)?$")
OUR_NAME = "job_assistant"
IDS = [VacancyId("internal-1"), VacancyId("internal-2")]
VACANCIES = [a_vacancy(id=each, title=f"Водитель {each}") for each in IDS]


@dataclass(frozen=True)
class Database:
    """A database on which the README's commands are run as they stand there, but for the names of servers and files."""

    url: str
    backup: Path

    def back_up(self) -> None:
        [line] = [line for line in _readme("**Backup.**") if "pg_dump" in line]
        made = re.search(r"postgres (pg_dump .+?) > \S+", line)
        assert made is not None
        self.backup.write_bytes(self._run(made[1]))

    def restore(self) -> list[str]:
        """Restore and migrate; return the revisions applied."""
        steps = _readme("**Restore.**")
        programs = [match["words"] for match in map(_IN_THE_DATABASE.search, steps) if match is not None]
        assert [words.split()[0] for words in programs] == ["dropdb", "createdb", "pg_restore"]
        for words in programs:
            self._run(words)
        return migrate(self.url)

    def _run(self, words: str) -> bytes:
        """Run a program of PostgreSQL; a restore reads the backup."""
        url = make_url(self.url)
        program, *arguments = shlex.split(words)
        assert arguments[:2] == ["-U", OUR_NAME]
        ours = {OUR_NAME: str(url.database)}
        arguments = ["-U", str(url.username), *(ours.get(word, word) for word in arguments[2:])]
        server = {"PGHOST": url.host, "PGPORT": str(url.port or 5432), "PGPASSWORD": url.password}
        with self.backup.open("rb") if program == "pg_restore" else open(os.devnull, "rb") as given:
            ran = subprocess.run(  # noqa: S603 — the README's words
                [client_program(program), *arguments],
                stdin=given,
                capture_output=True,
                timeout=60,
                env=os.environ | {name: value for name, value in server.items() if value is not None},
            )
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout

    def holds(self) -> tuple[Sequence[TelegramId], Sequence[User], Sequence[Vacancy]]:
        """Return everybody, and the people and the vacancies of the backup."""
        engine = open_engine(self.url)
        with SqlTransactions(engine)() as tx:
            found = tx.vacancies.among(IDS)
            there = tx.users.all_ids(), [tx.users.get(ANNA)], [found[each] for each in IDS]
        engine.dispose()
        return there


def _readme(beginning: str) -> list[str]:
    """Return the commands below the paragraph that begins so."""
    text = (ROOT / "README.md").read_text("utf-8").partition(f"\n{beginning}")[2]
    block = re.search(r"\n\n((?:    .+\n)+)", text)
    assert block is not None
    return [line.strip() for line in block[1].splitlines()]


def _known_to_0001(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COLUMNS_OF_0001}


@pytest.fixture
def database(empty_postgres_url: str, tmp_path: Path) -> Database:
    """Return a database without tables."""
    return Database(empty_postgres_url, tmp_path / "backup.dump")


def _keep(url: str, *people: User) -> None:
    engine = open_engine(url)
    with SqlTransactions(engine)() as tx:
        for person in people:
            tx.users.save(person)
        tx.vacancies.save(VACANCIES)
    engine.dispose()


@pytest.fixture
def at_0001(database: Database, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return a database with the tables of the first revision, in which a person and vacancies are."""
    monkeypatch.setenv("DATABASE_URL", database.url)
    config = Config(str(ROOT / "migrations" / "alembic.ini"))
    command.upgrade(config, ScriptDirectory.from_config(config).get_base() or "")
    _keep(postgres_url, a_user())
    now, then = open_engine(postgres_url), open_engine(database.url)
    vacancies_of_0001 = table("vacancies", *(column(name, vacancies.c[name].type) for name in COLUMNS_OF_0001))
    with now.begin() as source, then.begin() as target:
        rows = source.execute(vacancies.select()).mappings().all()
        target.execute(insert(vacancies_of_0001), [_known_to_0001(dict(row)) for row in rows])
        target.execute(insert(users), [dict(row) for row in source.execute(users.select()).mappings()])
    now.dispose()
    then.dispose()
    return database


def test_a_backup_of_the_first_version_is_restored_over_the_tables_of_this_one(at_0001: Database) -> None:
    at_0001.back_up()
    applied = migrate(at_0001.url)
    before = at_0001.holds()
    _keep(at_0001.url, a_user(telegram_id=BORIS))

    assert at_0001.restore() == applied != []

    assert at_0001.holds() == before == ([ANNA], [a_user()], VACANCIES)
    assert pending(at_0001.url) == []


def test_a_backup_of_this_version_is_restored(database: Database) -> None:
    migrate(database.url)
    _keep(database.url, a_user())
    database.back_up()
    _keep(database.url, a_user(city="Москва"), a_user(telegram_id=BORIS))

    assert database.restore() == []

    assert database.holds() == ([ANNA], [a_user()], VACANCIES)
    assert pending(database.url) == []


def test_a_restore_goes_through_although_somebody_is_connected(database: Database) -> None:
    migrate(database.url)
    _keep(database.url, a_user())
    database.back_up()
    engine = open_engine(database.url)

    with engine.connect():
        database.restore()

    engine.dispose()
    assert database.holds() == ([ANNA], [a_user()], VACANCIES)


def test_a_restore_stops_at_the_first_step_that_fails() -> None:
    *steps, last = _readme("**Restore.**")

    assert all(step.endswith("&&") for step in steps)
    assert last == "docker compose up -d"
    words = " ".join(steps)
    assert words.index("stop api worker") < words.index("dropdb") < words.index("pg_restore") < words.index("migrate")
    assert words.index("migrate") < words.index("erase-again")
    assert "--exit-on-error --single-transaction" in words
