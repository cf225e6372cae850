"""Openings: what is remembered of vacancies, and for how long it holds."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import VacancyId
from domain.matching.lexicon import Title
from domain.matching.measures import Measures
from domain.matching.opening import opening_of
from domain.matching.openings import Openings
from domain.matching.requirements import Requirement
from domain.matching.scorer import Score, Scorer
from domain.resumes.content import LanguageLevel, ResumeContent, WorkFormat
from domain.vacancies.vacancy import ExperienceAsked, Link, SalaryRange, Vacancy
from tests.builders import a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES, TitleList
from tests.domain.matching.test_laws import LAW, RESUMES, VACANCIES


@dataclass
class NotingTitles(TitleList):
    """Notes the titles it was given."""

    given: list[str] = field(default_factory=list)

    def read(self, title: str) -> Title:
        self.given.append(title)
        return super().read(title)


def _noting() -> tuple[list[str], Measures]:
    titles = NotingTitles()
    return titles.given, replace(MEASURES, titles=titles)


def _many(numbers: Iterable[int]) -> list[Vacancy]:
    return [a_vacancy(id=VacancyId(f"internal-{number}"), title=f"Водитель {number}") for number in numbers]


CHANGES: dict[str, Any] = {
    "title": "Водитель",
    "salary": SalaryRange(to=Decimal(1_000)),
    "area": "Химки",
    "work_format": WorkFormat.REMOTE,
    "experience": ExperienceAsked(least=6),
    "responsibilities": "Вахта 60/30.",
    "requirements": "Категория C.",
    "description": "Возить грузы.",
    "skills": ("Docker",),
    "asks": (Requirement(skill="Redis", must=False, words="Redis", level=LanguageLevel.B2),),
}
OF_NO_MATTER: dict[str, Any] = {
    "source": "elsewhere",
    "company": "ООО «Другой»",
    "url": None,
    "published_at": None,
    "closes_at": None,
    "links": (Link(source="hh", vacancy_id=VacancyId("hh-1")),),
    "first_seen_at": a_vacancy().first_seen_at + timedelta(days=1),
    "outline": True,
    "last_seen_at": a_vacancy().last_seen_at + timedelta(days=1),
}


def test_every_field_of_a_vacancy_either_matters_or_does_not() -> None:
    assert {each.name for each in fields(Vacancy)} == {"id", *CHANGES, *OF_NO_MATTER}


@pytest.mark.parametrize("name", CHANGES)
def test_a_vacancy_that_says_something_else_is_measured_anew(name: str) -> None:
    scorer, vacancy = Scorer(MEASURES), a_vacancy()
    scorer.assess(a_resume_content(), [vacancy])
    changed = replace(vacancy, **{name: CHANGES[name]})

    assert scorer.assess(a_resume_content(), [changed]) == Scorer(MEASURES).assess(a_resume_content(), [changed])
    assert scorer.openings.of([changed], MEASURES) == [opening_of(changed, MEASURES)]


@pytest.mark.parametrize(
    "asks",
    [
        {"skill": "Redis"},
        {"must": False},
        {"words": "Python!"},
        {"any_of": ("Redis", "Python")},
        {"level": LanguageLevel.C1},
    ],
)
def test_a_requirement_that_says_something_else_counts_anew(asks: dict[str, Any]) -> None:
    requirement = Requirement(skill="Python", must=True, words="Python")
    other = Requirement(skill="Redis", must=True, words="Redis", any_of=("Redis", "Python"))
    vacancy = a_vacancy(asks=(requirement, other))
    changed = replace(vacancy, asks=(replace(requirement, **asks), other))
    scorer = Scorer(MEASURES)
    before = scorer.assess(a_resume_content(), [vacancy])

    after = scorer.assess(a_resume_content(), [changed])

    assert after == Scorer(MEASURES).assess(a_resume_content(), [changed]) != before


def test_a_vacancy_seen_again_is_not_measured_again() -> None:
    given_titles, measures = _noting()
    openings, vacancy = Openings(), a_vacancy()
    first = openings.of([vacancy], measures)
    given_titles.clear()

    again = openings.of([replace(vacancy, **OF_NO_MATTER)], measures)

    assert again == first
    assert again[0] is first[0]
    assert given_titles == []


def test_one_vacancy_given_twice_is_measured_once() -> None:
    given_titles, measures = _noting()

    Openings().of([a_vacancy(), a_vacancy()], measures)

    assert given_titles == [a_vacancy().title]


def test_the_least_recently_used_is_forgotten() -> None:
    given_titles, measures = _noting()
    openings = Openings(most=2)
    openings.of(_many([1, 2]), measures)
    openings.of(_many([1]), measures)
    openings.of(_many([3]), measures)
    given_titles.clear()

    openings.of(_many([1, 3]), measures)
    openings.of(_many([2]), measures)

    assert given_titles == ["Водитель 2"]


def test_more_vacancies_than_are_kept_are_answered_all_the_same() -> None:
    vacancies = _many(range(5))

    assert Openings(most=2).of(vacancies, MEASURES) == [opening_of(each, MEASURES) for each in vacancies]


def test_threads_may_share_openings() -> None:
    openings = Openings(most=7)
    batches = [_many((start + step) % 20 for step in range(10)) for start in range(40)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda batch: openings.of(batch, MEASURES), batches))

    assert found == [[opening_of(each, MEASURES) for each in batch] for batch in batches]


@LAW
@given(RESUMES, st.lists(VACANCIES, max_size=3))
def test_the_bare_numbers_are_those_of_the_assessments(resume: ResumeContent, vacancies: list[Vacancy]) -> None:
    scorer = Scorer(MEASURES)

    scores = scorer.scores(resume, vacancies)

    assert scores == [
        Score(each.score, round(sum(part.points for part in each.parts), 2))
        for each in scorer.assess(resume, vacancies)
    ]
