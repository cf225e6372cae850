"""A person on their way to hh.ru and back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import Conflict
from domain.hh.troubles import NotAnApplicant
from domain.identifiers import ResumeId, TelegramId

LIFETIME = timedelta(minutes=15)
"""How long a person may take to sign in; a link found later in a chat is good for nothing."""

ACCESS_DENIED = "access_denied"
"""Why nothing was brought from who did not let us in; in the words of RFC 6749, 4.1.2.1, which hh.ru uses."""


_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 of them, none of which is taken for another: no 0 and O, no 1 and I."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A person's only one: another one begun takes its place.

    `state` is the digest of what hh.ru hands back; nobody who reads it here can go on with it. `verifier` is PKCE's,
    sealed. `taken_at`: since when somebody exchanges its code, which can be done but once. Then either `resume_id`,
    what was brought, or `failure`, why nothing was.
    """

    telegram_id: TelegramId
    state: str
    verifier: str | None
    expires_at: datetime
    taken_at: datetime | None = None
    resume_id: ResumeId | None = None
    failure: str | None = None

    @property
    def confirmation_code(self) -> str:
        """What a person compares, such as K7M-2QX: the bot shows it beside the link, the page that they come back to.

        Who was sent somebody else's link has been shown none. It lets nobody in.
        """
        digest = hashlib.sha256(f"confirmation {self.state}".encode()).digest()
        code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:6])
        return f"{code[:3]}-{code[3:]}"

    @property
    def wrong_account(self) -> bool:
        """Whether the person came back with an account that is no applicant's."""
        return self.failure == NotAnApplicant.code

    def pending(self, *, at: datetime) -> bool:
        return self.taken_at is None and self.failure is None and at < self.expires_at

    def under_way(self, *, at: datetime) -> bool:
        """Whether it is pending, or somebody exchanges its code."""
        return self.resume_id is None and self.failure is None and at < self.expires_at

    def taken(self, *, at: datetime) -> SignIn:
        if not self.pending(at=at):
            raise Conflict("sign_in_over")
        return replace(self, taken_at=at)

    def done(self, *, resume_id: ResumeId) -> SignIn:
        return replace(self, resume_id=resume_id)

    def failed(self, code: str) -> SignIn:
        return replace(self, failure=code)
