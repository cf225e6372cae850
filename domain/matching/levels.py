"""Levels of seniority: told by titles, and else by years."""

from __future__ import annotations

from domain.matching.lexicon import Title
from domain.vacancies.vacancy import ExperienceAsked

_LEVELS_ASKED = ((5, 3.2), (3, 2.5), (1, 1.7), (0, 1.0))
"""Years asked for, and the level that whoever asks for them means: the middle of what the range holds."""

_LEVELS_REACHED = ((6, 3.0), (3, 2.4), (1, 1.7), (0, 1.0))


def level_asked(title: Title, experience: ExperienceAsked | None) -> float | None:
    """Return the level that a vacancy asks for, `None` if unknown."""
    # Who asks for no experience takes the experienced, too.
    if title.level is None and experience is not None and experience.least > 0:
        return next(level for years, level in _LEVELS_ASKED if experience.least >= years)
    return title.level


def level_reached(title: Title | None, years: float | None) -> float | None:
    """Return the level of somebody who wishes the title after so many years, `None` if unknown."""
    level = title.level if title is not None else None
    if level is None and years is not None:
        return next(level for least, level in _LEVELS_REACHED if years >= least)
    return level
