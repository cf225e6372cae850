"""A person's link to hh.ru."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict
from domain.hh.troubles import TokensDead
from domain.identifiers import TelegramId

MOST_UNANSWERED = 2
"""So often a refresh is sent whose answer may have been lost; hh.ru takes each refresh token but once."""


class HhState(str, Enum):
    """`closed_by_provider`: hh.ru let the person in, but lets no program read what is theirs."""

    CONNECTED = "connected"
    RELOGIN_NEEDED = "relogin_needed"
    CLOSED_BY_PROVIDER = "closed_by_provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTokens:
    """A pair of tokens that nobody here can read but the adapter that talks to hh.ru."""

    sealed: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HhConnection:
    """One worker at a time has a person's tokens, until `held_until`; `attempt` counts the claims.

    `unanswered` counts the refreshes sent of this pair whose answer never came. `resume_id` is the résumé at hh.ru that
    was brought last.
    """

    telegram_id: TelegramId
    state: HhState
    tokens: SealedTokens | None
    resume_id: str | None = None
    unanswered: int = 0
    linked_at: datetime
    synced_at: datetime | None = None
    attempt: int = 0
    held_until: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether hh.ru is believed to give what the tokens should open."""
        return self.state is HhState.CONNECTED and self.tokens is not None

    def must_refresh(self, *, at: datetime) -> bool:
        """Whether the access token has run out; hh.ru refuses to refresh one any earlier."""
        return self.pair().expires_at <= at

    def refresh_sent(self) -> HhConnection:
        """Return the connection as it must be kept before a refresh is sent, lest a lost answer be asked for again."""
        if self.unanswered >= MOST_UNANSWERED:
            raise TokensDead
        return replace(self, unanswered=self.unanswered + 1)

    def refresh_not_sent(self) -> HhConnection:
        """Return the connection after a refresh that never reached hh.ru."""
        return replace(self, unanswered=max(self.unanswered - 1, 0))

    def refreshed(self, tokens: SealedTokens) -> HhConnection:
        self.pair()
        return replace(self, state=HhState.CONNECTED, tokens=tokens, unanswered=0)

    def holds_on(self, *, until: datetime) -> HhConnection:
        """Return the connection once hh.ru has said that the access token still holds, whatever we believed."""
        return replace(self, tokens=replace(self.pair(), expires_at=until), unanswered=0)

    def expired(self, *, at: datetime) -> HhConnection:
        """Return the connection once hh.ru has said that the access token ran out, whatever we believed."""
        return replace(self, tokens=replace(self.pair(), expires_at=min(self.pair().expires_at, at)))

    def logged_out(self) -> HhConnection:
        """Return the connection once its tokens are worth nothing: the person must sign in again."""
        return replace(self, state=HhState.RELOGIN_NEEDED, tokens=None, unanswered=0)

    def closed(self) -> HhConnection:
        """Return the connection after hh.ru refused what the person's own tokens should open."""
        return replace(self, state=HhState.CLOSED_BY_PROVIDER)

    def synced(self, *, at: datetime, resume_id: str | None) -> HhConnection:
        self.pair()
        return replace(self, state=HhState.CONNECTED, synced_at=at, resume_id=resume_id or self.resume_id)

    def released(self) -> HhConnection:
        return replace(self, held_until=None)

    def pair(self) -> SealedTokens:
        """Return the tokens, or raise `Conflict('hh_relogin_needed')` where there are none."""
        if self.tokens is None:
            raise Conflict("hh_relogin_needed")
        return self.tokens
