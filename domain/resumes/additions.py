"""What something outside the product found in a résumé file, made fit to lie under our own reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from domain.matching.lexicon import Places, Skills, Stems
from domain.resumes.content import Language, ResumeContent
from domain.resumes.evidence.text import Evidence
from domain.resumes.resume import ADDED_WHERE_SILENT, skill_key
from domain.vacancies.arrival import Markup

MOST_ADDED_SKILLS, MOST_ADDED_LANGUAGES = 100, 50
LONGEST_SKILL, LONGEST_LANGUAGE, LONGEST_LINE, LONGEST_SUMMARY = 200, 60, 300, 20_000

NOT_IN_TEXT, TEXT_GONE = "not_in_text", "text_gone"
TOO_LONG, TOO_MANY, NO_SKILL, DENIED = "too_long", "too_many", "not_a_skill", "denied_by_the_person"

LONGEST_PLACE = 2
"""The name of a place has so many content words at most: "продажи в Нижнем Новгороде" may be a skill."""

Value = TypeVar("Value")

_BEARS: Mapping[str, Callable[[Evidence, Any], bool]] = {
    "desired_position": Evidence.bears_line,
    "current_position": Evidence.bears_line,
    "years_experience": Evidence.bears_years,
    "salary": Evidence.bears_salary,
    "region": Evidence.bears_line,
    "work_format": Evidence.bears_work_format,
    "education_level": Evidence.bears_education,
    "summary": Evidence.bears_summary,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What may lie under a content, and why the rest may not: a code by the path of a field, an item or its part."""

    content: ResumeContent = field(default_factory=ResumeContent)
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Additions:
    """Cleans what was added, and holds it against the file.

    Its texts are data, whatever they say, and may hold HTML. Whoever added it may be a model, which makes things up.
    """

    markup: Markup
    skills: Skills
    stems: Stems
    places: Places

    def fit(self, added: ResumeContent, *, text: str | None, under: ResumeContent, denied: Collection[str] = ()) -> Fit:
        """Return what of the added may lie under a content.

        Only fields that may come from outside, only what our own reading lacks, and of that only what the file's `text`
        bears: nothing once it is gone. Skills get their canonical names, so that one which our reading found, or the
        person `denied`, does not come again under another. A text longer than a form would take is refused. What our
        reading has, and a text with nothing left of it, is neither taken nor refused.
        """
        held = _HeldAgainst(Evidence(text, stems=self.stems, skills=self.skills) if text is not None else None)
        whole = {
            name: value
            for name in ADDED_WHERE_SILENT
            if getattr(under, name) is None
            and (value := self._cleaned(name, getattr(added, name), held)) is not None
            and held.passes(name, _BEARS[name], value)
        }
        content = ResumeContent(
            skills=self._skills(added.skills, under.skills, denied, held),
            languages=self._languages(added.languages, under.languages, held),
            **whole,
        )
        return Fit(content=content, refused=held.refused)

    def _cleaned(self, name: str, value: Any, held: _HeldAgainst) -> Any:
        if not isinstance(value, str) or isinstance(value, Enum):
            return value
        if name == "summary":
            return held.short_enough(name, self._text(value), LONGEST_SUMMARY)
        return held.short_enough(name, self._line(value), LONGEST_LINE)

    def _skills(
        self, told: Iterable[str], known: Iterable[str], denied: Iterable[str], held: _HeldAgainst
    ) -> tuple[str, ...]:
        seen, unwanted = set(map(self._key, known)), set(map(self._key, denied))
        kept: list[str] = []
        for place, each in enumerate(told):
            path = f"skills.{place}"
            name = held.short_enough(path, self._line(each), LONGEST_SKILL)
            if name is None or (key := self._key(name)) in seen:
                continue
            if key in unwanted:
                held.refuse(path, DENIED)
            elif self._is_place(name):
                held.refuse(path, NO_SKILL)
            elif len(kept) == MOST_ADDED_SKILLS:
                held.refuse(path, TOO_MANY)
            elif held.passes(path, Evidence.bears_skill, name):
                seen.add(key)
                kept.append(self.skills.named(name) or name)
        return tuple(kept)

    def _languages(
        self, told: Iterable[Language], known: Iterable[Language], held: _HeldAgainst
    ) -> tuple[Language, ...]:
        # The catalogue knows one language by several names, too: English and английский.
        read = {self._key(each.name): each for each in known}
        seen: set[str] = set()
        kept: list[Language] = []
        for place, each in enumerate(told):
            path = f"languages.{place}"
            name = held.short_enough(path, self._line(each.name), LONGEST_LANGUAGE)
            if name is None or (key := self._key(name)) in seen:
                continue
            language = replace(each, name=name)
            if key in read:
                # Of what our own reading tells without a level the level alone may come.
                wanting = read[key].level is None and language.level is not None
                if wanting and held.passes(f"{path}.level", Evidence.bears_level, language):
                    seen.add(key)
                    kept.append(replace(language, name=read[key].name))
            elif len(kept) == MOST_ADDED_LANGUAGES:
                held.refuse(path, TOO_MANY)
            elif held.passes(path, Evidence.bears_language, name):
                seen.add(key)
                level_stands = language.level is None or held.passes(f"{path}.level", Evidence.bears_level, language)
                kept.append(language if level_stands else replace(language, level=None))
        return tuple(kept)

    def _key(self, name: str) -> str:
        return skill_key(self.skills.named(name) or name)

    def _is_place(self, name: str) -> bool:
        """Tell whether a name that the catalogue of skills does not know is that of a place, and little more."""
        if self.skills.named(name) is not None or len(self.stems.stems(name)) > LONGEST_PLACE:
            return False
        return self.places.find(name) is not None

    def _line(self, text: str) -> str:
        return " ".join(self._text(text).split())

    def _text(self, text: str) -> str:
        return self.markup.plain(text).strip()


class _HeldAgainst:
    """Holds one value after another against the text, if it is there, and notes those that do not pass, and why."""

    def __init__(self, evidence: Evidence | None) -> None:
        self._evidence = evidence
        self.refused: dict[str, str] = {}

    def passes(self, path: str, bears: Callable[[Evidence, Value], bool], value: Value) -> bool:
        if self._evidence is not None and bears(self._evidence, value):
            return True
        self.refuse(path, NOT_IN_TEXT if self._evidence is not None else TEXT_GONE)
        return False

    def short_enough(self, path: str, text: str, longest: int) -> str | None:
        """Return the text, `None` where nothing is in it or too much."""
        if len(text) > longest:
            self.refuse(path, TOO_LONG)
        return text if 0 < len(text) <= longest else None

    def refuse(self, path: str, code: str) -> None:
        self.refused[path] = code


def fields_of(added: ResumeContent) -> tuple[str, ...]:
    """Return the names of the fields in which something was added, in their order."""
    may_be = {*ADDED_WHERE_SILENT, "skills", "languages"}
    return tuple(
        each.name for each in fields(added) if each.name in may_be and getattr(added, each.name) not in (None, ())
    )
