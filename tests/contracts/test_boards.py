"""What every store promises about what is shared of job boards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from domain.boards import BoardToken, KeptAnswer, Turn
from domain.transactions import Transactions
from tests.builders import NOW
from tests.contracts.threads import at_once

SECOND = timedelta(seconds=1)
FIVE_MINUTES = timedelta(minutes=5)


def test_turns_come_one_after_another(transaction: Transactions) -> None:
    with transaction() as tx:
        turns = [tx.boards.take_turn("hh", at=NOW, every=SECOND) for _ in range(3)]

    assert turns == [Turn(at=NOW), Turn(at=NOW + SECOND), Turn(at=NOW + 2 * SECOND)]


def test_a_turn_that_nobody_took_is_not_saved_up(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.take_turn("hh", at=NOW, every=SECOND)

        assert tx.boards.take_turn("hh", at=NOW + FIVE_MINUTES, every=SECOND) == Turn(at=NOW + FIVE_MINUTES)


def test_boards_do_not_wait_for_each_other(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.take_turn("hh", at=NOW, every=SECOND)

        assert tx.boards.take_turn("trudvsem", at=NOW, every=SECOND) == Turn(at=NOW)


def test_nobody_gets_a_turn_of_a_board_that_rests(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.rest("hh", until=NOW + FIVE_MINUTES, because="captcha")
        told = [tx.boards.take_turn("hh", at=NOW, every=SECOND) for _ in range(2)]

        assert told == [Turn(at=NOW + FIVE_MINUTES, paused_for="captcha")] * 2
        assert tx.boards.take_turn("hh", at=NOW + FIVE_MINUTES, every=SECOND) == Turn(at=NOW + FIVE_MINUTES)


def test_a_shorter_rest_does_not_end_a_longer_one(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.rest("hh", until=NOW + FIVE_MINUTES, because="captcha")
        tx.boards.rest("hh", until=NOW + SECOND, because="rate_limited")
        turn = tx.boards.take_turn("hh", at=NOW, every=SECOND)

        assert turn == Turn(at=NOW + FIVE_MINUTES, paused_for="captcha")


def test_until_when_a_board_rests_can_be_asked(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.take_turn("trudvsem", at=NOW, every=SECOND)
        tx.boards.rest("hh", until=NOW + FIVE_MINUTES, because="captcha")

    with transaction() as tx:
        asked = [tx.boards.rests_until(board) for board in ("hh", "trudvsem", "unknown")]
        assert asked == [NOW + FIVE_MINUTES, None, None]


def test_those_who_come_at_once_get_different_turns(transaction: Transactions) -> None:
    def take() -> Turn:
        with transaction() as tx:
            return tx.boards.take_turn("hh", at=NOW, every=SECOND)

    turns = at_once(8, take)

    assert sorted(turn.at for turn in turns) == [NOW + number * SECOND for number in range(8)]


def test_of_all_who_ask_for_a_token_at_once_one_may(transaction: Transactions) -> None:
    def claim() -> bool:
        with transaction() as tx:
            return tx.boards.claim_token("hh", at=NOW, not_since=NOW - FIVE_MINUTES)

    assert Counter(at_once(8, claim)) == {True: 1, False: 7}


def test_a_token_may_be_asked_for_again_after_the_pause(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.claim_token("hh", at=NOW, not_since=NOW - FIVE_MINUTES)
        later = NOW + FIVE_MINUTES

        assert not tx.boards.claim_token("hh", at=later - SECOND, not_since=NOW - SECOND)
        assert tx.boards.claim_token("hh", at=later, not_since=NOW)


def test_a_token_is_kept_for_all(transaction: Transactions) -> None:
    with transaction() as tx:
        assert tx.boards.token("hh") is None
        tx.boards.claim_token("hh", at=NOW, not_since=NOW)
        assert tx.boards.token("hh") == BoardToken(sealed=None, asked_at=NOW)
        tx.boards.keep_token("hh", sealed="a", asked_at=NOW)

    with transaction() as tx:
        assert tx.boards.token("hh") == BoardToken(sealed="a", asked_at=NOW)
        assert tx.boards.tokens() == {"hh": "a"}


def test_a_token_that_came_too_late_does_not_replace_a_later_one(transaction: Transactions) -> None:
    with transaction() as tx:
        tx.boards.claim_token("hh", at=NOW, not_since=NOW)
        tx.boards.claim_token("hh", at=NOW + SECOND, not_since=NOW)
        tx.boards.keep_token("hh", sealed="late", asked_at=NOW)

        assert tx.boards.token("hh") == BoardToken(sealed=None, asked_at=NOW + SECOND)


@pytest.mark.parametrize(("dropped", "left"), [("a", None), ("another", "a")])
def test_only_the_token_meant_is_dropped(transaction: Transactions, dropped: str, left: str | None) -> None:
    with transaction() as tx:
        tx.boards.claim_token("hh", at=NOW, not_since=NOW)
        tx.boards.keep_token("hh", sealed="a", asked_at=NOW)
        tx.boards.drop_token("hh", sealed=dropped)

        assert tx.boards.token("hh") == BoardToken(sealed=left, asked_at=NOW)


def test_an_answer_is_kept_until_another_takes_its_place(transaction: Transactions) -> None:
    first = KeptAnswer(body=b"\x00first", etag='W/"1"', fresh_until=NOW)
    second = KeptAnswer(body=b"second", etag=None, fresh_until=NOW + SECOND)
    with transaction() as tx:
        assert tx.boards.answer("key") is None
        tx.boards.keep_answer("key", first)
        assert tx.boards.answer("key") == first
        tx.boards.keep_answer("key", second)

        assert tx.boards.answer("key") == second


def test_stale_answers_are_dropped_the_stalest_first(transaction: Transactions) -> None:
    with transaction() as tx:
        for number in range(4):
            fresh_until = NOW + number * SECOND
            tx.boards.keep_answer(str(number), KeptAnswer(body=b"", etag=None, fresh_until=fresh_until))

        assert tx.boards.drop_answers(stale_since=NOW + 3 * SECOND, limit=2) == 2
        assert [number for number in range(4) if tx.boards.answer(str(number))] == [2, 3]
        assert tx.boards.drop_answers(stale_since=NOW + 3 * SECOND, limit=2) == 1
