"""What an automation is told of a search: nothing of whose it is."""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal
from typing import Any

import pytest

from domain.handing_out.errand import Query, query_of
from domain.resumes.content import WorkFormat
from domain.search.filters import Filters
from tests.builders import a_resume_content, a_user
from tests.domain.instruments import MEASURES


def _query(filters: Filters | None = None, **says: Any) -> Query:
    return query_of(a_user(), a_resume_content(**says), filters or Filters(), MEASURES)


def test_it_holds_what_is_looked_for() -> None:
    filters = Filters(
        text="инженер данных", region="Москва", salary_from=Decimal(150_000), work_format=WorkFormat.REMOTE
    )

    assert _query(filters) == Query(
        position="Старший разработчик Python",
        skills=("Python", "PostgreSQL", "Машинное обучение"),
        region="Москва",
        salary_from=Decimal(150_000),
        work_format=WorkFormat.REMOTE,
        text="инженер данных",
    )


def test_where_filters_are_silent_the_resume_tells_the_region_and_the_position() -> None:
    query = _query(desired_position=None)

    assert (query.region, query.position) == ("Республика Татарстан", "Разработчик Python")
    assert (query.salary_from, query.work_format, query.text) == (None, None, None)


@pytest.mark.parametrize(
    "words",
    [
        "Анна Вымышленная, разработчик",
        "разработчик АННА ВЫМЫШЛЕННАЯ Петровна",
        "разработчик (резюме Анны Вымышленной)",
        "Вымышленную — разработчик",
        "разработчик anna@example.ru",
        "разработчик, @anna_example в Telegram",
        "разработчик +7 (900) 000-00-01",
        "разработчик 89000000001",
        "разработчик https://hh.ru/resume/0123456789abcdef",
        "разработчик www.example.ru/anna",
    ],
)
def test_no_word_of_a_name_or_of_how_they_are_reached_goes_out(words: str) -> None:
    query = _query(Filters(text=words, region=words), desired_position=words, skills=(words, "Python"))

    told = " ".join(str(each) for each in astuple(query)).casefold()
    assert "разработчик" in told
    assert "Python" in query.skills
    for secret in ("анн", "вымышл", "петровн", "anna", "example", "900", "0123456789abcdef"):
        assert secret not in told


def test_what_held_nothing_but_a_name_is_nothing() -> None:
    query = _query(Filters(text="Анна Вымышленная"), desired_position="Вымышленная", skills=("Анна", "SQL"))

    assert (query.text, query.position, query.skills) == (None, None, ("SQL",))


def test_words_that_only_begin_like_a_name_are_left() -> None:
    person = a_user(first_name="Вера", last_name="Ию")

    query = query_of(person, a_resume_content(desired_position="верстальщик, Июнь, Вере"), Filters(), MEASURES)

    assert query.position == "верстальщик, Июнь"


def test_a_person_without_a_middle_name_is_no_trouble() -> None:
    contact = a_resume_content().contact

    assert _query(contact=type(contact)()).position == "Старший разработчик Python"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Разработчик Python, ул. Придуманная, д. 5", "Разработчик Python"),
        ("Придуманная улица — тестировщик; водитель", "тестировщик, водитель"),
        ("Python-разработчик (backend)", "Python-разработчик (backend)"),
        ("смотритель маяка, сигнальщик", "смотритель маяка, сигнальщик"),
    ],
)
def test_of_a_position_what_names_a_profession_is_told(said: str, told: str) -> None:
    assert _query(desired_position=said).position == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Москва, Придуманная улица, д. 5, кв. 12", "Москва"),
        ("Татарстан", "Республика Татарстан"),
        ("Россия", None),
        ("Придуманная улица", None),
        (None, None),
    ],
)
def test_of_a_region_the_place_alone_is_told(said: str | None, told: str | None) -> None:
    assert _query(region=said).region == told
    assert _query(Filters(region=said), region=None).region == told


def test_who_is_named_by_their_mail_is_not_told_either() -> None:
    person = a_user(email="python.smirnova84@example.ru")

    query = query_of(person, a_resume_content(skills=("Python (Смирнова)", "SQL")), Filters(text="Smirnova"), MEASURES)

    assert (query.skills, query.text) == (("Python", "SQL"), None)
