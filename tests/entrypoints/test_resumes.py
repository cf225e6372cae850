"""Résumés over HTTP: the form, the merge patch, the revisions."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.entrypoints.installation import ANNA, BORIS, PROFILE, RESUME, Installation, code_of, told


def patched(api: Installation, change: dict[str, Any], etag: str = "*") -> TestResponse:
    return api.bot.call("PATCH", f"/resume/{ANNA}", json=change, headers={"If-Match": etag})


def test_the_form_makes_a_revision_unless_it_says_the_same(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)

    answers = [
        api.bot.post(f"/resume/json/{ANNA}", RESUME),
        api.bot.post(f"/resume/json/{ANNA}", RESUME),
        api.bot.post(f"/resume/json/{ANNA}", {**RESUME, "skills": ["Python"]}),
    ]

    assert [answer.status_code for answer in answers] == [201, 200, 201]
    first, again, changed = (told(answer)["resume_id"] for answer in answers)
    assert first == again != changed
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"] != answers[2].headers["ETag"]


def test_the_current_resume_says_what_the_form_said(with_anna: Installation) -> None:
    answer = with_anna.bot.get(f"/resume/{ANNA}")

    assert answer.status_code == 200
    assert told(answer).items() >= RESUME.items()
    assert told(answer)["source"] == "manual"
    assert set(told(answer)["said"]) == set(RESUME)
    assert set(told(answer)["said"].values()) == {"stated"}


def test_what_the_form_leaves_out_is_null_or_empty(api: Installation) -> None:
    required = ("desired_position", "years_experience", "skills", "languages", "education_level")
    api.welcome()

    api.bot.post(f"/resume/json/{ANNA}", {name: RESUME[name] for name in required})

    current = told(api.bot.get(f"/resume/{ANNA}"))
    assert [current[name] for name in ("current_position", "preferred_salary", "preferred_region", "work_format")] == [
        None
    ] * 4
    assert (current["experience"], current["education"], current["summary"]) == ([], [], None)


def test_the_form_names_each_field_it_lacks(with_anna: Installation) -> None:
    answer = with_anna.bot.post(f"/resume/json/{ANNA}", {})

    assert answer.status_code == 422
    assert set(told(answer)["errors"]["body"]) == {
        "desired_position",
        "years_experience",
        "skills",
        "languages",
        "education_level",
    }


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"languages": [{"name": "English", "level": "B3"}]}, "languages.0.level", "unknown_choice"),
        ({"languages": [{"level": "B2"}]}, "languages.0.name", "required"),
        ({"languages": ["English"]}, "languages.0", "not_an_object"),
        ({"education_level": "doctor"}, "education_level", "unknown_choice"),
        ({"preferred_salary": {"amount": -1, "currency": "RUB"}}, "preferred_salary.amount", "out_of_range"),
        ({"preferred_salary": {"amount": 10}}, "preferred_salary.currency", "required"),
        ({"preferred_salary": {"amount": 10, "currency": "руб"}}, "preferred_salary.currency", "not_a_currency"),
        ({"preferred_salary": 100000}, "preferred_salary", "not_an_object"),
        ({"years_experience": 81}, "years_experience", "out_of_range"),
        ({"years_experience": True}, "years_experience", "not_a_number"),
        ({"skills": "Python"}, "skills", "not_a_list"),
        ({"skills": [""]}, "skills.0", "bad_length"),
        ({"skills": ["Python"] * 201}, "skills", "too_many"),
        ({"experience": [{"start": "05.2024"}]}, "experience.0.start", "not_a_month"),
        ({"experience": [{"current": 2}]}, "experience.0.current", "not_a_boolean"),
        ({"work_format": "home"}, "work_format", "unknown_choice"),
        ({"salary": {"amount": 10, "currency": "RUB"}}, "salary", "unknown_field"),
    ],
)
def test_a_bad_field_of_the_form_is_named_by_its_path(
    with_anna: Installation, change: dict[str, Any], path: str, code: str
) -> None:
    answer = with_anna.bot.post(f"/resume/json/{ANNA}", {**RESUME, **change})

    assert answer.status_code == 422
    assert list(told(answer)["errors"]["body"]) == [path]
    assert told(answer)["errors"]["body"][path][0]["code"] == code


def test_without_a_profile_there_is_no_resume(api: Installation) -> None:
    answers = [
        api.bot.post(f"/resume/json/{BORIS}", RESUME),
        api.bot.get(f"/resume/{BORIS}"),
        api.bot.get(f"/resume/{BORIS}/history"),
        api.bot.call("PATCH", f"/resume/{BORIS}", json={}, headers={"If-Match": "*"}),
    ]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [(404, "user_not_found")] * 4


def test_with_a_profile_alone_there_is_no_resume_yet(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)

    answers = [api.bot.get(f"/resume/{ANNA}"), patched(api, {"preferred_region": "Пермь"}), patched(api, {}, '"x"')]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [(404, "resume_not_found")] * 3


def test_a_known_etag_is_answered_not_modified(with_anna: Installation) -> None:
    etag = with_anna.bot.get(f"/resume/{ANNA}").headers["ETag"]

    same = with_anna.bot.get(f"/resume/{ANNA}", headers={"If-None-Match": etag})
    weak = with_anna.bot.get(f"/resume/{ANNA}", headers={"If-None-Match": f'"other", W/{etag}'})
    other = with_anna.bot.get(f"/resume/{ANNA}", headers={"If-None-Match": '"other"'})

    assert [same.status_code, weak.status_code, other.status_code] == [304, 304, 200]
    assert (same.data, same.headers["ETag"]) == (b"", etag)


def test_a_patch_changes_what_it_names_and_nothing_else(with_anna: Installation) -> None:
    before = with_anna.bot.get(f"/resume/{ANNA}")

    answer = patched(with_anna, {"desired_position": "Тимлид"}, before.headers["ETag"])

    assert answer.status_code == 200
    assert answer.headers["ETag"] != before.headers["ETag"]
    expected = {**told(before), "desired_position": "Тимлид", "source": "edited"}
    ignored = {"resume_id": None, "created_at": None}
    assert {**told(answer), **ignored} == {**expected, **ignored}
    assert told(with_anna.bot.get(f"/resume/{ANNA}")) == told(answer)


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"preferred_salary": None}, "preferred_salary", None),
        ({"preferred_region": None}, "preferred_region", None),
        ({"skills": None}, "skills", []),
        ({"languages": None}, "languages", []),
        ({"work_format": None}, "work_format", None),
        ({"years_experience": None}, "years_experience", None),
        ({"preferred_salary": {"amount": 200000}}, "preferred_salary", {"amount": 200000, "currency": "RUB"}),
        ({"preferred_salary": {"currency": "USD"}}, "preferred_salary", {"amount": 180000, "currency": "USD"}),
        ({"skills": ["Go"]}, "skills", ["Go"]),
        ({"languages": [{"name": "German", "level": "A1"}]}, "languages", [{"name": "German", "level": "A1"}]),
    ],
)
def test_null_clears_lists_come_whole_and_objects_are_merged(
    with_anna: Installation, change: dict[str, Any], field: str, value: Any
) -> None:
    assert told(patched(with_anna, change))[field] == value


def test_the_contact_block_is_merged_and_cleared(with_anna: Installation) -> None:
    patched(with_anna, {"contact": {"email": "anna@example.org", "city": "Казань"}})
    merged = told(patched(with_anna, {"contact": {"city": None}}))["contact"]
    cleared = told(patched(with_anna, {"contact": None}))["contact"]

    assert (merged["email"], merged["city"]) == ("anna@example.org", None)
    assert set(cleared.values()) == {None}


def test_the_page_of_the_resume_at_hh_is_corrected_and_cleared(with_anna: Installation) -> None:
    page = "https://kazan.hh.ru/resume/0123456789abcdef0123456789abcdef012345"
    corrected = told(patched(with_anna, {"contact": {"hh_profile_url": page}}))["contact"]
    cleared = told(patched(with_anna, {"contact": {"hh_profile_url": None}}))["contact"]

    assert (corrected["hh_profile_url"], cleared["hh_profile_url"]) == (page, None)


def test_single_skills_are_confirmed_and_denied(with_anna: Installation) -> None:
    answer = told(patched(with_anna, {"confirmed_skills": ["Docker"], "denied_skills": ["django"]}))

    assert answer["skills"] == ["Python", "PostgreSQL", "Docker"]
    assert (answer["confirmed_skills"], answer["denied_skills"]) == (["Docker"], ["django"])
    cleared = told(patched(with_anna, {"confirmed_skills": None, "denied_skills": None}))
    assert (cleared["skills"], cleared["confirmed_skills"], cleared["denied_skills"]) == (RESUME["skills"], [], [])


def test_a_patch_that_changes_nothing_makes_no_revision(with_anna: Installation) -> None:
    before = with_anna.bot.get(f"/resume/{ANNA}").headers["ETag"]

    answer = patched(with_anna, {})

    assert (answer.status_code, answer.headers["ETag"]) == (200, before)
    assert told(with_anna.bot.get(f"/resume/{ANNA}/history"))["total"] == 1


def test_a_merge_patch_may_come_under_its_own_media_type(with_anna: Installation) -> None:
    answer = with_anna.bot.call(
        "PATCH",
        f"/resume/{ANNA}",
        data=b'{"summary": null}',
        headers={"If-Match": "*", "Content-Type": "application/merge-patch+json"},
    )

    assert answer.status_code == 200


def test_an_edit_needs_the_version_it_edits(with_anna: Installation) -> None:
    etag = with_anna.bot.get(f"/resume/{ANNA}").headers["ETag"]
    patched(with_anna, {"preferred_region": "Пермь"}, etag)

    without = with_anna.bot.call("PATCH", f"/resume/{ANNA}", json={"preferred_region": "Уфа"})
    stale = patched(with_anna, {"preferred_region": "Уфа"}, etag)
    garbage = patched(with_anna, {"preferred_region": "Уфа"}, "garbage")

    assert (without.status_code, code_of(without)) == (428, "if_match_required")
    assert (stale.status_code, code_of(stale)) == (412, "stale_resume")
    assert (garbage.status_code, code_of(garbage)) == (412, "stale_resume")
    assert told(with_anna.bot.get(f"/resume/{ANNA}"))["preferred_region"] == "Пермь"


def test_any_of_several_etags_may_match_but_no_weak_one(with_anna: Installation) -> None:
    etag = with_anna.bot.get(f"/resume/{ANNA}").headers["ETag"]

    weak = patched(with_anna, {"preferred_region": "Уфа"}, f"W/{etag}")
    several = patched(with_anna, {"preferred_region": "Уфа"}, f'"first", {etag}, "last"')

    assert [weak.status_code, several.status_code] == [412, 200]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"nickname": "Аня"}, "nickname", "unknown_field"),
        ({"resume_id": "1"}, "resume_id", "unknown_field"),
        ({"contact": {"fax": "1"}}, "contact.fax", "unknown_field"),
        ({"contact": {"hh_profile_url": "http://hh.ru/resume/1"}}, "contact.hh_profile_url", "not_an_hh_url"),
        ({"contact": {"hh_profile_url": "https://hh.ru.example.com/"}}, "contact.hh_profile_url", "not_an_hh_url"),
        ({"confirmed_skills": ["Go"], "denied_skills": ["GO"]}, "denied_skills", "confirmed_too"),
        ({"preferred_salary": {"amount": None}}, "preferred_salary.amount", "null"),
    ],
)
def test_a_patch_names_what_it_cannot_take(
    with_anna: Installation, change: dict[str, Any], path: str, code: str
) -> None:
    answer = patched(with_anna, change)

    assert answer.status_code == 422
    assert told(answer)["errors"]["body"][path][0]["code"] == code


def test_half_a_salary_needs_the_other_half(api: Installation) -> None:
    api.welcome(preferred_salary=None)

    answer = patched(api, {"preferred_salary": {"amount": 100000}})

    assert answer.status_code == 422
    assert told(answer)["errors"]["body"]["preferred_salary.currency"][0]["code"] == "required"


def test_revisions_come_the_last_one_first_in_pages(with_anna: Installation) -> None:
    for region in ("Пермь", "Уфа"):
        patched(with_anna, {"preferred_region": region})

    whole = told(with_anna.bot.get(f"/resume/{ANNA}/history"))
    second = told(with_anna.bot.get(f"/resume/{ANNA}/history?limit=1&offset=1"))

    assert [each["preferred_region"] for each in whole["items"]] == ["Уфа", "Пермь", "Казань"]
    assert [each["source"] for each in whole["items"]] == ["edited", "edited", "manual"]
    assert second == {"items": [whole["items"][1]], "total": 3}


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=1000001", "limit=" + "9" * 5000]
)
def test_a_bad_page_is_named_in_the_query(with_anna: Installation, query: str) -> None:
    answer = with_anna.bot.get(f"/resume/{ANNA}/history?{query}")

    assert answer.status_code == 422
    assert list(told(answer)["errors"]["query"]) == [query.split("=")[0]]
