"""The loopback hh.ru lets people in and gives tokens as the real one is documented to."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from tests.boards.asking import Asker, without_id
from tests.boards.hh import Browser, HhRu, faults
from tests.boards.hh.examples import example
from tests.boards.hh.grants import challenge_of
from tests.boards.hh.people import Application

VERIFIER = "a-verifier-of-forty-three-characters-at-least-it-is"


def auth_url(hh: HhRu, **more: str) -> str:
    asked = {"response_type": "code", "client_id": hh.application.client_id, "state": "STATE & MORE", **more}
    return f"{hh.site_url}/oauth/authorize?{urlencode(asked)}"


def back(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"error", "error_description"}
    return answer.status_code, body["error"], body["error_description"]


def test_consent_sends_a_code_and_the_state_to_the_application(hh: HhRu) -> None:
    address = Browser().consents(auth_url(hh))

    assert address.startswith(f"{hh.application.redirect_uri}?")
    assert set(back(address)) == {"code", "state"}
    assert back(address)["state"] == "STATE & MORE"


def test_a_refusal_sends_the_error_and_the_state(hh: HhRu) -> None:
    address = Browser().refuses(auth_url(hh))

    assert back(address) == {"error": "access_denied", "state": "STATE & MORE"}


def test_who_has_let_the_application_in_is_asked_again_only_by_force(hh: HhRu, ask: Asker) -> None:
    browser = Browser()
    ask.exchange(back(browser.consents(auth_url(hh)))["code"])

    straight = browser.opens(auth_url(hh))

    assert straight is not None
    assert "code" in back(straight)
    assert browser.opens(auth_url(hh, force_login="true")) is None
    assert Browser().opens(auth_url(hh)) is None
    hh.grants.revoke(hh.ivan)
    assert browser.opens(auth_url(hh)) is None


@pytest.mark.parametrize(
    ("uri", "allowed"),
    [
        ("http://example.com/oauth", True),
        ("http://www.example.com/oauth/sub?x=1", True),
        ("https://example.com/oauth", False),
        ("http://example.org/oauth", False),
        ("http://notexample.com/oauth", False),
        ("http://example.com/oauths", False),
        ("http://example.com:8080/oauth", False),
    ],
)
def test_an_application_is_returned_to_where_it_is_registered_or_below(uri: str, allowed: bool) -> None:
    assert Application("ID", "SECRET", "http://example.com/oauth").may_redirect_to(uri) is allowed


def test_a_person_is_never_sent_to_an_address_that_is_not_allowed(hh: HhRu) -> None:
    for wrong in ({"redirect_uri": "https://evil.example.org/"}, {"client_id": "OTHER"}, {"response_type": "token"}):
        with pytest.raises(requests.HTTPError):
            Browser().consents(auth_url(hh, **wrong))


def test_a_code_becomes_a_pair_of_the_documented_shape(hh: HhRu, ask: Asker) -> None:
    given = ask.exchange(back(Browser().consents(auth_url(hh)))["code"])

    documented = example("token_user")
    assert given.status_code == 200
    assert given.json().keys() == documented.keys()
    assert given.json()["expires_in"] == documented["expires_in"]
    assert len(given.json()["access_token"]) == len(documented["access_token"])


def test_a_code_is_taken_once(hh: HhRu, ask: Asker) -> None:
    code = hh.code_for(hh.ivan)
    ask.exchange(code)

    assert ask.exchange(code).json() == example("error_token_code_used")


def test_a_code_is_refused_for_what_is_wrong_with_it(hh: HhRu, ask: Asker) -> None:
    code, locked, revoked = hh.code_for(hh.ivan), hh.code_for(hh.accounts["employer"]), hh.code_for(hh.ivan)

    assert refusal(ask.exchange("UNKNOWN")) == (400, "invalid_request", "code not found")
    assert refusal(ask.exchange(code, client_secret="WRONG")) == (
        *(400, "invalid_client"),
        "client_id or client_secret not found",
    )
    hh.accounts["employer"].trouble = "account is locked"
    assert refusal(ask.exchange(locked)) == (400, "invalid_request", "account is locked")
    hh.clock.forward(hours=1)
    assert refusal(ask.exchange(code)) == (400, "invalid_grant", "code expired")
    hh.grants.revoke(hh.ivan)
    assert refusal(ask.exchange(revoked)) == (400, "invalid_grant", "code was revoke")


def test_the_address_of_the_authorisation_must_come_again_with_the_code(hh: HhRu, ask: Asker) -> None:
    uri = f"{hh.application.redirect_uri}/deeper"
    code = back(Browser().consents(auth_url(hh, redirect_uri=uri)))["code"]

    assert refusal(ask.exchange(code)) == (400, "invalid_request", "bad redirect url")
    assert ask.exchange(code, redirect_uri=uri).status_code == 200


def test_a_challenge_wants_its_verifier(hh: HhRu, ask: Asker) -> None:
    challenged = {"code_challenge": challenge_of(VERIFIER), "code_challenge_method": "S256"}
    code = back(Browser().consents(auth_url(hh, **challenged)))["code"]

    assert refusal(ask.exchange(code))[:2] == (400, "invalid_grant")
    assert refusal(ask.exchange(code, code_verifier=VERIFIER[:-1]))[:2] == (400, "invalid_grant")
    assert ask.exchange(code, code_verifier=VERIFIER).status_code == 200


def test_a_pair_is_refreshed_once_and_only_after_it_has_expired(hh: HhRu, ask: Asker) -> None:
    access, token = hh.signed_in(hh.ivan)

    assert ask.refresh(token).json() == example("error_token_invalid_grant_not_expired")
    hh.clock.forward(days=14)
    expired = ask.get("/me", access)
    assert (expired.status_code, without_id(expired.json())) == (403, without_id(example("error_403_token_expired")))
    new = ask.refresh(token).json()
    assert new.keys() == example("token_user").keys()
    assert ask.refresh(token).json() == example("error_token_invalid_grant_refreshed")
    assert ask.get("/me", access).status_code == 403
    assert ask.get("/me", new["access_token"]).status_code == 200


def test_a_refresh_whose_answer_is_lost_has_happened(hh: HhRu, ask: Asker) -> None:
    _, token = hh.signed_in(hh.ivan)
    hh.clock.forward(days=14)
    hh.faults.add("/token", faults.lost())

    with pytest.raises(requests.ConnectionError):
        ask.refresh(token)

    assert refusal(ask.refresh(token)) == (400, "invalid_grant", "token has already been refreshed")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (lambda hh: hh.grants.revoke(hh.ivan), ("invalid_grant", "token was revoked")),
        (lambda hh: hh.grants.revoke(hh.ivan, password_changed=True), ("invalid_grant", "token deactivated")),
        (lambda hh: setattr(hh.ivan, "trouble", "login not verified"), ("invalid_request", "login not verified")),
        (
            lambda hh: setattr(hh.application, "deleted", True),
            ("invalid_client", "client_id or client_secret not found"),
        ),
    ],
)
def test_a_refresh_says_why_it_cannot_be(
    happens: Callable[[HhRu], None], said: tuple[str, str], hh: HhRu, ask: Asker
) -> None:
    _, token = hh.signed_in(hh.ivan)
    hh.clock.forward(days=14)

    happens(hh)

    assert refusal(ask.refresh(token)) == (400, *said)


def test_a_refresh_of_no_such_token_is_refused(ask: Asker) -> None:
    assert refusal(ask.refresh("")) == (400, "invalid_request", "token is empty")
    assert refusal(ask.refresh("nonsense")) == (400, "invalid_grant", "bad token")
    assert refusal(ask.refresh("USER" + "A" * 60)) == (400, "invalid_request", "token not found")
    assert refusal(ask.token(grant_type="password")) == (400, "unsupported_grant_type", "unsupported grant_type")


def test_an_application_gets_its_token_once_in_five_minutes_and_loses_the_former(hh: HhRu, ask: Asker) -> None:
    first = ask.app()
    assert first.json().keys() == example("token_app").keys()

    early = ask.app()
    assert (early.status_code, early.json()) == (403, example("error_token_app_too_early"))
    hh.clock.forward(minutes=5)
    second = ask.app()

    former = ask.get("/me", first.json()["access_token"])
    assert (former.status_code, without_id(former.json())) == (403, without_id(example("error_403_token_revoked")))
    assert ask.get("/me", second.json()["access_token"]).json() == example("me_application")


def test_a_wrong_pair_of_an_application_is_refused(ask: Asker) -> None:
    assert refusal(ask.app(client_id="OTHER"))[:2] == (400, "invalid_client")


def test_a_person_drops_both_their_tokens(hh: HhRu, ask: Asker) -> None:
    access, token = hh.signed_in(hh.ivan)
    url, headers = f"{hh.api_url}/token", {"Authorization": f"Bearer {access}"}

    dropped = ask.session.delete(url, headers=headers, timeout=5)

    assert (dropped.status_code, dropped.content) == (204, b"")
    assert ask.get("/me", access).json()["errors"][0]["value"] == "token_revoked"
    hh.clock.forward(days=14)
    assert refusal(ask.refresh(token)) == (400, "invalid_grant", "token was revoked")
    kept = ask.session.delete(url, headers={"Authorization": f"Bearer {hh.app_token()}"}, timeout=5)
    assert (kept.status_code, kept.json()["errors"][0]["value"]) == (403, "user_auth_expected")


def test_tokens_of_an_application_that_is_no_more_are_refused(hh: HhRu, ask: Asker) -> None:
    tokens = (hh.app_token(), hh.signed_in(hh.ivan)[0])

    hh.application.deleted = True

    for token in tokens:
        answer = ask.get("/me", token)
        assert (answer.status_code, answer.json()["oauth_error"]) == (403, "client-id-deleted")
        assert answer.json()["errors"] == [{"type": "oauth", "value": "application_not_found"}]
    assert refusal(ask.app())[1] == "invalid_client"


def test_hh_ru_may_revoke_the_token_of_an_application(hh: HhRu, ask: Asker) -> None:
    token = hh.app_token()

    hh.grants.revoke_app_tokens()

    assert ask.get("/vacancies", token).json()["errors"][0]["value"] == "token_revoked"


def test_the_old_address_of_tokens_still_answers(hh: HhRu, ask: Asker) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "nonsense"}

    answer = ask.session.post(f"{hh.site_url}/oauth/token", data=form, timeout=5)

    assert refusal(answer) == (400, "invalid_grant", "bad token")


@pytest.mark.parametrize(
    ("name", "value"), [("", "unset"), ("python-requests/2.32", "blacklisted"), ("curl/8.5", "blacklisted")]
)
def test_a_caller_must_say_who_it_is_even_for_a_token(name: str, value: str, ask: Asker) -> None:
    ask.session.headers.clear()
    ask.session.headers["User-Agent"] = name

    for answer in (ask.app(), ask.get("/areas")):
        body = answer.json()
        assert answer.status_code == 400
        assert body.keys() == example("error_400_bad_user_agent").keys()
        assert body["errors"] == [{"type": "bad_user_agent", "value": value}]
        assert body["request_id"] == answer.headers["X-Request-ID"]
