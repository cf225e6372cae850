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
from domain.vacancies.wording import normalised

UNSEEN_MEANS_CLOSED = timedelta(days=30)

# Registers, and boards that copy from them, write the forms out.
_LEGAL_FORM = re.compile(
    r"\b(?:ооо|оао|зао|пао|ао|ип|тоо|чуп|llc|ltd|inc|gmbh|plc|jsc|индивидуальный предприниматель|"
    r"(?:общество|товарищество) с ограниченной ответственностью|"
    r"(?:(?:публичное|непубличное|открытое|закрытое) )?акционерное общество)\b"
)
# Behind the name people write where it is.
_PLACE = re.compile(
    r"(?:(?:г|гор|пос|пгт|дер|с)\.|(?:г|гор|город|пгт|пос[её]лок|село|деревня|республика)\s).*"
    r"|.*\s(?:область|обл\.?|край|район|р-н)"
)
_QUOTES = '«»“”„"'


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
    """One place where a job is posted: the id it has with us as that source's vacancy, and its page there.

    `told` names what the vacancy has from this place, and does not say where it stands itself.
    """

    source: str
    vacancy_id: VacancyId
    url: str | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A vacancy, its texts clean (no markup).

    An `outline` has texts of which its source tells more to those who ask for the vacancy itself; else they are whole.
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
    outline: bool = False
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

    def closed(self, *, at: datetime) -> Vacancy:
        """Return the vacancy as it is once its source has taken it back."""
        return replace(self, closes_at=at)

    def says_the_same(self, other: Vacancy) -> bool:
        """Whether nothing but the times of sighting differs."""
        return replace(self, first_seen_at=other.first_seen_at, last_seen_at=other.last_seen_at) == other


def employer_key(company: str | None) -> str | None:
    """Return what two spellings of one employer share, or `None` where none is named."""
    words = _LEGAL_FORM.sub(" ", normalised(_without_place((company or "").casefold())))
    return " ".join(words.split()) or None


def _without_place(company: str) -> str:
    """Return what stands before the commas behind which a place stands, or anything at all behind quotation marks."""
    *before, last = company.split(",")
    while before and (_PLACE.fullmatch(last.strip()) or _follows_quotes(before[-1], last)):
        last = before.pop()
    return ",".join((*before, last))


def _follows_quotes(before: str, after: str) -> bool:
    return before.rstrip().endswith(("»", "”", '"')) and not set(after) & set(_QUOTES)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(normalised(part) for part in parts).encode()).hexdigest()[:32]
