"""Which of the vacancies found are offered, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.matching.assessment import Assessment
from domain.matching.scorer import best_first, without_lines
from domain.search.match import FilterReason, Match, MatchState
from domain.search.run import Counts, SearchRun
from domain.vacancies.vacancy import Vacancy, employer_key

EXPLAINED = 200
"""How many of a run's best matches keep their explanation."""

LONGEST_QUEUE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A vacancy found and assessed, with the keys by which it is compared with others."""

    vacancy: Vacancy
    assessment: Assessment
    posting: str
    employer: str | None


def candidates(assessed: Sequence[tuple[Vacancy, Assessment]]) -> list[Candidate]:
    """Return what was found, best first. Takes its time, so it is no work for inside a transaction."""
    return [
        Candidate(
            vacancy=vacancy,
            assessment=assessment,
            posting=vacancy.posting,
            employer=employer_key(vacancy.company),
        )
        for vacancy, assessment in best_first(assessed)
    ]


def queue_up(
    run: SearchRun,
    found: Sequence[Candidate],
    *,
    seen: Mapping[str, MatchState],
    hidden_employers: frozenset[str],
    at: datetime,
) -> tuple[list[Match], Counts]:
    """Return the matches of what was found, best first: waiting, or filtered with the reason; and their counts.

    Of one posting in many places the best stands for all. Beyond the longest queue matches are counted, not kept.
    """
    matches: list[Match] = []
    filtered: Counter[str] = Counter()
    standing: set[str] = set()
    place = 0
    for each in found:
        reason = _why_not(each, seen, hidden_employers, standing)
        # An employer hidden today may be let back in tomorrow, to the place it would have had.
        in_line = reason in (None, FilterReason.EMPLOYER_HIDDEN)
        if in_line and place >= LONGEST_QUEUE:
            reason = FilterReason.BEYOND_LIMIT
        if reason is not None:
            filtered[reason.value] += 1
        if reason is FilterReason.BEYOND_LIMIT:
            continue
        standing.add(each.posting)
        place += in_line
        matches.append(
            Match(
                run_id=run.id,
                telegram_id=run.telegram_id,
                vacancy_id=each.vacancy.id,
                posting=each.posting,
                employer=each.employer,
                state=MatchState.WAITING if reason is None else MatchState.FILTERED,
                filter_reason=reason,
                place=place if in_line else None,
                assessment=each.assessment if len(matches) < EXPLAINED else without_lines(each.assessment),
                found_at=at,
            )
        )
    waiting = sum(match.state is MatchState.WAITING for match in matches)
    return matches, Counts(found=len(found), queued=waiting, filtered=dict(sorted(filtered.items())))


def _why_not(
    candidate: Candidate,
    seen: Mapping[str, MatchState],
    hidden_employers: frozenset[str],
    standing: set[str],
) -> FilterReason | None:
    if candidate.posting in standing:
        return FilterReason.SAME_POSTING
    before = seen.get(candidate.posting, seen.get(candidate.vacancy.id))
    if before is not None:
        applied = before is MatchState.APPLIED
        return FilterReason.ALREADY_APPLIED if applied else FilterReason.ALREADY_SHOWN
    if candidate.employer in hidden_employers:
        return FilterReason.EMPLOYER_HIDDEN
    return None
