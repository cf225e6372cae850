"""One job from one source."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.vacancies.wording import is_part, normalised, phrases

UNSEEN_MEANS_CLOSED = timedelta(days=30)

# Registers, and boards that copy from them, write the forms out.
_LEGAL_FORM = re.compile(
    r"\b(?:ооо|оао|зао|пао|ао|ип|тоо|чуп|llc|ltd|inc|gmbh|plc|jsc|индивидуальный предприниматель|"
    r"(?:общество|товарищество) с ограниченной ответственностью|"
    r"(?:(?:публичное|непубличное|открытое|закрытое) )?акционерное общество)\b"
)


class SalaryPeriod(str, Enum):
    MONTH = "month"
    YEAR = "year"
    WEEK = "week"
    SHIFT = "shift"
    HOUR = "hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalaryRange:
    """What is paid: either bound may be open. `gross` is before tax; `None`: not told."""

    from_: Decimal | None = None
    to: Decimal | None = None
    currency: str = "RUB"
    gross: bool | None = None
    period: SalaryPeriod = SalaryPeriod.MONTH


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceAsked:
    """Years of experience asked for; `most` is `None` when there is no upper bound."""

    least: float
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One place where a job is posted: the id it has with us as that source's vacancy, and its page there."""

    source: str
    vacancy_id: VacancyId
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A vacancy, its texts clean (no markup).

    `skills` are the employer's tags as written; `asks` is what was recognised on arrival. `fingerprint` is the same for
    the same job worded the same wherever it is posted; `posting` is the same for one posting in many cities. `links`
    are all the places of a job that is posted in several, this one first; else there are none.
    """

    id: VacancyId
    source: str
    title: str
    company: str | None = None
    salary: SalaryRange | None = None
    area: str | None = None
    work_format: WorkFormat | None = None
    experience: ExperienceAsked | None = None
    responsibilities: str = ""
    requirements: str = ""
    description: str = ""
    skills: tuple[str, ...] = ()
    asks: tuple[Requirement, ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    closes_at: datetime | None = None
    links: tuple[Link, ...] = ()
    first_seen_at: datetime
    last_seen_at: datetime

    @property
    def every_link(self) -> tuple[Link, ...]:
        """All the places of the job, be it one or several."""
        return self.links or (Link(source=self.source, vacancy_id=self.id, url=self.url),)

    @property
    def every_id(self) -> frozenset[VacancyId]:
        """The vacancy's id and those that the same job has elsewhere."""
        return frozenset((self.id, *(link.vacancy_id for link in self.links)))

    @property
    def texts(self) -> tuple[str, str, str]:
        return self.responsibilities, self.requirements, self.description

    @property
    def posting(self) -> str:
        text = "\n".join(self.texts).strip()
        employer = employer_key(self.company) or ""
        # A bare title is too little to tell that two vacancies are one.
        return _digest(self.title, employer, text if text or employer else self.id)

    @property
    def fingerprint(self) -> str:
        return _digest(self.posting, self.area or "")

    def is_open(self, *, at: datetime) -> bool:
        return (self.closes_at is None or self.closes_at > at) and self.last_seen_at + UNSEEN_MEANS_CLOSED > at

    def seen_again(self, earlier: Vacancy) -> Vacancy:
        """Return this newer sighting with the day on which the vacancy was first seen.

        Of a job known from several places it has their links, and what only the others tell.
        """
        if earlier.links:
            return self.joined(earlier)
        return replace(self, first_seen_at=earlier.first_seen_at)

    def closed(self, *, at: datetime) -> Vacancy:
        """Return the vacancy as it is once its source has taken it back."""
        return replace(self, closes_at=at)

    def glimpsed_again(self, earlier: Vacancy) -> Vacancy:
        """Return the same of a newer sighting whose source may have shown but a part of the texts."""
        return self.seen_again(earlier)._told_fully(earlier)

    def joined(self, other: Vacancy) -> Vacancy:
        """Return this vacancy as the one for a job that the other is of, too: with what it lacks and the other tells.

        Where the texts of one are part of those of the other, they are the fuller ones.
        """
        return replace(
            self._told_fully(other),
            company=self.company or other.company,
            salary=self.salary or other.salary,
            area=self.area or other.area,
            work_format=self.work_format or other.work_format,
            experience=self.experience or other.experience,
            url=self.url or other.url,
            published_at=self.published_at or other.published_at,
            links=_links(self, other),
            first_seen_at=min(self.first_seen_at, other.first_seen_at),
            last_seen_at=max(self.last_seen_at, other.last_seen_at),
        )

    def _told_fully(self, other: Vacancy) -> Vacancy:
        """Return this vacancy with the fuller texts of both and what was found in them, if one is part of the other."""
        mine = phrases(self.texts)
        theirs = mine if other.texts == self.texts else phrases(other.texts)
        if not is_part(mine, theirs):
            return self
        fuller, shorter = (other, self) if len(theirs) > len(mine) else (self, other)
        return replace(
            self,
            responsibilities=fuller.responsibilities,
            requirements=fuller.requirements,
            description=fuller.description,
            skills=fuller.skills or shorter.skills,
            asks=fuller.asks if fuller.skills else _asks(fuller, shorter),
        )

    def says_the_same(self, other: Vacancy) -> bool:
        """Whether nothing but the times of sighting differs."""
        return replace(self, first_seen_at=other.first_seen_at, last_seen_at=other.last_seen_at) == other


def employer_key(company: str | None) -> str | None:
    """Return what two spellings of one employer share, or `None` where none is named."""
    words = _LEGAL_FORM.sub(" ", normalised(company or ""))
    return " ".join(words.split()) or None


def _links(here: Vacancy, elsewhere: Vacancy) -> tuple[Link, ...]:
    # One without links was seen there just now; what others know of its page may be old.
    by_age = sorted((elsewhere, here), key=lambda each: not each.links)
    known = {link.vacancy_id: link for each in by_age for link in each.every_link}
    own = known.pop(here.id)
    return (own, *(known[each] for each in sorted(known))) if known else ()


def _asks(fuller: Vacancy, tagged: Vacancy) -> tuple[Requirement, ...]:
    """Return what a text without tags asks, and what the other's tags ask beyond that."""
    asked = {skill for each in fuller.asks for skill in (each.skill, *each.any_of)}
    more = (each for each in tagged.asks if tagged.skills and not each.any_of and each.skill not in asked)
    return tuple(sorted((*fuller.asks, *more), key=lambda each: (not each.must, each.skill)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(normalised(part) for part in parts).encode()).hexdigest()[:32]
