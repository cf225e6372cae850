"""Stores filled for measuring: a few rows made by the product itself, and as many copies of them as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from sqlalchemy import Connection, Table, text

from adapters.bootstrap import Platform, lexicon, migrate_store, open_platform, read_settings
from adapters.memory.outside import RecordingTasks
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import files, matches, resumes, search_runs, uploads, users, vacancies, vacancy_vectors
from adapters.system import SystemClock
from domain.identifiers import TelegramId
from domain.matching.retrieval import RETRIEVAL_VERSION, terms_of
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters
from tests.contracts.sample_catalogue import PEOPLE, catalogue
from tests.e2e.callers import profile

BOT_KEY, PIPELINE_KEY, OPERATOR_KEY = "bot-key-to-measure", "pipeline-key-to-measure", "operator-key-to-measure"
KEYS = {
    "BOT_KEYS": BOT_KEY,
    "PIPELINE_KEYS": PIPELINE_KEY,
    "OPERATOR_KEYS": OPERATOR_KEY,
    # What is measured is ours alone.
    "TRUDVSEM_URL": "none",
}
RESUMES = tuple(PEOPLE.values())
"""What those who search have said of themselves."""

FIRST_COPY = 10_000_001
"""Copies of people are numbered from here."""


@contextmanager
def opened(**environ: str) -> Iterator[Platform]:
    """Open a migrated store without workers; what is started is queued, and no message sent."""
    migrate_store(read_settings({**KEYS, **environ}))
    with closing(open_platform({**KEYS, **environ}, works=False)) as platform:
        start_search = replace(platform.application.start_search, tasks=RecordingTasks())
        yield replace(platform, application=replace(platform.application, start_search=start_search))


def keep_vacancies(platform: Platform, size: int, *, sought: str | None = None) -> None:
    """Put the sample vacancies, and such as are made of them, into the catalogue; all are open, indexed, embedded.

    With `sought` all bear that title, so that whoever seeks it has a long queue.
    """
    now, transaction = SystemClock().now(), SqlTransactions(platform.engine)
    kept = [
        replace(each, title=sought or each.title, first_seen_at=now, last_seen_at=now, closes_at=None)
        for each in catalogue(size)
    ]
    for first in range(0, len(kept), 1_000):
        some = kept[first : first + 1_000]
        with transaction() as tx:
            tx.vacancies.save(some)
            tx.vacancies.index({each.id: terms_of(each, lexicon()) for each in some}, version=RETRIEVAL_VERSION)
    while platform.application.embed_vacancies().more:
        pass


def copy_vacancies(platform: Platform, *, kept: int, first: int, last: int) -> None:
    """Copy the vacancies that `keep_vacancies` kept, so that there are `last` of them, `first` being there already.

    Each copy is another employer's, so that it is another posting.
    """
    assert first % kept == last % kept == 0, "whole copies"
    times, copy = (last - first) // kept, f"(n + {first // kept - 1})"
    with platform.engine.begin() as connection:
        _copy(
            connection,
            vacancies,
            times,
            _is_original("id"),
            id=_named("id", copy),
            company=f"coalesce(company, 'Работодатель') || ' ' || {copy}",
            fingerprint=f"substr(fingerprint, 1, 50) || {copy}",
        )
        # Copies tell the same, so that they have the same vectors.
        _copy(connection, vacancy_vectors, times, _is_original("vacancy_id"), vacancy_id=_named("vacancy_id", copy))
        if connection.dialect.name == "postgresql":
            _copy_terms(connection, times, copy)
        else:
            _copy_words(connection, times, copy)


def _is_original(column: str) -> str:
    return f"{column} NOT LIKE '%~%'"


def _named(column: str, copy: str) -> str:
    return f"{column} || '~' || {copy}"


def _copy_terms(connection: Connection, times: int, copy: str) -> None:
    connection.execute(
        text(
            "INSERT INTO vacancy_terms (vacancy_id, open_until, terms)"  # noqa: S608 — of our own words
            f" SELECT {_named('vacancy_id', copy)}, open_until, terms"
            f" FROM vacancy_terms CROSS JOIN {_counting(times)} WHERE {_is_original('vacancy_id')}"
        )
    )


def _copy_words(connection: Connection, times: int, copy: str) -> None:
    # The number of a copy's row is made of its original's, so that both tables agree.
    number = f"number + 1000000 * {copy}"
    connection.execute(
        text(
            "INSERT INTO vacancy_terms_words (rowid, role, title, skills, text)"  # noqa: S608 — of our own words
            f" SELECT {number}, role, title, skills, text"
            f" FROM vacancy_terms JOIN vacancy_terms_words AS words ON words.rowid = number"
            f" CROSS JOIN {_counting(times)} WHERE {_is_original('vacancy_id')}"
        )
    )
    connection.execute(
        text(
            "INSERT INTO vacancy_terms (number, vacancy_id, open_until)"  # noqa: S608 — of our own words
            f" SELECT {number}, {_named('vacancy_id', copy)}, open_until"
            f" FROM vacancy_terms CROSS JOIN {_counting(times)} WHERE {_is_original('vacancy_id')}"
        )
    )


def welcome(platform: Platform, person: int, content: ResumeContent) -> None:
    """Take somebody's profile and résumé."""
    fields = {name: value for name, value in profile(person).items() if name != "telegram_id"}
    platform.application.save_user(telegram_id=TelegramId(person), fields=fields)
    platform.application.submit_resume(telegram_id=TelegramId(person), content=content)


