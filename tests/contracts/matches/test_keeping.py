"""Where matches are kept, and found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.identifiers import RunId, VacancyId
from domain.matching.assessment import Reason
from domain.search.match import FilterReason, Match, MatchState, Shift
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_match, an_assessment
from tests.contracts.matches.given import FIRST, HIS, MINUTE, SECOND, add, placed, states_of, take


@pytest.mark.parametrize(
    "match",
    [
        a_match(),
        a_match(
            employer=None,
            state=MatchState.FILTERED,
            filter_reason=FilterReason.SAME_POSTING,
            place=None,
            assessment=an_assessment(skills_match=None, lines=(), reasons=(), parts=(), caps=()),
        ),
        a_match(
            state=MatchState.APPLIED,
            shift=Shift(points=-3, reason=Reason(code="passed_skills", data={"names": ["Python"]})),
            forgotten=True,
            forgotten_before=1,
            served_after="none",
            verdicts=(MatchState.LIKED, MatchState.APPLIED),
            shown_at=NOW,
            judged_at=NOW + MINUTE,
        ),
    ],
    ids=["waiting", "filtered", "judged"],
)
def test_a_match_comes_back_as_added(store: Transactions, match: Match) -> None:
    add(store, match)

    with store() as tx:
        assert tx.matches.all_of(ANNA) == [match]


def test_adding_no_matches_changes_nothing(store: Transactions) -> None:
    add(store)

    with store() as tx:
        assert tx.matches.all_of(ANNA) == []


def test_matches_of_an_erased_person_are_not_kept(store: Transactions) -> None:
    with store() as tx:
        tx.users.erase(ANNA)

    with pytest.raises(NotFound, match="user_not_found"):
        add(store, a_match())


def test_saving_replaces_what_is_known_of_a_match(store: Transactions) -> None:
    newer = replace(placed(1), assessment=an_assessment(score=3), employer="другой", state=MatchState.SUPERSEDED)
    add(store, placed(1), placed(2))

    with store() as tx:
        tx.matches.save(newer)

    with store() as tx:
        assert tx.matches.find(ANNA, newer.vacancy_id) == newer
        assert tx.matches.find(ANNA, VacancyId("internal-2")) == placed(2)


def test_saving_a_match_that_is_gone_brings_nothing_back(store: Transactions) -> None:
    with store() as tx:
        tx.matches.save(a_match())

    with store() as tx:
        assert tx.matches.all_of(ANNA) == []


def test_a_match_shown_is_found_before_the_latest(store: Transactions) -> None:
    add(store, placed(1), placed(1, run_id=SECOND))
    vacancy_id = VacancyId("internal-1")
    with store() as tx:
        assert tx.matches.find(ANNA, vacancy_id) == placed(1, run_id=SECOND)

    shown = take(store, FIRST)

    with store() as tx:
        assert tx.matches.find(ANNA, vacancy_id) == shown
        assert tx.matches.find(BORIS, vacancy_id) is None
        assert tx.matches.find(ANNA, VacancyId("internal-9")) is None


def test_of_two_showings_of_a_reworded_vacancy_the_later_is_found(store: Transactions) -> None:
    add(store, placed(1), replace(placed(1, run_id=SECOND), posting="reworded"))
    take(store, FIRST, minutes=1)

    later = take(store, SECOND, minutes=2)

    with store() as tx:
        assert tx.matches.find(ANNA, VacancyId("internal-1")) == later


def test_matches_are_paged_the_newest_run_first_and_best_first(store: Transactions) -> None:
    def scored(place: int, score: int, run_id: RunId) -> Match:
        return placed(place, run_id=run_id, assessment=an_assessment(score=score))

    add(store, scored(1, 99, FIRST), scored(5, 70, SECOND), scored(4, 70, SECOND), scored(6, 80, SECOND))
    add(store, placed(7, state=MatchState.SUPERSEDED), placed(8, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        waiting, total = tx.matches.page(ANNA, states=frozenset({MatchState.WAITING}), limit=3, offset=0)
        rest, _ = tx.matches.page(ANNA, states=frozenset(MatchState), limit=3, offset=3)
        none = tx.matches.page(ANNA, states=frozenset(), limit=3, offset=0)
        assert [match.place for match in waiting] == [6, 4, 5]
        assert total == 4
        assert [match.place for match in rest] == [1, 7]
        assert none == ([], 0)


def test_every_match_of_a_person_is_returned(store: Transactions) -> None:
    add(store, *(placed(place, state=state) for place, state in enumerate(MatchState, start=1)))
    add(store, placed(1, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        assert sorted(states_of(tx.matches.all_of(ANNA)).values()) == sorted(MatchState)


def test_what_was_never_shown_of_earlier_runs_is_dropped(store: Transactions) -> None:
    shown = placed(1).shown(at=NOW, after=None)
    add(store, shown, placed(2), replace(placed(3), state=MatchState.SUPERSEDED))
    add(store, replace(placed(4), run_id=SECOND), replace(placed(5), run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        tx.matches.drop_unseen(ANNA, before_run=2)

    with store() as tx:
        assert {match.vacancy_id for match in tx.matches.all_of(ANNA)} == {"internal-1", "internal-4"}
        assert len(tx.matches.all_of(BORIS)) == 1


def test_a_newer_run_supersedes_what_still_waits(store: Transactions) -> None:
    add(
        store,
        placed(1),
        placed(2),
        placed(3, state=MatchState.FILTERED, filter_reason=FilterReason.CLOSED),
        placed(4, run_id=SECOND),
        placed(5, run_id=HIS, telegram_id=BORIS),
    )
    take(store, FIRST)

    with store() as tx:
        tx.matches.supersede(ANNA)

    with store() as tx:
        assert states_of(tx.matches.all_of(ANNA)) == {
            "internal-1": MatchState.SHOWN,
            "internal-2": MatchState.SUPERSEDED,
            "internal-3": MatchState.FILTERED,
            "internal-4": MatchState.SUPERSEDED,
        }
        assert tx.matches.waiting(FIRST) == tx.matches.waiting(SECOND) == 0
        assert tx.matches.waiting(HIS) == 1
