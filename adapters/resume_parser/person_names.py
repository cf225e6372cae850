"""Recognises a person's name on a line of its own: both orders, capitals, patronymics, Latin letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from adapters.resume_parser.lexicons import Names
from domain.latin import folded, transliterated

_WORD = re.compile(r"[^\W\d_]{1,30}(?:['’-][^\W\d_]{1,30}){0,3}\.?")
_PATRONYMIC = re.compile(r"(?:[а-яё]{2,}(?:вич|вна|ична|инична))", re.IGNORECASE)
_SON_OR_DAUGHTER = frozenset({"оглы", "оглу", "кызы", "улы", "уулу"})
_LATIN_PATRONYMIC = re.compile(r"[a-z]{3,}(?:ovich|evich|ovna|evna|ichna)", re.IGNORECASE)
_SURNAME = re.compile(
    r"[а-яё-]+(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|ко|ук|юк|ян|дзе|швили)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PersonName:
    first: str | None = None
    last: str | None = None
    middle: str | None = None


def read_name(line: str, names: Names, mailbox: str | None = None) -> PersonName | None:
    """Return the name that the line is, or `None`.

    A line is a name when it is two to four capitalised words, and one is a known first name, or a patronymic, or stands
    in `mailbox`, the part of the person's e-mail before the `@`.
    """
    words = line.split()
    ending = words.pop() if len(words) > 3 and words[-1].casefold() in _SON_OR_DAUGHTER else None
    if not 2 <= len(words) <= 4 or not all(_WORD.fullmatch(word) and word[0].isupper() for word in words):
        return None
    if len({_is_cyrillic(word) for word in words}) != 1 or not all(_is_cased(word) for word in words):
        return None
    words = [_cased(word) for word in words]
    if ending is not None and len(words) == 3:
        return PersonName(words[1], words[0], f"{words[2]} {ending.casefold()}")
    patronymic = next((index for index, word in enumerate(words) if index and _is_patronymic(word)), None)
    if patronymic is not None:
        return _with_patronymic(words, patronymic)
    if len(words) == 4:
        return None
    known = [index for index, word in enumerate(words) if names.known(word)]
    if known:
        return _with_known(words, known)
    return _by_mailbox(words, mailbox)


def _with_patronymic(words: list[str], index: int) -> PersonName | None:
    rest = words[: index - 1] + words[index + 1 :]
    return PersonName(words[index - 1], " ".join(rest) or None, words[index])


def _with_known(words: list[str], known: list[int]) -> PersonName:
    first_at = known[0]
    if known == [0, 1] and len(words) == 2 and _SURNAME.fullmatch(words[0]) and not _SURNAME.fullmatch(words[1]):
        first_at = 1
    if len(words) == 2:
        return PersonName(words[first_at], words[1 - first_at])
    if first_at == 0:
        return PersonName(words[0], words[2], words[1])
    # "Last First Middle", or a double first name in front of the surname.
    return PersonName(words[1], words[0], words[2]) if first_at == 1 else PersonName(words[2], " ".join(words[:2]))


def _by_mailbox(words: list[str], mailbox: str | None) -> PersonName | None:
    if mailbox is None:
        return None
    # An e-mail that spells two of the words, or a long one of them, names its owner.
    spelt = [word for word in words if len(word) >= 3 and folded(transliterated(word)) in folded(mailbox)]
    if len(spelt) < 2 and not any(len(word) >= 5 for word in spelt):
        return None
    if len(words) == 2:
        return PersonName(words[1], words[0]) if _SURNAME.fullmatch(words[0]) else PersonName(words[0], words[1])
    return PersonName(words[0], words[2], words[1])


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0].casefold() <= "я" or word[0] in "ёЁ"


def _is_cased(word: str) -> bool:
    """Tell "Анна", "АННА", "Анна-Мария" and "McArthur" from "iPhone" or "SQLite"."""
    return word.isupper() or sum(letter.isupper() for letter in word) <= 2


def _cased(word: str) -> str:
    word = word.rstrip(".")
    return "-".join(part.capitalize() for part in word.split("-")) if word.isupper() and len(word) > 1 else word


def _is_patronymic(word: str) -> bool:
    return bool(_PATRONYMIC.fullmatch(word) or _LATIN_PATRONYMIC.fullmatch(word))
