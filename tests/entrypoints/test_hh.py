"""Accounts at hh.ru over HTTP, with a loopback hh.ru: for the bot and for people's browsers."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import update

from adapters.sql.store import SqlTransactions
from adapters.sql.tables import hh_sign_ins
from domain.identifiers import VacancyId
from tests.boards.hh import Browser, HhRu, a_resume, a_vacancy, an_applicant, errors
from tests.boards.hh.faults import bad_gateway, cut, lost, refused, slow, token_error, too_many
from tests.builders import a_vacancy as one_of_ours
from tests.contracts.threads import together
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, a_job, code_of, told
from tests.entrypoints.signing_in import (
    Back,
    auth_url,
    bot_import,
    confirm,
    consented,
    hidden_in,
    known_to,
    linked,
    run_out,
    status,
    sync,
)


def history(api: Installation, telegram_id: int = ANNA) -> list[str]:
    """Return the sources of the person's revisions, the latest first."""
    return [each["source"] for each in told(api.bot.get(f"/resume/{telegram_id}/history"))["items"]]


def tokens_asked(hh: HhRu, grant: str) -> int:
    return len([each for each in hh.asked("/token", exact=True) if each.form.get("grant_type") == grant])


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
    ]

    assert brought == [first, second]
    assert code_of(sync(at_hh, "?resume_id=another")) == "hh_resume_not_found"


def test_pkce_is_kept_from_the_link_to_the_exchange(install: Install, hh: HhRu) -> None:
    api = install(**known_to(hh), HH_PKCE="true")
    api.welcome()

    assert bot_import(api, consented(api)).status_code == 200

    (exchange,) = hh.asked("/token", exact=True)
    assert len(exchange.form["code_verifier"]) >= 43


def test_a_browser_is_asked_to_confirm_to_whom_the_resume_goes(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.get(back.path)
    opened_again = at_hh.stranger.get(back.path)

    assert (page.status_code, page.mimetype) == (200, "text/html")
    for shown in (PROFILE["first_name"], PROFILE["last_name"], str(ANNA)):
        assert shown in page.text
    assert opened_again.status_code == 200
    # To look does nothing.
    assert hh.asked("/token", exact=True) == []
    assert (status(at_hh), history(at_hh)) == ("pending", ["manual"])

    done = confirm(at_hh, page)

    assert (done.status_code, done.mimetype) == (200, "text/html")
    assert "Готово" in done.text
    assert (status(at_hh), history(at_hh)) == ("connected", ["hh", "manual"])


def test_a_link_sent_to_a_victim_shows_whose_it_is_and_takes_nothing_unless_confirmed(
    at_hh: Installation, hh: HhRu
) -> None:
    # Anna sends her own link to Ivan, who agrees at hh.ru without a thought.
    page = at_hh.stranger.get(consented(at_hh).path)

    assert PROFILE["last_name"] in page.text
    assert "кто-то прислал вам свою ссылку" in page.text
    assert hh.asked("/token", exact=True) == hh.asked("/resumes") == hh.asked("/me") == []


def test_a_state_that_was_tampered_with_leads_nowhere(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    forged = ["", "x", back.state[:-1], back.state + "x", back.state.swapcase(), "сост.яние"]

    for state in forged:
        page = at_hh.stranger.call("GET", "/hh/import", query_string={"code": back.code, "state": state or "-"})
        assert (page.status_code, page.mimetype) == (404, "text/html")
        posted = at_hh.stranger.call("POST", "/hh/import", data={"code": back.code, "state": state or "-"})
        assert posted.status_code == 404
    refused_for_boris = bot_import(at_hh, back, telegram_id=BORIS)
    assert (refused_for_boris.status_code, code_of(refused_for_boris)) == (404, "sign_in_not_found")
    assert hh.asked("/token", exact=True) == []


def test_a_page_may_not_be_framed_nor_kept_nor_tell_where_it_was(at_hh: Installation) -> None:
    back = consented(at_hh)
    pages = [
        at_hh.stranger.get(back.path),
        at_hh.stranger.get("/hh/import?error=access_denied&state=x"),
        at_hh.stranger.call("POST", "/hh/import", data={"code": "c", "state": "s"}),
    ]

    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "script" not in page.text
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_is_text_on_the_page_whatever_it_is(at_hh: Installation) -> None:
    at_hh.bot.post("/users/", {"telegram_id": ANNA, "first_name": '<b onclick="x">', "last_name": "О'Нил & «Сын»"})
    back = consented(at_hh)

    page = at_hh.stranger.call("GET", "/hh/import", query_string={"code": '"><script>1</script>', "state": back.state})

    assert "<b " not in page.text
    assert "<script" not in page.text
    assert "&lt;b onclick" in page.text
    assert hidden_in(page) == {"code": '"><script>1</script>', "state": back.state}


def test_the_button_leads_to_where_the_page_is_also_behind_a_prefix(at_hh: Installation) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)

    assert '<form method="post" action="import">' in page.text


def test_a_page_speaks_the_language_of_the_browser(at_hh: Installation) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.get(back.path, headers={"Accept-Language": "en"})

    assert '<html lang="en">' in page.text
    assert "Load the résumé from hh.ru?" in page.text


def test_a_double_click_imports_once_and_does_not_look_like_a_failure(at_hh: Installation, hh: HhRu) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)
    hh.faults.add("/token", slow(0.5), exact=True)

    answers = together(lambda: confirm(at_hh, page), lambda: confirm(at_hh, page))
    late = confirm(at_hh, page)

    assert tokens_asked(hh, "authorization_code") == 1
    assert history(at_hh) == ["hh", "manual"]
    assert late.status_code == 200
    for answer in (*answers, late):
        assert "Не получилось" not in answer.text


