"""Tokens sealed with another key: all that can be, and nothing lost that cannot."""

from __future__ import annotations

from datetime import timedelta

from domain.hh.connection import SealedTokens
from domain.hh.sealing import SealedAnew
from domain.identifiers import TelegramId
from tests.builders import ANNA, BORIS, NOW, a_link, a_sign_in
from tests.domain.hh.given import link_of
from tests.domain.product import Product


def test_every_token_and_verifier_is_sealed_anew_and_what_no_key_opens_stays(product: Product) -> None:
    people = [ANNA, BORIS, TelegramId(BORIS + 1), TelegramId(BORIS + 2)]
    with product.store() as tx:
        for board, sealed in (("hh", "of hh"), ("other", "lost")):
            tx.boards.claim_token(board, at=NOW, not_since=NOW)
            tx.boards.keep_token(board, sealed=sealed, asked_at=NOW)
    for person, kept in zip(people, ("hers", "lost", "in use", None), strict=True):
        product.welcome(person)
        tokens = None if kept is None else SealedTokens(sealed=kept, expires_at=NOW)
        held_until = NOW + timedelta(minutes=1) if kept == "in use" else None
        with product.store() as tx:
            tx.hh_connections.put(a_link(telegram_id=person, tokens=tokens, held_until=held_until))
    with product.store() as tx:
        for person, verifier in zip(people, ("pending", "lost", "being exchanged"), strict=False):
            taken_at = NOW if verifier == "being exchanged" else None
            tx.sign_ins.put(a_sign_in(telegram_id=person, state=verifier, verifier=verifier, taken_at=taken_at))

    assert product.application.count_lost() == 1
    assert product.application.seal_anew() == SealedAnew(done=3, busy=2, lost=3)

    with product.store() as tx:
        assert tx.boards.tokens() == {"hh": "of hh anew", "other": "lost"}
        assert tx.hh_connections.sealed() == dict(zip(people, ("hers anew", "lost", "in use"), strict=False))
        assert list(tx.sign_ins.sealed(at=NOW).values()) == ["pending anew", "lost", "being exchanged"]
    assert link_of(product) == a_link(tokens=SealedTokens(sealed="hers anew", expires_at=NOW))


def test_where_nothing_is_kept_there_is_nothing_to_seal(product: Product) -> None:
    assert product.application.seal_anew() == SealedAnew(done=0, busy=0, lost=0)
    assert product.application.count_lost() == 0
