"""No request reads a whole table: how the databases plan every statement that requests, and searches, make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, event, text

from adapters.bootstrap import Platform, lexicon, migrate_store, open_platform, read_settings
from adapters.memory.outside import RecordingTasks, RecordingWorkInHand
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import files, matches, resumes, search_runs, uploads, users, vacancies
from adapters.system import SystemClock
from domain.application import Application
from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.matching.retrieval import RETRIEVAL_VERSION, terms_of
from domain.resumes.content import ResumeContent
from domain.resumes.upload import UploadStatus
from domain.search.filters import Filters
from domain.search.match import MatchState, Verdict
from domain.search.run import RunStatus
from domain.search.use_cases import Card
from domain.vacancies.arrival import Draft
from tests.builders import a_match, a_resume, a_resume_content, a_run, a_user, an_upload
from tests.contracts.sample_catalogue import sample_vacancies

A_KEY = "0123456789abcdef"
FIRST, SOMEBODY, NEWCOMER = TelegramId(1_000), TelegramId(1_007), TelegramId(700_000_009)
PROFILE = {
    "first_name": "Анна",
    "last_name": "Вымышленная",
    "age": 29,
    "city": "Казань",
    "email": "anna@example.ru",
    "phone": "+79000000001",
}
LARGE = {"vacancies", "vacancy_terms", "matches", "search_runs", "resumes", "uploads", "files", "users"}
Scans = dict[str, list[str]]
"""By statement, what of its plan reads every row of a large table."""


@dataclass
class Listener:
    """Asks the database how it plans each statement, at the moment at which the statement is made."""

    look: Callable[[Any, str, Any], list[str]]
    heard: set[str] = field(default_factory=set)
    scans: Scans = field(default_factory=dict)

    @contextmanager
    def listening(self, engine: Engine) -> Iterator[Listener]:
        event.listen(engine, "before_cursor_execute", self._hear)
        yield self
        event.remove(engine, "before_cursor_execute", self._hear)

    def _hear(
        self, connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
    ) -> None:
        if not re.match(r"\s*(?:WITH|SELECT|INSERT|UPDATE|DELETE)\b", statement):
            return
        self.heard.add(statement)
        with closing(connection.connection.cursor()) as cursor:
            found = self.look(cursor, statement, parameters[0] if many else parameters)
        if found:
            self.scans[statement] = found


def _postgresql_scans(cursor: Any, statement: str, parameters: Any) -> list[str]:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    ((plan,),) = cursor.fetchall()
    return sorted(LARGE.intersection(_read_whole(plan[0]["Plan"])))


def _read_whole(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"].endswith("Seq Scan"):
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from _read_whole(part)


# The newest vacancies are read in the order of this index, up to a limit.
_SCAN = re.compile(r"SCAN (\w+)(?! USING (?:COVERING )?INDEX ix_vacancies_newest)\b")


def _sqlite_scans(cursor: Any, statement: str, parameters: Any) -> list[str]:
    steps = [detail for *_, detail in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    # An index read from end to end is a table read from end to end.
    return [step for step in steps if (found := _SCAN.match(step)) and found.group(1) in LARGE]


@contextmanager
def filled(*, people: int, runs: int, found: int, copies: int, **environ: str) -> Iterator[Platform]:
    """Open a migrated store with people, their runs, what was found for them, and copies of the sample vacancies.

    Each person has one revision and one upload. Nobody outside is asked.
    """
    keys = {f"{kind}_KEYS": A_KEY for kind in ("BOT", "PIPELINE", "OPERATOR")}
    ours = {"TRUDVSEM_URL": "none", **keys, **environ}
    migrate_store(read_settings(ours))
    with closing(open_platform(ours)) as platform:
        _make_one_of_each(platform)
        with platform.engine.begin() as connection:
            number = "(n + 1)"
            _multiply(connection, users, people, telegram_id="1000 + n")
            _multiply(connection, uploads, people, id=f"'upload-' || {number}", telegram_id="1000 + n")
            _multiply(connection, files, people, upload_id=f"'upload-' || {number}")
            _multiply(connection, resumes, people, id=f"'resume-' || {number}", telegram_id="1000 + n")
            whose = f"1000 + n % {people}"
            _multiply(connection, search_runs, runs, id=f"'run-' || {number}", telegram_id=whose, number=number)
            _multiply(
                connection,
                matches,
                found,
                run_id=f"'run-' || (n % {runs} + 1)",
                telegram_id=f"1000 + n % {runs} % {people}",
                vacancy_id=f"'{sample_vacancies()[0].id}-' || (n / {runs} + 1)",
                posting="'posting-' || n",
                employer="'employer ' || (n % 100)",
                # Of every four matches two wait, one was shown, one was filtered out.
                state="CASE n % 4 WHEN 0 THEN 'shown' WHEN 1 THEN 'filtered' ELSE 'waiting' END",
                shown_at="CASE n % 4 WHEN 0 THEN found_at END",
                place="n",
            )
            _multiply(connection, vacancies, copies, id="id || '-' || n", indexed=str(RETRIEVAL_VERSION))
        yield platform


def _make_one_of_each(platform: Platform) -> None:
    samples, now = sample_vacancies(), SystemClock().now()
    with SqlTransactions(platform.engine)() as tx:
        tx.users.save(a_user(telegram_id=FIRST))
        tx.uploads.add(an_upload(telegram_id=FIRST, status=UploadStatus.PARSED, finished_at=now))
        tx.files.put(UploadId("upload-1"), b"%PDF")
        tx.resumes.add(a_resume(id=ResumeId("resume-1"), telegram_id=FIRST))
        tx.search_runs.add(a_run(telegram_id=FIRST, status=RunStatus.READY, finished_at=now))
        tx.matches.add([a_match(telegram_id=FIRST, vacancy_id=samples[0].id)])
        # Seen today, whatever day the samples are from.
        tx.vacancies.save(replace(each, last_seen_at=now) for each in samples)
        tx.vacancies.index({each.id: terms_of(each, lexicon()) for each in samples}, version=RETRIEVAL_VERSION)


def _multiply(connection: Connection, table: Table, times: int, **values: str) -> None:
    """Copy each row of a table so often that there are that many; `values` are SQL in which n counts from 1."""
    columns = [column.name for column in table.columns]
    chosen = ", ".join(values.get(name, name) for name in columns)
    statement = (
        f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {chosen} FROM {table.name} CROSS JOIN"  # noqa: S608 — of our own words
        f" (WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < {times - 1})"
        " SELECT n FROM counting) AS counted"
    )
    connection.execute(text(statement))


def _multiply_postgresql_terms(connection: Connection) -> None:
    # An index is built at once much quicker than row by row.
    index = connection.scalar(text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_vacancy_terms_terms'"))
    connection.execute(text("DROP INDEX ix_vacancy_terms_terms"))
    connection.execute(
        text(
            "INSERT INTO vacancy_terms SELECT copied.id, open_until, terms FROM vacancy_terms"
            " JOIN vacancies AS copied ON copied.id LIKE vacancy_id || '-%'"
        )
    )
    connection.execute(text(index))


def ask_everything(platform: Platform) -> None:
    """Do what each request does, for somebody who has much and for somebody new; and what a search does."""
    application = _without_workers(platform.application)
    resume = a_resume_content()
    application.embed_vacancies()
    assert all(works() for works in platform.parts.values())
    application.store_vacancies(drafts=[Draft(id=f"new{number}", title="Разработчик Python") for number in range(3)])
    application.store_vacancies(drafts=[Draft(id="new1", title="Водитель")])
    application.index_vacancies()
    for filters in (Filters(), Filters(text="водитель", region="Москва")):
        application.search_source(source="internal", filters=filters, limit=10)
    application.save_user(telegram_id=NEWCOMER, fields=PROFILE)
    for person in (SOMEBODY, NEWCOMER):
        application.save_user(telegram_id=person, fields={"city": "Москва"})
        application.show_user(telegram_id=person)
        application.submit_resume(telegram_id=person, content=resume)
        application.submit_resume(telegram_id=person, content=ResumeContent(desired_position="Водитель"))
        version = application.show_resume(telegram_id=person).version
        application.edit_resume(telegram_id=person, version=version, patch={"summary": "Новое."})
        application.list_revisions(telegram_id=person, limit=10, offset=10)
        upload = application.submit_file(telegram_id=person, filename="cv.pdf", content=b"%PDF-1.4 resume").value
        application.submit_file(telegram_id=person, filename="cv.pdf", content=b"%PDF-1.4 resume")
        application.show_upload(telegram_id=person, upload_id=upload.id)
        application.start_search(telegram_id=person, filters=Filters())
        run = application.start_search(telegram_id=person, filters=Filters(text="Python")).value
        application.run_search(run_id=run.id)
        application.show_search(telegram_id=person)
        first = application.next_vacancy(telegram_id=person, after="none")
        assert isinstance(first, Card)
        card = application.next_vacancy(telegram_id=person, after=first.vacancy.id)
        assert isinstance(card, Card)
        assert isinstance(application.next_vacancy(telegram_id=person), Card)
        application.show_current(telegram_id=person)
        application.show_details(telegram_id=person, vacancy_id=card.vacancy.id)
        for verdict in (Verdict.LIKE, Verdict.HIDE_EMPLOYER, Verdict.UNDO):
            application.judge_vacancy(telegram_id=person, vacancy_id=card.vacancy.id, verdict=verdict)
        application.list_matches(telegram_id=person, states=frozenset(MatchState), limit=20, offset=20)
        application.list_matches(telegram_id=person, states=frozenset({MatchState.LIKED}), limit=20, offset=0)
        application.show_quality(telegram_id=person)
        application.recommend(telegram_id=person, language="ru")
        application.show_insights(telegram_id=person)
        application.forget_taste(telegram_id=person)
        application.export_user(telegram_id=person)
        application.erase_user(telegram_id=person)


class _RenewedAtOnce(RecordingWorkInHand):
    """Renews each lease at once, as time does when a search takes long."""

    @contextmanager
    def held(self, *, renew: Callable[[], object], hand_back: Callable[[], object]) -> Iterator[None]:
        with super().held(renew=renew, hand_back=hand_back):
            self.renew()
            yield


def _without_workers(application: Application) -> Application:
    tasks = RecordingTasks()
    return replace(
        application,
        run_search=replace(application.run_search, in_hand=_RenewedAtOnce()),
        submit_file=replace(application.submit_file, tasks=tasks),
        start_search=replace(application.start_search, tasks=tasks),
    )


def test_postgresql_reads_no_whole_table(postgres_url: str) -> None:
    with filled(people=3_000, runs=5_000, found=100_000, copies=385, DATABASE_URL=postgres_url) as platform:
        with platform.engine.begin() as connection:
            _multiply_postgresql_terms(connection)
            connection.execute(text("ANALYZE"))

        with Listener(_postgresql_scans).listening(platform.engine) as listener:
            ask_everything(platform)

        assert len(listener.heard) > 50
        assert listener.scans == {}


def test_sqlite_reads_no_whole_table(tmp_path: Path) -> None:
    with filled(people=50, runs=100, found=2_000, copies=25, DATA_DIR=str(tmp_path)) as platform:
        with Listener(_sqlite_scans).listening(platform.engine) as listener:
            ask_everything(platform)

        assert len(listener.heard) > 50
        assert listener.scans == {}


@pytest.mark.parametrize("statement", ["SELECT count(*) FROM vacancies", "DELETE FROM matches WHERE score = 1"])
def test_a_whole_table_read_would_be_seen(tmp_path: Path, postgres_url: str, statement: str) -> None:
    for look, where in (
        (_sqlite_scans, {"DATA_DIR": str(tmp_path)}),
        (_postgresql_scans, {"DATABASE_URL": postgres_url}),
    ):
        with filled(people=2, runs=2, found=2, copies=2, **where) as platform:
            with Listener(look).listening(platform.engine) as listener, platform.engine.begin() as connection:
                connection.execute(text(statement))
            assert list(listener.scans) == [statement]
