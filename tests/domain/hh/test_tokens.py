"""A person's tokens: refreshed once they ran out and no sooner, by one at a time, and never in a loop."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.hh import MemoryHhConnections
from domain.errors import Conflict, DomainError, NotFound, Unavailable
from domain.hh.connection import HhConnection, HhState, SealedTokens
from domain.hh.tokens import LONGEST_HOLD
from domain.hh.troubles import (
    AccessExpired,
    AnswerLost,
    ClosedByProvider,
    NotAnApplicant,
    NotExpired,
    NotReached,
    TokensDead,
)
from tests.builders import ANNA, NOW, a_link
from tests.domain.hh.given import link_of, sign_in, state_of, sync
from tests.domain.hh.scripted import LIFETIME
from tests.domain.product import Product

SECOND = timedelta(seconds=1)


@pytest.fixture
def linked(product: Product) -> Product:
    """Return a product in which Anna has signed in; nothing asked so far counts."""
    product.welcome()
    sign_in(product)
    product.hh.asked.clear()
    return product


@pytest.fixture
def run_out(linked: Product) -> Product:
    """Return the same a while later: the access token has run out."""
    linked.clock.forward(LIFETIME)
    return linked


def test_tokens_that_hold_are_not_refreshed(linked: Product) -> None:
    linked.clock.forward(LIFETIME - SECOND)

    sync(linked)

    assert linked.hh.asked == ["resumes", "applications"]
    assert link_of(linked).held_until is None


def test_tokens_that_ran_out_are_refreshed_once_and_kept_before_they_are_used(run_out: Product) -> None:
    kept: list[HhConnection] = []
    run_out.hh.meanwhile = lambda: kept.append(link_of(run_out))

    sync(run_out)

    assert run_out.hh.asked == ["refresh", "resumes", "applications"]
    while_refreshed, while_used, _ = kept
    assert while_refreshed.tokens == SealedTokens(sealed="tokens-2", expires_at=NOW + LIFETIME)
    assert while_refreshed.unanswered == 1
    assert while_used.tokens == SealedTokens(sealed="tokens-3", expires_at=NOW + 2 * LIFETIME)
    assert while_used.unanswered == 0
    assert link_of(run_out) == replace(while_used, synced_at=NOW + LIFETIME, held_until=None)


def test_a_refresh_whose_answer_was_lost_is_sent_once_more(run_out: Product) -> None:
    run_out.hh.troubles["refresh"] = [AnswerLost()]

    sync(run_out)

    assert run_out.hh.asked == ["refresh", "refresh", "resumes", "applications"]
    assert link_of(run_out).unanswered == 0


def test_after_two_lost_answers_the_person_must_sign_in_again_and_nothing_more_is_sent(run_out: Product) -> None:
    run_out.hh.troubles["refresh"] = [AnswerLost(), AnswerLost()]

    for _ in range(3):
        with pytest.raises(Conflict, match="hh_relogin_needed"):
            sync(run_out)

    assert run_out.hh.asked == ["refresh", "refresh"]
    link = link_of(run_out)
    assert (link.state, link.tokens, link.held_until) == (HhState.RELOGIN_NEEDED, None, None)
    assert state_of(run_out) == "relogin_needed"


def test_a_token_that_was_spent_by_the_lost_refresh_ends_the_link(run_out: Product) -> None:
    run_out.hh.troubles["refresh"] = [AnswerLost(), TokensDead()]

    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(run_out)

    assert run_out.hh.asked == ["refresh", "refresh"]
    assert state_of(run_out) == "relogin_needed"


@pytest.mark.parametrize(("before", "sent"), [(1, 1), (2, 0)])
def test_a_worker_that_died_while_it_refreshed_counts_as_a_lost_answer(
    run_out: Product, before: int, sent: int
) -> None:
    died = link_of(run_out)
    with run_out.store() as tx:
        tx.hh_connections.put(replace(died, unanswered=before, attempt=1, held_until=run_out.clock.now()))
    run_out.hh.troubles["refresh"] = [AnswerLost()]

    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(run_out)

    assert run_out.hh.asked == ["refresh"] * sent


def test_a_worker_that_died_before_hh_knew_leaves_tokens_that_can_be_refreshed(run_out: Product) -> None:
    with run_out.store() as tx:
        tx.hh_connections.put(replace(link_of(run_out), unanswered=1, held_until=run_out.clock.now()))

    sync(run_out)

    assert run_out.hh.asked == ["refresh", "resumes", "applications"]
    assert link_of(run_out).unanswered == 0


def test_where_hh_was_not_reached_nothing_is_spent(run_out: Product) -> None:
    before = link_of(run_out)
    run_out.hh.troubles["refresh"] = [NotReached()] * 3

    for _ in range(3):
        with pytest.raises(NotReached):
            sync(run_out)
        kept = link_of(run_out)
        assert (kept.tokens, kept.unanswered, kept.held_until) == (before.tokens, 0, None)

    assert sync(run_out).link.state is HhState.CONNECTED


@pytest.mark.parametrize("trouble", [Unavailable("hh_tokens_sealed"), ClosedByProvider()])
def test_a_refresh_turned_away_leaves_the_tokens(run_out: Product, trouble: DomainError) -> None:
    before = link_of(run_out)
    run_out.hh.troubles["refresh"] = [AnswerLost(), trouble]

    with pytest.raises(DomainError, match=trouble.code):
        sync(run_out)

    kept = link_of(run_out)
    assert (kept.tokens, kept.unanswered, kept.held_until) == (before.tokens, 1, None)


def test_a_link_that_is_gone_is_not_refreshed_again(run_out: Product) -> None:
    def forget() -> None:
        with run_out.store() as tx:
            tx.hh_connections.remove(ANNA)

    run_out.hh.meanwhile = forget
    run_out.hh.troubles["refresh"] = [AnswerLost()]
    with pytest.raises(Conflict, match="hh_busy"):
        sync(run_out)

    assert run_out.hh.asked == ["refresh"]


@pytest.mark.parametrize("failures", [1, 2])
def test_a_new_pair_outlives_a_store_that_fails_for_a_moment(
    run_out: Product, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    fail_to_keep(run_out, monkeypatch, failures)

    sync(run_out)

    assert run_out.hh.asked.count("refresh") == 1
    assert link_of(run_out).pair().sealed == run_out.hh.good


def test_where_the_store_stays_away_the_refresh_is_not_forgotten(
    run_out: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_to_keep(run_out, monkeypatch, 3)

    with pytest.raises(Unavailable, match="store_unavailable"):
        sync(run_out)

    link = link_of(run_out)
    assert (link.unanswered, link.held_until) == (1, None)


def fail_to_keep(product: Product, monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    """Let so many transactions fail that would keep a new pair."""
    settle, left = MemoryHhConnections.settle, [None] * failures

    def fail(connections: MemoryHhConnections, link: HhConnection) -> bool:
        if left and link.tokens is not None and link.tokens.sealed == product.hh.good != "tokens-2":
            left.pop()
            raise Unavailable("store_unavailable")
        return settle(connections, link)

    monkeypatch.setattr(MemoryHhConnections, "settle", fail)


@pytest.mark.parametrize("trouble", [TokensDead, ClosedByProvider, NotAnApplicant, NotReached])
def test_what_befalls_the_tokens_of_an_earlier_link_leaves_the_later(
    linked: Product, trouble: type[DomainError]
) -> None:
    linked.hh.troubles["resumes"] = [trouble()]
    linked.clock.forward(SECOND)

    def sign_in_again() -> None:
        linked.hh.meanwhile = lambda: None
        sign_in_now = a_link(tokens=SealedTokens(sealed="later", expires_at=NOW + LIFETIME), linked_at=NOW + SECOND)
        with linked.store() as tx:
            tx.hh_connections.put(replace(sign_in_now, attempt=1, held_until=NOW + LONGEST_HOLD))

    linked.hh.meanwhile = sign_in_again
    with pytest.raises(DomainError) as caught:
        sync(linked)

    assert caught.value.code == ("hh_busy" if trouble is TokensDead else trouble.code)
    assert (link_of(linked).pair().sealed, link_of(linked).state) == ("later", HhState.CONNECTED)
    assert linked.hh.revoked == []


def test_who_is_no_applicant_is_not_linked(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [NotAnApplicant()]

    with pytest.raises(Conflict, match="not_an_applicant"):
        sync(linked)

    assert state_of(linked) == "none"
    assert linked.hh.revoked == ["tokens-2"]


@pytest.mark.parametrize(
    ("trouble", "revoked"), [(None, ["tokens-3"]), (NotExpired(), ["tokens-2"]), (TokensDead(), []), (NotReached(), [])]
)
@pytest.mark.parametrize("leave", ["unlink_hh", "erase_user"])
def test_tokens_that_ran_out_are_refreshed_to_be_revoked(
    run_out: Product, leave: str, trouble: DomainError | None, revoked: list[str]
) -> None:
    run_out.hh.troubles["refresh"] = [trouble] if trouble is not None else []

    getattr(run_out.application, leave)(telegram_id=ANNA)

    assert (run_out.hh.asked, run_out.hh.revoked) == (["refresh"], revoked)


def test_a_lost_answer_is_not_forgotten_when_hh_is_not_reached_then(run_out: Product) -> None:
    run_out.hh.troubles["refresh"] = [AnswerLost(), NotReached(), AnswerLost()]

    with pytest.raises(NotReached):
        sync(run_out)
    assert link_of(run_out).unanswered == 1
    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(run_out)

    assert run_out.hh.asked == ["refresh"] * 3


def test_tokens_that_hh_says_still_hold_are_used_whatever_our_clock_says(run_out: Product) -> None:
    run_out.hh.troubles["refresh"] = [NotExpired()]

    sync(run_out)

    assert run_out.hh.asked == ["refresh", "resumes", "applications"]
    tokens = link_of(run_out).tokens
    assert tokens is not None
    assert tokens.sealed == "tokens-2"
    assert tokens.expires_at == run_out.clock.now() + timedelta(minutes=1)


def test_tokens_that_hh_says_ran_out_are_refreshed_whatever_our_clock_says(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [AccessExpired()]

    sync(linked)

    assert linked.hh.asked == ["resumes", "refresh", "resumes", "applications"]


def test_fresh_tokens_that_hh_does_not_take_either_end_the_link(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [AccessExpired(), AccessExpired()]

    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(linked)

    assert linked.hh.asked == ["resumes", "refresh", "resumes"]
    assert state_of(linked) == "relogin_needed"


def test_dead_tokens_end_the_link(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [TokensDead()]

    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(linked)

    assert state_of(linked) == "relogin_needed"
    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(linked)
    assert linked.hh.asked == ["resumes"]


def test_who_must_sign_in_again_can(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [TokensDead()]
    with pytest.raises(Conflict, match="hh_relogin_needed"):
        sync(linked)

    sign_in(linked)

    assert state_of(linked) == "connected"


def test_a_passing_trouble_lets_go_of_the_link_and_changes_nothing_else(linked: Product) -> None:
    before = link_of(linked)
    linked.hh.troubles["resumes"] = [Unavailable("hh_unavailable")]

    with pytest.raises(Unavailable, match="hh_unavailable"):
        sync(linked)

    assert link_of(linked) == replace(before, attempt=1)


def test_what_hh_closed_is_told_and_may_open_again(linked: Product) -> None:
    linked.hh.troubles["resumes"] = [ClosedByProvider()]
    linked.clock.forward(SECOND)

    with pytest.raises(Conflict, match="closed_by_provider"):
        sync(linked)
    closed = link_of(linked)
    assert (closed.state, closed.synced_at, closed.held_until) == (HhState.CLOSED_BY_PROVIDER, NOW, None)

    sync(linked)

    assert state_of(linked) == "connected"


def test_nobody_else_gets_the_tokens_meanwhile(run_out: Product) -> None:
    refused: list[str] = []

    def sync_too() -> None:
        run_out.hh.meanwhile = lambda: None
        with pytest.raises(Conflict) as caught:
            sync(run_out)
        refused.append(caught.value.code)

    run_out.hh.meanwhile = sync_too
    sync(run_out)

    assert refused == ["hh_busy"]
    assert run_out.hh.asked.count("refresh") == 1


@pytest.mark.parametrize("method", ["refresh", "resumes", "applications"])
def test_a_link_taken_away_meanwhile_stays_away_and_nothing_is_brought(run_out: Product, method: str) -> None:
    with run_out.store() as tx:
        before = tx.resumes.all_of(ANNA)

    def unlink() -> None:
        if run_out.hh.asked[-1] == method:
            run_out.application.unlink_hh(telegram_id=ANNA)

    run_out.hh.meanwhile = unlink
    run_out.hh.found = [replace(run_out.hh.found[0], content=replace(run_out.hh.found[0].content, summary="Новое"))]
    with pytest.raises(Conflict, match="hh_busy"):
        sync(run_out)

    assert state_of(run_out) == "none"
    # Also the pair that came after the old one was revoked.
    assert run_out.hh.good in run_out.hh.revoked
    with run_out.store() as tx:
        assert tx.resumes.all_of(ANNA) == before


def test_one_that_died_with_the_tokens_keeps_others_waiting_no_longer_than_a_hold(linked: Product) -> None:
    with linked.store() as tx:
        tx.hh_connections.claim(ANNA, at=linked.clock.now(), until=linked.clock.now() + LONGEST_HOLD)
    with pytest.raises(Conflict, match="hh_busy"):
        sync(linked)

    linked.clock.forward(LONGEST_HOLD)

    sync(linked)


def test_without_a_link_there_is_nothing_to_sync(product: Product) -> None:
    product.welcome()
    product.hh.configured = False
    with pytest.raises(Conflict, match="hh_not_configured"):
        sync(product)
    product.hh.configured = True

    with pytest.raises(NotFound, match="hh_not_linked"):
        sync(product)


def test_tokens_show_themselves_to_nobody() -> None:
    link = a_link(state=HhState.RELOGIN_NEEDED, tokens=None)

    for use in (link.pair, lambda: link.synced(at=NOW, resume_id=None), lambda: link.must_refresh(at=NOW)):
        with pytest.raises(Conflict, match="hh_relogin_needed"):
            use()
