"""Where people's sign-ins at hh.ru are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.hh.sign_in import SignIn
from domain.identifiers import ResumeId, TelegramId
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_sign_in, a_user
from tests.contracts.threads import at_once, together

MINUTE = timedelta(minutes=1)
A_SIGN_IN = a_sign_in()


@pytest.fixture
def begun(with_anna: Transactions) -> Transactions:
    """Return a store in which Anna has begun to sign in."""
    with with_anna() as tx:
        tx.sign_ins.put(A_SIGN_IN)
    return with_anna


def take(store: Transactions, state: str = "digest", *, at: timedelta = timedelta()) -> SignIn | None:
    with store() as tx:
        return tx.sign_ins.take(state, at=NOW + at)


@pytest.mark.parametrize(
    "sign_in",
    [
        A_SIGN_IN,
        a_sign_in(verifier=None),
        a_sign_in(taken_at=NOW + MINUTE, resume_id=ResumeId("resume-1")),
        a_sign_in(taken_at=NOW + MINUTE, failure="closed_by_provider"),
    ],
    ids=["pending", "without PKCE", "done", "failed"],
)
def test_a_sign_in_comes_back_as_put(with_anna: Transactions, sign_in: SignIn) -> None:
    with with_anna() as tx:
        assert tx.sign_ins.of(ANNA) is None
        tx.sign_ins.put(sign_in)

    with with_anna() as tx:
        assert tx.sign_ins.of(ANNA) == tx.sign_ins.by_state("digest") == sign_in
        assert tx.sign_ins.of(BORIS) is tx.sign_ins.by_state("another") is None


def test_a_stranger_begins_nothing(with_anna: Transactions) -> None:
    with with_anna() as tx, pytest.raises(NotFound, match="user_not_found"):
        tx.sign_ins.put(a_sign_in(telegram_id=BORIS))


def test_a_later_sign_in_makes_the_earlier_one_void(begun: Transactions) -> None:
    later = a_sign_in(state="another digest", expires_at=NOW + 20 * MINUTE)
    with begun() as tx:
        tx.sign_ins.put(later)

    assert take(begun) is None
    with begun() as tx:
        assert tx.sign_ins.by_state("digest") is None
        assert tx.sign_ins.of(ANNA) == later
        assert not tx.sign_ins.settle(A_SIGN_IN.failed("access_denied"))
        assert tx.sign_ins.of(ANNA) == later


def test_of_all_who_take_a_sign_in_at_once_one_gets_it(begun: Transactions) -> None:
    got = [each for each in at_once(8, lambda: take(begun)) if each is not None]

    assert got == [A_SIGN_IN.taken(at=NOW)]
    with begun() as tx:
        assert tx.sign_ins.of(ANNA) == got[0]


def test_nobodys_sign_in_is_taken_by_another_state(begun: Transactions) -> None:
    assert take(begun, "another") is None
    assert take(begun) is not None


def test_a_sign_in_that_ran_out_or_was_refused_is_not_taken(begun: Transactions) -> None:
    assert take(begun, at=15 * MINUTE) is None

    with begun() as tx:
        assert tx.sign_ins.settle(A_SIGN_IN.failed("access_denied"))

    assert take(begun) is None


def test_a_pending_sign_in_is_refused_and_no_other(begun: Transactions) -> None:
    def refuse(state: str = "digest", *, at: timedelta = timedelta()) -> bool:
        with begun() as tx:
            return tx.sign_ins.refuse(state, at=NOW + at)

    assert not refuse("another")
    assert not refuse(at=15 * MINUTE)
    assert [refuse(), refuse()] == [True, False]
    with begun() as tx:
        assert tx.sign_ins.of(ANNA) == A_SIGN_IN.failed("access_denied")


def test_of_a_refusal_and_an_import_at_once_one_counts(begun: Transactions) -> None:
    def refuse() -> bool:
        with begun() as tx:
            return tx.sign_ins.refuse("digest", at=NOW)

    done = together(refuse, lambda: take(begun) is not None)

    assert sorted(done) == [False, True]


def test_what_became_of_a_sign_in_is_kept(begun: Transactions) -> None:
    taken = take(begun)
    assert taken is not None
    done = taken.done(resume_id=ResumeId("resume-1"))

    with begun() as tx:
        assert tx.sign_ins.settle(done)

    with begun() as tx:
        assert tx.sign_ins.of(ANNA) == done


def test_a_sign_in_whose_code_was_not_spent_may_be_taken_again(begun: Transactions) -> None:
    taken = take(begun)
    assert taken is not None
    with begun() as tx:
        tx.sign_ins.settle(replace(taken, taken_at=None))

    assert take(begun, at=MINUTE) == A_SIGN_IN.taken(at=NOW + MINUTE)


def test_the_verifiers_of_sign_ins_under_way_are_told_and_no_others(begun: Transactions) -> None:
    others = [
        a_sign_in(state="being exchanged", verifier="other", taken_at=NOW),
        a_sign_in(state="without PKCE", verifier=None),
        a_sign_in(state="done", taken_at=NOW, resume_id=ResumeId("resume-1")),
        a_sign_in(state="failed", taken_at=NOW, failure="closed_by_provider"),
        a_sign_in(state="ran out", expires_at=NOW),
    ]
    with begun() as tx:
        for number, sign_in in enumerate(others):
            person = a_user(telegram_id=TelegramId(BORIS + number))
            tx.users.save(person)
            tx.sign_ins.put(replace(sign_in, telegram_id=person.telegram_id))

    with begun() as tx:
        assert tx.sign_ins.sealed(at=NOW) == {"digest": "sealed", "being exchanged": "other"}


def test_a_verifier_is_sealed_anew_if_it_still_is_the_same(begun: Transactions) -> None:
    with begun() as tx:
        assert not tx.sign_ins.reseal("another", was="sealed", now="anew", at=NOW)
        assert not tx.sign_ins.reseal("digest", was="another", now="anew", at=NOW)
        assert not tx.sign_ins.reseal("digest", was="sealed", now="anew", at=NOW + 15 * MINUTE)
        assert tx.sign_ins.reseal("digest", was="sealed", now="anew", at=NOW)

    with begun() as tx:
        assert tx.sign_ins.of(ANNA) == replace(A_SIGN_IN, verifier="anew")


def test_a_verifier_in_use_is_not_sealed_anew_for_who_has_it_would_put_the_old_one_back(begun: Transactions) -> None:
    taken = take(begun)

    with begun() as tx:
        assert not tx.sign_ins.reseal("digest", was="sealed", now="anew", at=NOW)
        assert tx.sign_ins.of(ANNA) == taken


def test_a_sign_in_goes_with_the_person(begun: Transactions) -> None:
    with begun() as tx:
        tx.users.erase(ANNA)
        tx.users.save(a_user())

    with begun() as tx:
        assert tx.sign_ins.of(ANNA) is tx.sign_ins.by_state("digest") is None
        assert not tx.sign_ins.settle(A_SIGN_IN)
