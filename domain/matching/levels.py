"""Levels of seniority: told by titles, and else by years."""

from __future__ import annotations

from typing import NamedTuple

from domain.matching.lexicon import Title
from domain.vacancies.vacancy import ExperienceAsked

_LEVELS_ASKED = ((5, 3.2), (3, 2.5), (1, 1.7), (0, 1.0))
"""Years asked for, and the level that whoever asks for them means: the middle of what the range holds."""

_NAMES = ("intern", "junior", "middle", "senior", "lead", "head")
_LOWEST = 1.0
_COST, _LEAST = 0.1, 0.6
_COST_OF_MORE_YEARS = 0.05
_USUAL = 0.7
"""By so many levels everybody outgrows what they are asked for."""
TOLD_BELOW = 0.97
"""What would take less is too little to be told, and takes nothing."""

_LEVELS_REACHED = ((6, 3.0), (3, 2.4), (1, 1.7), (0, 1.0))


def level_asked(title: Title, experience: ExperienceAsked | None) -> float | None:
    """Return the level that a vacancy asks for, `None` if unknown."""
    if title.level is None and experience is not None:
        # "Up to three years" asks for their half.
        years = experience.least or (experience.most or 0) / 2
        return next(level for least, level in _LEVELS_ASKED if years >= least)
    return title.level


def level_reached(title: Title | None, years: float | None) -> float | None:
    """Return the level of somebody who wishes the title after so many years, `None` if unknown."""
    level = title.level if title is not None else None
    if level is None and years is not None:
        return next(level for least, level in _LEVELS_REACHED if years >= least)
    return level


class Gap(NamedTuple):
    """By how many levels a vacancy is above a person, below 0 if under, 0 if unknown, and what it multiplies."""

    levels: float
    times: float


_NO_GAP = Gap(0.0, 1.0)


def gap_between(offered: float | None, reached: float | None, *, by_title: bool) -> Gap:
    """Return the gap; `by_title` tells that the vacancy's title names its level, and not only the years it asks."""
    if offered is None or reached is None:
        return _NO_GAP
    levels = round(offered - reached, 1)
    if by_title or (levels > 0 and offered > _LOWEST):
        cost = _COST * abs(levels)
    else:
        # Who asks for few years, or none, takes those with more, too; for an intern nobody asks for less.
        cost = _COST_OF_MORE_YEARS * max(0.0, -levels - _USUAL)
    times = max(_LEAST, 1 - cost)
    return Gap(levels, 1.0 if times >= TOLD_BELOW else times)


def level_named(level: float) -> str:
    """Return the code of the nearest level that has a name."""
    return _NAMES[round(level)]
