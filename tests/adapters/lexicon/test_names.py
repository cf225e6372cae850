"""Which words are first names."""

from __future__ import annotations

import pytest

from adapters.lexicon.names import FirstNames


@pytest.fixture(scope="module")
def names() -> FirstNames:
    return FirstNames()


@pytest.mark.parametrize(
    "words",
    [
        "Анна анна АННА Роман РОМАН Семён Семен Алёна Алена Наталия Наталья Любовь Лев Гульнара Рустам Ян Юлия Аня",
        "Anna Nikita Zhanna Ilya Mikhail MARIA John Elizabeth",
        "Dmitry Dmitriy Dmitrii",
        "Yulia Julia Iuliia Yuliya",
        "Sergey Sergei Aleksey Alexey Alexei Aleksandr Alexander",
        "Ekaterina Yekaterina Ksenia Xenia Natalia Natalya Tatiana Tatyana Lyudmila Ludmila",
        "Artyom Artem Pyotr Petr Fyodor Evgeny Evgeniy Vyacheslav Viacheslav",
    ],
)
def test_a_first_name_is_known(names: FirstNames, words: str) -> None:
    assert [word for word in words.split() if not names.known(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        "опыт Резюме Москва Навыки образование бухгалтер телефон кое 12345",
        "Java Rust Dart German Russia Server Mail skills Experience Python manager the and Lead",
    ],
)
def test_another_word_is_not(names: FirstNames, words: str) -> None:
    assert [word for word in words.split() if names.known(word)] == []


def test_nothing_is_not_a_name(names: FirstNames) -> None:
    assert not names.known("")
    assert not names.known("  ")
