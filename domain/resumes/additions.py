"""What something outside the product found in a résumé file, made fit to lie under our own reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice

from domain.matching.lexicon import Skills
from domain.resumes.content import Language, ResumeContent
from domain.resumes.resume import ADDED_WHERE_SILENT, lacking, skill_key
from domain.vacancies.arrival import Markup

MOST_ADDED_SKILLS, MOST_ADDED_LANGUAGES = 100, 50
LONGEST_SKILL, LONGEST_LANGUAGE, LONGEST_LINE, LONGEST_SUMMARY = 200, 60, 300, 20_000


@dataclass(frozen=True)
class Additions:
    """Cleans what was added: its texts are data, whatever they say, and may hold HTML."""

    markup: Markup
    skills: Skills

    def fit(self, added: ResumeContent, *, under: ResumeContent, denied: Collection[str] = ()) -> ResumeContent:
        """Return what of the added may lie under a content.

        Only fields that may come from outside, and only what our own reading lacks. Skills get their canonical names,
        so that one which our reading found, or the person `denied`, does not come again under another. A text with
        nothing left of it, or longer than a form would take, is left out.
        """
        cleaned = replace(
            added,
            desired_position=self._line(added.desired_position, LONGEST_LINE),
            current_position=self._line(added.current_position, LONGEST_LINE),
            region=self._line(added.region, LONGEST_LINE),
            summary=self._text(added.summary, LONGEST_SUMMARY),
            skills=tuple(islice(self._skills(added.skills, (*under.skills, *denied)), MOST_ADDED_SKILLS)),
            languages=tuple(islice(self._languages(added.languages, under.languages), MOST_ADDED_LANGUAGES)),
        )
        return lacking(under, cleaned)

    def _skills(self, told: Iterable[str], known: Iterable[str]) -> Iterator[str]:
        seen = set(map(self._key, known))
        for each in told:
            name = self._line(each, LONGEST_SKILL)
            if name is not None and (key := self._key(name)) not in seen:
                seen.add(key)
                yield self.skills.named(name) or name

    def _languages(self, told: Iterable[Language], known: Iterable[Language]) -> Iterator[Language]:
        # The catalogue knows one language by several names, too: English and английский.
        seen = {self._key(each.name) for each in known}
        for each in told:
            name = self._line(each.name, LONGEST_LANGUAGE)
            if name is not None and (key := self._key(name)) not in seen:
                seen.add(key)
                yield replace(each, name=name)

    def _key(self, name: str) -> str:
        return skill_key(self.skills.named(name) or name)

    def _line(self, text: str | None, longest: int) -> str | None:
        plain = self._text(text, longest)
        return " ".join(plain.split()) if plain is not None else None

    def _text(self, text: str | None, longest: int) -> str | None:
        plain = self.markup.plain(text).strip() if text else ""
        return plain if 0 < len(plain) <= longest else None


def fields_of(added: ResumeContent) -> tuple[str, ...]:
    """Return the names of the fields in which something was added, in their order."""
    may_be = {*ADDED_WHERE_SILENT, "skills", "languages"}
    return tuple(
        each.name for each in fields(added) if each.name in may_be and getattr(added, each.name) not in (None, ())
    )
