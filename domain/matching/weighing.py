"""The numbers of a pair: how well a vacancy suits an applicant, aspect by aspect, and what limits it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from operator import itemgetter
from typing import NamedTuple

from domain.matching.applicant import Applicant
from domain.matching.aspects import experience_share, gap, salary_share
from domain.matching.assessment import Aspect
from domain.matching.levels import TOLD_BELOW, Gap
from domain.matching.measures import Measures
from domain.matching.opening import Opening
from domain.matching.place import place_share
from domain.matching.role import FITTING_ROLE, OTHER_PROFESSION, Nearness, RoleShare, role_share
from domain.matching.skills_match import Answer, answers, licences_missing, skills_share, weight_asked
from domain.vacancies.vacancy import Vacancy

POSSIBLE = {Aspect.ROLE: 40, Aspect.SKILLS: 30, Aspect.EXPERIENCE: 8, Aspect.PLACE: 12, Aspect.SALARY: 10}

SILENCE = 0.5
"""What an aspect earns about which somebody kept silent: less than agreement, more than a contradiction."""

CAPS = {
    "other_profession": 44,
    "licence_missing": 60,
    "experience_far_below": 70,
    "far_away": 70,
    "pay_far_below": 70,
    "seniority_gap": 80,
}
"""The most that a score can be under a limit. A limit scales the points: those under one keep their order."""

ENOUGH_ASKED = 2.0
"""The weight of requirements from which on their match earns its points in full: one alone tells little of the work."""

_POSSIBLE = tuple(POSSIBLE.values())
_FAR_AWAY = 0.1
_FAR_APART = 0.8
_FAR_BELOW_PAY = 0.4
_FAR_BELOW_EXPERIENCE = 0.5
_LEAST_OF_EXPERIENCE = 0.2


class Shares(NamedTuple):
    """How much of each aspect a pair earns, 0 to 1, in the order of the aspects; `None` where somebody kept silent."""

    role: float | None
    skills: float | None
    experience: float | None
    place: float | None
    salary: float | None


class Weighed(NamedTuple):
    """A pair in numbers. One is made for every pair: a frozen dataclass would take three times as long.

    `points` are what the aspects earn, in their order, `sum` all of them before a limit; `limits` have a code and what
    the sum is multiplied by for it.
    """

    score: int
    sum: float
    points: Sequence[float]
    shares: Shares
    limits: Sequence[tuple[str, float]]
    caps: tuple[str, ...]
    gap: Gap
    role: RoleShare
    answers: Sequence[Answer]


def weigh(applicant: Applicant, opening: Opening, vacancy: Vacancy, nearness: Nearness, measures: Measures) -> Weighed:
    """Return the numbers of a pair."""
    role = role_share(applicant, opening, nearness, measures)
    answered = answers(applicant, opening, vacancy, measures.titles)
    shares = Shares(
        role.whole,
        skills_share(answered),
        experience_share(applicant, vacancy),
        place_share(applicant, opening, vacancy),
        salary_share(applicant, opening),
    )
    points = [
        round(possible * (SILENCE if share is None else share), 2)
        for possible, share in zip(_POSSIBLE, _earning(shares, answered), strict=True)
    ]
    apart = gap(applicant, opening)
    obstacles = _obstacles(shares, opening, bool(licences_missing(answered, opening)))
    limits, caps = _limits(shares, obstacles, apart), _caps(shares, obstacles, apart)
    whole = uncapped(points)
    scaled = whole * prod([times for _, times in limits])
    score = min([round(scaled), *[CAPS[cap] for cap in caps]])
    return Weighed(score, whole, points, shares, limits, caps, apart, role, answered)


def _earning(shares: Shares, answered: Sequence[Answer]) -> Shares:
    """Return the shares with that of the skills the nearer to silence the less is asked."""
    telling = weight_asked(answered) / ENOUGH_ASKED
    if shares.skills is None or telling >= 1:
        return shares
    return shares._replace(skills=SILENCE + (shares.skills - SILENCE) * telling)


def uncapped(points: Sequence[float]) -> float:
    # Rounded, so that the last bits of a sum decide nothing.
    return round(sum(points), 2)


def _obstacles(shares: Shares, opening: Opening, without_licence: bool) -> list[str]:
    found = ["licence_missing"] if without_licence else []
    if shares.place is not None and shares.place <= _FAR_AWAY:
        found.append("far_away")
    # Of a floor alone nobody knows how much more is paid.
    if shares.salary is not None and shares.salary < _FAR_BELOW_PAY and not opening.pays_more:
        found.append("pay_far_below")
    return found


def _limits(shares: Shares, obstacles: Sequence[str], apart: Gap) -> list[tuple[str, float]]:
    """Return what the points are multiplied by: the role, the level, and the tightest of the other obstacles.

    Those less tight stand in the way, too, and multiply by 1.
    """
    found: list[tuple[str, float]] = []
    if shares.role is not None and shares.role < FITTING_ROLE:
        found.append(("role", shares.role / FITTING_ROLE))
    if apart.times < 1:
        found.append(("level", apart.times))
    others = [(code, CAPS[code] / 100) for code in obstacles]
    if shares.experience is not None:
        times = max(_LEAST_OF_EXPERIENCE, shares.experience) ** 0.5
        # A month less of ten years is nothing to tell.
        others += [("experience", times)] if times < TOLD_BELOW else []
    # As it is shown, so that whoever multiplies gets the score.
    limits = [(code, rounded) for code, times in found if (rounded := round(times, 3)) < 1]
    if others:
        others.sort(key=itemgetter(1))
        limits.append((others[0][0], round(others[0][1], 3)))
        limits += [(code, 1.0) for code, _ in others[1:]]
    return limits


def _caps(shares: Shares, obstacles: Sequence[str], apart: Gap) -> tuple[str, ...]:
    caps = [*obstacles]
    if shares.role is not None and shares.role < OTHER_PROFESSION:
        caps.append("other_profession")
    if shares.experience is not None and shares.experience < _FAR_BELOW_EXPERIENCE:
        caps.append("experience_far_below")
    if apart.times <= _FAR_APART:
        caps.append("seniority_gap")
    return tuple(sorted(caps))
