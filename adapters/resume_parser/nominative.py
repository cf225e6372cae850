"""Puts a job title that a sentence has declined, as in "работу водителем", back into the nominative."""

from __future__ import annotations

import re

# How the nouns of professions end; what does not end so stays as it is written.
_PROFESSION = re.compile(
    r"[а-яё-]*(?:тель|ни[кц]|щик|чик|овик|ик|ер|ёр|ор|ист|арь|ар|лог|граф|вед|вод|ант|ент|ир|юрист|рач|педагог|ов?ец)"
)
_NOUN_CASES = (
    ("цом", "ец"),
    ("ца", "ец"),
    ("елем", "ель"),
    ("еля", "ель"),
    ("арем", "арь"),
    ("аря", "арь"),
    ("ом", ""),
    ("ем", ""),
    ("а", ""),
)
_FEMININE_CASES = (("рицей", "рица"), ("сестрой", "сестра"), ("сестры", "сестра"), ("няней", "няня"), ("няни", "няня"))
_ADJECTIVE_CASES = (
    ("шего", "ший"),
    ("щего", "щий"),
    ("шим", "ший"),
    ("щим", "щий"),
    ("кого", "кий"),
    ("ким", "кий"),
    ("ого", "ый"),
    ("ым", "ый"),
    ("ской", "ская"),
    ("шей", "шая"),
    ("ной", "ная"),
)
_MOST_ADJECTIVES = 3


def in_nominative(title: str) -> str:
    """Return the title with its leading adjectives and its noun in the nominative, or as it is when no rule fits."""
    parts = re.split(r"(\s?[,/]\s)", title)
    return "".join(part if index % 2 else _phrase(part) for index, part in enumerate(parts))


def _phrase(text: str) -> str:
    words = text.split(" ")
    for index, word in enumerate(words[: _MOST_ADJECTIVES + 1]):
        noun = "-".join(map(_noun, word.split("-")))
        if noun != word:
            return " ".join([*map(_adjective, words[:index]), noun, *words[index + 1 :]])
        if _adjective(word) == word:
            return text
    return text


def _noun(word: str) -> str:
    lower = word.casefold()
    for ending, nominative in _FEMININE_CASES:
        if lower.endswith(ending):
            return word[: len(word) - len(ending)] + nominative
    for ending, nominative in _NOUN_CASES:
        candidate = word[: len(word) - len(ending)] + nominative
        if lower.endswith(ending) and len(candidate) > 3 and _PROFESSION.fullmatch(candidate.casefold()):
            return candidate
    return word


def _adjective(word: str) -> str:
    lower = word.casefold()
    for ending, nominative in _ADJECTIVE_CASES:
        if lower.endswith(ending) and len(word) > len(ending) + 1:
            return word[: len(word) - len(ending)] + nominative
    return word
