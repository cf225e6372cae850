"""Every error that hh.ru is known to answer with, and the outcome of a search that meets it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hh.answers import Kind, Trouble, outcome_of, trouble_in
from domain.search.run import Outcome
from tests.adapters.hh.examples import DATA, body, example, mutilated

JSON = {"Content-Type": "application/json"}
GUARD = {"Server": "ddos-guard", "Content-Type": "text/html"}
PAGE = b"<!DOCTYPE html><html><title>DDoS-Guard</title></html>"


def of(*errors: dict[str, Any], **others: Any) -> bytes:
    return json.dumps({"errors": errors, **others}).encode()


def oauth(value: str) -> bytes:
    return of({"type": "oauth", "value": value})


def grant(error: str, description: str | None = None) -> bytes:
    return json.dumps({"error": error, "error_description": description}).encode()


EXAMPLES = [
    ("error_400_bad_argument_depth", 400, Kind.BAD_ARGUMENT, Outcome.ERROR),
    ("error_400_bad_user_agent", 400, Kind.BAD_USER_AGENT, Outcome.NOT_CONFIGURED),
    ("error_403_bad_authorization", 403, Kind.BAD_AUTHORIZATION, Outcome.NOT_APPROVED),
    ("error_403_captcha_required", 403, Kind.CAPTCHA, Outcome.CAPTCHA),
    ("error_403_forbidden_bare", 403, Kind.FORBIDDEN, Outcome.CLOSED_BY_PROVIDER),
    ("error_403_token_expired", 403, Kind.TOKEN_EXPIRED, Outcome.NOT_APPROVED),
    ("error_403_token_revoked", 403, Kind.TOKEN_REVOKED, Outcome.NOT_APPROVED),
    ("error_403_user_auth_expected", 403, Kind.USER_AUTH_EXPECTED, Outcome.NOT_APPROVED),
    ("error_404_not_found", 404, Kind.NOT_FOUND, Outcome.ERROR),
    ("error_405", 405, Kind.METHOD_NOT_ALLOWED, Outcome.ERROR),
    ("error_502_bad_gateway", 502, Kind.SERVER_ERROR, Outcome.ERROR),
    ("error_negotiations_limit_exceeded", 400, Kind.TOO_MANY, Outcome.RATE_LIMITED),
    ("error_negotiations_limit_exceeded", 403, Kind.TOO_MANY, Outcome.RATE_LIMITED),
    ("error_token_account_not_found", 400, Kind.BAD_CLIENT, Outcome.NOT_APPROVED),
    ("error_token_app_too_early", 403, Kind.TOO_EARLY, Outcome.RATE_LIMITED),
    ("error_token_code_used", 400, Kind.CODE_USED, Outcome.NOT_APPROVED),
    ("error_token_invalid_grant_not_expired", 400, Kind.NOT_EXPIRED, Outcome.NOT_APPROVED),
    ("error_token_invalid_grant_refreshed", 400, Kind.ALREADY_REFRESHED, Outcome.NOT_APPROVED),
]


@pytest.mark.parametrize(("name", "status", "kind", "outcome"), EXAMPLES)
def test_a_known_error_has_its_meaning(name: str, status: int, kind: Kind, outcome: Outcome) -> None:
    trouble = trouble_in(status, JSON, body(name), from_token_endpoint=name.startswith("error_token"))

    assert trouble is not None
    assert (trouble.kind, outcome_of(trouble)) == (kind, outcome)
    assert trouble.request_id == example(name).get("request_id")


def test_no_example_of_an_error_is_forgotten() -> None:
    assert {name for name, *_ in EXAMPLES} == {path.stem for path in DATA.glob("error_*.json")}


@pytest.mark.parametrize(
    ("error", "description", "kind", "outcome"),
    [
        ("invalid_request", "account not found", Kind.BAD_CLIENT, Outcome.NOT_APPROVED),
        ("invalid_request", "account is locked", Kind.ACCOUNT_BARRED, Outcome.NOT_APPROVED),
        ("invalid_request", "password invalidated", Kind.ACCOUNT_BARRED, Outcome.NOT_APPROVED),
        ("invalid_request", "login not verified", Kind.ACCOUNT_BARRED, Outcome.NOT_APPROVED),
        ("invalid_request", "bad redirect url", Kind.BAD_REDIRECT, Outcome.NOT_CONFIGURED),
        ("invalid_request", "token is empty", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_request", "token not found", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_request", "code not found", Kind.CODE_DEAD, Outcome.NOT_APPROVED),
        ("invalid_client", "client_id or client_secret not found", Kind.BAD_CLIENT, Outcome.NOT_APPROVED),
        ("invalid_grant", "token has already been refreshed", Kind.ALREADY_REFRESHED, Outcome.NOT_APPROVED),
        ("invalid_grant", "token not expired", Kind.NOT_EXPIRED, Outcome.NOT_APPROVED),
        ("invalid_grant", "token was revoked", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_grant", "bad token", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_grant", "token deactivated", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_grant", "code has already been used", Kind.CODE_USED, Outcome.NOT_APPROVED),
        ("invalid_grant", "code expired", Kind.CODE_DEAD, Outcome.NOT_APPROVED),
        ("invalid_grant", "code was revoke", Kind.CODE_DEAD, Outcome.NOT_APPROVED),
        ("unsupported_grant_type", "unsupported grant_type", Kind.UNSUPPORTED_GRANT, Outcome.NOT_APPROVED),
        ("forbidden", "app token refresh too early", Kind.TOO_EARLY, Outcome.RATE_LIMITED),
        # Not documented: the first word alone tells.
        ("invalid_client", None, Kind.BAD_CLIENT, Outcome.NOT_APPROVED),
        ("invalid_grant", "Something  new", Kind.TOKEN_DEAD, Outcome.NOT_APPROVED),
        ("invalid_request", "something new", Kind.BAD_REQUEST, Outcome.ERROR),
        ("forbidden", "something new", Kind.FORBIDDEN, Outcome.CLOSED_BY_PROVIDER),
        ("teapot", None, Kind.BAD_REQUEST, Outcome.ERROR),
    ],
)
def test_an_error_of_the_token_endpoint_has_its_meaning(
    error: str, description: str | None, kind: Kind, outcome: Outcome
) -> None:
    trouble = trouble_in(400, JSON, grant(error, description), from_token_endpoint=True)

    assert trouble is not None
    assert (trouble.kind, outcome_of(trouble)) == (kind, outcome)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("bad_authorization", Kind.BAD_AUTHORIZATION),
        ("token_expired", Kind.TOKEN_EXPIRED),
        ("token_revoked", Kind.TOKEN_REVOKED),
        ("application_not_found", Kind.APPLICATION_NOT_FOUND),
        ("user_auth_expected", Kind.USER_AUTH_EXPECTED),
        ("application_auth_expected", Kind.APPLICATION_AUTH_EXPECTED),
        ("no_scope", Kind.NO_SCOPE),
        ("something_new", Kind.BAD_AUTHORIZATION),
    ],
)
@pytest.mark.parametrize("status", [401, 403])
def test_an_error_of_using_a_token_has_its_meaning(value: str, kind: Kind, status: int) -> None:
    trouble = trouble_in(status, JSON, oauth(value))

    assert trouble is not None
    assert (trouble.kind, trouble.detail, outcome_of(trouble)) == (kind, value, Outcome.NOT_APPROVED)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("token-revoked", Kind.TOKEN_REVOKED),
        ("token-expired", Kind.TOKEN_EXPIRED),
        ("bad-auth-type", Kind.BAD_AUTHORIZATION),
        ("client-id-deleted", Kind.APPLICATION_NOT_FOUND),
        ("something-new", Kind.REFUSED),
        (["token-revoked"], Kind.REFUSED),
    ],
)
def test_the_older_word_for_it_counts_where_no_error_is_listed(told: object, kind: Kind) -> None:
    trouble = trouble_in(403, JSON, json.dumps({"oauth_error": told}).encode())

    assert trouble is not None
    assert trouble.kind is kind


def test_the_older_word_gives_way_to_the_errors_listed() -> None:
    told = of({"type": "oauth", "value": "user_auth_expected"}, oauth_error="bad-auth-type")

    assert trouble_in(403, JSON, told) == Trouble(kind=Kind.USER_AUTH_EXPECTED, detail="user_auth_expected")


@pytest.mark.parametrize(
    ("status", "content", "kind", "outcome"),
    [
        (400, of({"type": "bad_user_agent", "value": "blacklisted"}), Kind.BAD_USER_AGENT, Outcome.NOT_CONFIGURED),
        (400, of({"type": "bad_request"}), Kind.BAD_REQUEST, Outcome.ERROR),
        (400, b"{}", Kind.BAD_REQUEST, Outcome.ERROR),
        (401, b"{}", Kind.BAD_AUTHORIZATION, Outcome.NOT_APPROVED),
        (403, of({"value": "captcha_required", "captcha_url": "https://hh.ru/"}), Kind.CAPTCHA, Outcome.CAPTCHA),
        (403, of({"type": "captcha_required"}), Kind.CAPTCHA, Outcome.CAPTCHA),
        (403, of({"type": "something_new"}), Kind.REFUSED, Outcome.ERROR),
        (403, of(), Kind.REFUSED, Outcome.ERROR),
        (403, b'{"errors": "forbidden"}', Kind.REFUSED, Outcome.ERROR),
        (403, b'{"description": "Forbidden", "bad_argument": "captcha_required"}', Kind.REFUSED, Outcome.ERROR),
        (403, grant("invalid_client"), Kind.REFUSED, Outcome.ERROR),
        (409, of(), Kind.CONFLICT, Outcome.ERROR),
        (429, of(), Kind.TOO_MANY, Outcome.RATE_LIMITED),
        (429, b"slow down", Kind.TOO_MANY, Outcome.RATE_LIMITED),
        (429, of({"type": "resumes", "value": "view_limit_exceeded"}), Kind.TOO_MANY, Outcome.RATE_LIMITED),
        (429, of({"type": "forbidden"}), Kind.TOO_MANY, Outcome.RATE_LIMITED),
        (451, b"", Kind.GEO_BLOCKED, Outcome.GEO_BLOCKED),
        (451, PAGE, Kind.GEO_BLOCKED, Outcome.GEO_BLOCKED),
        (500, of({"type": "internal_error"}), Kind.SERVER_ERROR, Outcome.ERROR),
        (502, PAGE, Kind.SERVER_ERROR, Outcome.ERROR),
        (503, of({"type": "service_unavailable"}), Kind.SERVER_ERROR, Outcome.ERROR),
        (504, b"", Kind.SERVER_ERROR, Outcome.ERROR),
        (303, b"", Kind.REDIRECTED, Outcome.ERROR),
        (302, PAGE, Kind.REDIRECTED, Outcome.ERROR),
        (404, PAGE, Kind.UNREADABLE, Outcome.ERROR),
        (403, b"", Kind.UNREADABLE, Outcome.ERROR),
        (403, b'["forbidden"]', Kind.UNREADABLE, Outcome.ERROR),
        (200, PAGE, Kind.UNREADABLE, Outcome.ERROR),
        (200, b"", Kind.UNREADABLE, Outcome.ERROR),
        (200, b"[]", Kind.UNREADABLE, Outcome.ERROR),
        (200, b"null", Kind.UNREADABLE, Outcome.ERROR),
        (200, b"\xff\xfe\x00", Kind.UNREADABLE, Outcome.ERROR),
        (200, b"[" * 100_000, Kind.UNREADABLE, Outcome.ERROR),
    ],
)
def test_what_else_may_come_has_its_meaning(status: int, content: bytes, kind: Kind, outcome: Outcome) -> None:
    trouble = trouble_in(status, JSON, content)

    assert trouble is not None
    assert (trouble.kind, outcome_of(trouble)) == (kind, outcome)


@pytest.mark.parametrize("from_token_endpoint", [False, True])
@pytest.mark.parametrize(("headers", "content"), [(GUARD, PAGE), (GUARD, b""), ({}, b"\xef\xbb\xbf\n<html>")])
def test_the_guard_before_hh_is_an_edge_block(
    headers: dict[str, str], content: bytes, from_token_endpoint: bool
) -> None:
    trouble = trouble_in(403, headers, content, from_token_endpoint=from_token_endpoint)

    assert trouble is not None
    assert (trouble.kind, outcome_of(trouble)) == (Kind.EDGE_BLOCKED, Outcome.GEO_BLOCKED)


def test_the_guard_lets_errors_of_hh_itself_through() -> None:
    trouble = trouble_in(403, GUARD, body("error_403_forbidden_bare"), from_token_endpoint=True)

    assert trouble is not None
    assert trouble.kind is Kind.FORBIDDEN


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        (["bad_argument", "captcha_required", "forbidden"], Kind.CAPTCHA),
        (["forbidden", "bad_user_agent"], Kind.BAD_USER_AGENT),
        (["not_found", "bad_argument", "forbidden"], Kind.FORBIDDEN),
        (["something_new", "not_found"], Kind.NOT_FOUND),
    ],
)
def test_of_several_errors_the_gravest_is_told(errors: list[str], kind: Kind) -> None:
    told = [{"type": each} for each in errors]

    assert {trouble.kind for each in (told, told[::-1]) if (trouble := trouble_in(403, JSON, of(*each)))} == {kind}


def test_of_several_errors_of_the_token_the_gravest_is_told() -> None:
    told = [{"type": "oauth", "value": each} for each in ("token_expired", "token_revoked")]

    assert trouble_in(403, JSON, of(*told)) == Trouble(kind=Kind.TOKEN_REVOKED, detail="token_revoked")


@pytest.mark.parametrize(
    ("status", "content", "shape"),
    [
        (200, b"{}", dict),
        (200, b"[]", list),
        (200, b"%PDF", None),
        (201, b"", dict),
        (204, b"", dict),
        (304, b"", dict),
    ],
)
def test_what_is_asked_for_is_no_trouble(status: int, content: bytes, shape: Any) -> None:
    assert trouble_in(status, JSON, content, shape=shape) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
    ],
)
def test_the_time_to_wait_is_told(headers: dict[str, str], seconds: float | None) -> None:
    trouble = trouble_in(429, headers, b"")

    assert trouble is not None
    assert trouble.retry_after == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"), [({}, 300.0), ({"Retry-After": "10"}, 300.0), ({"Retry-After": "900"}, 900.0)]
)
def test_a_token_is_not_asked_for_again_within_five_minutes(headers: dict[str, str], seconds: float) -> None:
    trouble = trouble_in(403, headers, body("error_token_app_too_early"), from_token_endpoint=True)

    assert trouble is not None
    assert trouble.retry_after == seconds


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        ({"type": "bad_argument", "value": "per_page"}, "per_page"),
        ({"type": "bad_argument", "value": "anna@example.ru"}, "bad_argument"),
        ({"type": "bad_argument", "value": "79000000001"}, "bad_argument"),
        ({"type": "Анна"}, None),
        ({"type": {}, "value": []}, None),
    ],
)
def test_only_codes_are_told_in_detail(error: dict[str, Any], detail: str | None) -> None:
    trouble = trouble_in(400, JSON, of(error))

    assert trouble is not None
    assert trouble.detail == detail


@pytest.mark.parametrize(
    ("headers", "content", "told"),
    [
        ({"X-Request-ID": "abc-123"}, b'{"request_id": "def"}', "abc-123"),
        ({}, b'{"request_id": "def"}', "def"),
        ({}, b'{"request_id": 5}', None),
        ({"X-Request-ID": "two words"}, b"", None),
    ],
)
def test_the_number_that_support_asks_for_is_told(headers: dict[str, str], content: bytes, told: str | None) -> None:
    trouble = trouble_in(500, headers, content)

    assert trouble is not None
    assert trouble.request_id == told


def test_every_kind_has_an_outcome() -> None:
    assert {outcome_of(Trouble(kind=kind)) for kind in Kind} == {
        *(Outcome.NOT_CONFIGURED, Outcome.NOT_APPROVED, Outcome.CLOSED_BY_PROVIDER, Outcome.CAPTCHA),
        *(Outcome.RATE_LIMITED, Outcome.GEO_BLOCKED, Outcome.ERROR),
    }


@given(
    told=st.sampled_from([path.stem for path in DATA.glob("error_*.json")]).flatmap(
        lambda name: mutilated(example(name))
    ),
    status=st.sampled_from([200, 400, 403, 429, 500]),
    from_token_endpoint=st.booleans(),
)
def test_a_mutilated_error_is_some_trouble(told: Any, status: int, from_token_endpoint: bool) -> None:
    content = json.dumps(told).encode()

    trouble = trouble_in(status, JSON, content, from_token_endpoint=from_token_endpoint)

    assert trouble is not None or (status == 200 and isinstance(told, dict))
