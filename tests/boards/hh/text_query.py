"""hh.ru's query language, simply: words (all of them), OR, NOT, brackets, "phrases", `NAME:` and its kin."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Texts = Mapping[str, str]
"""The texts of one vacancy: `name`, `company_name`, `description`."""
Test = Callable[[Texts, Sequence[str]], bool]
"""Tells whether one of the fields named holds what is looked for."""

_PARTS = re.compile(r'"([^"]*)"|(!?(?:NAME|COMPANY_NAME|DESCRIPTION)):|([()])|([^\s()":]+)')
_WORDS = re.compile(r"[\w#+.]*[\w#+]")


def matcher(text: str) -> Test:
    """Return the test that a query stands for; brackets that do not match count as closed at its end."""
    parts = [(match.group(1), match.group(2) or match.group(3) or match.group(4)) for match in _PARTS.finditer(text)]
    return _Reader(parts).read()


def words_of(text: str) -> list[str]:
    return [word.replace("ё", "е") for word in _WORDS.findall(text.casefold())]


class _Reader:
    def __init__(self, parts: list[tuple[str | None, str | None]]) -> None:
        self._parts = parts

    def read(self) -> Test:
        tests = []
        while self._parts:
            tests.append(self._any_of())
            if self._sign() == ")":
                self._parts.pop(0)
        return _all(tests)

    def _any_of(self) -> Test:
        tests = [self._all_of()]
        while self._sign() == "OR":
            self._parts.pop(0)
            # An OR with nothing after it offers no alternative.
            if self._sign_or_phrase() not in (None, ")"):
                tests.append(self._all_of())
        return lambda texts, fields: any(test(texts, fields) for test in tests)

    def _all_of(self) -> Test:
        tests = []
        while self._parts and self._sign() not in ("OR", ")"):
            if self._sign() == "AND":
                self._parts.pop(0)
                continue
            tests.append(self._one())
        return _all(tests)

    def _one(self) -> Test:
        phrase, sign = self._parts.pop(0)
        if sign is None:
            return _holds(words_of(phrase or ""))
        if sign == "NOT":
            denied = self._one() if self._parts else _all([])
            return lambda texts, fields: not denied(texts, fields)
        if sign.lstrip("!") in ("NAME", "COMPANY_NAME", "DESCRIPTION"):
            inside, field = (self._one() if self._parts else _all([])), sign.lstrip("!").lower()
            return lambda texts, _: inside(texts, (field,))
        if sign == "(":
            within = self._any_of()
            if self._sign() == ")":
                self._parts.pop(0)
            return within
        return _holds(words_of(sign))

    def _sign_or_phrase(self) -> str | None:
        return (self._parts[0][1] or "phrase") if self._parts else None

    def _sign(self) -> str | None:
        return self._parts[0][1] if self._parts else None


def _all(tests: Sequence[Test]) -> Test:
    return lambda texts, fields: all(test(texts, fields) for test in tests)


def _holds(phrase: list[str]) -> Test:
    """Look for words side by side in one field."""

    def test(texts: Texts, fields: Sequence[str]) -> bool:
        return any(_stands_in(phrase, words_of(texts[field])) for field in fields)

    return test


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    starts = range(len(words) - len(phrase) + 1)
    return any(all(map(_alike, phrase, words[start : start + len(phrase)])) for start in starts)


def _alike(asked: str, word: str) -> bool:
    """Take forms of one Russian word for the same: all but its last two letters agree."""
    if asked == word:
        return True
    stem = asked[:-2]
    return len(stem) >= 4 and not asked.isascii() and word.startswith(stem) and len(word) <= len(asked) + 3