def test_a_bot_that_asks_twice_is_told_that_it_is_done(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    bot_import(at_hh, back)

    again = bot_import(at_hh, back)

    assert (again.status_code, code_of(again)) == (409, "already_imported")
    assert tokens_asked(hh, "authorization_code") == 1
    over = at_hh.stranger.get(back.path)
    assert over.status_code == 409


def test_who_refuses_at_hh_is_told_and_the_link_is_over(at_hh: Installation, hh: HhRu) -> None:
    link = auth_url(at_hh)
    back = Back(Browser().refuses(link))

    page = at_hh.stranger.get(back.path + "&error_description=no")

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Вы не разрешили доступ" in page.text
    assert status(at_hh) == "none"
    agreed_after_all = Back(Browser().consents(link))
    assert at_hh.stranger.get(agreed_after_all.path).status_code == 409
    assert hh.asked("/token", exact=True) == []


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "invalid_scope", None])
def test_what_goes_wrong_at_hh_leaves_the_sign_in_pending(at_hh: Installation, error: str | None) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.get(f"/hh/import?state={back.state}" + (f"&error={error}" if error else ""))

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Откройте ссылку для входа ещё раз" in page.text
    assert status(at_hh) == "pending"
    assert bot_import(at_hh, back).status_code == 200


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
    hh.faults.add("/token", too_many(retry_after=1), exact=True)

    busy = bot_import(at_hh, back)

    assert (busy.status_code, code_of(busy)) == (503, "hh_unavailable")
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


def test_the_page_says_what_to_do_in_the_world_as_it_is(at_hh: Installation, hh: HhRu) -> None:
    hh.applicants, hh.me_stays_open = "closed", True

    page = confirm(at_hh, at_hh.stranger.get(consented(at_hh).path))

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Скачайте резюме с hh.ru в PDF" in page.text
    assert status(at_hh) == "closed_by_provider"


def test_a_resume_comes_though_the_applications_are_closed(at_hh: Installation, hh: HhRu) -> None:
    hh.faults.add("/negotiations", refused(errors.forbidden()))

    brought = told(bot_import(at_hh, consented(at_hh)))

    assert (brought["new"], brought["applications"]) == (True, {"noted": 0, "trouble": "closed_by_provider"})
    assert brought["state"] == "connected"


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


def test_a_sync_brings_what_changed_and_nothing_else(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)

    assert not told(sync(at_hh))["new"]
    for resume in hh.ivan.resumes:
        resume["title"] = "Смотритель маяка"
    assert told(sync(at_hh))["new"]

    assert history(at_hh) == ["hh", "hh", "manual"]
    assert told(at_hh.bot.get(f"/resume/{ANNA}"))["desired_position"] == "Смотритель маяка"


def test_what_the_person_denied_stays_denied(at_hh: Installation, hh: HhRu) -> None:
    for resume in hh.ivan.resumes:
        resume["skill_set"] = ["Python", "Kafka"]
    linked(at_hh)
    edit = {"denied_skills": ["Kafka"]}
    edited = at_hh.bot.call("PATCH", f"/resume/{ANNA}", json=edit, headers={"If-Match": "*"})
    assert edited.status_code == 200, edited.text

    hh.ivan.resumes[0]["title"] = hh.ivan.resumes[1]["title"] = "Другая должность"
    assert told(sync(at_hh))["new"]

    skills = told(at_hh.bot.get(f"/resume/{ANNA}"))["skills"]
    assert "Kafka" not in " ".join(skills)
    assert "Python" in skills


