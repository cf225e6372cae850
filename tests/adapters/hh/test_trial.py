"""Whether hh.ru knows the application, tried without spending anything."""

from __future__ import annotations

import pytest

from adapters.boards.http import Client
from adapters.hh.trial import SILENT, hh_refusal
from tests.boards.hh import HhRu, errors
from tests.boards.hh.faults import (
    Fault,
    bad_gateway,
    captcha,
    ddos_guard,
    forbidden,
    geo_blocked,
    lost,
    refused,
    token_error,
    too_many,
)


def tried(hh: HhRu, *, client_secret: str | None = None, api_url: str | None = None) -> str | None:
    return hh_refusal(
        Client(api_url or hh.api_url, headers={"User-Agent": "MyJobs/1.0 (me@example.org)"}),
        client_id=hh.application.client_id,
        client_secret=client_secret or hh.application.client_secret,
        redirect_url=hh.application.redirect_uri,
    )


def test_an_application_that_is_known_keeps_the_token_it_has(hh: HhRu) -> None:
    token = hh.grants.new_app_token(hh.application)

    assert tried(hh) is None

    assert not token.revoked
    (asked,) = hh.requests
    assert asked.form["grant_type"] == "authorization_code"


def test_an_application_that_is_not_known_is_told(hh: HhRu) -> None:
    assert tried(hh, client_secret="another") == "bad_client"
    assert tried(hh, api_url="http://127.0.0.1:1") == SILENT


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (token_error("invalid_request", "code not found"), None),
        (token_error("invalid_grant", "something new about the code"), None),
        (token_error("invalid_request", "account not found"), "bad_client"),
        (token_error("invalid_request", "account is locked"), "account_barred"),
        (token_error("invalid_request", "bad redirect url"), "bad_redirect"),
        (refused(errors.bad_user_agent("blacklisted")), "bad_user_agent"),
        (forbidden(), "forbidden"),
        (captcha(), "captcha"),
        (too_many(), "too_many"),
        (geo_blocked(), "geo_blocked"),
        (ddos_guard(), "edge_blocked"),
        (bad_gateway(), "server_error"),
        (lost(), SILENT),
    ],
)
def test_what_hh_has_against_us_has_a_name(hh: HhRu, fault: Fault, told: str | None) -> None:
    hh.faults.add("/token", fault)

    assert tried(hh) == told
