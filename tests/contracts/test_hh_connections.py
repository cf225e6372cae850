"""Where people's links to hh.ru are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.hh.connection import HhConnection, HhState, SealedTokens
from domain.identifiers import TelegramId
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_link, a_user
from tests.contracts.threads import at_once

MINUTE = timedelta(minutes=1)
UNTIL = NOW + 3 * MINUTE


def claimed(store: Transactions, *, at: timedelta = timedelta()) -> HhConnection:
    with store() as tx:
        link = tx.hh_connections.claim(ANNA, at=NOW + at, until=UNTIL + at)
    assert link is not None
    return link


@pytest.fixture
def linked(with_anna: Transactions) -> Transactions:
    """Return a store in which Anna has a link that nobody holds."""
    with with_anna() as tx:
        tx.hh_connections.put(a_link())
    return with_anna


@pytest.mark.parametrize(
    "link",
    [
        a_link(),
        a_link(unanswered=2, synced_at=NOW + MINUTE, attempt=7, held_until=UNTIL),
        a_link(state=HhState.RELOGIN_NEEDED, tokens=None, resume_id=None),
    ],
    ids=["plain", "whole", "bare"],
)
def test_a_link_comes_back_as_put(with_anna: Transactions, link: HhConnection) -> None:
    with with_anna() as tx:
        assert tx.hh_connections.find(ANNA) is None
        tx.hh_connections.put(link)

    with with_anna() as tx:
        assert tx.hh_connections.find(ANNA) == link
        assert tx.hh_connections.find(BORIS) is None


def test_a_stranger_has_no_link(with_anna: Transactions) -> None:
    with with_anna() as tx, pytest.raises(NotFound, match="user_not_found"):
        tx.hh_connections.put(a_link(telegram_id=BORIS))


def test_another_link_takes_the_place_of_the_first(linked: Transactions) -> None:
    other = a_link(tokens=SealedTokens(sealed="other", expires_at=UNTIL), resume_id=None, linked_at=NOW + MINUTE)

    with linked() as tx:
        tx.hh_connections.put(other)

    with linked() as tx:
        assert tx.hh_connections.find(ANNA) == other


def test_of_all_who_claim_a_link_at_once_one_gets_it(linked: Transactions) -> None:
    def claim() -> HhConnection | None:
        with linked() as tx:
            return tx.hh_connections.claim(ANNA, at=NOW, until=UNTIL)

    got = [link for link in at_once(8, claim) if link is not None]

    assert got == [a_link(attempt=1, held_until=UNTIL)]
    with linked() as tx:
        assert tx.hh_connections.find(ANNA) == got[0]


def test_there_is_nothing_to_claim_without_a_link(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert tx.hh_connections.claim(ANNA, at=NOW, until=UNTIL) is None


def test_a_link_held_too_long_may_be_claimed_by_another(linked: Transactions) -> None:
    claimed(linked)
    with linked() as tx:
        assert tx.hh_connections.claim(ANNA, at=UNTIL - timedelta(microseconds=1), until=UNTIL) is None

    assert claimed(linked, at=3 * MINUTE).attempt == 2


def test_who_holds_a_link_writes_it_again_and_again_and_lets_go(linked: Transactions) -> None:
    link = claimed(linked)
    noted = link.refresh_sent()
    done = noted.refreshed(SealedTokens(sealed="fresh", expires_at=UNTIL)).released()

    with linked() as tx:
        assert tx.hh_connections.settle(noted)
        assert tx.hh_connections.find(ANNA) == noted
        assert tx.hh_connections.settle(done)

    with linked() as tx:
        assert tx.hh_connections.find(ANNA) == done
        # Let go of is let go of.
        assert not tx.hh_connections.settle(link)
        assert tx.hh_connections.find(ANNA) == done


def test_who_lost_a_link_to_another_writes_nothing(linked: Transactions) -> None:
    slow = claimed(linked)
    quick = claimed(linked, at=5 * MINUTE)

    with linked() as tx:
        assert not tx.hh_connections.settle(slow.logged_out())
        assert tx.hh_connections.find(ANNA) == quick


def test_who_held_a_link_that_was_replaced_writes_nothing(linked: Transactions) -> None:
    of_the_first = claimed(linked)
    anew = a_link(linked_at=NOW + MINUTE, attempt=of_the_first.attempt, held_until=UNTIL)
    with linked() as tx:
        tx.hh_connections.put(anew)

    with linked() as tx:
        assert not tx.hh_connections.settle(of_the_first.logged_out())
        assert tx.hh_connections.find(ANNA) == anew


def test_who_held_a_link_that_is_gone_writes_nothing(linked: Transactions) -> None:
    link = claimed(linked)
    with linked() as tx:
        assert tx.hh_connections.remove(ANNA) == link

    with linked() as tx:
        assert not tx.hh_connections.settle(link)
        assert tx.hh_connections.find(ANNA) is None
        assert tx.hh_connections.remove(ANNA) is None


def test_everybodys_sealed_tokens_are_told_and_nobodys_else(linked: Transactions) -> None:
    with linked() as tx:
        for number, tokens in enumerate((SealedTokens(sealed="his", expires_at=NOW), None)):
            person = a_user(telegram_id=TelegramId(BORIS + number))
            tx.users.save(person)
            tx.hh_connections.put(a_link(telegram_id=person.telegram_id, tokens=tokens))

    with linked() as tx:
        assert tx.hh_connections.sealed() == {ANNA: "sealed", BORIS: "his"}


def test_tokens_are_sealed_anew_if_they_still_are_the_same(linked: Transactions) -> None:
    with linked() as tx:
        assert not tx.hh_connections.reseal(BORIS, was="sealed", now="anew", at=NOW)
        assert not tx.hh_connections.reseal(ANNA, was="others", now="anew", at=NOW)
        assert tx.hh_connections.reseal(ANNA, was="sealed", now="anew", at=NOW)

    with linked() as tx:
        expected = a_link()
        assert expected.tokens is not None
        assert tx.hh_connections.find(ANNA) == replace(expected, tokens=replace(expected.tokens, sealed="anew"))


def test_tokens_in_use_are_not_sealed_anew_for_who_holds_them_would_put_the_old_ones_back(
    linked: Transactions,
) -> None:
    claimed(linked)

    with linked() as tx:
        assert not tx.hh_connections.reseal(ANNA, was="sealed", now="anew", at=NOW + MINUTE)
        assert tx.hh_connections.reseal(ANNA, was="sealed", now="anew", at=UNTIL)


def test_a_link_goes_with_the_person(linked: Transactions) -> None:
    with linked() as tx:
        tx.users.erase(ANNA)
        tx.users.save(a_user())

    with linked() as tx:
        assert tx.hh_connections.find(ANNA) is None
        assert tx.hh_connections.sealed() == {}