def search(platform: Platform, person: int) -> None:
    """Start a search and carry it out."""
    run = platform.application.start_search(telegram_id=TelegramId(person), filters=Filters()).value
    platform.application.run_search(run_id=run.id)


def copy_person(platform: Platform, person: int, *, first: int, last: int, found: int) -> None:
    """Copy somebody who searched once: their row, résumés, run, and the matches on the first places of their queue.

    The copies are numbered from `first` up to, without, `last`.
    """
    times, which, whose = last - first, f"telegram_id = {person}", f"{first - 1} + n"
    with platform.engine.begin() as connection:
        _copy(connection, users, times, which, telegram_id=whose)
        _copy(connection, resumes, times, which, telegram_id=whose, id=_id_of("id", whose))
        ids = {"id": _id_of("id", whose), "resume_id": _id_of("resume_id", whose)}
        _copy(connection, search_runs, times, which, telegram_id=whose, **ids)
        which += f" AND place <= {found}"
        _copy(connection, matches, times, which, telegram_id=whose, run_id=_id_of("run_id", whose))


def copy_upload(platform: Platform, upload_id: str, *, first: int, last: int) -> None:
    """Give a copy of an upload, with its file, to each of the people from `first` up to, without, `last`."""
    times, whose = last - first, f"{first - 1} + n"
    with platform.engine.begin() as connection:
        _copy(connection, uploads, times, f"id = '{upload_id}'", telegram_id=whose, id=_id_of("id", whose))
        _copy(connection, files, times, f"upload_id = '{upload_id}'", upload_id=_id_of("upload_id", whose))


def _id_of(column: str, whose: str) -> str:
    """Return an id as long as the one copied, in no order, as those of the product are."""
    return f"(10000000 + ({whose}) * CAST(7368787 AS bigint) % 89999999) || substr({column}, 9)"


def settle(platform: Platform) -> None:
    """Do what PostgreSQL does by itself after a while."""
    if platform.engine.dialect.name == "postgresql":
        with platform.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


def _copy(connection: Connection, table: Table, times: int, which: str, **values: str) -> None:
    """Copy these rows of a table so many times; `values` are SQL in which n counts from 1."""
    columns = [column.name for column in table.columns]
    chosen = ", ".join(values.get(name, name) for name in columns)
    statement = (
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {chosen}"  # noqa: S608 — of our own words
        f" FROM {table.name} CROSS JOIN {_counting(times)} WHERE {which} ORDER BY n"
    )
    connection.execute(text(statement))


def _counting(times: int) -> str:
    return (
        f"(WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < {times})"  # noqa: S608 — of our own words
        " SELECT n FROM counting) AS counted"
    )
