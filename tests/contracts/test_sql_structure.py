"""What SQL stores guarantee beyond the contract, by their structure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from adapters.sql.all_tables import METADATA
from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from adapters.sql.tables import matches, resumes, users, vacancy_twins
from domain.boards import KeptAnswer
from domain.handing_out.hand_out import Page
from domain.identifiers import ResumeId, RunId, UploadId
from domain.matching.vectors import Embedding
from tests.builders import (
    ANNA,
    NOW,
    a_hand_out,
    a_link,
    a_match,
    a_resume,
    a_run,
    a_sign_in,
    a_user,
    a_vacancy,
    an_application,
    an_upload,
)

ABOUT_NOBODY = {"vacancies", "vectors", "vacancy_vectors", "vacancy_twins", "boards", "board_answers"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Return the engine of a store with one row or more in every table."""
    if request.param == "postgresql":
        engine: Engine = request.getfixturevalue("postgres_engine")
    else:
        url = f"sqlite:///{tmp_path / 'store.db'}"
        migrate(url)
        engine = open_engine(url)
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.uploads.add(an_upload())
        tx.files.put(UploadId("upload-1"), b"%PDF")
        tx.resumes.add(a_resume(upload_id=UploadId("upload-1")))
        tx.vacancies.save([a_vacancy()])
        made = Embedding(story_key=b"1", story=b"", title_key=b"2", title=b"")
        tx.vectors.embed_unchanged([(a_vacancy(), made)], model="a-1", at=NOW)
        tx.search_runs.add(a_run())
        tx.search_runs.add(a_run(id=RunId("run-2"), number=2))
        tx.matches.add([a_match(), a_match(run_id=RunId("run-2"))])
        tx.hand_outs.add(a_hand_out())
        tx.hand_outs.put_page("run-1", Page(number=1))
        tx.hand_outs.put_text("run-1", "Анна", until=NOW)
        tx.job_applications.add([an_application()])
        tx.hh_connections.put(a_link())
        tx.sign_ins.put(a_sign_in())
        tx.boards.claim_token("hh", at=NOW, not_since=NOW)
        tx.boards.keep_answer("key", KeptAnswer(body=b"", etag=None, fresh_until=NOW))
    with engine.begin() as connection:
        connection.execute(insert(vacancy_twins), {"vacancy_id": "trudvsem-1", "same_as": "internal-1"})
    yield engine
    engine.dispose()


def _counts(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def _goes_with_the_person(table: Table) -> bool:
    return table is users or any(
        key.ondelete == "CASCADE" and _goes_with_the_person(key.column.table) for key in table.foreign_keys
    )


def test_every_table_is_about_nobody_or_goes_with_the_person() -> None:
    lasting = {table.name for table in METADATA.sorted_tables if not _goes_with_the_person(table)}

    assert lasting == ABOUT_NOBODY


def test_erasing_the_only_person_empties_every_table_about_people(engine: Engine) -> None:
    assert min(_counts(engine).values()) > 0

    with SqlTransactions(engine)() as tx:
        tx.users.erase(ANNA)

    assert {name for name, count in _counts(engine).items() if count > 0} == ABOUT_NOBODY


def test_no_statement_can_show_a_posting_twice(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(update(matches).values(shown_at=NOW))


def test_no_statement_can_make_two_revisions_of_an_upload(engine: Engine) -> None:
    with engine.begin() as connection:
        row = connection.execute(select(resumes)).one()

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(resumes), {**row._mapping, "id": ResumeId("resume-2")})


def test_two_runs_of_a_person_cannot_bear_one_number(engine: Engine) -> None:
    with pytest.raises(IntegrityError), SqlTransactions(engine)() as tx:
        tx.search_runs.add(a_run(id=RunId("run-3"), number=2))


def test_a_time_without_its_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without its zone"), engine.begin() as connection:
        connection.execute(update(users).values(updated_at=datetime(2026, 1, 1)))  # noqa: DTZ001 — what is refused
