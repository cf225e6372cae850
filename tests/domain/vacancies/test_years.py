"""Years of experience asked for in words."""

from __future__ import annotations

import pytest

from domain.vacancies.vacancy import ExperienceAsked
from domain.vacancies.years import years_asked_in
from tests.domain.instruments import SkillList


def _asked(text: str) -> ExperienceAsked | None:
    return years_asked_in(text, SkillList())


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Опыт разработки на Python от 7 лет", 7, None),
        ("Опыт работы не менее 3 лет", 3, None),
        ("Опыт работы бухгалтером, не менее трёх лет", 3, None),
        ("Опыт не менее 3 (трёх) лет", 3, None),
        ("Опыт от 3-х лет", 3, None),
        ("Опыт 1–3 года", 1, 3),
        ("Опыт от 3 до 5 лет", 3, 5),
        ("Опыт от 1 года до 3 лет", 1, None),
        ("Опыт от года", 1, None),
        ("Опыт от полугода", 0.5, None),
        ("Опыт от 6 месяцев", 0.5, None),
        ("Опыт 3 года и более", 3, None),
        ("Категория C, стаж от 10 лет", 10, None),
        ("Python от 3 лет", 3, None),
        ("7+ years of commercial Python experience", 7, None),
        ("3-5 years of experience", 3, 5),
        ("at least five years in accounting", 5, None),
        ("Возраст от 25 лет, опыт от 1 года", 1, None),
        ("Опыт от 3 лет, желательно в банке", 3, None),
        ("Опыт работы на рынке жилья от 2 лет", 2, None),
        ("Опыт Python от 2 лет, опыт Django от 4 лет", 4, None),
        ("Условия:\nсрок 1 год\nТребования:\nопыт от 2 лет", 2, None),
        ("Опыт от 5 до 2 лет", 5, None),
    ],
)
def test_years_of_experience_are_read_in_words(text: str, least: float, most: float | None) -> None:
    assert _asked(text) == ExperienceAsked(least=least, most=most)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Компании 10 лет",
        "Мы на рынке 15 лет",
        "Сеть на рынке 15 лет, ищем людей с опытом",
        "Наш опыт — 15 лет",
        "Возраст от 25 лет",
        "Договор на 1 год",
        "Опыт не важен, испытательный срок 3 месяца",
        "Опыт работы с детьми от 3 лет",
        "Стаж вождения от 3 лет",
        "Внедрение за последние 5 лет, опыт",
        "Желательно опыт от 3 лет",
        "Будет плюсом:\nопыт от 3 лет",
        "Мы предлагаем:\nопыт команды 10 лет",
        "Опыт от 0 лет",
        "Опыт от 70 лет",
        "At least 18 years old",
        "Группы от 3 лет",
        "Контракт 2 года",
        "Ваучер 2 года",
        "Опыт работы на Python 3.10",
    ],
)
def test_other_years_are_no_experience_asked_for(text: str) -> None:
    assert _asked(text) is None
