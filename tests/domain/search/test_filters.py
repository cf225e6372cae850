"""What a search narrowed down lets through."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.search.filters import Filters, lets_through
from domain.vacancies.vacancy import SalaryRange
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def _passes(vacancy: dict[str, Any] | None = None, **filters: Any) -> bool:
    return lets_through(Filters(**filters), a_vacancy(**(vacancy or {})), MEASURES)


def test_no_filter_lets_everything_through() -> None:
    assert _passes()
    assert _passes({"salary": None, "area": None, "work_format": None, "company": None})


@pytest.mark.parametrize("text", ["python", "Разработчик", "вымысел", "PostgreSQL", "писать", "сервисы python", "и"])
def test_words_may_stand_anywhere_in_the_vacancy(text: str) -> None:
    assert _passes(text=text)


@pytest.mark.parametrize("text", ["java", "python java", "pyth"])
def test_every_word_must_stand_somewhere(text: str) -> None:
    assert not _passes(text=text)


def test_the_words_of_tags_and_of_the_description_count() -> None:
    assert _passes({"skills": ("Redis",)}, text="redis")
    assert _passes({"description": "Гибкий график."}, text="гибкий график")


@pytest.mark.parametrize(
    ("region", "area", "passes"),
    [
        ("Казань", "Казань", True),
        ("г. Казань", "казань", True),
        ("Казань", "Москва", False),
        ("Химки", "Подольск", False),
        ("Московская область", "Химки", True),
        ("Московская область", "Московская область", True),
        ("Химки", "Московская область", False),
        ("Татарстан", "Казань", True),
        ("Московская область", "Москва", False),
        ("Россия", "Казань", True),
        ("Россия", "Россия", True),
        ("Россия", "Минск", False),
        ("Казань", None, False),
        ("Выдуманск", "г. Выдуманск", True),
        ("Выдуманск", "Казань", False),
        ("Казань", "Выдуманск", False),
    ],
)
def test_a_region_lets_through_what_lies_in_it(region: str, area: str | None, passes: bool) -> None:
    assert _passes({"area": area, "work_format": WorkFormat.OFFICE}, region=region) is passes


def test_remote_work_lies_in_every_region() -> None:
    assert _passes({"area": "Минск", "work_format": WorkFormat.REMOTE}, region="Казань")
    assert _passes({"area": None, "work_format": WorkFormat.REMOTE}, region="Казань")


@pytest.mark.parametrize(
    ("salary", "passes"),
    [
        (SalaryRange(to=Decimal(100_000)), True),
        (SalaryRange(to=Decimal(99_999)), False),
        (SalaryRange(from_=Decimal(100_000)), True),
        (SalaryRange(from_=Decimal(50_000), to=Decimal(120_000)), True),
        (SalaryRange(to=Decimal(100_000), gross=True), False),
        (SalaryRange(to=Decimal(1_200), currency="USD"), True),
        (SalaryRange(to=Decimal(1), currency="XAU"), True),
        (SalaryRange(), True),
        (None, True),
    ],
)
def test_pay_must_reach_what_is_asked_unless_nothing_is_said_of_it(salary: SalaryRange | None, passes: bool) -> None:
    assert _passes({"salary": salary}, salary_from=Decimal(100_000)) is passes


@pytest.mark.parametrize(("offered", "passes"), [(WorkFormat.HYBRID, True), (WorkFormat.OFFICE, False), (None, False)])
def test_a_format_asked_for_must_be_offered(offered: WorkFormat | None, passes: bool) -> None:
    assert _passes({"work_format": offered}, work_format=WorkFormat.HYBRID) is passes


def test_all_filters_must_agree() -> None:
    asked: dict[str, Any] = {"text": "python", "region": "Казань", "work_format": WorkFormat.HYBRID}

    assert _passes(**asked, salary_from=Decimal(100_000))
    assert not _passes(**asked, salary_from=Decimal(900_000))
    assert not _passes(**(asked | {"text": "java"}))
    assert not _passes(**(asked | {"region": "Москва"}))
    assert not _passes(**(asked | {"work_format": WorkFormat.OFFICE}))


@pytest.mark.parametrize("text", ["backend developer", "Developer Python", "постгрес", "постгрес сервисы"])
def test_a_role_and_skills_are_understood_in_other_words(text: str) -> None:
    assert _passes(text=text)


def test_the_only_skill_that_is_asked_is_enough() -> None:
    asks = (Requirement(skill="PostgreSQL", must=True, words="PostgreSQL"),)

    assert _passes({"asks": asks}, text="постгрес")
    assert not _passes({"asks": asks}, text="постгрес kafka отпуск")


def test_a_skill_that_is_not_asked_is_not_there() -> None:
    assert not _passes({"asks": ()}, text="постгрес")
    assert not _passes(text="driver постгрес")
