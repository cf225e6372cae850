"""Revisions of a person's résumé, which of them is current, and the person's corrections laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.content import ResumeContent


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
    An edit holds the whole content as it was then; what it changes are its corrections.
    """

    id: ResumeId
    telegram_id: TelegramId
    source: ResumeSource
    submission: int
    content: ResumeContent
    corrections: Corrections | None = None
    upload_id: UploadId | None = None
    created_at: datetime


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
        return f"{self.base.id}.{self.revision.id}"

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
        silence = ResumeContent()
        return {
            each.name: Said.STATED if by_form or each.name in corrected else Said.PARSED
            for each in fields(self.content)
            if each.name in corrected or getattr(self.content, each.name) != getattr(silence, each.name)
        }


def current_resume(*, base: Resume | None, statement: Resume | None) -> CurrentResume | None:
    """Return what counts, given the last résumé submitted whole and the last thing the person stated (form or edit)."""
    if base is None:
        return None
    if statement is None or statement.corrections is None:
        return CurrentResume(revision=base, base=base, corrections=Corrections(), content=base.content)
    later = statement if statement.submission > base.submission else base
    corrections = statement.corrections
    return CurrentResume(
        revision=later, base=base, corrections=corrections, content=corrections.laid_over(base.content)
    )


def corrections_after_a_form(earlier: Corrections, content: ResumeContent) -> Corrections:
    """Return what is left of earlier corrections once the person has stated everything anew."""
    return Corrections(denied_skills=_without(earlier.denied_skills, _keys(content.skills)))


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
