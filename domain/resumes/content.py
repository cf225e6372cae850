"""What a résumé says."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class LanguageLevel(str, Enum):
    """CEFR, and `native` above it."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"


class EducationLevel(str, Enum):
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    INCOMPLETE_HIGHER = "incomplete_higher"
    BACHELOR = "bachelor"
    HIGHER = "higher"
    MASTER = "master"
    PHD = "phd"


class WorkFormat(str, Enum):
    """Where the work is done."""

    OFFICE = "office"
    REMOTE = "remote"
    HYBRID = "hybrid"
    FIELD = "field"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount a month, in an ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The contact block as printed on a résumé: offered for the profile, never written over it.

    `phone` is E.164; `hh_profile_url` is the address of this résumé on hh.ru or one of its country domains.
    """

    first_name: str | None = None
    last_name: str | None = None
    middle_name: str | None = None
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    hh_profile_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language by its English name (`English`, `Russian`) and how well it is known; `None`: not told."""

    name: str
    level: LanguageLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """One job held. `start` and `end` are `YYYY-MM` or `YYYY`; `end` is `None` while the job lasts or is not told."""

    position: str | None = None
    company: str | None = None
    start: str | None = None
    end: str | None = None
    current: bool = False
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """One place of study."""

    institution: str | None = None
    speciality: str | None = None
    level: EducationLevel | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeContent:
    """What one résumé says. Anything it does not say is `None` or empty, never guessed."""

    contact: Contact = field(default_factory=Contact)
    current_position: str | None = None
    desired_position: str | None = None
    years_experience: float | None = None
    skills: tuple[str, ...] = ()
    salary: Money | None = None
    region: str | None = None
    work_format: WorkFormat | None = None
    languages: tuple[Language, ...] = ()
    education_level: EducationLevel | None = None
    experience: tuple[Experience, ...] = ()
    education: tuple[Education, ...] = ()
    summary: str | None = None
