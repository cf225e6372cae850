"""Where people's links to hh.ru are kept, and what hh.ru answers to a person's own tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.hh.connection import HhConnection, SealedTokens
from domain.hh.sign_in import SignIn
from domain.identifiers import TelegramId, VacancyId
from domain.resumes.content import ResumeContent


class HhConnections(Protocol):
    def find(self, telegram_id: TelegramId) -> HhConnection | None:
        """Return the person's link, or `None`."""

    def put(self, connection: HhConnection) -> None:
        """Keep the link, in place of an earlier one. The person must exist."""

    def claim(self, telegram_id: TelegramId, *, at: datetime, until: datetime) -> HhConnection | None:
        """Hold the link, atomically, with one attempt more; `None` where there is none or somebody holds it then."""

    def settle(self, connection: HhConnection) -> bool:
        """Write the link, held on or released, if its row still is that link, held under that attempt.

        Returns False, and changes nothing, when it is gone, was linked anew (`linked_at` tells), or somebody else has
        it by now.
        """

    def remove(self, telegram_id: TelegramId) -> HhConnection | None:
        """Forget the link, and return what it was, `None` where there was none."""

    def sealed(self) -> Mapping[TelegramId, str]:
        """Return everybody's tokens, sealed."""

    def reseal(self, telegram_id: TelegramId, *, was: str, now: str, at: datetime) -> bool:
        """Replace sealed tokens, if they still are these and nobody holds them then; else return False."""


class SignIns(Protocol):
    """A person has one sign-in at most."""

    def put(self, sign_in: SignIn) -> None:
        """Keep the sign-in, in place of an earlier one. The person must exist."""

    def of(self, telegram_id: TelegramId) -> SignIn | None:
        """Return the person's sign-in, or `None`."""

    def by_state(self, state: str) -> SignIn | None:
        """Return the sign-in of that state, whoever's it is, or `None`."""

    def take(self, state: str, *, at: datetime) -> SignIn | None:
        """Take a pending sign-in, atomically: one caller gets it, as `taken`; all others get `None`."""

    def refuse(self, state: str, *, at: datetime) -> bool:
        """End a pending sign-in with `ACCESS_DENIED`, atomically; return False where none is pending then."""

    def settle(self, sign_in: SignIn) -> bool:
        """Write what became of a sign-in, if the person has not begun another one; else return False."""

    def sealed(self, *, at: datetime) -> Mapping[str, str]:
        """Return the verifiers, sealed, of all sign-ins whose code may still be exchanged then, by state."""

    def reseal(self, state: str, *, was: str, now: str, at: datetime) -> bool:
        """Replace a sealed verifier, if it still is this one and its sign-in pending then; else return False."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The beginning of a sign-in: where the person goes, and what is kept of it.

    `state` is a digest of what hh.ru hands back; `verifier` is PKCE's, sealed, `None` without PKCE.
    """

    url: str
    state: str
    verifier: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HhResume:
    """A person's résumé at hh.ru. `fullness` counts what it tells."""

    id: str
    title: str | None
    updated_at: datetime | None
    fullness: int
    content: ResumeContent


@dataclass(frozen=True, slots=True, kw_only=True)
class HhApplication:
    """A vacancy of hh.ru that the person applied to there."""

    vacancy_id: VacancyId
    applied_at: datetime


class HhAccounts(Protocol):
    """hh.ru, asked on behalf of a person. Tokens go in and come out sealed.

    Whatever asks raises `Blocked`, and `NotReached` or `Unavailable` with the code `hh_captcha`, `hh_rate_limited` or
    `hh_unavailable` and what is left until a call is worth making again. Whatever asks with tokens raises also
    `AccessExpired`, `TokensDead`, `ClosedByProvider`, and `Unavailable('hh_tokens_sealed')` where no key opens them.
    """

    @property
    def configured(self) -> bool:
        """Whether hh.ru knows this application; if not, nothing can be begun here."""

    def begin(self, *, asks_who: bool) -> Begun:
        """Return the beginning of a new sign-in, or raise `Conflict('hh_not_configured')`.

        With `asks_who` hh.ru asks for a name and password also where somebody is signed in already.
        """

    def digest(self, state: str) -> str | None:
        """Return what is kept of a state that hh.ru handed back; `None` where it is none of ours."""

    def exchange(self, *, code: str, verifier: str | None, at: datetime) -> SealedTokens:
        """Return the tokens for a code, which can be used but once.

        Raises `Refused` with a code of its own where hh.ru takes neither it nor us, `NotReached`, `AnswerLost`.
        """

    def refresh(self, tokens: SealedTokens, *, at: datetime) -> SealedTokens:
        """Return the pair that takes the place of this one.

        Raises `AnswerLost`, the one after which it may have been used up; `TokensDead`, `NotExpired`,
        `ClosedByProvider`, `NotReached`, `Unavailable('hh_tokens_sealed')`.
        """

    def revoke(self, tokens: SealedTokens) -> None:
        """Make the tokens worthless, if hh.ru can be reached and the access token still holds; raises nothing."""

    def resumes(self, tokens: SealedTokens) -> Sequence[HhResume]:
        """Return every résumé of the person; raises `NotAnApplicant` for an employer, too."""

    def applications(self, tokens: SealedTokens) -> Sequence[HhApplication]:
        """Return what the person applied to."""
