"""What a link to hh.ru is used for, with a loopback hh.ru: its tokens are refreshed, and made worthless in the end."""

from __future__ import annotations

import pytest

from tests.boards.hh import HhRu
from tests.boards.hh.faults import bad_gateway, lost, slow
from tests.contracts.threads import together
from tests.entrypoints.installation import ANNA, RESUME, Installation, code_of, told
from tests.entrypoints.signing_in import (
    bot_import,
    consented,
    history,
    linked,
    run_out,
    status,
    sync,
    tokens_asked,
)


def test_a_sync_brings_what_changed_and_nothing_else(at_hh: Installation, hh: HhRu) -> None:
    linked(at_hh)

    assert not told(sync(at_hh))["new"]
    for resume in hh.ivan.resumes:
        resume["title"] = "Смотритель маяка"
    assert told(sync(at_hh))["new"]

    assert history(at_hh) == ["hh", "hh", "manual"]
    assert told(at_hh.bot.get(f"/resume/{ANNA}"))["desired_position"] == "Смотритель маяка"


def test_a_form_stays_current_while_nothing_changes_at_hh_and_applications_come_all_the_same(
    at_hh: Installation, hh: HhRu
) -> None:
    linked(at_hh)
    at_hh.bot.post(f"/resume/json/{ANNA}", {**RESUME, "desired_position": "Смотритель маяка"})
    there = list(hh.vacancies)[:2]

    hh.applies(hh.ivan, there[0].id)
    whole = told(sync(at_hh))
    hh.applies(hh.ivan, there[1].id)
    hh.ivan.resumes[0]["title"] = hh.ivan.resumes[1]["title"] = "Капитан"
    alone = told(sync(at_hh, "?only=applications"))

    assert (whole["new"], whole["applications"]["noted"]) == (False, 1)
    assert alone == {
        "state": "connected",
        "resume_id": None,
        "new": False,
        "hh_resume_id": whole["hh_resume_id"],
        "resumes": [],
        "applications": {"noted": 1, "trouble": None},
    }
    assert told(at_hh.bot.get(f"/resume/{ANNA}"))["desired_position"] == "Смотритель маяка"
    assert code_of(sync(at_hh, "?only=letters")) == "invalid"


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
    (busy,) = [answer for answer in answers if answer.status_code == 409]
    assert (code_of(busy), busy.headers["Retry-After"]) == ("hh_busy", "5")
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
    assert (sync(at_hh).status_code, code_of(sync(at_hh))) == (404, "hh_not_linked")
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
    shown = told(at_hh.bot.get(f"/hh/status/{ANNA}"))
    assert (shown["state"], shown["advice"]) == (
        "connected",
        "Аккаунт hh.ru подключён, но резюме ещё не загружено: запустите синхронизацию.",
    )
    assert told(sync(at_hh))["new"]
    assert told(at_hh.bot.get(f"/hh/status/{ANNA}"))["advice"] is None


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
