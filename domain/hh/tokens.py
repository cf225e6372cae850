"""A person's tokens for hh.ru: one worker has them at a time, and refreshes them once they have run out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from domain.errors import Conflict, DomainError, NotFound, Unavailable
from domain.hh.connection import HhConnection, SealedTokens
from domain.hh.ports import HhAccounts
from domain.hh.troubles import (
    AccessExpired,
    AnswerLost,
    ClosedByProvider,
    NotAnApplicant,
    NotExpired,
    TokensDead,
)
from domain.identifiers import TelegramId
from domain.outside import Clock
from domain.transactions import Transaction, Transactions

T = TypeVar("T")

LONGEST_HOLD = timedelta(minutes=3)
"""How long a worker may have a person's tokens; one that died with them keeps others waiting no longer."""

MOMENT_SECONDS = 5.0
"""After how long it is worth asking again whether somebody who has a person's tokens is done."""

_HOLDS_A_WHILE = timedelta(minutes=1)
"""After how long a token is looked at again that hh.ru says has not run out, whatever our clock says."""

_TRIES_TO_KEEP = 3
"""So often the store is asked to keep a new pair, in whose place nothing else is good any more."""


@dataclass(frozen=True)
class TokensInHand:
    """Asks hh.ru with a person's tokens, for the one worker that holds the link."""

    transaction: Transactions
    clock: Clock
    accounts: HhAccounts

    def claim(self, telegram_id: TelegramId) -> HhConnection:
        """Hold the person's link.

        Raises `NotFound`, also with `hh_not_linked`; `Conflict` with `hh_relogin_needed` or `hh_busy`.
        """
        now = self.clock.now()
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            known = tx.hh_connections.find(telegram_id)
            if known is None:
                raise NotFound("hh_not_linked")
            known.pair()
            held = tx.hh_connections.claim(telegram_id, at=now, until=now + LONGEST_HOLD)
        if held is None:
            raise Conflict("hh_busy", retry_after=MOMENT_SECONDS)
        return held

    def ask(self, link: HhConnection, call: Callable[[SealedTokens], T]) -> tuple[HhConnection, T]:
        """Return the link as it is after the call, and what the call returned.

        Tokens that have run out are refreshed first. Whatever goes wrong lets go of the link, and where it is no
        applicant's drops it; what hh.ru refuses is raised as `Conflict`.
        """
        try:
            if link.must_refresh(at=self.clock.now()):
                link = self._refreshed(link)
            try:
                return link, call(link.pair())
            except AccessExpired:
                # hh.ru knows better than the time that we kept.
                link = self._refreshed(link.expired(at=self.clock.now()))
                return link, call(link.pair())
        except (TokensDead, AccessExpired):
            # One that was linked anew meanwhile has tokens that hold.
            raise Conflict("hh_relogin_needed" if self._let_go(link, HhConnection.logged_out) else "hh_busy") from None
        except ClosedByProvider:
            self._let_go(link, HhConnection.closed)
            raise Conflict("closed_by_provider") from None
        except NotAnApplicant:
            self._drop(link)
            raise
        except DomainError:
            self._let_go(link)
            raise

    def settle(self, link: HhConnection) -> bool:
        """Write the link, if this worker still holds it; return whether it did."""
        with self.transaction() as tx:
            return tx.hh_connections.settle(link)

    def revoke(self, link: HhConnection | None) -> None:
        """Make worthless at hh.ru the tokens of a link that is kept no longer, if that can be done; raises nothing.

        hh.ru does so by an access token that still holds: where it has run out, only a refresh brings one.
        """
        if link is None or link.tokens is None:
            return
        tokens = link.tokens
        try:
            if link.must_refresh(at=self.clock.now()):
                tokens = self.accounts.refresh(tokens, at=self.clock.now())
        except NotExpired:
            # They hold after all.
            pass
        except DomainError:
            return
        self.accounts.revoke(tokens)

    def _let_go(self, link: HhConnection, become: Callable[[HhConnection], HhConnection] = lambda kept: kept) -> bool:
        """Write what became of the link, and release it; return whether this worker still held it.

        That begins with the link as it is kept: a refresh may have been noted since.
        """
        with self.transaction() as tx:
            kept = self._still_kept(tx, link)
            return kept is not None and tx.hh_connections.settle(become(kept).released())

    def _drop(self, link: HhConnection) -> None:
        with self.transaction() as tx:
            kept = self._still_kept(tx, link)
            if kept is not None:
                tx.hh_connections.remove(link.telegram_id)
        self.revoke(kept)

    @staticmethod
    def _still_kept(tx: Transaction, link: HhConnection) -> HhConnection | None:
        kept = tx.hh_connections.find(link.telegram_id)
        same = kept is not None and (kept.linked_at, kept.attempt) == (link.linked_at, link.attempt)
        return kept if same else None

    def _refreshed(self, link: HhConnection) -> HhConnection:
        """Return the link with a new pair, kept before anything is asked with it."""
        while True:
            # Noted before it is sent: if this process dies now, or the answer is lost, that is not forgotten.
            link = self._kept(link.refresh_sent())
            try:
                fresh = self.accounts.refresh(link.pair(), at=self.clock.now())
            except AnswerLost:
                # Once more: had it never arrived, the old pair still holds. If not, hh.ru says so.
                continue
            except NotExpired:
                return self._kept(link.holds_on(until=self.clock.now() + _HOLDS_A_WHILE))
            except TokensDead:
                raise
            except DomainError:
                # Turned away or not sent: the pair is as good as before.
                self.settle(link.refresh_not_sent())
                raise
            if not self._surely_settled(link.refreshed(fresh)):
                # Unlinked meanwhile, and nobody else knows of this pair.
                self.accounts.revoke(fresh)
                raise Conflict("hh_busy")
            return link.refreshed(fresh)

    def _surely_settled(self, link: HhConnection, tries: int = _TRIES_TO_KEEP) -> bool:
        try:
            return self.settle(link)
        except Unavailable:
            if tries == 1:
                raise
        return self._surely_settled(link, tries - 1)

    def _kept(self, link: HhConnection) -> HhConnection:
        if not self.settle(link):
            # Unlinked, or linked anew, meanwhile.
            raise Conflict("hh_busy")
        return link
