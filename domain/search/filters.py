"""What a person narrows a search down to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.matching.lexicon import Mention
from domain.matching.measures import Measures
from domain.matching.pay import most_paid
from domain.resumes.content import WorkFormat
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All optional. `salary_from` is RUB a month, net; `sources` names where to look, empty for everywhere.

    `text` is what a person would type into a search box: a role, skills, other words.
    """

    text: str | None = None
    region: str | None = None
    salary_from: Decimal | None = None
    work_format: WorkFormat | None = None
    sources: tuple[str, ...] = ()


def lets_through(filters: Filters, vacancy: Vacancy, measures: Measures) -> bool:
    """Whether a vacancy is what the filters ask for.

    A vacancy that is silent about its pay passes, as on job boards; a remote one passes any region.
    """
    # The words last: to look for them is to stem the whole text.
    return (
        filters.work_format in (None, vacancy.work_format)
        and _pays(filters.salary_from, vacancy, measures)
        and _in_region(filters.region, vacancy, measures)
        and _has_words(filters.text, vacancy, measures)
    )


def _has_words(text: str | None, vacancy: Vacancy, measures: Measures) -> bool:
    """Whether the vacancy holds every word, or is of the role and asks the skills that the words name."""
    if text is None:
        return True
    told = (vacancy.title, vacancy.company or "", *vacancy.skills, vacancy.requirements, vacancy.responsibilities)
    stems = set(measures.stems.stems("\n".join((*told, vacancy.description))))
    if stems.issuperset(measures.stems.stems(text)):
        return True
    skills = measures.skills.find(text)
    if not {mention.skill for mention in skills} <= {requirement.skill for requirement in vacancy.asks}:
        return False
    role = measures.titles.read(text).role
    if role is not None:
        return role == measures.titles.read(vacancy.title).role
    return bool(skills) and stems.issuperset(measures.stems.stems(_besides(text, skills)))


def _besides(text: str, mentions: Sequence[Mention]) -> str:
    for mention in reversed(mentions):
        text = text[: mention.start] + " " + text[mention.end :]
    return text


def _in_region(region: str | None, vacancy: Vacancy, measures: Measures) -> bool:
    if region is None or vacancy.work_format is WorkFormat.REMOTE:
        return True
    if vacancy.area is None:
        return False
    wanted, offered = measures.places.find(region), measures.places.find(vacancy.area)
    if wanted is None or offered is None:
        return region.casefold() in vacancy.area.casefold()
    if wanted.city is not None:
        return wanted == offered
    if wanted.region is not None:
        return wanted.region == offered.region
    return wanted.country == offered.country


def _pays(salary_from: Decimal | None, vacancy: Vacancy, measures: Measures) -> bool:
    most = most_paid(vacancy.salary, measures) if vacancy.salary is not None else None
    return salary_from is None or most is None or most >= salary_from
