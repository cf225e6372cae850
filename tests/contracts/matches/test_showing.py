"""How matches are shown, each once."""

from __future__ import annotations

from dataclasses import replace

from domain.search.match import FilterReason, Match, MatchState, Verdict
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW
from tests.contracts.matches.given import FIRST, HIS, MINUTE, SECOND, add, judge, placed, states_of, take
from tests.contracts.threads import at_once


def test_matches_are_shown_in_the_order_of_the_queue(store: Transactions) -> None:
    add(store, placed(10), placed(9), placed(2, state=MatchState.FILTERED), placed(3, run_id=SECOND))

    first = take(store, FIRST, minutes=1, after="none")
    second = take(store, FIRST, minutes=2)

    assert first == placed(9).shown(at=NOW + MINUTE, after="none")
    assert second == placed(10).shown(at=NOW + 2 * MINUTE, after=None)
    with store() as tx:
        assert tx.matches.take_next(FIRST, at=NOW, after=None) is None
        assert tx.matches.find(ANNA, first.vacancy_id) == first


def test_many_callers_get_each_match_once(store: Transactions) -> None:
    add(store, *(placed(place) for place in range(1, 31)))

    def take_two() -> list[Match | None]:
        taken = []
        for _ in range(2):
            with store() as tx:
                taken.append(tx.matches.take_next(FIRST, at=NOW, after=None))
        return taken

    taken = [match for pair in at_once(16, take_two) for match in pair]

    shown = [match.place for match in taken if match is not None]
    assert sorted(place or 0 for place in shown) == list(range(1, 31))
    assert taken.count(None) == 2


def test_a_posting_shown_in_one_run_is_not_shown_in_another(store: Transactions) -> None:
    add(store, placed(1), placed(1, run_id=SECOND), placed(2, run_id=SECOND))
    take(store, FIRST)

    taken = take(store, SECOND)

    assert taken.place == 2
    with store() as tx:
        passed_over = next(match for match in tx.matches.all_of(ANNA) if match.run_id == SECOND and match.place == 1)
        assert passed_over == placed(
            1, run_id=SECOND, state=MatchState.FILTERED, filter_reason=FilterReason.ALREADY_SHOWN
        )


def test_one_posting_in_two_cities_is_shown_once_to_many_callers(store: Transactions) -> None:
    add(store, *(replace(placed(place), posting="one for all") for place in range(1, 9)))

    def take() -> Match | None:
        with store() as tx:
            return tx.matches.take_next(FIRST, at=NOW, after=None)

    taken = [match for match in at_once(16, take) if match is not None]

    assert len(taken) == 1
    with store() as tx:
        states = sorted(states_of(tx.matches.all_of(ANNA)).values())
        assert states == [MatchState.FILTERED] * 7 + [MatchState.SHOWN]


def test_two_people_are_shown_the_same_posting(store: Transactions) -> None:
    add(store, placed(1), placed(1, run_id=HIS, telegram_id=BORIS))

    take(store, FIRST)

    assert take(store, HIS).telegram_id == BORIS


def test_a_posting_found_closed_may_be_shown_once_it_is_open_again(store: Transactions) -> None:
    add(store, placed(1), placed(1, run_id=SECOND))
    shown = take(store, FIRST)
    with store() as tx:
        tx.matches.save(shown.found_closed())

    assert take(store, SECOND).posting == shown.posting


def test_the_card_served_after_another_is_found_again(store: Transactions) -> None:
    add(store, placed(1), placed(2), placed(3))
    first = take(store, FIRST, after="none")
    second = take(store, FIRST, after=first.vacancy_id)
    take(store, FIRST)

    with store() as tx:
        assert tx.matches.served_after(FIRST, "none") == first
        assert tx.matches.served_after(FIRST, first.vacancy_id) == second
        assert tx.matches.served_after(FIRST, second.vacancy_id) is None


def test_cards_of_other_runs_answer_no_question_of_this_one(store: Transactions) -> None:
    add(store, placed(1), placed(2, run_id=SECOND))
    take(store, FIRST, after="none")

    with store() as tx:
        assert tx.matches.served_after(SECOND, "none") is None


def test_a_card_found_closed_was_not_served(store: Transactions) -> None:
    add(store, placed(1))
    shown = take(store, FIRST, after="none")

    with store() as tx:
        tx.matches.save(shown.found_closed())

    with store() as tx:
        assert tx.matches.served_after(FIRST, "none") is None
        assert tx.matches.shown_last(ANNA) is None
        assert tx.matches.seen(ANNA) == {}


def test_the_match_shown_last_is_known_whatever_was_said_of_it(store: Transactions) -> None:
    add(store, placed(1), placed(2), placed(3, run_id=HIS, telegram_id=BORIS))
    with store() as tx:
        assert tx.matches.shown_last(ANNA) is None

    take(store, FIRST, minutes=1)
    second = judge(store, take(store, FIRST, minutes=2), Verdict.DISLIKE)
    take(store, HIS, minutes=3)

    with store() as tx:
        assert tx.matches.shown_last(ANNA) == second


def test_of_matches_shown_at_one_instant_the_further_down_the_queue_is_the_last(store: Transactions) -> None:
    add(store, placed(1), placed(2), placed(3))
    for _ in range(3):
        last = take(store, FIRST)

    with store() as tx:
        assert tx.matches.shown_last(ANNA) == last


def test_what_was_shown_lately_is_told_the_last_first_each_once(store: Transactions) -> None:
    add(store, placed(1), placed(2), placed(3), placed(4))
    add(store, replace(placed(1, run_id=SECOND), posting="reworded"))
    for minutes in range(3):
        take(store, FIRST, minutes=minutes)
    take(store, SECOND, minutes=9)

    with store() as tx:
        assert tx.matches.shown_lately(ANNA, limit=9) == ["internal-1", "internal-3", "internal-2"]
        assert tx.matches.shown_lately(ANNA, limit=2) == ["internal-1", "internal-3"]
        assert tx.matches.shown_lately(BORIS, limit=9) == []


def test_what_was_seen_is_known_by_posting_and_by_id_with_its_state(store: Transactions) -> None:
    add(store, *(placed(place) for place in range(1, 5)), placed(5, run_id=HIS, telegram_id=BORIS))
    take(store, FIRST)
    judge(store, take(store, FIRST), Verdict.LIKE)
    judge(store, take(store, FIRST), Verdict.APPLIED)
    take(store, HIS)

    with store() as tx:
        assert tx.matches.seen(ANNA) == {
            "posting 1": MatchState.SHOWN,
            "internal-1": MatchState.SHOWN,
            "posting 2": MatchState.LIKED,
            "internal-2": MatchState.LIKED,
            "posting 3": MatchState.APPLIED,
            "internal-3": MatchState.APPLIED,
        }
