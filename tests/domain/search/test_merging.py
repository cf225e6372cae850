"""Where in a queue that a person has begun what came late belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.assessment import Assessment
from domain.search.filters import Filters
from domain.search.match import FilterReason, Match, MatchState, Shift
from domain.search.merging import Merged, all_reports, merge
from domain.search.offering import NotToOffer
from domain.search.ports import Standing
from domain.search.queue import EXPLAINED, LONGEST_QUEUE, Candidate, candidates, queue_up
from domain.search.run import MOST_SOURCES, Counts, Outcome, SearchRun, SourceReport
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_run, a_vacancy, an_assessment
from tests.domain.instruments import MEASURES

RUN = a_run(filters=Filters())


def _found(number: int, score: int = 50, *, caps: tuple[str, ...] = (), **changes: Any) -> tuple[Vacancy, Assessment]:
    """Return a vacancy of a posting and an employer of its own, found with that score."""
    told = {"id": f"internal-{number:05}", "title": f"Вакансия {number}", "company": f"Фирма {number}", **changes}
    return a_vacancy(**told), an_assessment(score=score, caps=caps)


def _stranger(number: int) -> tuple[Vacancy, Assessment]:
    return _found(number, 1, caps=("other_profession",))


def _queue(found: Sequence[tuple[Vacancy, Assessment]], *, shown: int = 0) -> tuple[SearchRun, list[Standing]]:
    """Return a run that found these, and how they stand once so many were shown."""
    matches, counts = queue_up(RUN, candidates(found, MEASURES), seen={}, hidden_employers=frozenset(), at=NOW)
    return a_run(filters=Filters(), counts=counts), [_standing(match, shown) for match in matches]


def _standing(match: Match, shown: int) -> Standing:
    was_shown = match.place is not None and match.place <= shown
    return Standing(
        vacancy_id=match.vacancy_id,
        posting=match.posting,
        employer=match.employer,
        state=MatchState.SHOWN if was_shown else match.state,
        shown=was_shown,
        filter_reason=match.filter_reason,
        place=match.place,
        score=match.assessment.score,
        rank=match.assessment.score + match.shift.points,
    )


def _merge(
    run: SearchRun,
    standing: Sequence[Standing],
    late: Sequence[tuple[Vacancy, Assessment]],
    *,
    hidden: frozenset[str] = frozenset(),
    left_out: int = 0,
) -> Merged:
    return merge(
        run,
        standing,
        candidates(late, MEASURES),
        NotToOffer(seen={}, hidden_employers=hidden),
        alike={each.vacancy_id: (each.employer or "",) for each in standing},
        left_out=left_out,
        at=NOW,
    )


def _places(standing: Sequence[Standing], merged: Merged) -> list[str]:
    """Return the ids of everything in the queue in the order of its places."""
    places = {each.vacancy_id: each.place for each in standing} | merged.places
    places |= {match.vacancy_id: match.place for match in merged.matches}
    return [
        key for key, _ in sorted(((key, place) for key, place in places.items() if place), key=lambda each: each[1])
    ]


def _numbers(ids: Sequence[str]) -> list[int]:
    return [int(each.split("-")[1]) for each in ids]


def test_what_came_late_stands_where_its_rank_belongs() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 70), _found(3, 50)])

    merged = _merge(run, standing, [_found(4, 95), _found(5, 60), _found(6, 40)])

    assert _numbers(_places(standing, merged)) == [4, 1, 2, 5, 3, 6]
    assert merged.counts == Counts(found=6, queued=6)
    assert {match.state for match in merged.matches} == {MatchState.WAITING}


def test_of_equals_those_that_were_there_stay_before() -> None:
    run, standing = _queue([_found(7, 50), _found(8, 50)])

    merged = _merge(run, standing, [_found(1, 50)])

    assert _numbers(_places(standing, merged)) == [7, 8, 1]
    assert merged.places == {}


def test_taste_moves_what_came_late_as_it_moved_the_others() -> None:
    run, standing = _queue([_found(1, 50)])
    (late,) = candidates([_found(2, 45)], MEASURES)
    moved = Candidate(
        vacancy=late.vacancy,
        assessment=late.assessment,
        shift=Shift(points=8),
        posting=late.posting,
        employer=late.employer,
        alike=late.alike,
    )

    merged = merge(run, standing, [moved], NotToOffer(seen={}), alike={}, at=NOW)

    assert _numbers(_places(standing, merged)) == [2, 1]


def test_what_was_shown_keeps_its_place_however_good_the_late_one_is() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 80), _found(3, 50)], shown=2)

    merged = _merge(run, standing, [_found(4, 99)])

    assert _numbers(_places(standing, merged)) == [1, 2, 4, 3]
    assert merged.places == {"internal-00003": 4}


def test_what_waits_before_something_shown_stays_there() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 80), _found(3, 70)])
    # As when an employer that was hidden is let back in.
    standing = [replace(each, state=MatchState.LIKED, shown=True) if each.place == 2 else each for each in standing]

    merged = _merge(run, standing, [_found(4, 99)])

    assert _numbers(_places(standing, merged)) == [1, 2, 4, 3]


def test_what_was_applied_to_elsewhere_holds_nothing_up() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 80), _found(3, 70)])
    standing = [replace(each, state=MatchState.APPLIED) if each.place == 3 else each for each in standing]

    merged = _merge(run, standing, [_found(4, 99)])

    assert [match.place for match in merged.matches] == [1]
    assert merged.places == {"internal-00001": 2, "internal-00002": 3}


def test_a_job_found_before_is_nothing_new_and_moves_nothing() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 70)])

    merged = _merge(run, standing, [_found(1, 10)])

    assert merged == Merged(matches=[], places={}, counts=run.counts)


def test_an_employer_hidden_keeps_the_place_it_would_have() -> None:
    run, standing = _queue([_found(1, 90), _found(2, 50)])

    merged = _merge(run, standing, [_found(3, 70)], hidden=frozenset({"фирма 3"}))

    (match,) = merged.matches
    assert (match.state, match.filter_reason, match.place) == (
        MatchState.FILTERED,
        FilterReason.EMPLOYER_HIDDEN,
        2,
    )
    assert merged.places == {"internal-00002": 3}
    assert merged.counts == Counts(found=3, queued=2, filtered={"employer_hidden": 1})


def test_of_the_next_ten_no_more_than_three_are_of_one_employer() -> None:
    run, standing = _queue([_found(number, 80, company="Сеть") for number in range(1, 4)])

    merged = _merge(run, standing, [_found(4, 81, company="Сеть"), *(_found(number, 75) for number in range(5, 8))])

    assert _numbers(_places(standing, merged)) == [4, 1, 2, 5, 6, 7, 3]


def test_a_queue_too_long_loses_its_end() -> None:
    run, standing = _queue([_found(number, 50) for number in range(LONGEST_QUEUE)])

    merged = _merge(run, standing, [_found(5_001, 90), _found(5_002, 10)])

    last = f"internal-{LONGEST_QUEUE - 1:05}"
    assert merged.places[last] is None  # type: ignore[index]  # a vacancy's id
    assert [match.vacancy_id for match in merged.matches] == ["internal-05001"]
    assert merged.counts == Counts(found=LONGEST_QUEUE + 2, queued=LONGEST_QUEUE, filtered={"beyond_limit": 2})


def test_what_there_was_no_time_for_is_counted() -> None:
    run, standing = _queue([_found(1)])

    merged = _merge(run, standing, [], left_out=3)

    assert merged.counts == Counts(found=4, queued=1, filtered={"beyond_limit": 3})


@pytest.mark.parametrize(("before", "kept"), [(LONGEST_QUEUE - 1, 1), (LONGEST_QUEUE, 0)])
def test_what_is_not_the_persons_work_is_kept_as_long_as_there_is_room(before: int, kept: int) -> None:
    run, standing = _queue([_stranger(number) for number in range(before)])

    merged = _merge(run, standing, [_stranger(5_001), _stranger(5_002)])

    assert [match.filter_reason for match in merged.matches] == [FilterReason.NOT_YOUR_WORK] * kept
    assert merged.counts.found == before + 2
    assert merged.counts.filtered["not_your_work"] == before + kept
    assert merged.counts.filtered["beyond_limit"] == 2 - kept


def test_of_the_first_ones_the_explanation_is_kept() -> None:
    run, standing = _queue([_found(number, 50) for number in range(EXPLAINED)])

    merged = _merge(run, standing, [_found(5_001, 90), _found(5_002, 10)])

    assert [bool(match.assessment.lines) for match in merged.matches] == [True, False]


def test_one_posting_stands_once() -> None:
    run, standing = _queue([_found(1, 50)])

    merged = _merge(run, standing, [_found(2, 90, title="Вакансия 1", company="Фирма 1"), _found(3), _found(3 + 1)])

    assert [match.filter_reason for match in merged.matches] == [None, None, FilterReason.SAME_POSTING]


def test_a_source_has_the_report_that_says_more() -> None:
    ok, more = (SourceReport(source="hh", outcome=Outcome.OK, found=found) for found in (3, 9))
    captcha = SourceReport(source="hh", outcome=Outcome.CAPTCHA)
    other = SourceReport(source="acme", outcome=Outcome.EMPTY)

    assert all_reports((ok,), (more, other)) == (ok, other)
    assert all_reports((captcha,), (other, more)) == (more, other)
    assert all_reports((ok,), (captcha,)) == (ok,)


def test_reports_of_sources_that_a_run_does_not_name_are_taken_as_long_as_there_is_room() -> None:
    named = tuple(SourceReport(source=f"acme{number}", outcome=Outcome.OK) for number in range(MOST_SOURCES - 1))
    late = tuple(SourceReport(source=f"late{number}", outcome=Outcome.OK) for number in range(2))

    assert all_reports(named, late) == (*named, late[0])


@st.composite
def _late(draw: st.DrawFn) -> tuple[list[int], int, list[int], frozenset[str]]:
    before = draw(st.lists(st.integers(0, 100), max_size=12))
    return (
        before,
        draw(st.integers(0, len(before))),
        draw(st.lists(st.integers(0, 100), max_size=12)),
        frozenset(draw(st.sets(st.sampled_from([f"фирма {number}" for number in range(100, 112)])))),
    )


@given(_late())
@settings(deadline=None, max_examples=100)
def test_places_are_each_given_once_and_nothing_that_was_shown_moves(
    told: tuple[list[int], int, list[int], frozenset[str]],
) -> None:
    before, shown, late, hidden = told
    run, standing = _queue([_found(number, score) for number, score in enumerate(before)], shown=shown)

    merged = _merge(run, standing, [_found(100 + number, score) for number, score in enumerate(late)], hidden=hidden)

    places = {each.vacancy_id: each.place for each in standing} | merged.places
    places |= {match.vacancy_id: match.place for match in merged.matches}
    assert sorted(place for place in places.values() if place) == list(range(1, len(before) + len(late) + 1))
    assert all(each.vacancy_id not in merged.places for each in standing if each.state is MatchState.SHOWN)
    waiting = sum(match.state is MatchState.WAITING for match in merged.matches)
    assert merged.counts.queued == len(before) + waiting
    assert merged.counts.found == len(before) + len(late)
