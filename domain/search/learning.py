"""What a person's verdicts tell of their taste, and how far it moves a vacancy in their queue."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from domain.matching.assessment import Reason
from domain.matching.measures import Measures
from domain.matching.pay import most_paid
from domain.search.match import UNMOVED, MatchState, Shift
from domain.vacancies.vacancy import Vacancy, employer_key

FURTHEST = 8
"""How many points of score a taste is worth at most, either way."""

LEARNED_FROM = 200
"""Of so many verdicts, the latest, a taste is made."""


class Trait(str, Enum):
    """What of a vacancy a person may like or not."""

    SKILLS = "skills"
    ROLE = "role"
    EMPLOYER = "employer"
    FORMAT = "format"
    PAY = "pay"
    AREA = "area"
    EXPERIENCE = "experience"


WORTH: Mapping[Trait, float] = {
    Trait.SKILLS: 2.0,
    Trait.ROLE: 1.5,
    Trait.EMPLOYER: 1.5,
    Trait.FORMAT: 1.0,
    Trait.PAY: 0.75,
    Trait.AREA: 0.75,
    Trait.EXPERIENCE: 0.5,
}
"""How many points each trait is worth at most, together the furthest that a vacancy is moved."""

# Who hides an employer says little of the work itself.
_VOTES = {MatchState.LIKED: 1.0, MatchState.APPLIED: 1.5, MatchState.DISLIKED: -1.0, MatchState.HIDDEN: -0.5}
VERDICTS = frozenset(_VOTES)

# Assumed on either side before there are any votes, so that a first verdict moves little.
_ASSUMED = 1.0
_STRONGEST = 2.0
"""The log-odds beyond which a trait counts no more: seven likes and no dislike."""

_PAY_FROM = (0, 60_000, 100_000, 150_000, 250_000, 400_000)
_YEARS_FROM = (0, 1, 3, 6)
_MOST_NAMES = 3

Value = tuple[Trait, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """A vacancy as taste sees it; the words are those by which it is spoken of."""

    values: Mapping[Trait, tuple[str, ...]]
    title: str
    company: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """`odds` are the bounded log-odds of each value's being liked; `examples` a role's latest title, liked or not."""

    odds: Mapping[Value, float] = field(default_factory=dict)
    examples: Mapping[tuple[str, bool], str] = field(default_factory=dict)


def traits_of(vacancy: Vacancy, measures: Measures) -> Traits:
    """Return the traits of a vacancy; what it is silent about has no values."""
    family = measures.titles.read(vacancy.title).family
    employer = employer_key(vacancy.company)
    pay = most_paid(vacancy.salary, measures) if vacancy.salary is not None else None
    values = {
        Trait.SKILLS: _skills(vacancy, measures),
        Trait.ROLE: _told(family),
        Trait.EMPLOYER: _told(employer),
        Trait.FORMAT: _told(vacancy.work_format.value if vacancy.work_format is not None else None),
        Trait.PAY: _told(_band(float(pay), _PAY_FROM) if pay is not None else None),
        Trait.AREA: _told(_area(vacancy, measures)),
        Trait.EXPERIENCE: _told(
            _band(vacancy.experience.least, _YEARS_FROM) if vacancy.experience is not None else None
        ),
    }
    return Traits(values=values, title=vacancy.title, company=vacancy.company or "", area=vacancy.area or "")


def taste_of(judged: Sequence[tuple[Traits, MatchState]]) -> Taste:
    """Return what verdicts, the latest first, tell. Each value is counted by itself, whatever else was judged."""
    liked: dict[Value, float] = defaultdict(float)
    passed: dict[Value, float] = defaultdict(float)
    examples: dict[tuple[str, bool], str] = {}
    for traits, state in judged:
        vote = _VOTES[state]
        for trait, values in traits.values.items():
            if state is MatchState.HIDDEN and trait is Trait.EMPLOYER:
                # Its vacancies are withheld already, each at the place that it would have without that.
                continue
            for value in values:
                (liked if vote > 0 else passed)[trait, value] += abs(vote)
        for role in traits.values[Trait.ROLE]:
            examples.setdefault((role, vote > 0), traits.title)
    every = sorted({*liked, *passed})
    return Taste(odds={value: _log_odds(liked[value], passed[value]) for value in every}, examples=examples)


def shift(taste: Taste, traits: Traits) -> Shift:
    """Return by how many points the taste moves a vacancy, -8 to 8, and the trait that moved it most."""
    moves = {trait: _move(taste, trait, values) for trait, values in traits.values.items() if values}
    # Quantised, so that the last bits of a sum decide nothing.
    points = round(round(sum(moves.values()), 3))
    if not points:
        return UNMOVED
    up = points > 0
    trait = max(moves, key=lambda each: moves[each] if up else -moves[each])
    return Shift(points=points, reason=_reason(taste, traits, trait, up=up))


def _log_odds(liked: float, passed: float) -> float:
    odds = math.log((liked + _ASSUMED) / (passed + _ASSUMED))
    return round(max(-_STRONGEST, min(_STRONGEST, odds)), 3)


def _move(taste: Taste, trait: Trait, values: tuple[str, ...]) -> float:
    """Return the points of a trait; of many skills asked, each has its part."""
    odds = sum(taste.odds.get((trait, value), 0.0) for value in values) / len(values)
    return WORTH[trait] * odds / _STRONGEST


def _reason(taste: Taste, traits: Traits, trait: Trait, *, up: bool) -> Reason:
    code = f"{'liked' if up else 'passed'}_{trait.value}"
    value = traits.values[trait][0]
    if trait is Trait.SKILLS:
        odds = {skill: taste.odds.get((trait, skill), 0.0) for skill in traits.values[trait]}
        telling = [skill for skill in odds if (odds[skill] > 0 if up else odds[skill] < 0)]
        return Reason(
            code=code, data={"names": sorted(telling, key=lambda each: (-abs(odds[each]), each))[:_MOST_NAMES]}
        )
    if trait is Trait.ROLE:
        return Reason(code=code, data={"title": taste.examples[value, up]})
    if trait is Trait.EMPLOYER:
        return Reason(code=code, data={"company": traits.company})
    if trait is Trait.AREA:
        return Reason(code=code, data={"area": traits.area})
    if trait is Trait.FORMAT:
        return Reason(code=code, data={"format": value})
    bounds = _PAY_FROM if trait is Trait.PAY else _YEARS_FROM
    return Reason(code=code, data=_within(int(value), bounds))


def _within(least: int, bounds: Sequence[int]) -> Mapping[str, object]:
    """Return the ends of a band; `most` is 0 for the last, which has none."""
    return {"least": least, "most": next((each for each in bounds if each > least), 0)}


def _band(amount: float, bounds: Sequence[int]) -> str:
    return str(max(each for each in bounds if each <= max(amount, 0)))


def _skills(vacancy: Vacancy, measures: Measures) -> tuple[str, ...]:
    known = {each.skill: measures.skills.skill(each.skill) for each in vacancy.asks}
    return tuple(sorted(name for name, skill in known.items() if skill is not None and not skill.generic))


def _area(vacancy: Vacancy, measures: Measures) -> str | None:
    place = measures.places.find(vacancy.area) if vacancy.area else None
    return None if place is None else place.city or place.region or place.country


def _told(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)
