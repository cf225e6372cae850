"""Revisions of a person's résumé, which of them is current, and the person's corrections laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.content import Language, ResumeContent


class ResumeSource(str, Enum):
    MANUAL = "manual"
    FILE = "file"
    HH_EXPORT = "hh_export"
    HH = "hh"
    EDITED = "edited"


class Said(str, Enum):
    """Who said it: the person outright, a parser, the person about what a parser found."""

    STATED = "stated"
    PARSED = "parsed"
    CONFIRMED = "confirmed"
    DENIED = "denied"


ADDED_WHERE_SILENT = (
    *("desired_position", "current_position", "years_experience", "salary", "region", "work_format"),
    *("education_level", "summary"),
)
"""Fields that something outside may fill where our own reading of a file found nothing.

Skills and languages it may append. The contact block, jobs and places of study come from nowhere but the file itself.
"""

_SILENCE = ResumeContent()


def skill_key(name: str) -> str:
    """Return what two spellings of one skill share."""
    return " ".join(name.casefold().replace("ё", "е").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What a person said of their résumé since they last gave one themselves.

    `fields` maps a field of `ResumeContent`, or a part of its contact block (`contact.email`), to its corrected value,
    so that a correction of the e-mail leaves a later file its new phone number. A corrected list of skills is also kept
    as what it confirms and denies, so that a later file may still bring new ones.
    """

    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    confirmed_skills: tuple[str, ...] = ()
    denied_skills: tuple[str, ...] = ()

    def laid_over(self, content: ResumeContent) -> ResumeContent:
        # The person's own list comes first, in their order and spelling; a later file may still add to it.
        told = each_once((*self.fields.get("skills", ()), *content.skills, *self.confirmed_skills))
        whole = {name: value for name, value in self.fields.items() if "." not in name}
        parts = {name.split(".", 1)[1]: value for name, value in self.fields.items() if "." in name}
        corrected = replace(content, **{**whole, "skills": _without(told, _keys(self.denied_skills))})
        return replace(corrected, contact=replace(corrected.contact, **parts)) if parts else corrected

    def with_fields(self, corrected: Mapping[str, Any]) -> Corrections:
        return replace(self, fields={**self.fields, **corrected})

    def with_confirmed(self, names: Iterable[str]) -> Corrections:
        """Return these corrections with this list of confirmed skills in place of the one before."""
        names = each_once(names)
        return replace(self, confirmed_skills=names, denied_skills=_without(self.denied_skills, _keys(names)))

    def with_denied(self, names: Iterable[str]) -> Corrections:
        """Return these corrections with this list of denied skills in place of the one before."""
        names = each_once(names)
        return replace(self, denied_skills=names, confirmed_skills=_without(self.confirmed_skills, _keys(names)))

    def with_skill_list(self, names: Iterable[str], *, instead_of: Iterable[str]) -> Corrections:
        """Return these corrections once the person wrote the whole list anew: what it adds, what it leaves out."""
        names = tuple(names)
        taken_out = _without(tuple(instead_of), _keys(names))
        return self.with_denied((*self.denied_skills, *taken_out)).with_confirmed(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """One revision. `submission` is its place in the order in which the person submitted things.

    `corrections` stand on what the person said themselves (a form, an edit) and are `None` on what a parser said.
    An edit holds the whole content as it was then; what it changes are its corrections. `added` is what something
    outside found in the file beside what we read in it: less sure, and so laid under the content.
    """

    id: ResumeId
    telegram_id: TelegramId
    source: ResumeSource
    submission: int
    content: ResumeContent
    corrections: Corrections | None = None
    added: ResumeContent | None = None
    upload_id: UploadId | None = None
    created_at: datetime

    def corrected_by(self, corrections: Corrections) -> ResumeContent:
        """Return the content over what was added to it, and under the corrections."""
        added = self.shown_of_added(corrections)
        filled = {name: getattr(added, name) for name in ADDED_WHERE_SILENT if getattr(added, name) is not None}
        whole = replace(
            self.content,
            skills=(*self.content.skills, *added.skills),
            languages=_with_levels(self.content.languages, added.languages),
            **filled,
        )
        return corrections.laid_over(whole)

    def shown_of_added(self, corrections: Corrections) -> ResumeContent:
        """Return what counts only because it was added: what neither the content nor the person says."""
        if self.added is None:
            return ResumeContent()
        new = lacking(self.content, self.added)
        told_of = _keys((*corrections.confirmed_skills, *corrections.denied_skills))
        # A list that the person wrote is theirs: nothing from outside is put on it.
        return replace(
            new,
            skills=() if "skills" in corrections.fields else _without(new.skills, told_of),
            **{
                name: getattr(_SILENCE, name)
                for name in (*ADDED_WHERE_SILENT, "languages")
                if name in corrections.fields
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentResume:
    """The résumé that counts: the one submitted last, with the person's corrections laid over it."""

    revision: Resume
    base: Resume
    corrections: Corrections
    content: ResumeContent

    @property
    def version(self) -> str:
        """An opaque word that changes whenever the content may have."""
        return f"{self.base.id}.{self.revision.id}" + (".added" if self.base.added is not None else "")

    @property
    def added(self) -> ResumeContent:
        """What of the content is there only because something outside the product found it in the file."""
        return self.base.shown_of_added(self.corrections)

    def who_said_skills(self) -> dict[str, Said]:
        """Return who said each skill: stated, parsed, confirmed by the person, or denied, and so left out."""
        confirmed = _keys(self.corrections.confirmed_skills)
        plainly = Said.STATED if self.base.source is ResumeSource.MANUAL else Said.PARSED
        said = {name: Said.CONFIRMED if skill_key(name) in confirmed else plainly for name in self.content.skills}
        return said | dict.fromkeys(self.corrections.denied_skills, Said.DENIED)

    def who_said(self) -> dict[str, Said]:
        """Return who said each field that says something, or that the person emptied."""
        corrected = {name.split(".", 1)[0] for name in self.corrections.fields}
        by_form = self.base.source is ResumeSource.MANUAL
        return {
            each.name: Said.STATED if by_form or each.name in corrected else Said.PARSED
            for each in fields(self.content)
            if each.name in corrected or getattr(self.content, each.name) != getattr(_SILENCE, each.name)
        }


def current_resume(*, base: Resume | None, statement: Resume | None) -> CurrentResume | None:
    """Return what counts, given the last résumé submitted whole and the last thing the person stated (form or edit)."""
    if base is None:
        return None
    if statement is None or statement.corrections is None:
        corrections = Corrections()
        return CurrentResume(revision=base, base=base, corrections=corrections, content=base.corrected_by(corrections))
    later = statement if statement.submission > base.submission else base
    corrections = statement.corrections
    return CurrentResume(revision=later, base=base, corrections=corrections, content=base.corrected_by(corrections))


def corrections_after_a_form(earlier: Corrections, content: ResumeContent) -> Corrections:
    """Return what is left of earlier corrections once the person has stated everything anew."""
    return Corrections(denied_skills=_without(earlier.denied_skills, _keys(content.skills)))


def lacking(content: ResumeContent, added: ResumeContent) -> ResumeContent:
    """Return what of the added may come under the content: what it is silent about, and what its lists lack.

    Of a language that it tells without a level that is the level.
    """
    known = {skill_key(language.name): language.level for language in content.languages}
    languages: dict[str, Language] = {}
    for each in added.languages:
        languages.setdefault(skill_key(each.name), each)
    return ResumeContent(
        skills=_without(each_once(added.skills), _keys(content.skills)),
        languages=tuple(
            each
            for key, each in languages.items()
            if key not in known or (known[key] is None and each.level is not None)
        ),
        **{name: getattr(added, name) for name in ADDED_WHERE_SILENT if getattr(content, name) is None},
    )


def _with_levels(languages: Iterable[Language], added: Iterable[Language]) -> tuple[Language, ...]:
    """Return the languages with levels where only the added tell them, and then those that only the added tell of."""
    more = {skill_key(each.name): each for each in added}
    told = tuple((each, more.pop(skill_key(each.name), each)) for each in languages)
    return (
        *(each if each.level is not None else replace(each, level=other.level) for each, other in told),
        *more.values(),
    )


def _keys(names: Iterable[str]) -> set[str]:
    return {skill_key(name) for name in names}


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Return the skills without those that repeat an earlier one in another spelling of its letters."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(skill_key(name), name)
    return tuple(kept.values())


def _without(names: tuple[str, ...], keys: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if skill_key(name) not in keys)
