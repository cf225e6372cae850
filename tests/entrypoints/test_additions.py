"""What something outside found in a résumé file, over HTTP: told apart, and counted with the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from adapters.sql.store import SqlTransactions
from domain.identifiers import ResumeId
from domain.resumes.content import EducationLevel, Language, LanguageLevel, Money, ResumeContent, WorkFormat
from tests.adapters.documents.rtfs import an_rtf
from tests.entrypoints.installation import ANNA, PROFILE, Installation, a_job, code_of, told

FILE = an_rtf(
    "Вымышленная Анна Петровна",
    "Python-разработчик",
    "anna@example.ru",
    "Навыки",
    "Python, SQL",
    "Языки",
    "Английский — B2",
)
ADDED = ResumeContent(
    years_experience=4.5,
    skills=("Django", "Немыслимое ремесло"),
    salary=Money(amount=Decimal(180_000), currency="RUB"),
    region="Пермь",
    work_format=WorkFormat.REMOTE,
    languages=(Language(name="German", level=LanguageLevel.A2),),
    education_level=EducationLevel.VOCATIONAL,
)
TOLD = {
    "years_experience": 4.5,
    "skills": ["Django", "Немыслимое ремесло"],
    "preferred_salary": {"amount": 180000, "currency": "RUB"},
    "preferred_region": "Пермь",
    "work_format": "remote",
    "languages": [{"name": "German", "level": "A2"}],
    "education_level": "vocational",
}


@pytest.fixture
def with_file(api: Installation) -> Installation:
    """Return an installation in which Anna's résumé is of a file."""
    api.bot.post("/users/", PROFILE)
    api.bot.send(f"/resume/file/{ANNA}", FILE, "cv.rtf")
    api.work()
    return api


def _get(api: Installation, path: str = "") -> Any:
    return told(api.bot.get(f"/resume/{ANNA}{path}"))


def _add(api: Installation) -> str:
    """Let something be added to the current résumé; return the version it had before."""
    answer = api.bot.get(f"/resume/{ANNA}")
    with SqlTransactions(api.engine)() as tx:
        assert tx.resumes.keep_added(ResumeId(told(answer)["resume_id"]), ADDED)
    return answer.headers["ETag"]


def _patched(api: Installation, change: dict[str, Any], etag: str = "*") -> TestResponse:
    return api.bot.call("PATCH", f"/resume/{ANNA}", json=change, headers={"If-Match": etag})


def _conditions(api: Installation) -> float:
    """Return the points that the quality gives for salary, region and work format."""
    (line,) = (each for each in _get(api, "/quality")["lines"] if each["code"] == "conditions")
    return float(line["points"])


def test_what_was_added_counts_and_is_told_apart(with_file: Installation) -> None:
    before = _get(with_file)
    _add(with_file)

    now = _get(with_file)

    assert (before["added"], now["added"]) == ({}, TOLD)
    assert now["skills"] == ["Python", "SQL", "Django", "Немыслимое ремесло"]
    assert now["languages"] == [{"name": "English", "level": "B2"}, {"name": "German", "level": "A2"}]
    assert now["preferred_region"] == "Пермь"
    assert set(now["said"].values()) == set(now["said_of_skills"].values()) == {"parsed"}
    assert (now["resume_id"], now["contact"], now["desired_position"]) == (
        before["resume_id"],
        before["contact"],
        before["desired_position"],
    )


def test_the_etag_of_before_is_stale(with_file: Installation) -> None:
    etag = _add(with_file)

    read = with_file.bot.get(f"/resume/{ANNA}", headers={"If-None-Match": etag})
    refused = _patched(with_file, {"preferred_region": "Казань"}, etag)

    assert (read.status_code, refused.status_code, code_of(refused)) == (200, 412, "stale_resume")
    assert _patched(with_file, {"preferred_region": "Казань"}, read.headers["ETag"]).status_code == 200


def test_what_the_person_says_of_it_is_theirs_from_then_on(with_file: Installation) -> None:
    _add(with_file)

    _patched(
        with_file,
        {
            "preferred_region": "Казань",
            "work_format": None,
            "confirmed_skills": ["Django"],
            "denied_skills": ["Немыслимое ремесло"],
        },
    )

    now = _get(with_file)
    assert (now["preferred_region"], now["work_format"], now["skills"]) == ("Казань", None, ["Python", "SQL", "Django"])
    assert now["said_of_skills"]["Django"] == "confirmed"
    assert now["added"] == {
        name: value for name, value in TOLD.items() if name not in ("preferred_region", "work_format", "skills")
    }


def test_a_revision_is_shown_as_it_was_read_with_what_was_added_beside_it(with_file: Installation) -> None:
    _add(with_file)
    _patched(with_file, {"summary": "Сама."})

    edited, read = _get(with_file, "/history")["items"]
    exported = told(with_file.bot.get(f"/users/{ANNA}/export"))["resumes"]
    upload = told(with_file.bot.get(f"/resume/file/{ANNA}/{read['upload_id']}"))

    assert (read["skills"], read["preferred_region"], read["added"]) == (["Python", "SQL"], None, TOLD)
    # An edit holds what counted when it was made.
    assert (edited["preferred_region"], edited["summary"], edited["added"]) == ("Пермь", "Сама.", None)
    assert [(each["skills"], each["added"]) for each in exported] == [
        (read["skills"], TOLD),
        (edited["skills"], None),
    ]
    assert upload["resume"] == read


def test_a_form_says_everything_anew(with_file: Installation) -> None:
    _add(with_file)

    with_file.bot.post(
        f"/resume/json/{ANNA}",
        {
            "desired_position": "Тестировщик",
            "years_experience": 1,
            "skills": ["Python"],
            "languages": [],
            "education_level": "higher",
        },
    )

    now = _get(with_file)
    assert (now["skills"], now["preferred_region"], now["added"]) == (["Python"], None, {})


def test_the_quality_goes_by_it(with_file: Installation) -> None:
    before = _conditions(with_file)

    _add(with_file)

    assert _conditions(with_file) > before


def test_a_search_goes_by_it(with_file: Installation) -> None:
    with_file.offer(a_job("1", skills=["Python", "Django"], requirements="Python и Django обязательны"))
    _add(with_file)

    with_file.search()

    assert "Django" in told(with_file.bot.get(f"/search/next/{ANNA}"))["matched_skills"]
