"""Which of the vacancies found are offered, and in which order: the best first, but not all of one employer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from domain.matching.assessment import Assessment
from domain.matching.measures import Measures
from domain.matching.scorer import best_first, without_lines
from domain.search.learning import Taste, shift, traits_of
from domain.search.match import UNMOVED, FilterReason, Match, MatchState, Shift
from domain.search.run import Counts, SearchRun
from domain.vacancies.vacancy import Vacancy, employer_key

EXPLAINED = 200
"""How many of a run's best matches keep their explanation."""

LONGEST_QUEUE = 1_000

NOT_WORK_FOR_THEM = 10
"""Below this score a vacancy of another profession is not offered, unless the person typed what to look for."""

LOOKED_OVER, FIRST_ONES, MOST_ALIKE = 30, 10, 3
"""Of the first ten no more than three are of one employer, as far as the first thirty have others."""

TOO_MUCH_BETTER = 10
"""By so many points of score a vacancy is too good to give way to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A vacancy found and assessed, with the keys by which it is compared with others.

    `alike` is the same for all of one employer, and where none is named for all whose titles have the same words.
    """

    vacancy: Vacancy
    assessment: Assessment
    shift: Shift
    posting: str
    employer: str | None
    alike: tuple[str, ...]

    @property
    def score(self) -> int:
        return self.assessment.score

    @property
    def rank(self) -> int:
        """The score as the person's taste moves it."""
        return self.score + self.shift.points


class Ranked(Protocol):
    """What has a rank, and may be like others."""

    @property
    def score(self) -> int: ...
    @property
    def rank(self) -> int: ...
    @property
    def alike(self) -> tuple[str, ...]: ...


R = TypeVar("R", bound=Ranked)


def candidates(
    assessed: Sequence[tuple[Vacancy, Assessment]], measures: Measures, taste: Taste | None = None
) -> list[Candidate]:
    """Return what was found, best first, moved by the taste. Takes its time: no work for inside a transaction."""
    found = [_candidate(vacancy, assessment, measures, taste) for vacancy, assessment in best_first(assessed)]
    # Stable: where taste moves nothing, the order is that of the score.
    return sorted(found, key=lambda each: -each.rank)


def _candidate(vacancy: Vacancy, assessment: Assessment, measures: Measures, taste: Taste | None) -> Candidate:
    employer = employer_key(vacancy.company)
    return Candidate(
        vacancy=vacancy,
        assessment=assessment,
        shift=UNMOVED if taste is None else shift(taste, traits_of(vacancy, measures)),
        posting=vacancy.posting,
        employer=employer,
        alike=alike(vacancy, measures),
    )


def alike(vacancy: Vacancy, measures: Measures) -> tuple[str, ...]:
    """Return what is the same for all of one employer, or, where none is named, for titles of the same words."""
    employer = employer_key(vacancy.company)
    return (employer,) if employer is not None else ("", *sorted(set(measures.stems.stems(vacancy.title))))


def varied(found: Sequence[R]) -> list[R]:
    """Return them in an order in which no more than three of the first ten are alike, if the first thirty have others.

    What is alike gives way to the next that is not, except to one that is worse by ten points or more; nothing else
    changes its order.
    """
    left = list(found[:LOOKED_OVER])
    first: list[R] = []
    taken: Counter[tuple[str, ...]] = Counter()
    while left and len(first) < FIRST_ONES:
        chosen = _next_unlike(left, taken)
        left.remove(chosen)
        first.append(chosen)
        taken[chosen.alike] += 1
    return [*first, *left, *found[LOOKED_OVER:]]


def _next_unlike(left: Sequence[R], taken: Mapping[tuple[str, ...], int]) -> R:
    """Return the first of which there are not too many yet, or the very first, if that one is much worse."""
    best_score = best_rank = 0
    for each in left:
        best_score, best_rank = max(best_score, each.score), max(best_rank, each.rank)
        if taken.get(each.alike, 0) < MOST_ALIKE:
            worse_by = max(best_score - each.score, best_rank - each.rank)
            return each if worse_by < TOO_MUCH_BETTER else left[0]
    return left[0]


