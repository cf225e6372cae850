"""What an answer of hh.ru that is no success means, from its status, headers and body alone.

Documented errors come as `{"errors": [{"type", "value"?}]}`, the token endpoint's as `{"error", "error_description"}`;
in front of both stands a guard that answers with pages of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from adapters.boards.reading import header, json_of, retry_after
from domain.search.run import Outcome

TOO_EARLY_SECONDS = 300.0
"""An application may ask for its token once in that time."""


class Kind(str, Enum):
    """What is the matter; of several at once the one named first here is told."""

    CAPTCHA = "captcha"
    GEO_BLOCKED = "geo_blocked"
    """The law forbids an answer to where we are (451)."""
    EDGE_BLOCKED = "edge_blocked"
    """The guard in front of hh.ru refused us; hh.ru itself was not asked."""
    BAD_USER_AGENT = "bad_user_agent"
    BAD_CLIENT = "bad_client"
    """hh.ru does not know the pair of client id and secret."""
    ACCOUNT_BARRED = "account_barred"
    BAD_REDIRECT = "bad_redirect"
    UNSUPPORTED_GRANT = "unsupported_grant"
    TOO_EARLY = "too_early"
    """The application's token was asked for again within five minutes."""
    TOO_MANY = "too_many"
    ALREADY_REFRESHED = "already_refreshed"
    NOT_EXPIRED = "not_expired"
    """A token was refreshed before it expired; both tokens still hold."""
    TOKEN_DEAD = "token_dead"  # noqa: S105 — no token
    """A refresh token that no longer serves; the person must sign in again."""
    CODE_USED = "code_used"
    CODE_DEAD = "code_dead"
    APPLICATION_NOT_FOUND = "application_not_found"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 — no token
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 — no token
    USER_AUTH_EXPECTED = "user_auth_expected"
    APPLICATION_AUTH_EXPECTED = "application_auth_expected"
    NO_SCOPE = "no_scope"
    BAD_AUTHORIZATION = "bad_authorization"
    FORBIDDEN = "forbidden"
    """Not allowed at all: hh.ru closed this. A fresh token changes nothing."""
    BAD_ARGUMENT = "bad_argument"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    CONFLICT = "conflict"
    SERVER_ERROR = "server_error"
    REDIRECTED = "redirected"
    BAD_REQUEST = "bad_request"
    REFUSED = "refused"
    """Another error of hh.ru's, told in its usual shape."""
    UNREADABLE = "unreadable"
    """Not JSON, or JSON of another shape than asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is the matter with an answer.

    `retry_after` is in seconds, where the answer tells. `detail` is hh.ru's own code for it: letters and underscores,
    so that it may be logged, as may `request_id`, which hh.ru's support asks for.
    """

    kind: Kind
    retry_after: float | None = None
    detail: str | None = None
    request_id: str | None = None


