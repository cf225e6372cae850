"""Whether a résumé holds what an employer looks for first: criteria that need no reading of its texts."""

from __future__ import annotations

import re

from domain.insights.rubric import Shortcoming, named
from domain.insights.told import Job, Told
from domain.resumes.content import Education, EducationLevel, ResumeContent, WorkFormat

# "Юрист / юрисконсульт" is one wish in two words, "бухгалтер, водитель" are two.
_ANOTHER_POSITION = re.compile(r"\s*[/,;|]\s*|\s+(?:или|либо|or)\s+", re.IGNORECASE)
_ANYTHING = re.compile(
    r"\b(?:люб(?:ая|ую|ой)|какую-нибудь|какая-нибудь|все равно|всё равно|без разницы|рассмотрю|any|anything|"
    r"whatever)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)?")
FEWEST_WORDS, MOST_WORDS = 2, 6
MOST_POSITIONS = 4


def positions_in(wish: str | None) -> list[str]:
    """Return the desired positions, each alone."""
    return [part for part in _ANOTHER_POSITION.split(_BRACKETS.sub(" ", wish or "").strip()) if part]


def contacts(told: Told) -> list[Shortcoming]:
    return [] if told.reachable else [Shortcoming(code="contacts_missing", costs=1)]


def target(told: Told) -> list[Shortcoming]:
    wish = told.content.desired_position
    if not wish:
        return [Shortcoming(code="target_missing", costs=1)]
    data = {"position": wish}
    if _ANYTHING.search(wish):
        return [Shortcoming(code="target_vague", costs=0.8, data=data)]
    families = _families(told)
    if len(families) > 1 or len(told.positions) > MOST_POSITIONS:
        # Two neighbouring trades are often one person's; a whole list says that anything would do.
        costs = 0.5 if len(told.positions) > 2 else 0.2
        return [Shortcoming(code="target_scattered", costs=costs, data=named([name for name, _ in told.positions]))]
    words = len(_BRACKETS.sub(" ", wish).split())
    if not families and words < FEWEST_WORDS:
        return [Shortcoming(code="target_unclear", costs=0.5, data=data)]
    if words > (MOST_WORDS if not families else 2 * MOST_WORDS):
        return [Shortcoming(code="target_long", costs=0.4, data=data)]
    return []


def _families(told: Told) -> set[str]:
    """Return the families of the positions; one that shares a word with another ("analyst") is of its family."""
    families: dict[str, set[str]] = {}
    for position, title in told.positions:
        words = set(position.casefold().split())
        if title.family is not None and not any(words & others for others in families.values()):
            families.setdefault(title.family, set()).update(words)
    return set(families)


def conditions(told: Told) -> list[Shortcoming]:
    content = told.content
    silent = []
    if content.salary is None:
        silent.append(Shortcoming(code="salary_missing", costs=0.5))
    # Who wants to work remotely works anywhere.
    if not (content.region or content.contact.city or content.work_format is WorkFormat.REMOTE):
        silent.append(Shortcoming(code="place_missing", costs=0.25))
    if content.work_format is None:
        silent.append(Shortcoming(code="format_missing", costs=0.25))
    return silent


def experience(told: Told) -> list[Shortcoming] | None:
    if told.newcomer:
        return None
    if not told.jobs:
        return [Shortcoming(code="jobs_missing", costs=1)]
    lacking = {
        ("position_missing", 0.4): [job.name for job in told.jobs if not job.entry.position],
        ("company_missing", 0.3): [job.name for job in told.jobs if not job.entry.company],
        ("period_missing", 0.3): [job.name for job in told.jobs if not _says_when(job)],
    }
    return [
        Shortcoming(code=code, costs=weight * len(names) / len(told.jobs), data=named(names))
        for (code, weight), names in lacking.items()
        if names
    ]


def _says_when(job: Job) -> bool:
    return bool(job.entry.start and (job.entry.end or job.entry.current))


def languages(told: Told) -> list[Shortcoming]:
    spoken = told.content.languages
    if not spoken:
        return [Shortcoming(code="languages_missing", costs=1)]
    silent = [language.name for language in spoken if language.level is None]
    return [Shortcoming(code="levels_missing", costs=len(silent) / len(spoken), data=named(silent))] if silent else []


def education(told: Told) -> list[Shortcoming]:
    content = told.content
    lacking = []
    if _level(content) is None:
        lacking.append(Shortcoming(code="education_level_missing", costs=0.5))
    # Which school it was, nobody asks.
    if _level(content) is not EducationLevel.SECONDARY and not any(map(_says_where, content.education)):
        lacking.append(Shortcoming(code="education_place_missing", costs=0.5))
    return lacking


def _level(content: ResumeContent) -> EducationLevel | None:
    return content.education_level or next((each.level for each in content.education if each.level), None)


def _says_where(education: Education) -> bool:
    return bool(education.institution or education.speciality)
