"""What the scorer says of a pair: codes and data, never rendered text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Verdict(str, Enum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Aspect(str, Enum):
    """What a score is made of."""

    ROLE = "role"
    SKILLS = "skills"
    EXPERIENCE = "experience"
    PLACE = "place"
    SALARY = "salary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One requirement: what is asked, in the vacancy's words; what answers it, in the résumé's words.

    `of_title` tells that the vacancy's title alone asks for it, and no word of the employer's calls it a must.
    """

    aspect: Aspect
    subject: str
    verdict: Verdict
    must: bool
    asked: str
    proof: str | None = None
    of_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A short reason for the card, worded at the edge from its code and data (strings, numbers, lists of strings)."""

    code: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What comparing one aspect found: its share of the points, 0 to 1; `None` where somebody kept silent about it."""

    share: float | None = None
    lines: tuple[Line, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One aspect's share of the score: `points` of `possible`; `known` is False where somebody kept silent about it."""

    aspect: Aspect
    points: float
    possible: int
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What stands in the way, and what the sum of the points is multiplied by for it: 1 where another tells more.

    `data` is worded with the code, as that of a reason is.
    """

    code: str
    times: float
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`score` is 0–100: the points of the parts, summed, times each limit, and no more than the caps named allow.

    `skills_match` is a percentage, `None` when nothing recognisable is asked.
    """

    score: int
    skills_match: int | None
    matched_skills: tuple[str, ...]
    missing_skills: tuple[str, ...]
    parts: tuple[Part, ...]
    caps: tuple[str, ...]
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    scorer_version: str
    limits: tuple[Limit, ...] = ()
