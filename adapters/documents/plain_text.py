"""The cleaning that every document's text gets."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from domain.errors import Refused
from domain.resumes.reading import FileLayout

TEXT_AT_MOST = 200_000
"""Characters. A résumé has a few thousand."""

LETTERS_AT_LEAST = 20
"""Fewer letters than this is a scan with a page number on it."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLETS = "·∙▪▫■□●○◦‣⁃➢➤✓✔\uf0a7\uf0b7\uf0d8\uf0fc"

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_ODD_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Zero-width and bidirectional controls, soft hyphens, byte order marks, halves of characters, control characters.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff"
    r"\ufff9-\uffff\ud800-\udfff]"
)
_BULLET_AT_START = re.compile(rf"^[ \t]*[{_BULLETS}•][ \t]*", re.MULTILINE)
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")
_SPACED_LETTERS = re.compile(r"^[^\W\d_](?: [^\W\d_]){3,}(?:  +[^\W\d_](?: [^\W\d_])*)*$", re.MULTILINE)

_WORD = re.compile(r"[^\W_]{2,}")

_HH_MARKS = re.compile(
    r"Резюме обновлено \d|Желаемая должность и зарплата|Resume updated \d|Desired position and salary", re.IGNORECASE
)
_HH_FOOTER = re.compile(
    r"(?:^|(?<=•))[^\n•]*•[ \t]*(?:Резюме[ \t]+обновлено|Resume[ \t]+updated)[ \t]+\d{1,2}[ \t]+\w+[ \t]+\d{4}"
    r"(?:[ \t]+(?:в|at)[ \t]+\d{1,2}:\d{2}(?:[ \t]*[ap]m)?)?",
    re.IGNORECASE | re.MULTILINE,
)


class Parted(NamedTuple):
    """A document's text: what people see of it, and what they do not."""

    seen: str
    unseen: str = ""


def cleaned(text: str) -> str:
    """Return `text` composed (NFC), with plain spaces, `\\n` line ends, `• ` bullets and no unseen characters.

    Runs of spaces inside a line stay: in hh.ru's export they separate skills.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNSEEN.sub("", _ODD_SPACES.sub(" ", text))
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    text = _BULLET_AT_START.sub("• ", text)
    # Not by a pattern: one for spaces at line ends takes very long on long runs of spaces.
    text = "\n".join(line.strip(" \t") for line in text.split("\n"))
    text = _SPACED_LETTERS.sub(_joined_letters, text)
    return _MANY_EMPTY_LINES.sub("\n\n", text).strip()


def _joined_letters(heading: re.Match[str]) -> str:
    """`О П Ы Т  Р А Б О Т Ы`: letters spaced out for looks."""
    return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", heading.group()))


def checked(text: str) -> str:
    """Return `text`, or raise `Refused`: `no_text`, `too_much_text`."""
    if len(text) > TEXT_AT_MOST:
        raise Refused("too_much_text", limit=TEXT_AT_MOST)
    if letters(text) < LETTERS_AT_LEAST:
        raise Refused("no_text")
    return text


def letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def says_more(text: str, *, than: str) -> bool:
    """Tell whether `text` has a word that the other one lacks; a letter by itself is none."""
    words = _WORD.findall(text.casefold())
    return bool(words) and not set(words).issubset(_WORD.findall(than.casefold()))


def layout_of(text: str) -> FileLayout:
    return FileLayout.HH_EXPORT if _HH_MARKS.search(text) else FileLayout.FREE


def without_repeated_footer(text: str) -> str:
    """Return hh.ru's export with its page footer once, as the last line: it cuts into jobs that cross a page."""
    footers = _HH_FOOTER.findall(text)
    if not footers:
        return text
    return f"{cleaned(_HH_FOOTER.sub('', text))}\n{footers[-1].strip()}"
