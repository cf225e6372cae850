"""The version before works on the structure of this one: both run side by side while a new one is rolled out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from adapters.sql.engine import open_engine
from adapters.sql.migrate import migrate
from adapters.sql.store import SqlTransactions
from domain.identifiers import ResumeId, UploadId, VacancyId
from domain.matching.assessment import Reason
from domain.matching.retrieval import RETRIEVAL_VERSION, Field, Query
from domain.matching.vectors import Embedding
from domain.search.match import MatchState, Shift
from domain.search.run import RunStatus
from domain.vacancies.vacancy import Link
from domain.work import Work
from tests.builders import (
    ANNA,
    NOW,
    a_match,
    a_minimal_resume_content,
    a_resume,
    a_run,
    a_user,
    a_vacancy,
    an_upload,
)

# What the code of revision 0001 names when it saves a vacancy, and all that it asks for.
COLUMNS_OF_0001 = (
    *("id", "source", "title", "company", "salary", "area", "work_format", "experience", "responsibilities"),
    *("requirements", "description", "skills", "asks", "url", "published_at", "closes_at", "first_seen_at"),
    *("last_seen_at", "fingerprint"),
)
OLD_COLUMNS = ", ".join(COLUMNS_OF_0001)
OLD_UPSERT = (
    f"INSERT INTO vacancies ({OLD_COLUMNS})"  # noqa: S608 — the words above
    f" SELECT 'internal-2', {', '.join(COLUMNS_OF_0001[1:])} FROM vacancies WHERE id = 'internal-1'"
    " ON CONFLICT (id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS_OF_0001[1:])
)

# What the code of revision 0002 names when it adds a match.
REST_OF_0002 = (
    *("run_id", "telegram_id", "posting", "employer", "state", "filter_reason", "place", "score", "assessment"),
    *("served_after", "verdicts", "found_at", "shown_at", "judged_at"),
)
OLD_MATCH = (
    f"INSERT INTO matches (vacancy_id, {', '.join(REST_OF_0002)})"  # noqa: S608 — the words above
    f" SELECT 'internal-2', {', '.join(REST_OF_0002)} FROM matches"
)


# What the code of 0003 names when it adds a run.
REST_OF_0003 = (
    *("telegram_id", "filters", "status", "engine", "resume_id", "sources", "counts", "reason", "due_at", "sent_at"),
    *("lease_until", "attempt", "interruptions", "failures", "created_at", "finished_at"),
)
OLD_RUN = (
    f"INSERT INTO search_runs (id, number, {', '.join(REST_OF_0003)})"  # noqa: S608 — the words above
    f" SELECT 'run-2', 2, {', '.join(REST_OF_0003)} FROM search_runs"
)
# What the code of 0004 names of a verdict when it saves a match.
OLD_VERDICT = (
    "UPDATE matches SET state = 'disliked', verdicts = '[\"liked\", \"disliked\"]', forgotten = false"
    " WHERE vacancy_id = 'internal-1'"
)
# What the code of 0005 names when it adds an upload.
REST_OF_0005 = (
    *(
        "telegram_id",
        "filename",
        "file_type",
        "size",
        "sha256",
        "submission",
        "status",
        "reason",
        "resume_id",
        "due_at",
    ),
    *("sent_at", "lease_until", "attempt", "interruptions", "failures", "created_at", "finished_at"),
)
OLD_UPLOAD = (
    f"INSERT INTO uploads (id, {', '.join(REST_OF_0005)})"  # noqa: S608 — the words above
    f" SELECT 'upload-2', {', '.join(REST_OF_0005)} FROM uploads"
)
# What the code of 0007 names when it adds a revision.
REST_OF_0007 = ("telegram_id", "source", "submission", "content", "corrections", "created_at")
OLD_RESUME = (
    f"INSERT INTO resumes (id, {', '.join(REST_OF_0007)})"  # noqa: S608 — the words above
    f" SELECT 'resume-2', {', '.join(REST_OF_0007)} FROM resumes"
)
# What the code of 0007 writes when a lease has run out.
OLD_TAKING_BACK = "UPDATE search_runs SET status = 'queued', lease_until = NULL, interruptions = 1"
LATER = NOW + timedelta(minutes=1)
EMBEDDING = Embedding(story_key=b"1", story=b"story", title_key=b"2", title=b"title")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    else:
        url = f"sqlite:///{tmp_path / 'store.db'}"
        migrate(url)
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_the_code_of_0001_inserts_and_updates_vacancies(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy()])

    for _ in range(2):
        with engine.begin() as connection:
            connection.execute(text(OLD_UPSERT))

    with engine.begin() as connection:
        ids = connection.execute(text(f"SELECT {OLD_COLUMNS} FROM vacancies ORDER BY id")).all()  # noqa: S608 — as above
    with SqlTransactions(engine)() as tx:
        assert [row.id for row in ids] == ["internal-1", "internal-2"]
        assert tx.vacancies.get(VacancyId("internal-2")) == a_vacancy(id=VacancyId("internal-2"))
        assert tx.vacancies.newest(at=NOW, limit=10) == ["internal-1", "internal-2"]


def test_what_the_code_of_0001_inserted_is_indexed_by_the_new_one(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy()])
        tx.vacancies.index({a_vacancy().id: _terms("role:driver")}, version=RETRIEVAL_VERSION)
    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        (missing,) = tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10)
        tx.vacancies.index({missing.id: _terms("role:driver")}, version=RETRIEVAL_VERSION)
        asked = frozenset({"role:driver"})

        found = tx.vacancies.candidates(Query(wanted=asked, ranking=asked), at=NOW, limit=10)
        assert found == ["internal-1", "internal-2"]


def test_indexed_vacancies_are_updated_by_the_code_of_0001_as_before(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(), a_vacancy(id=VacancyId("internal-2"), title="Повар")])
        tx.vacancies.index({VacancyId("internal-2"): _terms("role:cook")}, version=RETRIEVAL_VERSION)

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.get(VacancyId("internal-2")).title == a_vacancy().title


@pytest.mark.parametrize("before", [{"title": "Повар"}, {"skills": ()}, {"asks": ()}])
def test_what_the_code_of_0001_reworded_is_indexed_anew(engine: Engine, before: dict[str, Any]) -> None:
    reworded = a_vacancy(id=VacancyId("internal-2"))
    with SqlTransactions(engine)() as tx:
        for each in (a_vacancy(), replace(reworded, **before)):
            tx.vacancies.save([each])
            tx.vacancies.index({each.id: _terms("role:cook")}, version=RETRIEVAL_VERSION)

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10) == [reworded]
        # As when the same words are posted to the new code before it has indexed them.
        tx.vacancies.save([reworded])
        assert tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10) == [reworded]


def test_what_the_code_of_0001_saw_again_stays_indexed(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        for each in (a_vacancy(), a_vacancy(id=VacancyId("internal-2"), url="https://example.org/2")):
            tx.vacancies.save([each])
            tx.vacancies.index({each.id: _terms("role:driver")}, version=RETRIEVAL_VERSION)

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.get(VacancyId("internal-2")).url == a_vacancy().url
        assert tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10) == []


@pytest.mark.parametrize("before", [{"title": "Повар"}, {"skills": ()}, {"requirements": "Другое."}])
def test_what_the_code_of_0003_reworded_is_embedded_anew(engine: Engine, before: dict[str, Any]) -> None:
    reworded = a_vacancy(id=VacancyId("internal-2"))
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(), replace(reworded, **before)])
        both = [(each, EMBEDDING) for each in (a_vacancy(), replace(reworded, **before))]
        assert tx.vectors.embed_unchanged(both, model="a-1", at=NOW) == 2

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vectors.unembedded(model="a-1", at=NOW, limit=10) == [reworded]


def test_what_the_code_of_0003_saw_again_stays_embedded(engine: Engine) -> None:
    same = a_vacancy(id=VacancyId("internal-2"), url="https://example.org/2")
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(), same])
        tx.vectors.embed_unchanged([(a_vacancy(), EMBEDDING), (same, EMBEDDING)], model="a-1", at=NOW)

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vectors.unembedded(model="a-1", at=NOW, limit=10) == []
        assert tx.vectors.stories(model="a-1", at=NOW, since=None, after=None, limit=10) == [
            ("internal-1", b"story"),
            ("internal-2", b"story"),
        ]


def test_a_run_that_the_code_of_0003_adds_was_compared_by_words(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.search_runs.add(a_run(similarity="a-1"))

    with engine.begin() as connection:
        connection.execute(text(OLD_RUN))

    with SqlTransactions(engine)() as tx:
        assert [run.similarity for run in tx.search_runs.all_of(ANNA)] == ["a-1", None]


def test_a_match_that_the_code_of_0002_adds_was_not_moved_and_is_not_forgotten(engine: Engine) -> None:
    moved = Shift(points=3, reason=Reason(code="liked_area", data={"area": "Казань"}))
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.search_runs.add(a_run())
        tx.matches.add([a_match(shift=moved, forgotten=True)])

    with engine.begin() as connection:
        connection.execute(text(OLD_MATCH))

    with SqlTransactions(engine)() as tx:
        assert tx.matches.find(ANNA, VacancyId("internal-2")) == replace(a_match(), vacancy_id=VacancyId("internal-2"))
        assert tx.matches.find(ANNA, VacancyId("internal-1")) == a_match(shift=moved, forgotten=True)


def test_what_stays_forgotten_stays_so_when_the_code_of_0004_saves_a_verdict(engine: Engine) -> None:
    liked = (MatchState.LIKED,)
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.search_runs.add(a_run())
        tx.matches.add([a_match(state=MatchState.LIKED, verdicts=liked, forgotten=True, forgotten_before=1)])

    with engine.begin() as connection:
        connection.execute(text(OLD_VERDICT))

    with SqlTransactions(engine)() as tx:
        assert tx.matches.find(ANNA, VacancyId("internal-1")) == a_match(
            state=MatchState.DISLIKED, verdicts=(*liked, MatchState.DISLIKED), forgotten_before=1
        )


def test_an_upload_that_the_code_of_0005_adds_has_no_warnings(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.uploads.add(an_upload())

    with engine.begin() as connection:
        connection.execute(text(OLD_UPLOAD))

    with SqlTransactions(engine)() as tx:
        assert tx.uploads.find(UploadId("upload-2")) == an_upload(id=UploadId("upload-2"))


def test_the_links_of_a_vacancy_stay_when_the_code_of_0006_saves_it(engine: Engine) -> None:
    elsewhere = Link(source="hh", vacancy_id=VacancyId("hh-1"), url="https://hh.ru/vacancy/1")
    joined = a_vacancy(id=VacancyId("internal-2"), links=(elsewhere,))
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(), joined])

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.get(joined.id) == joined
        assert tx.vacancies.same_as([elsewhere.vacancy_id]) == {elsewhere.vacancy_id: joined.id}


@pytest.mark.parametrize(
    ("told", "outline"),
    [
        ({"source": "hh", "description": "", "requirements": "Знание Python от..."}, True),
        ({"source": "hh", "responsibilities": "", "requirements": ""}, False),
        ({"source": "trudvsem", "description": ""}, False),
        ({"description": ""}, False),
    ],
)
def test_of_what_the_code_of_0007_adds_hhs_outlines_are_told_by_what_they_lack(
    engine: Engine, told: dict[str, Any], outline: bool
) -> None:
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(**told)])

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.get(VacancyId("internal-2")).outline is outline


def test_the_code_of_0007_leaves_it_as_it_was_whether_a_vacancy_is_an_outline(engine: Engine) -> None:
    with SqlTransactions(engine)() as tx:
        tx.vacancies.save([a_vacancy(), a_vacancy(id=VacancyId("internal-2"), outline=True)])

    with engine.begin() as connection:
        connection.execute(text(OLD_UPSERT))

    with SqlTransactions(engine)() as tx:
        assert tx.vacancies.get(VacancyId("internal-2")).outline


def test_a_revision_that_the_code_of_0007_adds_has_nothing_added_to_it(engine: Engine) -> None:
    added = a_minimal_resume_content(skills=("Redis",))
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.resumes.add(a_resume(added=added))

    with engine.begin() as connection:
        connection.execute(text(OLD_RESUME))

    with SqlTransactions(engine)() as tx:
        both = {each.id: each for each in tx.resumes.all_of(ANNA)}
        assert both == {"resume-1": a_resume(added=added), "resume-2": a_resume(id=ResumeId("resume-2"))}


def test_a_run_that_the_code_of_0007_adds_was_not_handed_out(engine: Engine) -> None:
    handed_out = a_run(status=RunStatus.GATHERING, deadline=NOW, work=Work(due_at=NOW, lease_until=NOW, attempt=1))
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.search_runs.add(handed_out)

    with engine.begin() as connection:
        connection.execute(text(OLD_RUN))

    with SqlTransactions(engine)() as tx:
        assert [run.awaiting for run in tx.search_runs.all_of(ANNA)] == [True, False]


def test_a_run_handed_out_that_the_code_of_0007_takes_back_is_carried_out(engine: Engine) -> None:
    handed_out = a_run(status=RunStatus.GATHERING, deadline=NOW, work=Work(due_at=NOW, lease_until=NOW, attempt=1))
    with SqlTransactions(engine)() as tx:
        tx.users.save(a_user())
        tx.search_runs.add(handed_out)

    with engine.begin() as connection:
        connection.execute(text(OLD_TAKING_BACK))

    with SqlTransactions(engine)() as tx:
        assert tx.search_runs.overdue(at=LATER, limit=10) == []
        claimed = tx.search_runs.claim(handed_out.id, at=NOW, until=LATER)
        assert claimed is not None
        assert tx.search_runs.lost(before=LATER + (LATER - NOW), limit=10) == [claimed]


def _terms(*words: str) -> dict[Field, frozenset[str]]:
    return {field: frozenset(words) if field is Field.ROLE else frozenset() for field in Field}
