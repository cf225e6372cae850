"""What an outside automation may read of a person's words: nothing that tells who they are or how to reach them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.latin import folded, transliterated

LONGEST = 200

_ADDRESS = re.compile(
    r"[^@\s]{1,64}@[^@\s]{1,255}"
    # ivan (at) mail.ru, ivan собака mail.ru
    r"|[\w.+-]{1,64}\s{0,3}(?:[(\[{<]\s?(?:at|собака|dog)\s?[)\]}>]|\sсобака\s)\s{0,3}[\w.-]{1,255}"
    r"|(?:https?://|www\.|\b(?:t|wa)\.me/)\S+"
    # vk.com/…; Node.js/React and ASP.NET/C# are no addresses.
    r"|\b(?!asp\.net/)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?!js/)[a-zа-я]{2,24}/\S+"
    r"|(?<!\w)@\w+",
    re.IGNORECASE,
)
_MESSENGER = (
    r"\b(?:telegram|телеграмм?|телега|tg|тг|skype|скайп|whats\s?app|в[оа]тсап|viber|вайбер|icq|discord|дискорд"
    r"|instagram|инстаграм|вконтакте|vk|вк|linkedin|github|gitlab)\b"
)
_ACCOUNT = re.compile(
    # A name there follows a colon, or looks like nothing else: ivan_petrov, petrov1990, live:ivan.
    rf"{_MESSENGER}(?:\s?[:=]\s?\S+|\s+(?:[a-z]+:\S+|(?=[a-z.]*[\d_])[a-z][\w.]{{3,}}))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\d(?:[\W_]{0,3}\d){8,}|\d{5,}|(?<!\d)\d{2,3}[\s./‐-―-]\d\d[\s./‐-―-]\d\d(?!\d)")
"""A telephone number in whatever spelling, a city's own without its code, or the number of a document."""

_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
_LEFT_OVER = " ,;:|/-–—"

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$")
# Shorter keys are more often abbreviations than names.
_SHORTEST_KEY = 3
# What a name ends in where it changes: a noun by its last letter, an adjective and a fleeting vowel by two.
_LAST_LETTER = tuple("аеёиоуыэюяьй")
_LAST_TWO = ("ий", "ый", "ой", "ая", "яя", "ел", "ец")


def without_person(text: str | None, names: Iterable[str | None]) -> str | None:
    """Return a text without e-mails, links, accounts, long numbers and the words of these names, in either alphabet.

    At most 200 characters of it; `None` where nothing is left.
    """
    if text is None:
        return None
    own = frozenset(_plain(word) for name in names if name for word in _WORD.findall(name))
    keys = frozenset(key for word in own if len(key := _key(word)) >= _SHORTEST_KEY)
    bare = _NUMBER.sub(" ", _ACCOUNT.sub(" ", _ADDRESS.sub(" ", text)))
    left = _WORD.sub(lambda word: "" if _is_own(_plain(word[0]), own, keys) else word[0], bare)
    left = _EMPTY_BRACKETS.sub(" ", left)
    return " ".join(left.split()).strip(_LEFT_OVER)[:LONGEST].strip() or None


def _is_own(word: str, own: frozenset[str], keys: frozenset[str]) -> bool:
    return _key(word) in keys or any(_is_form(word, name) for name in own)


def _is_form(word: str, name: str) -> bool:
    """Whether a word is a name in any case: Ивановой of Иванова, Павла of Павел; not a profession a name is made of."""
    changing, longest = (2, 3) if name.endswith(_LAST_TWO) else (1, 2) if name.endswith(_LAST_LETTER) else (0, 2)
    stem = name[: len(name) - changing]
    return word == name or (len(stem) > 2 and word.startswith(stem) and len(word) <= len(stem) + longest)


def _key(word: str) -> str:
    """Return what a name's spellings in Cyrillic and in Latin share."""
    return folded(transliterated(_POSSESSIVE.sub("", word)))


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")
