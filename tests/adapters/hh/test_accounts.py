"""hh.ru asked on behalf of people: what its answers become, and who is told which secret."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.boards.http import Client
from adapters.hh.accounts import HhApplicants
from adapters.hh.answers import Kind, Trouble
from adapters.hh.no_accounts import NoHhAccounts
from adapters.job_boards import JobBoards
from adapters.memory.store import MemoryStore
from adapters.settings import Settings, read_settings
from adapters.system import SystemClock
from adapters.vault import Vault
from domain.errors import Conflict, Unavailable
from domain.hh.connection import SealedTokens
from domain.hh.ports import HhAccounts
from domain.hh.troubles import AccessExpired, AnswerLost, Blocked, ClosedByProvider, NotExpired, NotReached, TokensDead
from tests.boards.hh import HhRu, a_negotiation, a_resume, errors, hh_ru
from tests.boards.hh.exchange import as_json
from tests.boards.hh.faults import (
    Fault,
    answered,
    bad_gateway,
    captcha,
    cut,
    ddos_guard,
    forbidden,
    geo_blocked,
    lost,
    not_json,
    redirected,
    refused,
    token_error,
    too_many,
    unavailable,
)
from tests.log_lines import logged

VAULT = Vault(["a key of the operator's"])


def accounts_by(settings: Settings, vault: Vault | None) -> HhAccounts:
    return JobBoards(settings, MemoryStore(), SystemClock(), vault).accounts()


NOW = datetime.now(timezone.utc)


def settings_of(hh: HhRu) -> Settings:
    """Return the settings of an installation that this hh.ru knows."""
    return read_settings(
        {
            "HH_CLIENT_ID": hh.application.client_id,
            "HH_CLIENT_SECRET": hh.application.client_secret,
            "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)",
            "HH_API_URL": hh.api_url,
            "PUBLIC_URL": "https://jobs.example.org",
        }
    )


@pytest.fixture
def hh() -> Iterator[HhRu]:
    with hh_ru() as running:
        yield running


@pytest.fixture
def paused() -> list[None]:
    """Return what the accounts note each of their pauses in."""
    return []


@pytest.fixture
def accounts(hh: HhRu, paused: list[None]) -> HhApplicants:
    return applicants(hh, hh.api_url, lambda: paused.append(None))


def nothing(_: object) -> None:
    """Do nothing about what hh.ru refuses."""


def applicants(
    hh: HhRu,
    api_url: str,
    pause: Callable[[], None] = lambda: None,
    rest: Callable[[Trouble], None] = nothing,
) -> HhApplicants:
    return HhApplicants(
        api=Client(api_url, headers={"User-Agent": "JobAssistant/1.0 (ops@example.com)"}, call_seconds=5.0),
        site_url=hh.site_url,
        client_id=hh.application.client_id,
        client_secret=hh.application.client_secret,
        redirect_url=hh.application.redirect_uri,
        vault=VAULT,
        pkce=False,
        pause=pause,
        rest=rest,
    )


def tokens_of(hh: HhRu) -> SealedTokens:
    access, refresh = hh.signed_in(hh.ivan)
    pair = json.dumps({"access_token": access, "refresh_token": refresh})
    return SealedTokens(sealed=VAULT.seal(pair), expires_at=NOW)


def test_a_sign_in_begins_with_a_state_that_nobody_else_can_make(accounts: HhApplicants) -> None:
    first, second = accounts.begin(asks_who=False), accounts.begin(asks_who=False)

    state = parse_qs(urlsplit(first.url).query)["state"][0]
    assert accounts.digest(state) == first.state != second.state
    assert state not in first.state
    for forged in ("", ".", state[:-1], state.partition(".")[0], "я" + state, state + "я"):
        assert accounts.digest(forged) is None


def test_the_key_that_signs_may_change_while_somebody_is_at_hh(accounts: HhApplicants, hh: HhRu) -> None:
    state = parse_qs(urlsplit(accounts.begin(asks_who=False).url).query)["state"][0]
    settings = read_settings(
        {
            "HH_CLIENT_ID": "CLIENT-ID",
            "HH_CLIENT_SECRET": "CLIENT-SECRET",
            "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)",
            "HH_API_URL": hh.api_url,
            "PUBLIC_URL": "https://jobs.example.org",
        }
    )

    later = accounts_by(settings, Vault(["a new key", "a key of the operator's"]))

    assert later.configured
    assert later.digest(state) == accounts.digest(state)
    assert accounts_by(settings, Vault(["a new key"])).digest(state) is None
    assert not accounts_by(replace(settings, public_url=None), VAULT).configured
    assert not accounts_by(replace(settings, hh_client_id=None), VAULT).configured
    assert not accounts_by(settings, None).configured


def test_everything_of_the_person_is_read_page_by_page_and_at_the_pace_of_all(
    accounts: HhApplicants, hh: HhRu, paused: list[None]
) -> None:
    hh.ivan.resumes[:] = [a_resume(id=f"{number:038x}") for number in range(3)]
    hh.ivan.negotiations[:] = [a_negotiation(vacancy) for vacancy in hh.vacancies] * 60
    tokens = tokens_of(hh)

    resumes, applied = accounts.resumes(tokens), accounts.applications(tokens)

    assert [each.id for each in resumes] == [f"{number:038x}" for number in range(3)]
    assert {each.vacancy_id for each in applied} == {f"hh-{vacancy.id}" for vacancy in hh.vacancies}
    assert len(hh.asked("/negotiations")) == 2
    assert len(paused) == len(hh.requests)
    assert {request.headers["authorization"] for request in hh.requests} == {f"Bearer {hh.grants.pairs[0].access}"}


def test_an_application_whose_vacancy_is_gone_is_left_out(accounts: HhApplicants, hh: HhRu) -> None:
    hh.ivan.negotiations[:] = [a_negotiation(None), a_negotiation(next(iter(hh.vacancies)))]

    assert len(accounts.applications(tokens_of(hh))) == 1


def test_a_resume_that_is_gone_or_cannot_be_read_leaves_the_others(accounts: HhApplicants, hh: HhRu) -> None:
    gone, odd = (resume["id"] for resume in hh.ivan.resumes)
    hh.ivan.resumes.append(a_resume(id="f" * 38))
    hh.faults.add(f"/resumes/{gone}", refused(errors.not_found()))
    hh.faults.add(f"/resumes/{odd}", answered(as_json({"id": odd})))

    assert "f" * 38 in [each.id for each in accounts.resumes(tokens_of(hh))]


def test_a_list_that_never_ends_is_not_read_for_ever(accounts: HhApplicants, hh: HhRu) -> None:
    endless = as_json({"items": [], "found": 10**6, "pages": 10**5, "page": 0, "per_page": 100})
    hh.faults.add("/negotiations", answered(endless), times=None)

    assert accounts.applications(tokens_of(hh)) == []
    assert len(hh.asked("/negotiations")) == 50


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (refused(errors.token_expired()), AccessExpired),
        (refused(errors.token_revoked()), TokensDead),
        (refused(errors.bad_authorization()), TokensDead),
        (refused(errors.application_not_found()), TokensDead),
        (forbidden(), ClosedByProvider),
        (refused(errors.not_found()), ClosedByProvider),
        (refused(errors.oauth("no_scope")), ClosedByProvider),
        (refused(errors.user_auth_expected()), ClosedByProvider),
        (refused(errors.oauth("application_auth_expected")), ClosedByProvider),
        (captcha(), Unavailable),
        (captcha(typed=False), Unavailable),
        (too_many(), Unavailable),
        (geo_blocked(), Blocked),
        (ddos_guard(), Blocked),
        (bad_gateway(), Unavailable),
        (unavailable(), Unavailable),
        (not_json(), Unavailable),
        (redirected("https://example.com/"), Unavailable),
        (lost(), Unavailable),
        (cut(), Unavailable),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else "",
)
@pytest.mark.parametrize("method", ["resumes", "applications"])
def test_what_hh_refuses_to_a_person_has_a_name(hh: HhRu, method: str, fault: Fault, trouble: type[Exception]) -> None:
    told: list[Trouble] = []
    accounts = applicants(hh, hh.api_url, rest=told.append)
    hh.faults.add("/me" if method == "resumes" else "/negotiations", fault)

    with pytest.raises(trouble) as caught:
        getattr(accounts, method)(tokens_of(hh))

    assert type(caught.value) is trouble
    if isinstance(caught.value, Unavailable):
        codes = {Kind.CAPTCHA: "hh_captcha", Kind.TOO_MANY: "hh_rate_limited"}
        code = codes[told[-1].kind] if told and told[-1].kind in codes else "hh_unavailable"
        assert (caught.value.code, caught.value.retry_after) == (code, 30.0)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (token_error("invalid_grant", "token has already been refreshed"), TokensDead),
        (token_error("invalid_grant", "bad token"), TokensDead),
        (token_error("invalid_grant", "token was revoked"), TokensDead),
        (token_error("invalid_grant", "token deactivated"), TokensDead),
        (token_error("invalid_request", "token not found"), TokensDead),
        (token_error("invalid_request", "password invalidated"), TokensDead),
        (token_error("invalid_request", "login not verified"), TokensDead),
        (token_error("invalid_grant", "token not expired"), NotExpired),
        (forbidden(), ClosedByProvider),
        (refused(errors.bad_user_agent("blacklisted")), NotReached),
        (refused(errors.not_found()), NotReached),
        (refused(errors.method_not_allowed()), NotReached),
        (refused(errors.other(418, "teapot", "I'm a teapot")), NotReached),
        (redirected("https://example.com/"), NotReached),
        (token_error("invalid_client", "client_id or client_secret not found"), NotReached),
        (token_error("invalid_request", "something new"), NotReached),
        (too_many(), NotReached),
        (captcha(), NotReached),
        (geo_blocked(), Blocked),
        (ddos_guard(), Blocked),
        (bad_gateway(), AnswerLost),
        (unavailable(), AnswerLost),
        (not_json(), AnswerLost),
        (answered(as_json({"access_token": "USER"})), AnswerLost),
        (lost(), AnswerLost),
        (cut(), AnswerLost),
    ],
    ids=lambda each: each.__name__ if isinstance(each, type) else "",
)
def test_why_a_refresh_brings_nothing_has_a_name(
    accounts: HhApplicants, hh: HhRu, fault: Fault, trouble: type[Exception]
) -> None:
    tokens = tokens_of(hh)
    hh.clock.forward(days=15)
    hh.faults.add("/token", fault)

    with pytest.raises(trouble) as caught:
        accounts.refresh(tokens, at=NOW)

    assert type(caught.value) is trouble


def test_a_refresh_brings_a_pair_that_nobody_reads(accounts: HhApplicants, hh: HhRu) -> None:
    tokens = tokens_of(hh)
    hh.clock.forward(days=15)

    fresh = accounts.refresh(tokens, at=NOW)

    pair = hh.grants.pairs[-1]
    assert pair.access not in repr(fresh)
    assert json.loads(VAULT.open(fresh.sealed)) == {"access_token": pair.access, "refresh_token": pair.refresh}
    assert fresh.expires_at - NOW == hh.grants.token_lifetime


def test_where_hh_is_not_reached_nothing_was_sent(hh: HhRu) -> None:
    away = applicants(hh, "http://127.0.0.1:1")
    tokens = tokens_of(hh)

    for call in (
        lambda: away.refresh(tokens, at=NOW),
        lambda: away.resumes(tokens),
        lambda: away.exchange(code="c", verifier=None, at=NOW),
    ):
        with pytest.raises(NotReached):
            call()
    away.revoke(tokens)


def test_tokens_whose_key_is_gone_are_not_dead_but_nothing_can_be_asked(accounts: HhApplicants, hh: HhRu) -> None:
    foreign = Vault(["a key that was taken away"]).seal("{}")
    tokens = SealedTokens(sealed=foreign, expires_at=NOW)
    calls: list[Callable[[], object]] = [
        lambda: accounts.resumes(tokens),
        lambda: accounts.applications(tokens),
        lambda: accounts.refresh(tokens, at=NOW),
    ]

    with logged("text") as log:
        for call in calls:
            with pytest.raises(Unavailable, match="hh_tokens_sealed"):
                call()
    assert "TOKEN_ENCRYPTION_KEYS" in log.getvalue()
    with pytest.raises(Conflict, match="hh_code_expired"):
        accounts.exchange(code="c", verifier=foreign, at=NOW)
    accounts.revoke(tokens)
    assert hh.requests == []


def test_hh_takes_back_tokens_that_hold_and_what_it_refuses_is_logged(accounts: HhApplicants, hh: HhRu) -> None:
    tokens = tokens_of(hh)

    with logged("text") as log:
        accounts.revoke(tokens)
        assert log.getvalue() == ""
        accounts.revoke(tokens)

    assert [pair.dead for pair in hh.grants.pairs] == ["token was revoked"]
    assert "hh.ru refuses: token_revoked" in log.getvalue()


@pytest.mark.parametrize(("fault", "kind"), [(too_many(retry_after=7), Kind.TOO_MANY), (captcha(), Kind.CAPTCHA)])
def test_what_hh_refuses_to_one_person_is_told_for_the_sake_of_all(hh: HhRu, fault: Fault, kind: Kind) -> None:
    met: list[Trouble] = []
    tokens = tokens_of(hh)
    hh.faults.add("/me", fault)

    with pytest.raises(Unavailable):
        applicants(hh, hh.api_url, rest=met.append).resumes(tokens)

    assert [trouble.kind for trouble in met] == [kind]


STOPS = pytest.mark.parametrize(
    ("fault", "code", "seconds"),
    [
        (too_many(), "hh_rate_limited", 60),
        (too_many(retry_after=40), "hh_rate_limited", 40),
        (captcha(), "hh_captcha", 600),
    ],
)


@STOPS
def test_hh_is_left_alone_after_it_stopped_one_person_and_why_and_how_long_is_told(
    hh: HhRu, fault: Fault, code: str, seconds: float
) -> None:
    accounts, tokens = accounts_by(settings_of(hh), VAULT), tokens_of(hh)
    hh.faults.add("/me", fault)

    with pytest.raises(Unavailable, match=code) as first:
        accounts.resumes(tokens)
    with pytest.raises(NotReached, match=code) as second:
        accounts.resumes(tokens)

    assert len(hh.requests) == 1
    for caught in (first, second):
        assert caught.value.retry_after == pytest.approx(seconds, abs=5)


@STOPS
def test_no_code_is_spent_while_hh_is_left_alone(hh: HhRu, fault: Fault, code: str, seconds: float) -> None:
    accounts, tokens = accounts_by(settings_of(hh), VAULT), tokens_of(hh)
    hh.faults.add("/token", fault)

    for _ in range(2):
        with pytest.raises(NotReached, match=code) as caught:
            accounts.exchange(code="c", verifier=None, at=NOW)
        assert caught.value.retry_after == pytest.approx(seconds, abs=5)
    with pytest.raises(NotReached, match=code):
        accounts.resumes(tokens)

    assert len(hh.requests) == 1


def test_where_there_is_no_application_nothing_can_be_asked() -> None:
    nobody: HhAccounts = NoHhAccounts()
    tokens = SealedTokens(sealed="", expires_at=NOW)
    calls: list[Callable[[], object]] = [
        lambda: nobody.begin(asks_who=False),
        lambda: nobody.digest("state"),
        lambda: nobody.exchange(code="c", verifier=None, at=NOW),
        lambda: nobody.refresh(tokens, at=NOW),
        lambda: nobody.resumes(tokens),
        lambda: nobody.applications(tokens),
    ]

    for call in calls:
        with pytest.raises(Conflict, match="hh_not_configured"):
            call()
    nobody.revoke(tokens)
    assert not nobody.configured
