"""By which words a text bears years of work."""

from __future__ import annotations

import pytest

from domain.resumes.evidence.text import Evidence
from tests.domain.instruments import MEASURES


def _evidence(text: str) -> Evidence:
    return Evidence(text, stems=MEASURES.stems, skills=MEASURES.skills)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Опыт работы 7 лет", 7),
        ("Опыт работы — 7 лет 3 месяца", 7),
        ("Опыт работы — 7 лет 3 месяца", 7.3),
        ("Experience: 7 years and 6 months", 7.5),
        ("Стаж 7,5 лет", 7.5),
        ("7+ years of experience", 7),
        ("12 лет в продажах", 12),
        ("1 год разработки", 1),
        ("Более 7 лет работаю бухгалтером", 7),
        ("Стаж: 35 лет", 35),
        ("7-летний опыт", 7),
        ("Мне 35 лет и я\nлюблю море. 35 лет в торговле", 35),
    ],
)
def test_years_of_work_stand_beside_a_word_for_years(text: str, years: float) -> None:
    assert _evidence(text).bears_years(years)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", 7),
        ("Опыт работы 8 лет", 7),
        ("Опыт работы 7 лет 3 месяца", 7.5),
        ("Версия 7", 7),
        ("2007 года", 7),
        ("35 лет, Москва", 35),
        ("Мужчина, 35 лет, родился в Перми", 35),
        ("Мне 35 лет в июле", 35),
        ("35 years old", 35),
        ("7 лет назад", 7),
    ],
)
def test_years_of_work_are_neither_another_number_nor_an_age(text: str, years: float) -> None:
    assert not _evidence(text).bears_years(years)


@pytest.mark.parametrize(
    ("text", "years", "ages"),
    [
        ("мне 35 лет, опыт работы 10 лет", [10], [35]),
        ("Мужчина, 35 лет. опыт работы 7 лет", [7], [35]),
        ("Мужчина, 35 лет. Опыт работы 7 лет", [7], [35]),
        ("I am 35 years old with 10 years of experience", [10], [35]),
        ("5 years experience, 3 years as a lead", [5, 3], []),
        ("Сыну 7 лет и практика", [], [7]),
        ("Опыт работы\n7 лет", [7], []),
        ("Опыт 7 лет назад", [], [7]),
    ],
)
def test_each_number_of_years_has_the_words_beside_it(text: str, years: list[int], ages: list[int]) -> None:
    evidence = _evidence(text)

    assert [each for each in (*years, *ages) if evidence.bears_years(each)] == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Опыт 5–7 лет", [5, 7]),
        ("Experience: 5-7 years", [5, 7]),
        ("Последние двенадцать лет занимаюсь продажами", [12]),
        ("Более двенадцати лет опыта", [12]),
        ("Twelve years of hands-on practice", [12]),
        ("That makes 11 yrs", [11]),
        ("Twenty-five years of experience", []),
        ("Без опыта работы 5 лет", []),
    ],
)
def test_years_stand_in_words_and_as_ends_of_a_range(text: str, years: list[int]) -> None:
    evidence = _evidence(text)

    assert [each for each in range(1, 30) if evidence.bears_years(each)] == years
