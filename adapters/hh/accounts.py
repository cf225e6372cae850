"""hh.ru, asked on behalf of a person who signed in there (OAuth 2.0, authorization code, PKCE by setting)."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from adapters.boards.http import Answer, Client, NoAnswer, Unreached
from adapters.boards.reading import json_of
from adapters.hh.answers import Kind, Trouble, trouble_in
from adapters.hh.fields import Unreadable, moment, record, records, whole
from adapters.hh.resumes import ShortResume, content_of, fullness, mine_of
from adapters.hh.turned_away import AGAIN_SECONDS, BLOCKED, code_of
from adapters.hh.vacancies import hh_vacancy_id, id_in
from adapters.vault import CannotOpen, Vault
from domain.errors import Conflict, Unavailable
from domain.hh.connection import SealedTokens
from domain.hh.ports import Begun, HhApplication, HhResume
from domain.hh.troubles import (
    AccessExpired,
    AnswerLost,
    Blocked,
    ClosedByProvider,
    NotAnApplicant,
    NotExpired,
    NotReached,
    TokensDead,
)

log = logging.getLogger(__name__)

MOST_PAGES = 50
"""So many pages of a list are read, of résumés or of applications; nobody has more of them."""

_PER_PAGE = 100
_KEY_MISSING_SECONDS = 3_600.0
_REVOKING_SECONDS = 5.0
_SIGNED = "."
_DEAD = frozenset(
    {
        *(Kind.ALREADY_REFRESHED, Kind.TOKEN_DEAD, Kind.TOKEN_REVOKED, Kind.BAD_AUTHORIZATION),
        *(Kind.ACCOUNT_BARRED, Kind.APPLICATION_NOT_FOUND),
    }
)
"""What speaks of the tokens themselves. Of any other refusal they may outlive the cause."""

_NOT_US = frozenset(
    {Kind.BAD_CLIENT, Kind.BAD_REDIRECT, Kind.UNSUPPORTED_GRANT, Kind.BAD_USER_AGENT, Kind.APPLICATION_NOT_FOUND}
)
_CODES = {
    Kind.CODE_USED: "hh_code_used",
    Kind.CODE_DEAD: "hh_code_expired",
    Kind.ACCOUNT_BARRED: "hh_account_barred",
    Kind.FORBIDDEN: "closed_by_provider",
}
_CLOSED = frozenset(
    {Kind.FORBIDDEN, Kind.NO_SCOPE, Kind.USER_AUTH_EXPECTED, Kind.APPLICATION_AUTH_EXPECTED, Kind.NOT_FOUND}
)
_MAY_HAVE_BEEN_DONE = frozenset({Kind.SERVER_ERROR, Kind.UNREADABLE})


class HhApplicants:
    """hh.ru's OAuth pages and the methods for applicants. Tokens are sealed before anybody else sees them.

    `pause` is called before each request but those about tokens, so that people's calls go at the pace of all others;
    and before a code is spent, lest that be done while hh.ru is given a rest and nothing can be asked afterwards.
    `rest` is told what hh.ru refuses of these, so that all others leave it alone where that calls for a rest, and
    returns how many seconds are left of one.
    """

    configured = True

    def __init__(
        self,
        *,
        api: Client,
        site_url: str,
        client_id: str,
        client_secret: str,
        redirect_url: str,
        vault: Vault,
        pkce: bool,
        pause: Callable[[], None],
        rest: Callable[[Trouble], float | None],
    ) -> None:
        self._api = api
        self._site_url = site_url
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_url = redirect_url
        self._vault = vault
        self._pkce = pkce
        self._pause = pause
        self._rest = rest

    def begin(self, *, asks_who: bool) -> Begun:
        secret = secrets.token_urlsafe(32)
        state = secret + _SIGNED + self._vault.signature(secret)
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "state": state,
            "redirect_uri": self._redirect_url,
        }
        if asks_who:
            asked["force_login"] = "true"
        verifier = secrets.token_urlsafe(48) if self._pkce else None
        if verifier is not None:
            asked |= {"code_challenge": _urlsafe(hashlib.sha256(verifier.encode())), "code_challenge_method": "S256"}
        return Begun(
            url=f"{self._site_url}/oauth/authorize?{urlencode(asked)}",
            state=_digest(state),
            verifier=self._vault.seal(verifier) if verifier is not None else None,
        )

    def digest(self, state: str) -> str | None:
        secret, _, signature = state.partition(_SIGNED)
        return _digest(state) if self._vault.is_signature(signature, secret) else None

    def exchange(self, *, code: str, verifier: str | None, at: datetime) -> SealedTokens:
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "code": code,
            "redirect_uri": self._redirect_url,
        }
        if verifier is not None:
            form["code_verifier"] = self._opened(verifier)
        self._pause()
        answer, trouble = self._token(form)
        if trouble is None:
            return self._sealed(answer, at=at)
        if trouble.kind in _CODES:
            raise Conflict(_CODES[trouble.kind])
        raise Conflict("hh_not_approved" if trouble.kind in _NOT_US else "hh_code_expired")

    def refresh(self, tokens: SealedTokens, *, at: datetime) -> SealedTokens:
        refresh_token = self._pair(tokens)["refresh_token"]
        answer, trouble = self._token({"grant_type": "refresh_token", "refresh_token": refresh_token})
        if trouble is None:
            return self._sealed(answer, at=at)
        if trouble.kind is Kind.NOT_EXPIRED:
            raise NotExpired
        if trouble.kind is Kind.FORBIDDEN:
            raise ClosedByProvider
        # Whatever else hh.ru has against us, the pair was not used up.
        raise TokensDead if trouble.kind in _DEAD else NotReached(retry_after=AGAIN_SECONDS)

    def revoke(self, tokens: SealedTokens) -> None:
        try:
            # Nobody waits long for what changes nothing here.
            brief = replace(self._api, call_seconds=min(_REVOKING_SECONDS, self._api.call_seconds))
            answer = brief.delete("/token", headers=self._bearer(tokens))
        except NoAnswer:
            log.warning("tokens were forgotten here, hh.ru could not be told")
            return
        except Unavailable as trouble:
            log.warning("tokens were forgotten here, hh.ru could not be told: %s", trouble.code)
            return
        refusal = trouble_in(answer.status, answer.headers, answer.body, shape=None)
        if refusal is not None:
            _tell(refusal)

    def resumes(self, tokens: SealedTokens) -> Sequence[HhResume]:
        me = self._ask(tokens, "/me")
        if record(me).get("is_applicant") is not True:
            raise NotAnApplicant
        return [resume for short in self._short(tokens) if (resume := self._whole(tokens, short)) is not None]

    def applications(self, tokens: SealedTokens) -> Sequence[HhApplication]:
        found: dict[str, HhApplication] = {}
        for page in self._pages(tokens, "/negotiations"):
            for item in records(page.get("items")):
                hh_id, applied_at = id_in(record(item.get("vacancy"))), moment(item.get("created_at"))
                if hh_id is not None and applied_at is not None:
                    vacancy_id = hh_vacancy_id(hh_id)
                    found.setdefault(vacancy_id, HhApplication(vacancy_id=vacancy_id, applied_at=applied_at))
        return list(found.values())

    def _short(self, tokens: SealedTokens) -> Iterator[ShortResume]:
        for page in self._pages(tokens, "/resumes/mine"):
            yield from mine_of(page)

    def _whole(self, tokens: SealedTokens, short: ShortResume) -> HhResume | None:
        try:
            content = content_of(self._ask(tokens, f"/resumes/{short.id}", may_be_gone=True))
        except Unreadable:
            # An empty draft, or one deleted since: the others stand.
            return None
        return HhResume(
            id=short.id,
            title=short.title,
            updated_at=short.updated_at,
            fullness=fullness(content),
            content=content,
        )

    def _pages(self, tokens: SealedTokens, path: str) -> Iterator[dict[str, Any]]:
        for number in range(MOST_PAGES):
            page = record(self._ask(tokens, path, [("page", str(number)), ("per_page", str(_PER_PAGE))]))
            yield page
            if number + 1 >= (whole(page.get("pages"), least=0, most=10**6) or 1):
                return

    def _ask(
        self, tokens: SealedTokens, path: str, params: Sequence[tuple[str, str]] = (), *, may_be_gone: bool = False
    ) -> Any:
        """Return what the path tells; `None` where it is gone, if it may be. Raises as `HhAccounts` has it."""
        self._pause()
        try:
            answer = self._api.get(path, params, headers=self._bearer(tokens))
        except Unreached:
            raise NotReached(retry_after=AGAIN_SECONDS) from None
        except NoAnswer:
            raise Unavailable("hh_unavailable", retry_after=AGAIN_SECONDS) from None
        trouble = trouble_in(answer.status, answer.headers, answer.body)
        if trouble is None:
            return json_of(answer.body)
        if trouble.kind is Kind.NOT_FOUND and may_be_gone:
            return None
        _tell(trouble)
        again = self._again(trouble)
        if trouble.kind in BLOCKED:
            raise Blocked
        if trouble.kind is Kind.TOKEN_EXPIRED:
            raise AccessExpired
        if trouble.kind in _CLOSED:
            raise ClosedByProvider
        if trouble.kind in _DEAD:
            raise TokensDead
        raise Unavailable(code_of(trouble.kind), retry_after=again)

    def _token(self, form: dict[str, str]) -> tuple[Answer, Trouble | None]:
        """Return the answer of the token endpoint, and what it refuses; what may heal is raised."""
        try:
            answer = self._api.post_form("/token", form.items())
        except Unreached:
            raise NotReached(retry_after=AGAIN_SECONDS) from None
        except NoAnswer:
            raise AnswerLost from None
        trouble = trouble_in(answer.status, answer.headers, answer.body, from_token_endpoint=True)
        if trouble is not None:
            _tell(trouble)
            again = self._again(trouble)
            if trouble.kind in _MAY_HAVE_BEEN_DONE:
                raise AnswerLost
            # Turned away at the door: nothing was used up.
            if trouble.kind in BLOCKED:
                raise Blocked
            if trouble.kind in (Kind.TOO_MANY, Kind.CAPTCHA):
                raise NotReached(code_of(trouble.kind), retry_after=again)
        return answer, trouble

    def _again(self, trouble: Trouble) -> float:
        """Let others leave hh.ru alone where the trouble calls for that; return when a call is worth making again."""
        return self._rest(trouble) or trouble.retry_after or AGAIN_SECONDS

    def _sealed(self, answer: Answer, *, at: datetime) -> SealedTokens:
        told = record(json_of(answer.body))
        access, refresh = told.get("access_token"), told.get("refresh_token")
        if not isinstance(access, str) or not isinstance(refresh, str):
            raise AnswerLost
        seconds = whole(told.get("expires_in"), least=0, most=10**9) or 0
        pair = json.dumps({"access_token": access, "refresh_token": refresh})
        return SealedTokens(sealed=self._vault.seal(pair), expires_at=at + timedelta(seconds=seconds))

    def _pair(self, tokens: SealedTokens) -> dict[str, str]:
        try:
            pair: dict[str, str] = json.loads(self._vault.open(tokens.sealed))
        except CannotOpen:
            # Whoever took the key away by mistake may put it back.
            log.error("a person's tokens are sealed with a key that TOKEN_ENCRYPTION_KEYS does not hold")
            raise Unavailable("hh_tokens_sealed", retry_after=_KEY_MISSING_SECONDS) from None
        return pair

    def _bearer(self, tokens: SealedTokens) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._pair(tokens)['access_token']}"}

    def _opened(self, sealed: str) -> str:
        try:
            return self._vault.open(sealed)
        except CannotOpen:
            raise Conflict("hh_code_expired") from None


def _tell(trouble: Trouble) -> None:
    log.warning("hh.ru refuses: %s (%s), request %s", trouble.kind.value, trouble.detail, trouble.request_id)


def _digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _urlsafe(digest: Any) -> str:
    return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
