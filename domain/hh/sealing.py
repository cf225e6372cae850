"""Sealing anew what is kept sealed, once another key seals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from domain.identifiers import TelegramId
from domain.outside import Clock
from domain.transactions import Transaction, Transactions


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnew:
    """How many secrets were sealed anew; how many were in use or replaced meanwhile; how many no key opens any more.

    But for the first all stay as they are.
    """

    done: int
    busy: int
    lost: int


@dataclass(frozen=True)
class CountLost:
    """Return of how many people no key opens the tokens any more."""

    transaction: Transactions
    opens: Callable[[str], bool]

    def __call__(self) -> int:
        with self.transaction() as tx:
            sealed = tx.hh_connections.sealed()
        return sum(not self.opens(each) for each in sealed.values())


@dataclass(frozen=True)
class SealAnew:
    """Seal every token, and what sign-ins under way need, with the key that seals now: no older one is needed then."""

    transaction: Transactions
    clock: Clock
    seal_anew: Callable[[str], str | None]

    def __call__(self) -> SealedAnew:
        at = self.clock.now()
        with self.transaction() as tx:
            of_boards, of_people, of_sign_ins = (
                tx.boards.tokens(),
                tx.hh_connections.sealed(),
                tx.sign_ins.sealed(at=at),
            )
        became = Counter(self._replaced(was, partial(_of_board, board)) for board, was in of_boards.items())
        became += Counter(self._replaced(was, partial(_of_person, each, at)) for each, was in of_people.items())
        became += Counter(self._replaced(was, partial(_of_sign_in, state, at)) for state, was in of_sign_ins.items())
        return SealedAnew(done=became[True], busy=became[False], lost=became[None])

    def _replaced(self, was: str, replace: Callable[[Transaction, str, str], bool]) -> bool | None:
        """Return whether it was sealed anew; `None`: no key opens it."""
        now = self.seal_anew(was)
        if now is None:
            return None
        with self.transaction() as tx:
            return replace(tx, was, now)


def _of_board(board: str, tx: Transaction, was: str, now: str) -> bool:
    return tx.boards.reseal_token(board, was=was, now=now)


def _of_person(telegram_id: TelegramId, at: datetime, tx: Transaction, was: str, now: str) -> bool:
    return tx.hh_connections.reseal(telegram_id, was=was, now=now, at=at)


def _of_sign_in(state: str, at: datetime, tx: Transaction, was: str, now: str) -> bool:
    return tx.sign_ins.reseal(state, was=was, now=now, at=at)
