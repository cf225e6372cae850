"""Stems: one form for every inflection, tech words kept whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.lexicon.stems import SnowballStems, folded

STEMS = SnowballStems()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Опытный разработчик", "опытного разработчика"),
        ("холодные звонки", "ХОЛОДНЫХ ЗВОНКОВ"),
        ("отчёт", "отчета"),
        ("testing engineers", "Tested Engineer"),
        ("1С", "1C"),
        ("С++", "C++"),
        ("дизаи\u0306н", "дизайны"),
        ("ﬁgma", "figma"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert STEMS.stems(one) == STEMS.stems(other) != ()


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C#", "C"), ("java", "javascript"), (".NET", "net")])
def test_different_languages_stay_different(one: str, other: str) -> None:
    assert STEMS.stems(one) != STEMS.stems(other)


def test_tech_words_keep_their_symbols() -> None:
    assert STEMS.stems("C++, C#, .NET, Node.js, ASP.NET и 1С.") == ("c++", "c#", ".net", "node.js", "asp.net", "1с")


def test_stop_words_numbers_and_single_letters_are_dropped_in_both_languages() -> None:
    assert STEMS.stems("и для the of 2024 x ещё если") == ()


def test_the_order_and_the_repeats_of_the_text_are_kept() -> None:
    assert STEMS.stems("Продажи, закупки и продажи") == ("продаж", "закупк", "продаж")


def test_look_alike_letters_go_to_the_script_of_the_word() -> None:
    assert folded("СRM") == "crm"
    assert folded("cварка") == "сварка"
    assert folded("Web") == "web"
    assert folded("сон") == "сон"


@given(st.text(max_size=200))
def test_any_text_has_stems_without_blanks_or_capitals(text: str) -> None:
    stems = STEMS.stems(text)

    assert all(stem and not any(sign.isspace() for sign in stem) for stem in stems)


def test_threads_share_the_stems() -> None:
    texts = [f"тестирование{'ы' * number} программ development" for number in range(100)]
    alone = [STEMS.stems(text) for text in texts]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(SnowballStems().stems, texts))

    assert together == alone
