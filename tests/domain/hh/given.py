"""What tests of accounts at hh.ru do again and again."""

from __future__ import annotations

from domain.hh.bringing import Brought
from domain.hh.connection import HhConnection
from domain.identifiers import TelegramId
from tests.builders import ANNA
from tests.domain.product import Product

CODE = "a code"


def begin(product: Product, telegram_id: TelegramId = ANNA) -> str:
    """Begin a sign-in; return the state that hh.ru hands back."""
    return "state-" + product.application.link_hh(telegram_id=telegram_id).url.rpartition("/")[2]


def sign_in(product: Product, telegram_id: TelegramId = ANNA, resume_id: str | None = None) -> Brought:
    """Sign in and import."""
    state = begin(product, telegram_id)
    return product.application.import_from_hh(code=CODE, state=state, telegram_id=telegram_id, resume_id=resume_id)


def sync(product: Product, resume_id: str | None = None) -> Brought:
    return product.application.sync_hh(telegram_id=ANNA, resume_id=resume_id)


def link_of(product: Product, telegram_id: TelegramId = ANNA) -> HhConnection:
    """Return the person's link as it is kept; there must be one."""
    with product.store() as tx:
        link = tx.hh_connections.find(telegram_id)
    assert link is not None
    return link


def state_of(product: Product) -> str:
    return product.application.show_hh(telegram_id=ANNA).state