_OUTCOMES = {
    Kind.CAPTCHA: Outcome.CAPTCHA,
    Kind.GEO_BLOCKED: Outcome.GEO_BLOCKED,
    Kind.EDGE_BLOCKED: Outcome.GEO_BLOCKED,
    Kind.BAD_USER_AGENT: Outcome.NOT_CONFIGURED,
    Kind.BAD_REDIRECT: Outcome.NOT_CONFIGURED,
    Kind.BAD_CLIENT: Outcome.NOT_APPROVED,
    Kind.ACCOUNT_BARRED: Outcome.NOT_APPROVED,
    Kind.UNSUPPORTED_GRANT: Outcome.NOT_APPROVED,
    Kind.ALREADY_REFRESHED: Outcome.NOT_APPROVED,
    Kind.NOT_EXPIRED: Outcome.NOT_APPROVED,
    Kind.TOKEN_DEAD: Outcome.NOT_APPROVED,
    Kind.CODE_USED: Outcome.NOT_APPROVED,
    Kind.CODE_DEAD: Outcome.NOT_APPROVED,
    Kind.APPLICATION_NOT_FOUND: Outcome.NOT_APPROVED,
    Kind.TOKEN_REVOKED: Outcome.NOT_APPROVED,
    Kind.BAD_AUTHORIZATION: Outcome.NOT_APPROVED,
    Kind.TOKEN_EXPIRED: Outcome.NOT_APPROVED,
    Kind.USER_AUTH_EXPECTED: Outcome.NOT_APPROVED,
    Kind.APPLICATION_AUTH_EXPECTED: Outcome.NOT_APPROVED,
    Kind.NO_SCOPE: Outcome.NOT_APPROVED,
    Kind.TOO_EARLY: Outcome.RATE_LIMITED,
    Kind.TOO_MANY: Outcome.RATE_LIMITED,
    Kind.FORBIDDEN: Outcome.CLOSED_BY_PROVIDER,
}
_GRAVITY = {kind: place for place, kind in enumerate(Kind)}
_OF_TYPE = {
    "captcha_required": Kind.CAPTCHA,
    "bad_user_agent": Kind.BAD_USER_AGENT,
    "bad_argument": Kind.BAD_ARGUMENT,
    "bad_request": Kind.BAD_REQUEST,
    "forbidden": Kind.FORBIDDEN,
    "not_found": Kind.NOT_FOUND,
    "method_not_allowed": Kind.METHOD_NOT_ALLOWED,
    "bad_gateway": Kind.SERVER_ERROR,
    "service_unavailable": Kind.SERVER_ERROR,
    "server_error": Kind.SERVER_ERROR,
    "internal_error": Kind.SERVER_ERROR,
}
_OF_OAUTH = {
    "bad_authorization": Kind.BAD_AUTHORIZATION,
    "token_expired": Kind.TOKEN_EXPIRED,
    "token_revoked": Kind.TOKEN_REVOKED,
    "application_not_found": Kind.APPLICATION_NOT_FOUND,
    "user_auth_expected": Kind.USER_AUTH_EXPECTED,
    "application_auth_expected": Kind.APPLICATION_AUTH_EXPECTED,
    "no_scope": Kind.NO_SCOPE,
}
_OAUTH = frozenset(_OF_OAUTH.values())
_OF_OAUTH_ERROR = {
    "token-revoked": Kind.TOKEN_REVOKED,
    "token-expired": Kind.TOKEN_EXPIRED,
    "bad-auth-type": Kind.BAD_AUTHORIZATION,
    "client-id-deleted": Kind.APPLICATION_NOT_FOUND,
}
_OF_VALUE = {"captcha_required": Kind.CAPTCHA, "limit_exceeded": Kind.TOO_MANY, "view_limit_exceeded": Kind.TOO_MANY}
_OF_STATUS = {
    400: Kind.BAD_REQUEST,
    401: Kind.BAD_AUTHORIZATION,
    404: Kind.NOT_FOUND,
    405: Kind.METHOD_NOT_ALLOWED,
    409: Kind.CONFLICT,
    429: Kind.TOO_MANY,
    451: Kind.GEO_BLOCKED,
}
# These are told by the status alone, whatever the body is.
_STATUS_ENOUGH = frozenset({429, 451})
_OF_GRANT = {
    "account not found": Kind.BAD_CLIENT,
    "client_id or client_secret not found": Kind.BAD_CLIENT,
    "account is locked": Kind.ACCOUNT_BARRED,
    "password invalidated": Kind.ACCOUNT_BARRED,
    "login not verified": Kind.ACCOUNT_BARRED,
    "bad redirect url": Kind.BAD_REDIRECT,
    "token is empty": Kind.TOKEN_DEAD,
    "token not found": Kind.TOKEN_DEAD,
    "token was revoked": Kind.TOKEN_DEAD,
    "bad token": Kind.TOKEN_DEAD,
    "token deactivated": Kind.TOKEN_DEAD,
    "token has already been refreshed": Kind.ALREADY_REFRESHED,
    "token not expired": Kind.NOT_EXPIRED,
    "code not found": Kind.CODE_DEAD,
    "code expired": Kind.CODE_DEAD,
    "code was revoke": Kind.CODE_DEAD,
    "code was revoked": Kind.CODE_DEAD,
    "code has already been used": Kind.CODE_USED,
    "unsupported grant_type": Kind.UNSUPPORTED_GRANT,
    "app token refresh too early": Kind.TOO_EARLY,
}
_OF_GRANT_ERROR = {
    "invalid_client": Kind.BAD_CLIENT,
    "invalid_grant": Kind.TOKEN_DEAD,
    "invalid_request": Kind.BAD_REQUEST,
    "unsupported_grant_type": Kind.UNSUPPORTED_GRANT,
    "forbidden": Kind.FORBIDDEN,
}
_NO_BODY = frozenset({204, 205, 304})
# No digits: what a person, a résumé or a token is known by has some.
_CODE = re.compile(r"[a-z_]{1,60}")
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


