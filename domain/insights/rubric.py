"""The published rubric of a résumé's quality: what is judged, and for how many points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

QUALITY_VERSION = "2"


class Criterion(str, Enum):
    CONTACTS = "contacts"
    TARGET = "target"
    CONDITIONS = "conditions"
    EXPERIENCE = "experience"
    RESULTS = "results"
    SKILLS = "skills"
    PROOF = "proof"
    DATES = "dates"
    LENGTH = "length"
    LANGUAGES = "languages"
    EDUCATION = "education"
    READABILITY = "readability"


POSSIBLE: Mapping[Criterion, int] = MappingProxyType(
    {
        Criterion.CONTACTS: 3,
        Criterion.TARGET: 10,
        Criterion.CONDITIONS: 6,
        Criterion.EXPERIENCE: 12,
        Criterion.RESULTS: 22,
        Criterion.SKILLS: 10,
        Criterion.PROOF: 10,
        Criterion.DATES: 5,
        Criterion.LENGTH: 6,
        Criterion.LANGUAGES: 5,
        Criterion.EDUCATION: 3,
        Criterion.READABILITY: 8,
    }
)
"""Points by criterion, 100 together. Name, sex, age, looks, family, citizenship and gaps are no criteria."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming:
    """What keeps a criterion from its full points: the share of them that it costs, 0 to 1; codes and data.

    `data` holds `names` (the person's own words it is about; `count` tells of how many the names are the first) and
    numbers.
    """

    code: str
    costs: float
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


MOST_NAMES = 4


def named(names: Sequence[str]) -> Mapping[str, object]:
    """Return the data of a shortcoming that is about these words."""
    return {"names": list(names[:MOST_NAMES]), "count": len(names)}
