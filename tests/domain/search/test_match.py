"""A match's states, and who leads it from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Conflict
from domain.matching.assessment import Reason
from domain.matching.scorer import MOST_REASONS
from domain.search.match import SEEN, FilterReason, MatchState, Shift, Verdict
from tests.builders import NOW, a_match, an_assessment

LATER = NOW + timedelta(minutes=5)
NOT_SEEN = frozenset(MatchState) - SEEN
STATES_AFTER = [
    (Verdict.LIKE, MatchState.LIKED),
    (Verdict.DISLIKE, MatchState.DISLIKED),
    (Verdict.APPLIED, MatchState.APPLIED),
    (Verdict.HIDE_EMPLOYER, MatchState.HIDDEN),
]


def test_a_waiting_match_is_shown_in_answer_to_the_card_before() -> None:
    shown = a_match().shown(at=LATER, after="internal-9")

    assert (shown.state, shown.shown_at, shown.served_after) == (MatchState.SHOWN, LATER, "internal-9")


@pytest.mark.parametrize("state", sorted(frozenset(MatchState) - {MatchState.WAITING}))
def test_only_a_waiting_match_is_shown(state: MatchState) -> None:
    with pytest.raises(Conflict, match="match_not_waiting"):
        a_match(state=state).shown(at=LATER, after=None)


def test_a_match_found_closed_was_never_shown() -> None:
    closed = a_match().shown(at=LATER, after="none").found_closed()

    assert (closed.state, closed.filter_reason) == (MatchState.FILTERED, FilterReason.CLOSED)
    assert (closed.shown_at, closed.served_after) == (None, None)
    assert a_match().found_closed().state is MatchState.FILTERED


@pytest.mark.parametrize("state", sorted(frozenset(MatchState) - {MatchState.WAITING, MatchState.SHOWN}))
def test_a_match_judged_or_gone_is_not_found_closed(state: MatchState) -> None:
    with pytest.raises(Conflict, match="match_not_waiting"):
        a_match(state=state).found_closed()


@pytest.mark.parametrize(("verdict", "state"), STATES_AFTER)
@pytest.mark.parametrize("before", sorted(SEEN))
def test_a_match_shown_takes_any_verdict(before: MatchState, verdict: Verdict, state: MatchState) -> None:
    judged = a_match(state=before).judged(verdict, at=LATER)

    assert judged.state is state
    assert judged.judged_at == (None if before is state else LATER)


@pytest.mark.parametrize("state", sorted(NOT_SEEN))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_was_not_shown_is_not_judged(state: MatchState, verdict: Verdict) -> None:
    with pytest.raises(Conflict, match="not_shown_yet"):
        a_match(state=state).judged(verdict, at=LATER)


def test_the_same_verdict_twice_changes_nothing() -> None:
    liked = a_match(state=MatchState.SHOWN).judged(Verdict.LIKE, at=NOW)

    assert liked.judged(Verdict.LIKE, at=LATER) == liked


def test_an_undo_leads_back_one_verdict_at_a_time() -> None:
    match = a_match(state=MatchState.SHOWN)
    for verdict in (Verdict.LIKE, Verdict.APPLIED, Verdict.HIDE_EMPLOYER):
        match = match.judged(verdict, at=NOW)
    states = []

    for _ in range(3):
        match = match.judged(Verdict.UNDO, at=LATER)
        states.append(match.state)

    assert states == [MatchState.APPLIED, MatchState.LIKED, MatchState.SHOWN]
    assert match == a_match(state=MatchState.SHOWN)


def test_an_undo_with_a_verdict_left_keeps_its_time() -> None:
    match = a_match(state=MatchState.SHOWN).judged(Verdict.LIKE, at=NOW).judged(Verdict.DISLIKE, at=NOW)

    assert match.judged(Verdict.UNDO, at=LATER).judged_at == LATER


def test_there_is_nothing_to_undo_where_nothing_was_said() -> None:
    shown = a_match(state=MatchState.SHOWN)

    with pytest.raises(Conflict, match="nothing_to_undo"):
        shown.judged(Verdict.UNDO, at=NOW)
    with pytest.raises(Conflict, match="nothing_to_undo"):
        shown.judged(Verdict.LIKE, at=NOW).judged(Verdict.UNDO, at=NOW).judged(Verdict.UNDO, at=NOW)


def test_a_verdict_said_again_after_it_was_forgotten_counts_again() -> None:
    forgotten = a_match(state=MatchState.LIKED, verdicts=(MatchState.LIKED,), judged_at=NOW, forgotten=True)

    again = forgotten.judged(Verdict.LIKE, at=LATER)
    other = forgotten.judged(Verdict.DISLIKE, at=LATER)

    assert (again.state, again.verdicts, again.judged_at) == (MatchState.LIKED, (MatchState.LIKED,), LATER)
    assert not again.forgotten
    assert not other.forgotten


def test_an_undo_leads_back_to_what_was_forgotten_and_it_stays_so() -> None:
    forgotten = a_match(
        state=MatchState.DISLIKED, verdicts=(MatchState.LIKED, MatchState.DISLIKED), judged_at=NOW, forgotten=True
    )

    undone = forgotten.judged(Verdict.APPLIED, at=NOW).judged(Verdict.UNDO, at=LATER)
    twice = undone.judged(Verdict.UNDO, at=LATER)

    assert undone == replace(forgotten, forgotten_before=2, judged_at=LATER)
    assert (twice.state, twice.forgotten) == (MatchState.LIKED, True)
    assert twice.judged(Verdict.UNDO, at=LATER) == a_match(state=MatchState.SHOWN)


def test_an_undo_leads_back_to_what_was_said_since_and_it_counts() -> None:
    forgotten = a_match(state=MatchState.LIKED, verdicts=(MatchState.LIKED,), judged_at=NOW, forgotten=True)

    since = forgotten.judged(Verdict.DISLIKE, at=NOW).judged(Verdict.APPLIED, at=NOW)
    again = forgotten.judged(Verdict.LIKE, at=NOW).judged(Verdict.DISLIKE, at=NOW)
    anew = forgotten.judged(Verdict.UNDO, at=NOW).judged(Verdict.LIKE, at=NOW).judged(Verdict.DISLIKE, at=NOW)

    for match in (since, again, anew):
        assert not match.judged(Verdict.UNDO, at=LATER).forgotten


def test_the_reason_for_a_shift_comes_last_on_the_card_and_takes_no_more_room() -> None:
    moved = Shift(points=2, reason=Reason(code="liked_area", data={"area": "Казань"}))
    own = tuple(Reason(code=f"reason {number}") for number in range(MOST_REASONS))

    few = a_match(assessment=an_assessment(reasons=own[:1]), shift=moved)
    many = a_match(assessment=an_assessment(reasons=own), shift=moved)

    assert few.reasons == (own[0], moved.reason)
    assert many.reasons == (*own[:-1], moved.reason)
    assert a_match(assessment=an_assessment(reasons=own)).reasons == own
