"""What an employer looks for first."""

from __future__ import annotations

from typing import Any

import pytest

from domain.insights.rubric import Criterion
from domain.resumes.content import Contact, Education, EducationLevel, Language, LanguageLevel, WorkFormat
from tests.domain.insights.judging import a_good_resume, a_job, advised, line


@pytest.mark.parametrize("contact", [Contact(email="anna@example.ru"), Contact(phone="+79000000001")])
def test_one_way_to_reach_a_person_is_enough(contact: Contact) -> None:
    assert line(Criterion.CONTACTS, a_good_resume(contact=contact)).points == 3


def test_nobody_can_be_reached_by_their_name() -> None:
    nameless = a_good_resume(contact=Contact(first_name="Анна", city="Казань"))

    assert advised(Criterion.CONTACTS, nameless) == {"contacts_missing": None}
    assert line(Criterion.CONTACTS, nameless).points == 0


def test_a_profile_may_say_how_to_reach_a_person() -> None:
    assert line(Criterion.CONTACTS, a_good_resume(contact=Contact()), reachable=True).points == 3


@pytest.mark.parametrize(
    "wish",
    [
        "Разработчик Python",
        "Разработчик / developer",
        "Водитель",
        "Флорист-декоратор салона",
        "Senior developer (Python, Django, PostgreSQL, remote, full time)",
        "Финансовый accountant / developer accountant",
    ],
)
def test_a_clear_position_gets_full_points(wish: str) -> None:
    assert line(Criterion.TARGET, a_good_resume(desired_position=wish)).points == 10


@pytest.mark.parametrize(
    ("wish", "code", "points"),
    [
        (None, "target_missing", 0),
        ("Любая работа", "target_vague", 2),
        ("Anything in an office", "target_vague", 2),
        ("Бухгалтер, водитель", "target_scattered", 8),
        ("Accountant or driver or tester", "target_scattered", 5),
        ("Флорист, грумер, баянист, клоун, лесник", "target_scattered", 5),
        ("Специалист", "target_unclear", 5),
        ("Специалист широкого профиля на любом участке самой большой компании", "target_long", 6),
        ("Бухгалтер на учёт материалов и основных средств в большую торговую сеть рядом с домом", "target_long", 6),
    ],
)  # fmt: skip
def test_a_position_that_says_too_little_or_too_much(wish: str | None, code: str, points: float) -> None:
    content = a_good_resume(desired_position=wish)

    assert list(advised(Criterion.TARGET, content)) == [code]
    assert line(Criterion.TARGET, content).points == points


@pytest.mark.parametrize(
    ("says", "codes"),
    [
        ({}, []),
        ({"salary": None}, ["salary_missing"]),
        ({"work_format": None}, ["format_missing"]),
        ({"region": None}, []),
        ({"region": None, "contact": Contact()}, ["place_missing"]),
        ({"region": None, "contact": Contact(), "work_format": WorkFormat.REMOTE}, []),
    ],
)
def test_salary_place_and_format(says: dict[str, Any], codes: list[str]) -> None:
    assert list(advised(Criterion.CONDITIONS, a_good_resume(**says))) == codes


def test_each_job_tells_position_employer_and_dates() -> None:
    jobs = (
        a_job(position=None),
        a_job(company=None, current=False),
        a_job(position=None, company=None, start=None, end="2021"),
        a_job(position=None, company=None),
    )
    content = a_good_resume(experience=jobs)

    assert advised(Criterion.EXPERIENCE, content) == {
        "position_missing": ["ООО «Вымысел»", "#3", "2022-03"],
        "company_missing": ["Разработчик", "#3", "2022-03"],
        "period_missing": ["Разработчик", "#3"],
    }
    assert line(Criterion.EXPERIENCE, content).points == round(12 * (1 - 0.3 - 0.225 - 0.15), 2)


def test_a_long_name_of_a_job_is_cut() -> None:
    endless = a_good_resume(experience=(a_job(position=None, company="А" * 300),))

    assert advised(Criterion.EXPERIENCE, endless) == {"position_missing": ["А" * 79 + "…"]}


def test_whoever_worked_must_say_where() -> None:
    assert advised(Criterion.EXPERIENCE, a_good_resume(experience=())) == {"jobs_missing": None}


def test_languages_have_levels() -> None:
    known, unknown = Language(name="Russian", level=LanguageLevel.NATIVE), Language(name="English")

    assert line(Criterion.LANGUAGES, a_good_resume(languages=(known,))).points == 5
    assert line(Criterion.LANGUAGES, a_good_resume(languages=(known, unknown))).points == 2.5
    assert advised(Criterion.LANGUAGES, a_good_resume(languages=(known, unknown))) == {"levels_missing": ["English"]}
    assert advised(Criterion.LANGUAGES, a_good_resume(languages=())) == {"languages_missing": None}


@pytest.mark.parametrize(
    ("says", "codes"),
    [
        ({"education_level": None}, []),
        ({"education_level": None, "education": ()}, ["education_level_missing", "education_place_missing"]),
        ({"education": ()}, ["education_place_missing"]),
        ({"education": (Education(year=2019),)}, ["education_place_missing"]),
        ({"education_level": None, "education": (Education(speciality="Право"),)}, ["education_level_missing"]),
        ({"education_level": EducationLevel.SECONDARY, "education": ()}, []),
    ],
)
def test_education_tells_level_and_place(says: dict[str, Any], codes: list[str]) -> None:
    assert list(advised(Criterion.EDUCATION, a_good_resume(**says))) == codes