def queue_up(
    run: SearchRun,
    found: Sequence[Candidate],
    *,
    seen: Mapping[str, MatchState],
    hidden_employers: frozenset[str],
    current_employers: frozenset[str] = frozenset(),
    left_out: int = 0,
    at: datetime,
) -> tuple[list[Match], Counts]:
    """Return the matches of what was found, in order: waiting, or filtered with the reason; and their counts.

    Of one posting in many places the best stands for all. Beyond the longest queue matches are counted, not kept; so
    are those `left_out`, which there was no time to assess.
    """
    least = least_score(run)
    matches: list[Match] = []
    filtered: Counter[str] = Counter({FilterReason.BEYOND_LIMIT.value: left_out} if left_out else {})
    standing: set[str] = set()
    waiting: dict[int, Candidate] = {}
    place = strangers = 0
    for each in found:
        reason = why_not(each, seen, hidden_employers, current_employers, standing, least)
        # An employer hidden today may be let back in tomorrow, to the place it would have had.
        in_line = reason in (None, FilterReason.EMPLOYER_HIDDEN)
        strange = reason is FilterReason.NOT_YOUR_WORK
        if (in_line or strange) and place + strangers >= LONGEST_QUEUE:
            reason = FilterReason.BEYOND_LIMIT
        if reason is not None:
            filtered[reason.value] += 1
        if reason is FilterReason.BEYOND_LIMIT:
            continue
        standing.add(each.posting)
        place += in_line
        strangers += strange
        if reason is None:
            waiting[len(matches)] = each
        matches.append(
            match_of(run, each, reason, place=place if in_line else None, explained=len(matches) < EXPLAINED, at=at)
        )
    counts = Counts(found=len(found) + left_out, queued=len(waiting), filtered=dict(sorted(filtered.items())))
    return _with_variety(matches, waiting), counts


def _with_variety(matches: Sequence[Match], waiting: Mapping[int, Candidate]) -> list[Match]:
    """Return the matches with those that wait in a varied order; a place withheld stays where it is."""
    of_vacancy = {matches[index].vacancy_id: matches[index] for index in waiting}
    ordered = list(matches)
    for index, each in zip(waiting, varied(list(waiting.values())), strict=True):
        ordered[index] = replace(of_vacancy[each.vacancy.id], place=matches[index].place)
    return ordered


def least_score(run: SearchRun) -> int:
    """Return the score below which the run offers no vacancy of another profession."""
    return NOT_WORK_FOR_THEM if run.filters.text is None else 0


def match_of(
    run: SearchRun, found: Candidate, reason: FilterReason | None, *, place: int | None, explained: bool, at: datetime
) -> Match:
    """Return a match that waits, or was filtered out for that reason."""
    return Match(
        run_id=run.id,
        telegram_id=run.telegram_id,
        vacancy_id=found.vacancy.id,
        posting=found.posting,
        employer=found.employer,
        state=MatchState.WAITING if reason is None else MatchState.FILTERED,
        filter_reason=reason,
        place=place,
        assessment=found.assessment if explained else without_lines(found.assessment),
        shift=found.shift,
        found_at=at,
    )


def why_not(
    candidate: Candidate,
    seen: Mapping[str, MatchState],
    hidden_employers: frozenset[str],
    current_employers: frozenset[str],
    standing: Set[str],
    least: int,
) -> FilterReason | None:
    """Return why a vacancy is not to be offered beside those whose postings stand in the queue, `None` if it is."""
    if candidate.posting in standing:
        return FilterReason.SAME_POSTING
    # Whatever id of the job it was under.
    before = {seen[key] for key in (candidate.posting, *candidate.vacancy.every_id) if key in seen}
    if before:
        applied = MatchState.APPLIED in before
        return FilterReason.ALREADY_APPLIED if applied else FilterReason.ALREADY_SHOWN
    if candidate.employer in current_employers:
        return FilterReason.CURRENT_EMPLOYER
    if candidate.assessment.score < least and "other_profession" in candidate.assessment.caps:
        return FilterReason.NOT_YOUR_WORK
    if candidate.employer in hidden_employers:
        return FilterReason.EMPLOYER_HIDDEN
    return None
