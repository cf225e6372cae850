"""The file format of the skill catalogue; its rules open data/skills.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.matching.lexicon import Skill

_HEADING = re.compile(r"\[([^/\]]+)/([^/\]]+)\]")
_MARK = re.compile(r"([=^]?~{0,2})(.*)", re.DOTALL)
_FLAGS = frozenset({"generic", "licence", "ignored"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way to write a skill.

    `exact` spellings match letter by letter; `uninflected` ones in this form, whatever the letter case; `near` ones
    only beside another skill of the same field, `kin` ones of the same category too.
    """

    text: str
    exact: bool
    uninflected: bool
    near: bool
    kin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the catalogue: the skill, its field, all its spellings, and where the line stands (`file:line`).

    An `ignored` entry takes its words so that no skill is seen in them.
    """

    skill: Skill
    field: str
    spellings: tuple[Spelling, ...]
    where: str
    ignored: bool


def read_entries(lines: Iterable[str], source: str) -> Iterator[Entry]:
    """Yield the entries of a catalogue file; a line that breaks the format raises `ValueError` naming it."""
    heading: tuple[str, str] | None = None
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        where = f"{source}:{number}"
        if not line or line == "#" or line.startswith("# "):
            continue
        if line.startswith("["):
            found = _HEADING.fullmatch(line)
            if found is None:
                raise ValueError(f"{where}: a heading is [field/category], not {line!r}")
            heading = (found[1].strip(), found[2].strip())
        elif heading is None:
            raise ValueError(f"{where}: a skill stands before the first [field/category] heading")
        else:
            yield _entry(line, heading, where)


def _entry(line: str, heading: tuple[str, str], where: str) -> Entry:
    columns = [column.strip() for column in line.split("|")]
    if len(columns) not in (2, 3):
        raise ValueError(f"{where}: expected `name | spellings | notes`, found {len(columns)} columns")
    own = _spelling(columns[0], where)
    others = [_spelling(text.strip(), where) for text in columns[1].split(",") if text.strip()]
    implies: frozenset[str] = frozenset()
    flags: set[str] = set()
    for note in columns[2].split(";") if len(columns) == 3 else ():
        note = note.strip()
        if note.startswith("implies "):
            implies = frozenset(name.strip() for name in note.removeprefix("implies ").split(","))
        elif note in _FLAGS:
            flags.add(note)
        elif note:
            raise ValueError(f"{where}: unknown note {note!r}")
    skill = Skill(
        name=own.text, category=heading[1], generic="generic" in flags, licence="licence" in flags, implies=implies
    )
    return Entry(skill=skill, field=heading[0], spellings=(own, *others), where=where, ignored="ignored" in flags)


def _spelling(text: str, where: str) -> Spelling:
    marked = _MARK.fullmatch(text)
    if marked is None or not marked[2]:
        raise ValueError(f"{where}: an empty name or spelling")
    marks = marked[1]
    return Spelling(
        text=marked[2], exact="=" in marks, uninflected="^" in marks, near="~" in marks, kin=marks.endswith("~~")
    )
