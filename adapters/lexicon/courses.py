"""Providers of courses, each with a search page of its own; never a course that somebody has made up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from adapters.lexicon.skills import SkillCatalogue
from domain.insights.courses import CourseSearch
from domain.matching.lexicon import Skill

EVERYTHING = "*"
_BLANK = "{skill}"
_FIELDS = frozenset({"name", "language", "search", "serves"})


@dataclass(frozen=True, slots=True)
class _Provider:
    name: str
    language: str
    search: str
    serves: frozenset[str]


class CourseProviders:
    """Implements `Courses` from `data/courses.json`, or a file of that format; the README beside it describes it.

    Raises `ValueError` naming the provider when an entry breaks the format, or serves a category that is none.
    """

    def __init__(self, catalogue: SkillCatalogue, path: Path | None = None) -> None:
        shipped = resources.files(__package__).joinpath("data", "courses.json")
        text = (path or shipped).read_text(encoding="utf-8")
        known = frozenset({skill.category for skill in catalogue.skills()} | {EVERYTHING})
        self._catalogue = catalogue
        self._providers = [_provider(entry, known) for entry in json.loads(text)["providers"]]

    def teaching(self, skill: Skill, *, language: str) -> tuple[CourseSearch, ...]:
        """Return the searches for a skill, in that language first, else in the file's order; none for a licence."""
        if skill.licence:
            return ()
        serving = [each for each in self._providers if not each.serves.isdisjoint({skill.category, EVERYTHING})]
        return tuple(
            CourseSearch(
                provider=each.name,
                language=each.language,
                url=each.search.replace(_BLANK, quote(self._named(skill, each.language), safe="")),
            )
            for each in sorted(serving, key=lambda each: each.language != language)
        )

    def _named(self, skill: Skill, language: str) -> str:
        return skill.name if language == "ru" else self._catalogue.in_english(skill.name)


def _provider(entry: Any, categories: frozenset[str]) -> _Provider:
    if not isinstance(entry, dict) or entry.keys() != _FIELDS:
        raise ValueError(f"courses: a provider has {', '.join(sorted(_FIELDS))}, not {entry!r}")
    where = f"courses: {entry['name']}"
    if not all(isinstance(entry[name], str) and entry[name] for name in _FIELDS - {"serves"}):
        raise ValueError(f"{where}: name, language and search are texts")
    address = urlsplit(entry["search"])
    if address.scheme != "https" or not address.hostname or _BLANK not in address.path + address.query:
        raise ValueError(f"{where}: search is an https address with {_BLANK} in it, not {entry['search']!r}")
    if not isinstance(entry["serves"], list) or not all(isinstance(each, str) for each in entry["serves"]):
        raise ValueError(f"{where}: serves is a list of categories")
    serves = frozenset(entry["serves"])
    if unknown := serves - categories:
        raise ValueError(f"{where}: serves {', '.join(sorted(unknown))}, which the skills have not")
    return _Provider(entry["name"], entry["language"], entry["search"], serves)
