"""What a résumé holds of the catalogue's skills, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from domain.insights.told import LONGEST_TEXT, MOST_JOBS, name_of, names_in
from domain.matching.lexicon import Skills
from domain.resumes.content import ResumeContent


class Whence(str, Enum):
    """Where a résumé speaks of a skill that its list does not name."""

    EXPERIENCE = "experience"
    SUMMARY = "summary"
    POSITION = "position"
    SKILL = "skill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`words` are the résumé's own; `job` is what the person calls the entry of experience they stand in.

    Of another skill, which implies this one, they are the name: as listed under `SKILL`, as told of elsewhere.
    """

    whence: Whence
    words: str
    job: str | None = None


def listed(content: ResumeContent, skills: Skills) -> frozenset[str]:
    """Return the canonical names of the skills and languages that the résumé lists, without what they imply."""
    names = {name for written in content.skills for name in names_in(written, skills)}
    return frozenset(names | {name for language in content.languages for name in names_in(language.name, skills)})


def found_elsewhere(content: ResumeContent, skills: Skills) -> Mapping[str, Found]:
    """Return the skills that the résumé holds without listing them, each with what proves it best.

    That is its own name in the texts, else a listed skill that implies it, else one that does in the texts.
    """
    own = listed(content, skills)
    told: dict[str, Found] = {}
    for text, whence, job in _texts(content):
        for mention in skills.find(text[:LONGEST_TEXT]):
            told.setdefault(mention.skill, Found(whence=whence, words=mention.words, job=job))
    found = dict(told)
    for written in content.skills:
        for name in sorted(skills.implied(names_in(written, skills))):
            found.setdefault(name, Found(whence=Whence.SKILL, words=written))
    for mentioned, where in told.items():
        for name in sorted(skills.implied((mentioned,))):
            found.setdefault(name, where)
    return {name: where for name, where in found.items() if name not in own}


def _texts(content: ResumeContent) -> Iterator[tuple[str, Whence, str | None]]:
    for number, entry in enumerate(content.experience[:MOST_JOBS], 1):
        for text in filter(None, (entry.description, entry.position)):
            yield text, Whence.EXPERIENCE, name_of(entry, number)
    if content.summary:
        yield content.summary, Whence.SUMMARY, None
    for position in filter(None, (content.desired_position, content.current_position)):
        yield position, Whence.POSITION, None
