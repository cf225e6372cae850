"""Signing in at hh.ru: one link at a time, one import for it, and only for the person it was made for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from adapters.memory.hh import MemoryHhConnections
from domain.errors import Conflict, DomainError, NotFound, Unavailable
from domain.hh.bringing import Applied
from domain.hh.connection import HhConnection, SealedTokens
from domain.hh.sign_in import LIFETIME
from domain.hh.tokens import LONGEST_HOLD
from domain.hh.troubles import (
    AccessExpired,
    AnswerLost,
    Blocked,
    ClosedByProvider,
    LinkedAlready,
    NotAnApplicant,
    NotReached,
    TokensDead,
)
from domain.identifiers import TelegramId
from tests.builders import ANNA, BORIS, NOW, a_resume_content, a_sign_in
from tests.domain.hh.given import CODE, begin, link_of, sign_in, state_of, sync
from tests.domain.hh.scripted import A_RESUME
from tests.domain.product import Product


@pytest.fixture(autouse=True)
def _people(product: Product) -> None:
    product.welcome()
    product.welcome(BORIS)


def test_a_link_leads_to_hh_and_holds_for_a_while(product: Product) -> None:
    link = product.application.link_hh(telegram_id=ANNA)

    assert (link.url, link.expires_at) == ("https://hh.test/authorize/1", NOW + LIFETIME)
    assert state_of(product) == "pending"


def test_who_came_back_with_the_wrong_account_is_asked_for_another(product: Product) -> None:
    state = begin(product)
    product.hh.troubles["resumes"] = [NotAnApplicant()]
    with pytest.raises(Conflict, match="not_an_applicant"):
        product.application.import_from_hh(code=CODE, state=state)

    assert "/login/" in product.application.link_hh(telegram_id=ANNA).url
    assert "/authorize/" in product.application.link_hh(telegram_id=BORIS).url

    sign_in(product)
    assert "/authorize/" in product.application.link_hh(telegram_id=ANNA).url


def test_a_stranger_gets_no_link(product: Product) -> None:
    for call in (product.application.link_hh, product.application.show_hh, product.application.unlink_hh):
        with pytest.raises(NotFound, match="user_not_found"):
            call(telegram_id=TelegramId(1))


def test_before_anything_was_begun_there_is_nothing(product: Product) -> None:
    assert state_of(product) == "none"

    product.hh.configured = False

    assert state_of(product) == "not_configured"


def test_a_sign_in_that_ran_out_is_pending_no_longer(product: Product) -> None:
    state = begin(product)
    product.clock.forward(LIFETIME)

    assert state_of(product) == "none"
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.import_from_hh(code=CODE, state=state)
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.show_sign_in(state=state)
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.refuse_sign_in(state=state)
    assert product.hh.asked == []


def test_a_sign_in_tells_to_whom_the_resume_will_go_and_does_nothing(product: Product) -> None:
    link = product.application.link_hh(telegram_id=ANNA)

    for _ in range(2):
        shown = product.application.show_sign_in(state="state-1")
        assert (shown.telegram_id, shown.confirmation_code) == (ANNA, link.confirmation_code)
    assert (product.hh.asked, state_of(product)) == ([], "pending")


@pytest.mark.parametrize("state", ["forged", "state-99"])
def test_a_state_that_is_none_of_ours_leads_nowhere(product: Product, state: str) -> None:
    begin(product)
    calls: list[Callable[[], object]] = [
        lambda: product.application.show_sign_in(state=state),
        lambda: product.application.refuse_sign_in(state=state),
        lambda: product.application.import_from_hh(code=CODE, state=state),
        lambda: product.application.import_from_hh(code=CODE, state=state, telegram_id=ANNA),
    ]

    for call in calls:
        with pytest.raises(NotFound, match="sign_in_not_found"):
            call()
    assert product.hh.asked == []


def test_the_state_of_another_person_brings_nothing_to_either(product: Product) -> None:
    state = begin(product)

    with pytest.raises(NotFound, match="sign_in_not_found"):
        product.application.import_from_hh(code=CODE, state=state, telegram_id=BORIS)

    assert product.hh.asked == []
    assert state_of(product) == "pending"


def test_a_sign_in_begun_later_makes_the_earlier_void(product: Product) -> None:
    first, second = begin(product), begin(product)

    with pytest.raises(NotFound, match="sign_in_not_found"):
        product.application.import_from_hh(code=CODE, state=first)
    assert product.application.import_from_hh(code=CODE, state=second).link.telegram_id == ANNA


def test_without_a_state_the_pending_sign_in_is_meant(product: Product) -> None:
    begin(product)

    brought = product.application.import_from_hh(code=CODE, state=None, telegram_id=ANNA)

    assert brought.link.telegram_id == ANNA
    assert state_of(product) == "connected"


@pytest.mark.parametrize("person", [BORIS, None])
def test_without_a_state_somebody_must_have_begun(product: Product, person: TelegramId | None) -> None:
    begin(product)

    with pytest.raises(Conflict, match="no_pending_sign_in"):
        product.application.import_from_hh(code=CODE, state=None, telegram_id=person)


def test_who_refused_at_hh_has_ended_the_sign_in(product: Product) -> None:
    state = begin(product)

    product.application.refuse_sign_in(state=state)

    assert state_of(product) == "none"
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.refuse_sign_in(state=state)
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.import_from_hh(code=CODE, state=state)


def test_a_second_call_meanwhile_is_told_that_the_first_is_running(product: Product) -> None:
    state, told = begin(product), []

    def call_again() -> None:
        product.hh.meanwhile = lambda: None
        with pytest.raises(Conflict) as caught:
            product.application.import_from_hh(code=CODE, state=state, telegram_id=ANNA)
        told.append(caught.value.code)

    product.hh.meanwhile = call_again
    product.application.import_from_hh(code=CODE, state=state, telegram_id=ANNA)

    assert told == ["import_running"]
    assert product.hh.asked == ["exchange", "resumes", "applications"]


def test_an_import_that_died_is_running_no_longer_than_a_hold(product: Product) -> None:
    state = begin(product)
    with product.store() as tx:
        tx.sign_ins.take(f"digest of {state}", at=NOW)

    product.clock.forward(LONGEST_HOLD - timedelta(seconds=1))
    with pytest.raises(Conflict, match="import_running") as caught:
        product.application.import_from_hh(code=CODE, state=state)
    assert caught.value.retry_after == 5
    product.clock.forward(timedelta(seconds=1))
    with pytest.raises(Conflict, match="sign_in_over"):
        product.application.import_from_hh(code=CODE, state=state)


def test_tokens_that_cannot_be_kept_are_made_worthless(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    state = begin(product)

    def fail(_: MemoryHhConnections, __: HhConnection) -> None:
        raise Unavailable("store_unavailable")

    with monkeypatch.context() as broken:
        broken.setattr(MemoryHhConnections, "put", fail)
        with pytest.raises(Unavailable, match="store_unavailable"):
            product.application.import_from_hh(code=CODE, state=state)

    assert (product.hh.revoked, state_of(product)) == (["tokens-2"], "none")
    with pytest.raises(Conflict, match="hh_code_used"):
        product.application.import_from_hh(code=CODE, state=state)


def test_who_was_linked_before_hh_faltered_is_told_to_sync(product: Product) -> None:
    state = begin(product)
    product.hh.troubles["resumes"] = [Unavailable("hh_unavailable")]

    with pytest.raises(Unavailable, match="hh_unavailable"):
        product.application.import_from_hh(code=CODE, state=state)
    with pytest.raises(Conflict, match="hh_linked_sync"):
        product.application.import_from_hh(code=CODE, state=state)

    assert product.application.sync_hh(telegram_id=ANNA).new


def test_what_became_of_a_sign_in_is_shown_to_who_comes_back_to_it(product: Product) -> None:
    done = begin(product)
    product.application.import_from_hh(code=CODE, state=done)
    with pytest.raises(Conflict, match="already_imported"):
        product.application.show_sign_in(state=done)
    product.application.unlink_hh(telegram_id=ANNA)

    closed = begin(product)
    product.hh.troubles["resumes"] = [ClosedByProvider()]
    for call in (partial(product.application.import_from_hh, code=CODE), product.application.show_sign_in):
        with pytest.raises(Conflict, match="closed_by_provider"):
            call(state=closed)


def test_a_link_that_brought_nothing_yet_is_to_be_synced(product: Product) -> None:
    def advised() -> tuple[str, str]:
        shown = product.application.show_hh(telegram_id=ANNA)
        return shown.state, shown.advised

    product.hh.troubles["resumes"] = [NotReached()]
    with pytest.raises(LinkedAlready) as caught:
        sign_in(product)

    assert (caught.value.code, advised()) == ("hh_unavailable", ("connected", "not_brought"))
    sync(product)
    assert advised() == ("connected", "connected")


def test_where_hh_is_not_configured_any_more_that_is_told_of_a_link_and_of_an_import(product: Product) -> None:
    link = sign_in(product).link
    product.hh.configured = False

    shown = product.application.show_hh(telegram_id=ANNA)

    assert (shown.state, shown.advised, shown.link) == ("not_configured", "not_configured", link)
    with pytest.raises(Conflict, match="hh_not_configured"):
        product.application.import_from_hh(code=CODE, state=None, telegram_id=ANNA)


def test_the_bot_may_tell_that_the_person_refused(product: Product) -> None:
    begin(product)
    with pytest.raises(NotFound, match="sign_in_not_found"):
        product.application.refuse_sign_in(state="state-1", telegram_id=BORIS)
    with pytest.raises(Conflict, match="no_pending_sign_in"):
        product.application.refuse_sign_in(state=None, telegram_id=BORIS)

    product.application.refuse_sign_in(state=None, telegram_id=ANNA)

    assert state_of(product) == "none"


@pytest.mark.parametrize("stateless", [False, True])
def test_a_call_made_twice_tells_what_the_first_brought(product: Product, stateless: bool) -> None:
    state = begin(product)
    first = product.application.import_from_hh(code=CODE, state=state)
    before = list(product.hh.asked)

    second = product.application.import_from_hh(code=CODE, state=None if stateless else state, telegram_id=ANNA)

    assert (second.resume, second.hh_resume_id, second.link) == (first.resume, first.hh_resume_id, link_of(product))
    assert (second.new, second.found, second.applied) == (False, (), Applied())
    assert product.hh.asked == before
    with product.store() as tx:
        assert [each.id for each in tx.resumes.all_of(ANNA)] == [first.resume.id]


def test_a_call_made_twice_tells_what_its_own_sign_in_brought_whatever_came_since(product: Product) -> None:
    state = begin(product)
    first = product.application.import_from_hh(code=CODE, state=state)
    product.hh.found = [replace(A_RESUME, content=a_resume_content(desired_position="Смотритель маяка"))]
    assert sync(product).new

    assert product.application.import_from_hh(code=CODE, state=state).resume == first.resume


def test_another_resume_is_not_what_the_first_call_brought(product: Product) -> None:
    state = begin(product)
    product.application.import_from_hh(code=CODE, state=state)

    assert product.application.import_from_hh(code=CODE, state=state, resume_id=A_RESUME.id).hh_resume_id == A_RESUME.id
    with pytest.raises(Conflict, match="already_imported"):
        product.application.import_from_hh(code=CODE, state=state, resume_id="another")


def test_who_unlinked_since_is_told_that_it_was_done(product: Product) -> None:
    state = begin(product)
    product.application.import_from_hh(code=CODE, state=state)
    product.application.unlink_hh(telegram_id=ANNA)

    with pytest.raises(Conflict, match="already_imported"):
        product.application.import_from_hh(code=CODE, state=state)

    assert product.hh.asked.count("exchange") == 1


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(Conflict("hh_code_expired"), "hh_code_expired"), (AnswerLost(), "hh_answer_lost")],
)
def test_a_code_that_may_have_been_spent_is_not_tried_again(product: Product, trouble: DomainError, told: str) -> None:
    state = begin(product)
    product.hh.troubles["exchange"] = [trouble]

    with pytest.raises(DomainError, match=told):
        product.application.import_from_hh(code=CODE, state=state)
    with pytest.raises(Conflict, match=told):
        product.application.import_from_hh(code=CODE, state=state)

    assert product.hh.asked == ["exchange"]
    assert state_of(product) == "none"


def test_a_code_is_still_good_where_hh_was_not_reached(product: Product) -> None:
    state = begin(product)
    product.hh.troubles["exchange"] = [NotReached()]

    with pytest.raises(NotReached):
        product.application.import_from_hh(code=CODE, state=state)
    assert state_of(product) == "pending"

    assert product.application.import_from_hh(code=CODE, state=state).new


def test_why_nothing_was_brought_is_told_again_to_who_asks_again(product: Product) -> None:
    state = begin(product)
    product.hh.troubles["resumes"] = [ClosedByProvider()]

    for _ in range(2):
        with pytest.raises(Conflict, match="closed_by_provider"):
            product.application.import_from_hh(code=CODE, state=state)

    assert product.hh.asked == ["exchange", "resumes"]
    assert state_of(product) == "closed_by_provider"


def test_the_tokens_of_one_who_left_meanwhile_are_made_worthless(product: Product) -> None:
    state = begin(product)
    product.hh.meanwhile = lambda: product.application.erase_user(telegram_id=ANNA)

    with pytest.raises(NotFound, match="user_not_found"):
        product.application.import_from_hh(code=CODE, state=state)

    assert product.hh.revoked == ["tokens-2"]
    with product.store() as tx:
        assert tx.hh_connections.sealed() == {}


def test_signing_in_again_replaces_the_link_and_who_worked_with_the_first_writes_nothing(product: Product) -> None:
    first = sign_in(product).link
    with product.store() as tx:
        held = tx.hh_connections.claim(ANNA, at=NOW, until=NOW + timedelta(minutes=3))
    assert held is not None
    product.clock.forward(timedelta(seconds=1))

    second = sign_in(product).link

    with product.store() as tx:
        assert not tx.hh_connections.settle(held.logged_out())
    assert link_of(product) == second
    assert second.linked_at > first.linked_at
    assert second.tokens != first.tokens
    assert first.tokens is not None
    assert product.hh.revoked == [first.tokens.sealed]


@pytest.mark.parametrize(
    ("trouble", "told", "later"),
    [
        (NotAnApplicant(), "not_an_applicant", "not_an_applicant"),
        (ClosedByProvider(), "closed_by_provider", "closed_by_provider"),
        (TokensDead(), "hh_relogin_needed", "hh_relogin_needed"),
        (Blocked(), "hh_blocked", "hh_blocked"),
        (NotReached(), "hh_unavailable", "hh_code_used"),
    ],
)
def test_a_sign_in_that_brings_nothing_leaves_the_link_that_works(
    product: Product, trouble: DomainError, told: str, later: str
) -> None:
    first = sign_in(product).link
    state = begin(product)
    product.hh.troubles["resumes"] = [trouble]

    with pytest.raises(type(trouble) if isinstance(trouble, Unavailable) else Conflict, match=told):
        product.application.import_from_hh(code=CODE, state=state)
    with pytest.raises(Conflict, match=later):
        product.application.import_from_hh(code=CODE, state=state)

    assert link_of(product) == first
    assert product.hh.revoked == ["tokens-4"]


def test_tokens_that_ran_out_at_once_are_refreshed_by_the_new_link(product: Product) -> None:
    sign_in(product)
    product.hh.troubles["resumes"] = [AccessExpired()]

    assert sign_in(product).link.tokens == link_of(product).tokens

    assert product.hh.revoked == ["tokens-2"]


def test_a_sign_in_that_works_takes_the_place_of_a_link_and_asks_for_the_resumes_once(product: Product) -> None:
    sign_in(product)
    product.hh.asked.clear()

    sign_in(product)

    assert product.hh.asked == ["exchange", "resumes", "applications"]
    assert product.hh.revoked == ["tokens-2"]


@pytest.mark.parametrize("become", [HhConnection.closed, HhConnection.logged_out])
def test_a_link_that_does_not_work_gives_way_to_whoever_signs_in(
    product: Product, become: Callable[[HhConnection], HhConnection]
) -> None:
    first = sign_in(product).link
    with product.store() as tx:
        tx.hh_connections.put(become(first))
    product.hh.troubles["resumes"] = [NotAnApplicant()]

    with pytest.raises(NotAnApplicant):
        sign_in(product)

    assert state_of(product) == "none"


def test_a_link_taken_away_is_gone_and_its_tokens_are_made_worthless(product: Product) -> None:
    sign_in(product)

    product.application.unlink_hh(telegram_id=ANNA)

    assert product.hh.revoked == ["tokens-2"]
    assert state_of(product) == "none"
    with pytest.raises(NotFound, match="hh_not_linked"):
        product.application.unlink_hh(telegram_id=ANNA)


def test_who_leaves_while_tokens_are_replaced_takes_the_new_ones_along(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = sign_in(product).link

    def replace_them(*_: object) -> None:
        with product.store() as tx:
            tx.hh_connections.put(replace(link, tokens=SealedTokens(sealed="newer", expires_at=NOW + LIFETIME)))

    monkeypatch.setattr(type(product.erasures), "note", replace_them)
    product.application.erase_user(telegram_id=ANNA)

    assert product.hh.revoked == ["newer"]


@pytest.mark.parametrize("leave", ["unlink_hh", "erase_user"])
def test_where_tokens_are_gone_already_nothing_is_left_to_revoke(product: Product, leave: str) -> None:
    link = sign_in(product).link
    with product.store() as tx:
        tx.hh_connections.put(link.logged_out())

    getattr(product.application, leave)(telegram_id=ANNA)

    assert product.hh.revoked == []


def test_who_leaves_takes_the_tokens_along(product: Product) -> None:
    sign_in(product)

    product.application.erase_user(telegram_id=ANNA)

    assert product.hh.revoked == ["tokens-2"]
    with product.store() as tx:
        assert tx.hh_connections.sealed() == {}


def test_the_export_tells_of_the_link_and_of_what_was_applied_to(product: Product) -> None:
    link = sign_in(product).link

    export = product.application.export_user(telegram_id=ANNA)

    assert (export.hh, list(export.job_applications)) == (link, [])
    assert export.sign_in is not None
    assert export.sign_in.taken_at == NOW


def test_each_sign_in_has_a_code_that_can_be_read_aloud() -> None:
    codes = {a_sign_in(state=str(number)).confirmation_code for number in range(500)}

    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}", code) for code in codes)
    assert a_sign_in().confirmation_code == a_sign_in().confirmation_code


def test_a_sign_in_is_taken_once() -> None:
    taken = a_sign_in().taken(at=NOW)

    assert taken.taken_at == NOW
    with pytest.raises(Conflict, match="sign_in_over"):
        taken.taken(at=NOW)
