"""Signing in at hh.ru over HTTP, with a loopback hh.ru: what the bot asks and is told."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import update

from adapters.sql.board_tables import hh_sign_ins
from adapters.sql.store import SqlTransactions
from domain.identifiers import VacancyId
from tests.boards.hh import Browser, HhRu, a_resume, a_vacancy, an_applicant, errors
from tests.boards.hh.faults import (
    bad_gateway,
    captcha,
    cut,
    ddos_guard,
    geo_blocked,
    lost,
    refused,
    token_error,
    too_many,
)
from tests.builders import a_vacancy as one_of_ours
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, Installation, a_job, code_of, told
from tests.entrypoints.signing_in import (
    Back,
    auth_url,
    bot_import,
    consented,
    history,
    known_to,
    linked,
    status,
    sync,
    tokens_asked,
)


def test_the_bot_signs_a_person_in_and_gets_their_resume(at_hh: Installation, hh: HhRu) -> None:
    answer = bot_import(at_hh, consented(at_hh))

    assert answer.status_code == 200, answer.text
    brought = told(answer)
    ours = {resume["id"] for resume in hh.ivan.resumes}
    assert (brought["state"], brought["new"]) == ("connected", True)
    assert brought["applications"] == {"noted": 0, "trouble": None}
    assert {each["id"] for each in brought["resumes"]} == ours
    assert brought["hh_resume_id"] in ours
    assert history(at_hh) == ["hh", "manual"]
    shown = told(at_hh.bot.get(f"/hh/status/{ANNA}"))
    assert (shown["state"], shown["hh_resume_id"], shown["advice"]) == ("connected", brought["hh_resume_id"], None)
    assert shown["linked_at"] <= shown["synced_at"]


def test_without_a_state_the_bot_means_the_pending_sign_in(at_hh: Installation) -> None:
    back = consented(at_hh)

    answer = at_hh.bot.get(f"/hh/import?telegram_id={ANNA}&code={back.code}")

    assert answer.status_code == 200
    again = at_hh.bot.get(f"/hh/import?telegram_id={BORIS}&code={back.code}")
    assert (again.status_code, code_of(again)) == (409, "no_pending_sign_in")


def test_the_resume_asked_for_is_brought(at_hh: Installation, hh: HhRu) -> None:
    first, second = (resume["id"] for resume in hh.ivan.resumes)
    brought = [
        told(bot_import(at_hh, consented(at_hh), resume_id=first))["hh_resume_id"],
        told(sync(at_hh, f"?resume_id={second}"))["hh_resume_id"],
        told(sync(at_hh))["hh_resume_id"],
    ]

    assert brought == [first, second, second]
    assert code_of(sync(at_hh, "?resume_id=another")) == "hh_resume_not_found"


def test_pkce_is_kept_from_the_link_to_the_exchange(install: Install, hh: HhRu) -> None:
    api = install(**known_to(hh), HH_PKCE="true")
    api.welcome()

    assert bot_import(api, consented(api)).status_code == 200

    (exchange,) = hh.asked("/token", exact=True)
    assert len(exchange.form["code_verifier"]) >= 43


def test_a_bot_that_asks_twice_is_told_what_the_first_call_brought(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    first = told(bot_import(at_hh, back))

    again = bot_import(at_hh, back)

    assert (again.status_code, told(again)) == (200, {**first, "new": False, "resumes": []})
    assert tokens_asked(hh, "authorization_code") == 1
    assert history(at_hh) == ["hh", "manual"]
    other = bot_import(at_hh, back, resume_id="another")
    assert (other.status_code, code_of(other)) == (409, "already_imported")
    reloaded = at_hh.stranger.get(back.path)
    assert reloaded.status_code == 200
    assert "Готово" in reloaded.text


def test_a_link_holds_for_a_while_and_a_later_one_replaces_it(at_hh: Installation, hh: HhRu) -> None:
    first, second = consented(at_hh), consented(at_hh)
    assert code_of(bot_import(at_hh, first)) == "sign_in_not_found"

    with at_hh.engine.begin() as connection:
        connection.execute(update(hh_sign_ins).values(expires_at=datetime.now(timezone.utc) - timedelta(seconds=1)))

    assert code_of(bot_import(at_hh, second)) == "sign_in_over"
    assert at_hh.stranger.get(second.path).status_code == 409
    assert hh.asked("/token", exact=True) == []


def test_a_code_that_ran_out_at_hh_is_told(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    hh.clock.forward(minutes=6)

    refused_ = bot_import(at_hh, back)

    assert (refused_.status_code, code_of(refused_)) == (409, "hh_code_expired")
    assert status(at_hh) == "none"


def test_an_employer_is_told_that_this_is_the_wrong_account(at_hh: Installation, hh: HhRu) -> None:
    answer = bot_import(at_hh, consented(at_hh, account="employer"))

    assert (answer.status_code, code_of(answer)) == (409, "not_an_applicant")
    assert history(at_hh) == ["manual"]
    assert status(at_hh) == "none"
    assert [pair.dead for pair in hh.grants.pairs] == ["token was revoked"]


def test_an_employer_who_signs_in_by_mistake_keeps_the_link_there_was(at_hh: Installation) -> None:
    linked(at_hh)

    answer = bot_import(at_hh, consented(at_hh, account="employer"))

    assert (answer.status_code, code_of(answer)) == (409, "not_an_applicant")
    assert status(at_hh) == "connected"
    assert sync(at_hh).status_code == 200


def test_an_employer_may_choose_another_account_by_the_next_link(at_hh: Installation) -> None:
    browser, first = Browser(), auth_url(at_hh)
    bot_import(at_hh, Back(browser.consents(first, account="employer")))

    link = auth_url(at_hh)

    assert ("force_login=true" in first, "force_login=true" in link) == (False, True)
    assert bot_import(at_hh, Back(browser.consents(link, account="ivan"))).status_code == 200
    assert "force_login" not in auth_url(at_hh)


def test_who_has_no_resume_there_is_told(at_hh: Installation, hh: HhRu) -> None:
    hh.add(an_applicant("new"))

    answer = bot_import(at_hh, consented(at_hh, account="new"))

    assert (answer.status_code, code_of(answer)) == (409, "no_resume_at_hh")
    assert status(at_hh) == "connected"
    hh.accounts["new"].resumes.append(a_resume())
    assert told(sync(at_hh))["new"]


@pytest.mark.parametrize(
    ("error", "description", "code"),
    [
        ("invalid_client", "client_id or client_secret not found", "hh_not_approved"),
        ("invalid_request", "account not found", "hh_not_approved"),
        ("invalid_request", "account is locked", "hh_account_barred"),
        ("invalid_request", "bad redirect url", "hh_not_approved"),
        ("invalid_request", "code not found", "hh_code_expired"),
        ("invalid_grant", "code has already been used", "hh_code_used"),
        ("unsupported_grant_type", "unsupported grant_type", "hh_not_approved"),
    ],
)
def test_why_hh_gives_no_tokens_is_told(at_hh: Installation, hh: HhRu, error: str, description: str, code: str) -> None:
    back = consented(at_hh)
    hh.faults.add("/token", token_error(error, description), exact=True)

    answer = bot_import(at_hh, back)

    assert (answer.status_code, code_of(answer)) == (409, code)
    assert (tokens_asked(hh, "authorization_code"), status(at_hh)) == (1, "none")


def test_a_code_is_not_spent_where_hh_turned_us_away(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    hh.faults.add("/token", too_many(retry_after=2), exact=True)

    for _ in range(2):
        busy = bot_import(at_hh, back)
        assert (busy.status_code, code_of(busy), busy.headers["Retry-After"]) == (503, "hh_rate_limited", "2")

    # Asked once: the second call came while hh.ru wished to be left alone.
    assert tokens_asked(hh, "authorization_code") == 1
    time.sleep(2.1)
    assert bot_import(at_hh, back).status_code == 200


@pytest.mark.parametrize("fault", [lost(), cut(), bad_gateway()], ids=["lost", "cut", "502"])
def test_a_code_whose_answer_was_lost_is_not_tried_again(at_hh: Installation, hh: HhRu, fault: object) -> None:
    back = consented(at_hh)
    hh.faults.add("/token", fault, exact=True)  # type: ignore[arg-type]  # a fault, whichever

    first, second = bot_import(at_hh, back), bot_import(at_hh, back)

    assert (first.status_code, code_of(first)) == (503, "hh_answer_lost")
    assert (second.status_code, code_of(second)) == (409, "hh_answer_lost")
    assert tokens_asked(hh, "authorization_code") == 1


def test_the_world_as_it_is_lets_people_in_and_gives_nothing(at_hh: Installation, hh: HhRu) -> None:
    hh.applicants = "closed"

    answer = bot_import(at_hh, consented(at_hh))

    assert (answer.status_code, code_of(answer)) == (409, "closed_by_provider")
    assert "PDF" in told(answer)["detail"]
    shown = told(at_hh.bot.get(f"/hh/status/{ANNA}"))
    assert shown["state"] == "closed_by_provider"
    assert "PDF" in shown["advice"]
    assert history(at_hh) == ["manual"]
    assert code_of(sync(at_hh)) == "closed_by_provider"

    hh.applicants = "open"

    assert told(sync(at_hh))["new"]
    assert status(at_hh) == "connected"


def test_a_resume_comes_though_the_applications_are_closed(at_hh: Installation, hh: HhRu) -> None:
    hh.faults.add("/negotiations", refused(errors.forbidden()))

    brought = told(bot_import(at_hh, consented(at_hh)))

    assert (brought["new"], brought["applications"]) == (True, {"noted": 0, "trouble": "closed_by_provider"})
    assert brought["state"] == "connected"


def test_why_hh_turned_a_sync_away_and_for_how_long_is_told(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    hh.faults.add("/me", captcha())

    for _ in range(2):
        answer = sync(at_hh)
        assert (answer.status_code, code_of(answer)) == (503, "hh_captcha")
        assert 590 <= int(answer.headers["Retry-After"]) <= 600
        assert "через 10 мин." in told(answer)["detail"]
    assert len(hh.asked("/me")) == 2


@pytest.mark.parametrize("fault", [geo_blocked(), ddos_guard()], ids=["451", "guard"])
def test_where_to_try_again_never_helps_that_is_said(at_hh: Installation, hh: HhRu, fault: object) -> None:
    linked(at_hh)
    hh.faults.add("/me", fault)  # type: ignore[arg-type]  # a fault, whichever

    answer = sync(at_hh)

    assert (answer.status_code, code_of(answer), answer.headers.get("Retry-After")) == (409, "hh_blocked", None)
    assert "повторять бесполезно" in told(answer)["detail"]
    assert "PDF" in told(answer)["detail"]
    assert sync(at_hh).status_code == 200


def test_what_was_applied_to_at_hh_is_not_offered_again(at_hh: Installation, hh: HhRu) -> None:
    hh.ivan.resumes[:] = [a_resume(title="Python-разработчик")]
    there = [a_vacancy(), a_vacancy(), a_vacancy()]
    hh.vacancies.add(*there)
    ids = [f"hh-{each.id}" for each in there]
    with SqlTransactions(at_hh.engine)() as tx:
        now = datetime.now(timezone.utc)
        seen = {"first_seen_at": now, "last_seen_at": now, "closes_at": None}
        tx.vacancies.save(one_of_ours(id=VacancyId(id_), company=f"Фирма {id_}", **seen) for id_ in ids)
    at_hh.application.index_vacancies()
    linked(at_hh)
    at_hh.search()
    first = told(at_hh.bot.get(f"/search/next/{ANNA}"))["vacancy_id"]
    waiting = [id_ for id_ in ids if id_ != first]

    hh.applies(hh.ivan, waiting[0].removeprefix("hh-"))
    assert told(sync(at_hh))["applications"] == {"noted": 1, "trouble": None}

    assert told(at_hh.bot.get(f"/search/next/{ANNA}"))["vacancy_id"] == waiting[1]
    assert at_hh.bot.get(f"/search/next/{ANNA}").status_code == 204
    at_hh.search(text="python")
    assert at_hh.bot.get(f"/search/next/{ANNA}").status_code == 204


def test_where_hh_is_not_set_up_that_is_said(with_anna: Installation) -> None:
    link = with_anna.bot.get(f"/hh/auth_link?telegram_id={ANNA}")

    assert (link.status_code, code_of(link)) == (409, "hh_not_configured")
    assert status(with_anna) == "not_configured"
    assert code_of(sync(with_anna)) == "hh_not_configured"
    assert code_of(with_anna.bot.get(f"/hh/import?telegram_id={ANNA}&code=c")) == "hh_not_configured"
    page = with_anna.stranger.get("/hh/import?code=c&state=s")
    assert (page.status_code, page.mimetype) == (409, "text/html")


@pytest.mark.parametrize("with_state", [True, False])
def test_the_bot_may_pass_on_that_the_person_refused(at_hh: Installation, hh: HhRu, with_state: bool) -> None:
    back = consented(at_hh)
    query = f"telegram_id={ANNA}" + (f"&state={back.state}" if with_state else "")

    failed = at_hh.bot.get(f"/hh/import?{query}&error=server_error")
    assert (failed.status_code, code_of(failed), status(at_hh)) == (409, "sign_in_failed", "pending")
    answer = at_hh.bot.get(f"/hh/import?{query}&error=access_denied")

    assert (answer.status_code, code_of(answer), status(at_hh)) == (409, "sign_in_refused", "none")
    assert hh.asked("/token", exact=True) == []


def test_without_a_key_there_is_the_page_and_nothing_else(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    calls = [
        ("GET", f"/hh/auth_link?telegram_id={ANNA}"),
        ("GET", f"/hh/status/{ANNA}"),
        ("POST", f"/hh/sync/{ANNA}"),
        ("DELETE", f"/hh/connection/{ANNA}"),
        ("GET", f"/hh/import?telegram_id={ANNA}&code={back.code}&state={back.state}"),
    ]

    assert {at_hh.stranger.call(method, path).status_code for method, path in calls} == {401}
    assert at_hh.stranger.get(back.path, headers={"X-BOT-KEY": "not-the-key-of-the-bot"}).status_code == 401
    assert hh.asked("/token", exact=True) == []


def test_strangers_are_not_found_and_a_bot_names_what_it_wants(at_hh: Installation) -> None:
    for method, path in (
        ("GET", f"/hh/auth_link?telegram_id={BORIS}"),
        ("GET", f"/hh/status/{BORIS}"),
        ("POST", f"/hh/sync/{BORIS}"),
        ("DELETE", f"/hh/connection/{BORIS}"),
    ):
        answer = at_hh.bot.call(method, path)
        assert (answer.status_code, code_of(answer)) == (404, "user_not_found")
    nothing = at_hh.bot.get("/hh/import")
    assert (nothing.status_code, code_of(nothing)) == (422, "invalid")
    assert at_hh.stranger.get("/hh/import").mimetype == "text/html"


def test_the_offers_of_others_are_untouched_by_a_link(at_hh: Installation) -> None:
    at_hh.offer(a_job("1", title="LLM Engineer"))
    linked(at_hh)
    at_hh.search()

    assert told(at_hh.bot.get(f"/search/next/{ANNA}"))["vacancy_id"] == "partner-1"
