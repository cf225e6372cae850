"""How far what one text tells stands in another."""

from __future__ import annotations

import pytest

from domain.vacancies.wording import is_part, phrases

WHOLE = (
    "Разрабатывать сервис доставки на Python и Django.\n"
    "Проектировать API для мобильного приложения; покрывать код тестами.\n"
    "Ждём опыта с PostgreSQL от трёх лет."
)


@pytest.mark.parametrize(
    "piece",
    [
        WHOLE,
        "разрабатывать сервис доставки на python и django",
        "Разрабатывать сервис — доставки на Python и Djan...",
        "…ектировать API для мобильного приложения; покрывать код тест…",
        "Ждем опыта с PostgreSQL\nРазрабатывать сервис доставки.",
        "",
    ],
)
def test_what_was_cut_out_of_a_text_is_part_of_it(piece: str) -> None:
    assert is_part(phrases([piece]), phrases([WHOLE]))
    assert is_part(phrases([WHOLE]), phrases([piece]))


@pytest.mark.parametrize(
    "other",
    [
        "Python, Django, API, PostgreSQL, тесты",
        "Разрабатывать сервис оплаты. Опыта с PostgreSQL не ждём. Проектировать склады.",
        "тестами код покрывать, приложения мобильного для API проектировать",
    ],
)
def test_the_same_words_in_another_order_are_another_text(other: str) -> None:
    assert not is_part(phrases([other]), phrases([WHOLE]))


def test_one_line_in_five_may_be_somebody_elses() -> None:
    told = ["раз два", "три четыре", "пять шесть", "семь восемь"]

    assert is_part(phrases([*told, "Полная занятость"]), phrases([*told, "девять", "десять"]))
    assert not is_part(phrases([*told, "Полная занятость", "Сменный график"]), phrases([*told, "девять", "десять"]))


def test_a_word_that_is_a_line_alone_counts() -> None:
    assert phrases(["Python\n* Django\n\n", "C++"]) == {("python",), ("django",), ("c++",)}
