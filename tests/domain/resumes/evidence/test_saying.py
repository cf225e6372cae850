"""What a text says apart from what it denies."""

from __future__ import annotations

import pytest

from domain.resumes.evidence.saying import folded, plain, said_and_denied, sentences


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Знаю Java", "Знаю Java"),
        ("Не знаю Java", ""),
        ("Москву не рассматриваю. Живу в Самаре", ". Живу в Самаре"),
        ("Готова на всё, кроме Москвы", "Готова на всё,"),
        ("Кроме того, знаю Java", "Кроме того, знаю Java"),
        ("Не только Java", "Не только Java"),
        ("Опыта с Java нет; Python есть", "; Python есть"),
        ("Java — нет, Go", ","),
        ("Не знаю Java, PHP и Go, учу новые языки", ",,учу новые языки"),
        ("Любая работа без командировок", "Любая работа"),
        ("I have never used Java. Used Go", ". Used Go"),
        ("I don't know Java", ""),
        ("Remote: no", ""),
        ("Python without Django", "Python"),
        ("not only Java", "not only Java"),
        ("Node.js не Java", "Node.js"),
        ("Я давно и всерьёз не рассматриваю работу в\nмоскве\nКазань", "Казань"),
        ("Не курю\nсамара", "самара"),
    ],
)
def test_a_clause_says_what_it_does_not_deny(text: str, said: str) -> None:
    told, _ = said_and_denied(text)

    assert "".join(told.split()) == "".join(said.split())


def test_what_is_said_and_what_is_denied_stand_where_they_stood() -> None:
    text = "Живу в Самаре,\nне в Москве; Без детей.\nPython"

    said, denied = said_and_denied(text)

    assert len(said) == len(denied) == len(text)
    assert [one if one != " " else other for one, other in zip(said, denied, strict=True)] == list(text)


def test_a_text_is_plain_with_one_space_a_gap_and_none_at_the_ends_of_lines() -> None:
    assert plain("а\u00a0 \tб \n\n в ½") == "а б\n\nв 1⁄2"


def test_a_folded_text_is_as_long_as_it_was() -> None:
    assert folded("Ёлка İß") == "елка İß"


def test_a_line_and_a_full_stop_before_a_capital_end_a_sentence() -> None:
    assert list(sentences("Оклад 150 тыс. руб. Готов.\nДа; нет")) == ["Оклад 150 тыс. руб", " Готов", "Да", " нет"]
