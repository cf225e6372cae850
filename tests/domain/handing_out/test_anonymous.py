"""What an outside automation is told never says who the person is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.handing_out.anonymous import LONGEST, without_person
from domain.handing_out.errand import MOST_SKILLS, Query, query_of
from domain.resumes.content import Contact, ResumeContent, WorkFormat
from domain.search.filters import Filters
from tests.builders import a_user
from tests.domain.instruments import MEASURES

NAMES = ("Анна-Мария", "Вымышленная", None, "Павловна")


def test_what_is_looked_for_is_told() -> None:
    resume = ResumeContent(
        desired_position="Python-разработчик (backend)", skills=("Python", "Node.js", "C++"), region="Татарстан"
    )
    filters = Filters(salary_from=Decimal(150_000), work_format=WorkFormat.REMOTE, text="микросервисы")

    told = query_of(a_user(), resume, filters, MEASURES)

    assert told == Query(
        position="Python-разработчик (backend)",
        skills=("Python", "Node.js", "C++"),
        region="Республика Татарстан",
        salary_from=Decimal(150_000),
        work_format=WorkFormat.REMOTE,
        text="микросервисы",
    )


def test_nothing_of_the_contact_block_is_told() -> None:
    contact = Contact(
        first_name="Анна",
        last_name="Вымышленная",
        middle_name="Павловна",
        email="anna@example.ru",
        phone="+79000000001",
        city="Казань",
    )

    assert query_of(a_user(), ResumeContent(contact=contact), Filters(), MEASURES) == Query()


def test_neither_the_names_of_the_profile_nor_those_on_the_resume_are_told() -> None:
    user = a_user(first_name="Анна", last_name="Вымышленная")
    resume = ResumeContent(
        contact=Contact(first_name="Anna", last_name="Invented", middle_name="Павловна"),
        desired_position="Anna Invented: бухгалтер",
        skills=("1С Анны Вымышленной", "1С Павловны"),
    )

    told = query_of(user, resume, Filters(text="резюме Анны Вымышленной", region="Invented"), MEASURES)

    assert told == Query(position="бухгалтер", skills=("1С",), text="резюме")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Бухгалтер, Анна Вымышленная", "Бухгалтер"),
        ("CV АННЫ ВЫМЫШЛЕННОЙ: бухгалтер", "CV : бухгалтер"),
        ("Врач anna@example.ru", "Врач"),
        ("Врач +7 (900) 000-00-01, паспорт 9200 000001", "Врач , паспорт"),
        ("Дизайнер https://example.com/anna www.example.com t.me/anna @anna_v", "Дизайнер"),
        ("1С 8.3, React 18", "1С 8.3, React 18"),
        ("Врач 8.900.000.00.01", "Врач"),
        ("Врач +7 900 000–00–01", "Врач"),
        ("Врач +7\u00a0900\u00a0000\u00a000\u00a001", "Врач"),
        ("Врач 8/900/000-00-01", "Врач"),
        ("Врач 000‑00‑01", "Врач"),
        ("Врач, паспорт 9200 000 001", "Врач, паспорт"),
        ("Смены 2/2 с 23.11.2026", "Смены 2/2 с 23.11.2026"),
        ("Дизайнер vk.com/example, linkedin.com/in/example example.рф/cv", "Дизайнер"),
        ("Node.js/React, ASP.NET/C#, CI/CD", "Node.js/React, ASP.NET/C#, CI/CD"),
        ("Врач anna (at) example.ru", "Врач"),
        ("Врач anna собака example.ru", "Врач"),
        ("Врач telegram: anna1990", "Врач"),
        ("Врач tg anna_v skype live:anna.v", "Врач"),
        ("Telegram Bot API, VK Ads", "Telegram Bot API, VK Ads"),
        ("Anna Vymyshlennaya's бухгалтер", "бухгалтер"),
        ("Мария", None),
        ("", None),
        (None, None),
    ],
)
def test_contacts_and_names_in_other_fields_are_left_out(written: str | None, told: str | None) -> None:
    assert without_person(written, NAMES) == told


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Иванова", "Ивановой"),
        ("Иванов", "Ивановым"),
        ("Павел", "Павла"),
        ("Белый", "Белого"),
        ("Мария", "Марией"),
        ("Семён", "Семена"),
        ("Ли", "ли"),
        ("O'Neil", "o'neil"),
        ("Иван", "Иваном"),
    ],
)
def test_a_name_is_left_out_in_every_case(name: str, form: str) -> None:
    assert without_person(f"повар {form}", (name,)) == "повар"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Поваров", "повар"),
        ("Токарев", "токарь"),
        ("Водителев", "водитель"),
        ("Лев", "лекарь"),
        ("Ли", "линия"),
        ("Иван", "Иваново"),
    ],
)
def test_words_that_only_resemble_a_name_stay(name: str, word: str) -> None:
    assert without_person(word, (name,)) == word


def test_a_skill_is_told_once_and_no_more_of_them_than_anybody_needs() -> None:
    skills = tuple(f"навык {number}" for number in range(MOST_SKILLS + 5))

    told = query_of(
        a_user(), ResumeContent(skills=("Python", "Python", *skills)), Filters(text="слово " * 200), MEASURES
    )

    assert told.skills == ("Python", *skills[: MOST_SKILLS - 1])
    assert told.text is not None
    assert len(told.text) <= LONGEST
