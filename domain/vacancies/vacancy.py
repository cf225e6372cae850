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

UNSEEN_MEANS_CLOSED = timedelta(days=30)

# C++ and C# are not C.
_NOT_WORD = re.compile(r"(?:[^\w+#]|_)+")
_LEGAL_FORM = re.compile(r"\b(?:ооо|оао|зао|пао|ао|ип|тоо|чуп|llc|ltd|inc|gmbh|plc|jsc)\b")


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
class Vacancy:
    """A vacancy, its texts clean (no markup).

    `skills` are the employer's tags as written; `asks` is what was recognised on arrival. `fingerprint` is the same for
    the same job wherever it is posted; `posting` is the same for one posting in many cities.
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
    first_seen_at: datetime
    last_seen_at: datetime

    @property
    def posting(self) -> str:
        text = "\n".join((self.responsibilities, self.requirements, self.description)).strip()
        employer = employer_key(self.company) or ""
        # A bare title is too little to tell that two vacancies are one.
        return _digest(self.title, employer, text if text or employer else self.id)

    @property
    def fingerprint(self) -> str:
        return _digest(self.posting, self.area or "")

    def is_open(self, *, at: datetime) -> bool:
        return (self.closes_at is None or self.closes_at > at) and self.last_seen_at + UNSEEN_MEANS_CLOSED > at

    def seen_again(self, earlier: Vacancy) -> Vacancy:
        """Return this newer sighting with the day on which the vacancy was first seen."""
        return replace(self, first_seen_at=earlier.first_seen_at)

    def says_the_same(self, other: Vacancy) -> bool:
        """Whether nothing but the times of sighting differs."""
        return replace(self, first_seen_at=other.first_seen_at, last_seen_at=other.last_seen_at) == other


def employer_key(company: str | None) -> str | None:
    """Return what two spellings of one employer share, or `None` where none is named."""
    words = _LEGAL_FORM.sub(" ", _plain(company or ""))
    return " ".join(words.split()) or None


def _plain(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(_plain(part) for part in parts).encode()).hexdigest()[:32]
