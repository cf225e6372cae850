"""How matches are counted."""

from __future__ import annotations

from domain.identifiers import RunId
from domain.search.match import FilterReason, Match, MatchState, Shift, Verdict
from domain.search.ports import Before, Tally
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, an_assessment
from tests.contracts.matches.given import FIRST, HIS, SECOND, add, judge, placed, take


def test_the_matches_that_wait_are_counted(store: Transactions) -> None:
    add(store, placed(1), placed(2), placed(3, state=MatchState.SUPERSEDED), placed(4, run_id=SECOND))
    take(store, FIRST)

    with store() as tx:
        assert tx.matches.waiting(FIRST) == 1
        assert tx.matches.waiting(RunId("run-9")) == 0


def _scored(place: int, score: int, **changes: object) -> Match:
    return placed(place, assessment=an_assessment(score=score), **changes)


def test_what_comes_before_a_match_is_what_is_not_withheld(store: Transactions) -> None:
    last = _scored(5, 20)
    add(
        store,
        _scored(1, 10, state=MatchState.FILTERED, filter_reason=FilterReason.EMPLOYER_HIDDEN),
        _scored(2, 70),
        _scored(3, 60, state=MatchState.SUPERSEDED),
        _scored(4, 65),
        last,
        _scored(6, 5),
        _scored(7, 1, run_id=SECOND),
    )
    first = take(store, FIRST)
    judge(store, first, Verdict.HIDE_EMPLOYER)

    with store() as tx:
        assert tx.matches.before(first) == Before()
        assert tx.matches.before(last) == Before(count=3, lowest=60)


def test_the_best_of_a_run_come_first_whatever_became_of_them(store: Transactions) -> None:
    add(
        store,
        _scored(1, 70),
        _scored(2, 90, state=MatchState.FILTERED, filter_reason=FilterReason.CLOSED),
        _scored(4, 80, state=MatchState.SUPERSEDED),
        _scored(3, 80),
        _scored(5, 100, run_id=SECOND),
    )

    with store() as tx:
        assert tx.matches.best(FIRST, limit=3) == ["internal-2", "internal-3", "internal-4"]
        assert tx.matches.best(SECOND, limit=3) == ["internal-5"]
        assert tx.matches.best(HIS, limit=3) == []


def test_the_matches_of_a_person_are_counted_by_what_became_of_them(store: Transactions) -> None:
    out = MatchState.FILTERED
    add(
        store,
        placed(1),
        placed(2, run_id=SECOND),
        placed(3, state=out, filter_reason=FilterReason.CLOSED),
        placed(4, state=out, filter_reason=FilterReason.SAME_POSTING),
        placed(5, state=out, filter_reason=FilterReason.SAME_POSTING, run_id=SECOND),
        placed(6, state=MatchState.SUPERSEDED),
        placed(7, run_id=HIS, telegram_id=BORIS),
    )
    judge(store, take(store, FIRST), Verdict.LIKE)

    with store() as tx:
        assert tx.matches.tally(ANNA) == {
            (MatchState.LIKED, None): 1,
            (MatchState.WAITING, None): 1,
            (out, FilterReason.CLOSED): 1,
            (out, FilterReason.SAME_POSTING): 2,
            (MatchState.SUPERSEDED, None): 1,
        }
        assert tx.matches.tally(BORIS) == {(MatchState.WAITING, None): 1}


def test_the_matches_of_a_run_are_counted_by_score_as_well_and_by_whether_a_taste_moved_them(
    store: Transactions,
) -> None:
    moved, out = Shift(points=-2), (MatchState.FILTERED, FilterReason.CLOSED)
    waits = (MatchState.WAITING, None)
    add(
        store,
        _scored(1, 80, shift=moved),
        _scored(2, 80),
        _scored(3, 79, shift=moved),
        _scored(4, 80, state=out[0], filter_reason=out[1]),
        _scored(5, 80, run_id=SECOND),
    )

    with store() as tx:
        tallies = tx.matches.tally_of_run(FIRST)
        assert sorted(tallies, key=lambda each: (each.score, each.count)) == [
            Tally(fate=waits, score=79, count=1, moved=1),
            Tally(fate=out, score=80, count=1, moved=0),
            Tally(fate=waits, score=80, count=2, moved=1),
        ]
        assert tx.matches.tally_of_run(HIS) == []


def test_who_has_found_nothing_has_nothing_to_count(store: Transactions) -> None:
    with store() as tx:
        assert tx.matches.tally(ANNA) == {}
