"""Verbs read as the nouns of skills."""

from __future__ import annotations

import pytest

from adapters.lexicon.deeds import deed


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("составлять", "составление"),
        ("составляет", "составление"),
        ("оформляли", "оформление"),
        ("формировать", "формирование"),
        ("формирует", "формирование"),
        ("вела", "ведение"),
        ("общаться", "общение"),
        ("общается", "общение"),
        ("подготовил", "подготовка"),
        ("managing", "manage"),
    ],
)
def test_a_verb_is_read_as_what_is_done(word: str, noun: str) -> None:
    assert deed(word) == noun


@pytest.mark.parametrize("word", ["составляем", "ведём", "состав", "учёт", "management", "формирование"])
def test_the_employers_we_and_other_words_stay_as_they_are(word: str) -> None:
    assert deed(word) == word