def test_tokens_that_ran_out_are_refreshed_once(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    run_out(at_hh, hh)

    assert sync(at_hh).status_code == sync(at_hh).status_code == 200

    assert tokens_asked(hh, "refresh_token") == 1


def test_two_syncs_at_once_refresh_once(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    run_out(at_hh, hh)
    hh.faults.add("/token", slow(1), exact=True)

    answers = together(lambda: sync(at_hh), lambda: sync(at_hh))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert {code_of(answer) for answer in answers if answer.status_code == 409} == {"hh_busy"}
    assert tokens_asked(hh, "refresh_token") == 1
    assert sync(at_hh).status_code == 200


def test_a_lost_refresh_ends_in_another_sign_in_and_in_no_loop(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    run_out(at_hh, hh)
    hh.faults.add("/token", lost(), exact=True)

    answers = [sync(at_hh) for _ in range(3)]

    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(409, "hh_relogin_needed")}
    assert tokens_asked(hh, "refresh_token") == 2
    shown = told(at_hh.bot.get(f"/hh/status/{ANNA}"))
    assert (shown["state"], bool(shown["advice"])) == ("relogin_needed", True)
    linked(at_hh)
    assert status(at_hh) == "connected"


@pytest.mark.parametrize("fault", [bad_gateway(), bad_gateway(as_html_page=False)], ids=["page", "json"])
def test_a_refresh_that_hh_never_did_is_done_at_the_second_try(at_hh: Installation, hh: HhRu, fault: object) -> None:
    linked(at_hh)
    run_out(at_hh, hh)
    hh.faults.add("/token", fault, exact=True)  # type: ignore[arg-type]  # a fault, whichever

    assert sync(at_hh).status_code == 200
    assert tokens_asked(hh, "refresh_token") == 2


def test_tokens_killed_by_a_new_password_need_another_sign_in(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    hh.grants.revoke(hh.ivan, password_changed=True)

    assert code_of(sync(at_hh)) == "hh_relogin_needed"
    assert tokens_asked(hh, "refresh_token") == 0


def test_a_person_who_unlinks_leaves_no_tokens_here_or_there(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)

    assert at_hh.bot.call("DELETE", f"/hh/connection/{ANNA}").status_code == 204

    assert status(at_hh) == "none"
    assert [pair.dead for pair in hh.grants.pairs] == ["token was revoked"]
    again = at_hh.bot.call("DELETE", f"/hh/connection/{ANNA}")
    assert (again.status_code, code_of(again)) == (404, "hh_not_linked")
    assert (sync(at_hh).status_code, code_of(sync(at_hh))) == (409, "hh_not_linked")
    assert history(at_hh) == ["hh", "manual"]


def test_tokens_that_ran_out_are_revoked_too(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    run_out(at_hh, hh)

    assert at_hh.bot.call("DELETE", f"/hh/connection/{ANNA}").status_code == 204

    assert [(pair.refreshed, pair.dead) for pair in hh.grants.pairs] == [(True, None), (False, "token was revoked")]


def test_another_sign_in_leaves_no_tokens_of_the_first(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    linked(at_hh)

    assert [pair.dead for pair in hh.grants.pairs] == ["token was revoked", None]
    assert sync(at_hh).status_code == 200


def test_who_is_linked_when_hh_falters_is_told_to_sync(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    hh.faults.add("/resumes/mine", bad_gateway())

    answers = [bot_import(at_hh, back) for _ in range(2)]

    told_codes = [(answer.status_code, code_of(answer)) for answer in answers]
    assert told_codes == [(503, "hh_unavailable"), (409, "hh_linked_sync")]
    assert told(sync(at_hh))["new"]


def test_a_person_unlinks_also_while_hh_is_away(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)
    hh.faults.add("/token", lost(), exact=True, method="DELETE")

    assert at_hh.bot.call("DELETE", f"/hh/connection/{ANNA}").status_code == 204
    assert status(at_hh) == "none"


def test_a_person_who_leaves_leaves_no_tokens_here_or_there(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)

    assert at_hh.bot.call("DELETE", f"/users/{ANNA}").status_code == 204

    assert [pair.dead for pair in hh.grants.pairs] == ["token was revoked"]
    assert at_hh.bot.get(f"/hh/status/{ANNA}").status_code == 404


def test_the_export_tells_of_the_link_without_its_tokens(at_hh: Installation, hh: HhRu) -> None:
    hh.applies(hh.ivan, next(iter(hh.vacancies)).id)
    linked(at_hh)

    export = at_hh.bot.get(f"/users/{ANNA}/export")

    assert told(export)["hh"]["state"] == "connected"
    assert len(told(export)["job_applications"]) == 1
    sign_in = told(export)["hh_sign_in"]
    assert (set(sign_in), sign_in["failure"]) == ({"expires_at", "taken_at", "failure"}, None)
    assert sign_in["taken_at"] < sign_in["expires_at"]
    assert "sealed" not in export.text
    assert not [pair for pair in hh.grants.pairs if pair.access in export.text or pair.refresh in export.text]


def test_where_hh_is_not_set_up_that_is_said(with_anna: Installation) -> None:
    link = with_anna.bot.get(f"/hh/auth_link?telegram_id={ANNA}")

    assert (link.status_code, code_of(link)) == (409, "hh_not_configured")
    assert status(with_anna) == "not_configured"
    assert code_of(sync(with_anna)) == "hh_not_configured"
    page = with_anna.stranger.get("/hh/import?code=c&state=s")
    assert (page.status_code, page.mimetype) == (409, "text/html")


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
