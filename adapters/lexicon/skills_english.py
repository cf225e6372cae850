"""What the skills of the catalogue are called in English; the rules open data/skills_en.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import resources

from adapters.lexicon.skills_file import Entry

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def english_names(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the English names of the skills that have a Russian one; of some none is known."""
    written, given = _exceptions()
    names = dict(given)
    for entry in entries:
        latin = next((each.text for each in entry.spellings if not _CYRILLIC.search(each.text)), None)
        if latin is not None and _CYRILLIC.search(entry.skill.name) and not entry.ignored:
            names.setdefault(entry.skill.name, _capital(" ".join(written.get(word, word) for word in latin.split(" "))))
    return names


def _capital(name: str) -> str:
    """Return the name with a capital first letter, unless its first word has one elsewhere or is an address."""
    first = name.split(" ", 1)[0]
    return name if first != first.lower() or "." in first else name[:1].upper() + name[1:]


def _exceptions() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return how words are written, by their lower case, and the names given outright."""
    text = resources.files(__package__).joinpath("data", "skills_en.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    given = {line.partition("|")[0].strip(): line.partition("|")[2].strip() for line in lines if "|" in line}
    words = [word for line in lines if "|" not in line for word in line.split()]
    return {word.lower(): word for word in words}, given