def outcome_of(trouble: Trouble) -> Outcome:
    """Return what a search that met this trouble reports."""
    return _OUTCOMES.get(trouble.kind, Outcome.ERROR)


def trouble_in(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    from_token_endpoint: bool = False,
    shape: type[dict[str, Any]] | type[list[Any]] | None = dict,
) -> Trouble | None:
    """Return what is the matter with an answer, or `None` where it is one to go by.

    A success must bring JSON of this `shape`; `None`: its body is not looked at. An answer without content (201 with
    an empty body, 204, 304) is one to go by.
    """
    told = json_of(body)
    request_id = _request_id(headers, told)
    if 200 <= status < 300 or status in _NO_BODY:
        if shape is None or status in _NO_BODY or (status == 201 and not body) or isinstance(told, shape):
            return None
        return Trouble(kind=Kind.UNREADABLE, request_id=request_id)
    kind, detail = min(
        _meanings(status, headers, body, told, from_token_endpoint=from_token_endpoint),
        key=lambda meaning: (_GRAVITY[meaning[0]], meaning[1] is None),
    )
    wait = retry_after(headers)
    if kind is Kind.TOO_EARLY:
        wait = max(wait or 0.0, TOO_EARLY_SECONDS)
    return Trouble(kind=kind, retry_after=wait, detail=detail, request_id=request_id)


def _meanings(
    status: int, headers: Mapping[str, str], body: bytes, told: Any, *, from_token_endpoint: bool
) -> Iterator[tuple[Kind, str | None]]:
    yield _of_status(status, headers, body, told), None
    if not isinstance(told, dict):
        return
    if from_token_endpoint and isinstance(told.get("error"), str):
        yield _of_grant(told["error"], told.get("error_description"))
    errors = told.get("errors")
    meanings = [_of_error(error) for error in (errors if isinstance(errors, list) else []) if isinstance(error, dict)]
    yield from meanings
    oauth = told.get("oauth_error")
    # It says less than the list of errors does.
    if isinstance(oauth, str) and oauth in _OF_OAUTH_ERROR and not {kind for kind, _ in meanings} & _OAUTH:
        yield _OF_OAUTH_ERROR[oauth], oauth.replace("-", "_")


def _of_status(status: int, headers: Mapping[str, str], body: bytes, told: Any) -> Kind:
    if status >= 500:
        return Kind.SERVER_ERROR
    if status < 400:
        return Kind.REDIRECTED
    if isinstance(told, dict) or status in _STATUS_ENOUGH:
        return _OF_STATUS.get(status, Kind.REFUSED)
    guarded = "ddos-guard" in (header(headers, "server") or "").lower()
    if status == 403 and (guarded or body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")):
        return Kind.EDGE_BLOCKED
    # A page that says 404 may be anybody's on the way: hh.ru itself says so in JSON.
    return Kind.UNREADABLE


def _of_error(error: Mapping[str, Any]) -> tuple[Kind, str | None]:
    type_, value = (each if isinstance(each, str) else "" for each in (error.get("type"), error.get("value")))
    detail = _code(value) or _code(type_)
    if value in _OF_VALUE:
        # Also where the type is left out.
        return _OF_VALUE[value], detail
    if type_ == "oauth":
        return _OF_OAUTH.get(value, Kind.BAD_AUTHORIZATION), detail
    return _OF_TYPE.get(type_, Kind.REFUSED), detail


def _of_grant(error: str, description: object) -> tuple[Kind, str | None]:
    words = " ".join(description.lower().split()) if isinstance(description, str) else ""
    detail = _code(words.replace(" ", "_")) or _code(error)
    return _OF_GRANT.get(words) or _OF_GRANT_ERROR.get(error, Kind.REFUSED), detail


def _code(text: str) -> str | None:
    return text if _CODE.fullmatch(text) else None


def _request_id(headers: Mapping[str, str], told: Any) -> str | None:
    given = header(headers, "x-request-id") or (told.get("request_id") if isinstance(told, dict) else None)
    return given if isinstance(given, str) and _REQUEST_ID.fullmatch(given) else None
