"""What became of what a person's searches found, and how well it matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from domain.insights.effects import FITTING
from domain.search.match import SEEN, FilterReason, MatchState
from domain.search.ports import Fate, Tally

LEVELS = (80, FITTING, 40)
"""The scores at which the reading of a match changes, the highest first."""

WIDTH, BANDS = 10, 10
"""The bands of a distribution: 0 to 9, 10 to 19, …; the last one holds 100 as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Of what was `found`, what was filtered out by reason, the rest `queued`; of that `shown`, whatever was said then.

    `liked`, `disliked`, `applied`, `hidden` count the verdicts that stand: one liked and applied to later is applied
    to. `superseded` is what a newer search put aside before it was shown.
    """

    found: int = 0
    filtered: Mapping[FilterReason, int] = field(default_factory=dict)
    queued: int = 0
    waiting: int = 0
    superseded: int = 0
    shown: int = 0
    liked: int = 0
    disliked: int = 0
    applied: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The scores of one search: how many of the `counted` are in each band and reach each level, the middle one."""

    counted: int
    bands: tuple[int, ...]
    reaching: Mapping[int, int]
    median: float | None


def funnel_of(fates: Mapping[Fate, int], *, beyond_limit: int) -> Funnel:
    """Return the funnel; `beyond_limit` counts what is not kept: the queue was full, or time was up."""
    states: Counter[MatchState] = Counter()
    filtered: Counter[FilterReason] = Counter()
    for (state, reason), count in fates.items():
        states[state] += count
        if reason is not None:
            filtered[reason] += count
    if beyond_limit:
        filtered[FilterReason.BEYOND_LIMIT] += beyond_limit
    found = states.total() + beyond_limit
    return Funnel(
        found=found,
        filtered={reason: filtered[reason] for reason in FilterReason if filtered[reason]},
        queued=found - filtered.total(),
        waiting=states[MatchState.WAITING],
        superseded=states[MatchState.SUPERSEDED],
        shown=sum(states[state] for state in SEEN),
        liked=states[MatchState.LIKED],
        disliked=states[MatchState.DISLIKED],
        applied=states[MatchState.APPLIED],
        hidden=states[MatchState.HIDDEN],
    )


def fates_in(tallies: Sequence[Tally]) -> Mapping[Fate, int]:
    """Return the counts of one search, whatever the score."""
    fates: Counter[Fate] = Counter()
    for each in tallies:
        fates[each.fate] += each.count
    return fates


def scores_in(tallies: Sequence[Tally]) -> Scores:
    """Return the distribution of what was found, shown before or not: each posting once, and only their own work."""
    counts: Counter[int] = Counter()
    for each in tallies:
        if each.fate[1] not in (FilterReason.SAME_POSTING, FilterReason.NOT_YOUR_WORK):
            counts[each.score] += each.count
    bands: Counter[int] = Counter()
    for score, count in counts.items():
        bands[min(score // WIDTH, BANDS - 1)] += count
    return Scores(
        counted=counts.total(),
        bands=tuple(bands[band] for band in range(BANDS)),
        reaching={level: sum(count for score, count in counts.items() if score >= level) for level in LEVELS},
        median=median(counts.elements()) if counts else None,
    )
