"""Codes and tokens that the loopback hh.ru has given out, and the rules by which they live."""

from __future__ import annotations

import base64
import hashlib
import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.boards.hh import errors
from tests.boards.hh.clock import Clock
from tests.boards.hh.errors import TokenError
from tests.boards.hh.people import Account, Application

APP_TOKEN_PAUSE = timedelta(minutes=5)
"""An application may ask for its token once in so long."""


@dataclass
class Code:
    value: str
    application: Application
    account: Account
    redirect_uri: str | None
    """As the authorisation named it; `None` when it named none."""
    challenge: str | None
    """The S256 challenge of PKCE, if one was sent."""
    made_at: datetime
    used: bool = False
    revoked: bool = False


@dataclass
class Pair:
    """A person's access token with the refresh token that came with it."""

    access: str
    refresh: str
    application: Application
    account: Account
    expires_at: datetime
    refreshed: bool = False
    dead: str | None = None
    """Why the pair is dead before its time, in the words of the token endpoint."""


@dataclass
class AppToken:
    access: str
    application: Application
    made_at: datetime
    revoked: bool = False


@dataclass
class Grants:
    """`code_lifetime` is our own figure (hh.ru documents none); `token_lifetime` is the one of its example."""

    clock: Clock
    code_lifetime: timedelta = timedelta(minutes=5)
    token_lifetime: timedelta = timedelta(seconds=1_209_600)
    codes: dict[str, Code] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    app_tokens: list[AppToken] = field(default_factory=list)

    def new_code(
        self,
        application: Application,
        account: Account,
        *,
        redirect_uri: str | None = None,
        challenge: str | None = None,
    ) -> Code:
        code = Code(_random("", 64), application, account, redirect_uri, challenge, self.clock.now())
        self.codes[code.value] = code
        return code

    def exchange(self, application: Application, value: str, *, redirect_uri: str | None, verifier: str | None) -> Pair:
        """Spend a code; raise `TokenError`."""
        code = self.codes.get(value)
        if code is None or code.application is not application:
            raise TokenError("invalid_request", "code not found")
        if code.used:
            raise TokenError("invalid_grant", "code has already been used")
        if code.revoked:
            raise TokenError("invalid_grant", "code was revoke")
        if self.clock.now() >= code.made_at + self.code_lifetime:
            raise TokenError("invalid_grant", "code expired")
        if code.redirect_uri is not None and redirect_uri != code.redirect_uri:
            raise TokenError("invalid_request", "bad redirect url")
        if code.challenge is not None and challenge_of(verifier or "") != code.challenge:
            # The words are ours: hh.ru documents none.
            raise TokenError("invalid_grant", "bad code verifier")
        if code.account.trouble is not None:
            raise TokenError("invalid_request", code.account.trouble)
        code.used = True
        return self.new_pair(application, code.account)

    def refresh(self, token: str) -> Pair:
        """Spend a refresh token after its access token has expired; raise `TokenError`."""
        pair = next((pair for pair in self.pairs if pair.refresh == token), None)
        if pair is None:
            known = len(token) == len(_random("USER", 64)) and token.startswith("USER")
            raise TokenError(*("invalid_request", "token not found") if known else ("invalid_grant", "bad token"))
        if pair.refreshed:
            raise TokenError("invalid_grant", "token has already been refreshed")
        if pair.dead is not None:
            raise TokenError("invalid_grant", pair.dead)
        if pair.application.deleted:
            raise TokenError("invalid_client", "client_id or client_secret not found")
        if pair.account.trouble is not None:
            raise TokenError("invalid_request", pair.account.trouble)
        if self.clock.now() < pair.expires_at:
            raise TokenError("invalid_grant", "token not expired")
        pair.refreshed = True
        return self.new_pair(pair.application, pair.account)

    def new_pair(self, application: Application, account: Account) -> Pair:
        expires_at = self.clock.now() + self.token_lifetime
        pair = Pair(_random("USER", 64), _random("USER", 64), application, account, expires_at)
        self.pairs.append(pair)
        return pair

    def new_app_token(self, application: Application) -> AppToken:
        """Give the application a token, and revoke its former one; raise `TokenError` within five minutes."""
        former = [token for token in self.app_tokens if token.application is application]
        now = self.clock.now()
        if former and now < former[-1].made_at + APP_TOKEN_PAUSE:
            raise TokenError("forbidden", "app token refresh too early", status=403)
        for token in former:
            token.revoked = True
        self.app_tokens.append(AppToken(_random("APPL", 64), application, now))
        return self.app_tokens[-1]

    def holder(self, access: str) -> AppToken | Pair:
        """Return whose access token this is, or raise `ApiError` when it is not a live one."""
        found: AppToken | Pair | None = next((token for token in self.app_tokens if token.access == access), None)
        found = found or next((pair for pair in self.pairs if pair.access == access), None)
        if found is None:
            raise errors.bad_authorization()
        if found.application.deleted:
            raise errors.application_not_found()
        if isinstance(found, AppToken):
            if found.revoked:
                raise errors.token_revoked()
            return found
        if found.dead is not None:
            raise errors.token_revoked()
        if found.refreshed or self.clock.now() >= found.expires_at:
            raise errors.token_expired()
        return found

    def granted(self, application: Application, account: Account) -> bool:
        """Tell whether the person lets the application in already."""
        mine = (pair for pair in self.pairs if pair.application is application and pair.account is account)
        return any(pair.dead is None and not pair.refreshed for pair in mine)

    def revoke(self, account: Account, *, password_changed: bool = False) -> None:
        """Kill every code and token of the person, as they do themselves or by a new password."""
        for pair in self.pairs:
            if pair.account is account and not pair.refreshed:
                pair.dead = pair.dead or ("token deactivated" if password_changed else "token was revoked")
        for code in self.codes.values():
            if code.account is account:
                code.revoked = True

    def revoke_app_tokens(self) -> None:
        """Kill the applications' tokens, as hh.ru may at any time."""
        for token in self.app_tokens:
            token.revoked = True


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _random(prefix: str, length: int) -> str:
    letters = string.ascii_uppercase + string.digits
    return prefix + "".join(secrets.choice(letters) for _ in range(length - len(prefix)))
