"""Where what came late belongs in a queue of which the person may have seen the beginning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import VacancyId
from domain.search.match import WITHHELD, FilterReason, Match, MatchState
from domain.search.offering import NotToOffer
from domain.search.ports import Standing
from domain.search.queue import EXPLAINED, LONGEST_QUEUE, Candidate, least_score, match_of, varied, why_not
from domain.search.run import MOST_SOURCES, Counts, SearchRun, SourceReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The matches that are new, the places that others have from now on (none: pushed out), and the run's counts."""

    matches: list[Match]
    places: dict[VacancyId, int | None]
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _InLine:
    """What the person has not reached yet: a match as it stood before, or what came late."""

    rank: int
    score: int
    alike: tuple[str, ...]
    waits: bool
    before: Standing | None = None
    late: Candidate | None = None


def merge(
    run: SearchRun,
    standing: Sequence[Standing],
    found: Sequence[Candidate],
    excluded: NotToOffer,
    *,
    alike: Mapping[VacancyId, tuple[str, ...]],
    left_out: int = 0,
    at: datetime,
) -> Merged:
    """Return the queue with what was found late, as if all that still waits had been found at once.

    What was shown keeps its place, and so does what waits before it. A job that the run has found before is nothing
    new. Where the queue gets too long, what comes last falls out of it. `alike` is what vacancies in the queue share
    with others, as a `Candidate` has it.
    """
    held = {each.vacancy_id for each in standing}
    fresh = [each for each in found if not each.vacancy.every_id & held]
    late, aside = _sorted_out(run, standing, fresh, excluded)
    reached = max((each.place or 0 for each in standing if each.shown), default=0)
    ahead = [each for each in standing if _in_line(each) and (each.place or 0) > reached]
    kept = sum(each.place is not None or each.filter_reason is FilterReason.NOT_YOUR_WORK for each in standing)
    line = _in_order([*(_stood(each, alike) for each in ahead), *late])
    room = max(LONGEST_QUEUE - kept + len(ahead), 0)
    stay, fall = line[:room], line[room:]
    strangers_left = LONGEST_QUEUE - kept + len(ahead) - len(stay)

    matches: list[Match] = []
    places: dict[VacancyId, int | None] = {}
    filtered = Counter(run.counts.filtered)
    filtered[FilterReason.BEYOND_LIMIT.value] += left_out + sum(each.waits or each.late is not None for each in fall)
    for place, each in enumerate(stay, start=reached + 1):
        if each.before is not None:
            places[each.before.vacancy_id] = place
        if each.late is not None:
            reason = None if each.waits else FilterReason.EMPLOYER_HIDDEN
            filtered += Counter([reason.value] if reason is not None else [])
            matches.append(match_of(run, each.late, reason, place=place, explained=place <= EXPLAINED, at=at))
    places |= {each.before.vacancy_id: None for each in fall if each.before is not None}
    for candidate, reason in aside:
        if reason is FilterReason.NOT_YOUR_WORK:
            strangers_left -= 1
            if strangers_left < 0:
                filtered[FilterReason.BEYOND_LIMIT.value] += 1
                continue
        filtered[reason.value] += 1
        matches.append(match_of(run, candidate, reason, place=None, explained=False, at=at))
    more = sum(each.waits for each in stay) - sum(each.state is MatchState.WAITING for each in ahead)
    counts = Counts(
        found=run.counts.found + len(fresh) + left_out,
        queued=run.counts.queued + more,
        # What there is none of is left out.
        filtered=dict(sorted((+filtered).items())),
    )
    stood = {each.vacancy_id: each.place for each in ahead}
    moved = {each: place for each, place in places.items() if place != stood[each]} if late else {}
    return Merged(matches=matches, places=moved, counts=counts)


def _sorted_out(
    run: SearchRun, standing: Sequence[Standing], fresh: Sequence[Candidate], excluded: NotToOffer
) -> tuple[list[_InLine], list[tuple[Candidate, FilterReason]]]:
    """Return what of it belongs in the queue, if only to be withheld there, and the others with why they do not."""
    postings = {each.posting for each in standing}
    late: list[_InLine] = []
    aside: list[tuple[Candidate, FilterReason]] = []
    for each in fresh:
        reason = why_not(
            each,
            excluded.seen,
            excluded.hidden_employers,
            excluded.current_employers,
            postings,
            least_score(run),
        )
        postings.add(each.posting)
        if reason is None or reason is FilterReason.EMPLOYER_HIDDEN:
            late.append(_InLine(rank=each.rank, score=each.score, alike=each.alike, waits=reason is None, late=each))
        else:
            aside.append((each, reason))
    return late, aside


def _in_line(match: Standing) -> bool:
    return match.place is not None and (match.state is MatchState.WAITING or match.filter_reason in WITHHELD)


def _stood(match: Standing, alike: Mapping[VacancyId, tuple[str, ...]]) -> _InLine:
    # Of a vacancy that came into the queue just now nothing is known to be like others.
    return _InLine(
        rank=match.rank,
        score=match.score,
        alike=alike.get(match.vacancy_id, (match.vacancy_id,)),
        waits=match.state is MatchState.WAITING,
        before=match,
    )


def _in_order(line: Sequence[_InLine]) -> list[_InLine]:
    """Return the line best first, those that wait in a varied order; of equals those of before stay before."""
    ordered = sorted(line, key=lambda each: (-each.rank, -each.score))
    waiting = [index for index, each in enumerate(ordered) if each.waits]
    for index, each in zip(waiting, varied([ordered[index] for index in waiting]), strict=True):
        ordered[index] = each
    return ordered


def all_reports(reports: Sequence[SourceReport], late: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
    """Return the reports of a run with those that came late: of sources it does not name, or that had not answered.

    Of sources that it does not name as long as there is room.
    """
    told = {report.source: report for report in reports}
    for report in late:
        if report.source not in told or (report.answered and not told[report.source].answered):
            told[report.source] = report
    return tuple(told.values())[:MOST_SOURCES]
