"""Profiles over HTTP."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest

from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, a_job, code_of, told


def test_a_profile_is_created_and_then_updated(api: Installation) -> None:
    created = api.bot.post("/users/", PROFILE)
    updated = api.bot.post("/users/", {"telegram_id": ANNA, "city": "Пермь"})

    assert (created.status_code, updated.status_code) == (201, 200)
    assert told(updated) | {"city": "Казань", "updated_at": ""} == told(created) | {"updated_at": ""}
    assert told(updated)["city"] == "Пермь"


def test_a_profile_is_read_as_it_was_written(api: Installation) -> None:
    api.bot.post("/users/", {**PROFILE, "hh_profile_url": "https://kazan.hh.ru/resume/0123"})

    answer = api.bot.get(f"/users/{ANNA}")

    assert answer.status_code == 200
    assert told(answer).items() >= {**PROFILE, "hh_profile_url": "https://kazan.hh.ru/resume/0123"}.items()
    assert told(answer)["created_at"].endswith("Z")


def test_a_new_profile_names_each_required_field_it_lacks(api: Installation) -> None:
    answer = api.bot.post("/users/", {"telegram_id": ANNA, "first_name": "Анна"})

    assert answer.status_code == 422
    assert set(told(answer)["errors"]["body"]) == {"last_name", "age", "city", "email", "phone"}
    assert told(answer)["errors"]["body"]["age"][0]["code"] == "required"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("age", 13, "out_of_range"),
        ("age", 101, "out_of_range"),
        ("age", "29", "not_a_whole_number"),
        ("age", True, "not_a_whole_number"),
        ("age", None, "null"),
        ("first_name", "", "bad_length"),
        ("first_name", "   ", "bad_length"),
        ("first_name", "А" * 101, "bad_length"),
        ("first_name", 5, "not_a_text"),
        ("city", "Каз\x00ань", "bad_characters"),
        ("email", "anna", "not_an_email"),
        ("phone", "12", "not_a_phone"),
        ("hh_profile_url", "http://hh.ru/resume/1", "not_an_hh_url"),
        ("hh_profile_url", "https://hh.ru.example.com/resume/1", "not_an_hh_url"),
        ("telegram_id", 0, "out_of_range"),
        ("telegram_id", -1, "out_of_range"),
        ("telegram_id", 2**63, "out_of_range"),
        ("telegram_id", "abc", "not_a_whole_number"),
        ("nickname", "Аня", "unknown_field"),
    ],
)
def test_a_bad_field_is_named_with_its_code(api: Installation, field: str, value: Any, code: str) -> None:
    answer = api.bot.post("/users/", {**PROFILE, field: value})

    assert answer.status_code == 422
    assert list(told(answer)["errors"]["body"]) == [field]
    assert told(answer)["errors"]["body"][field][0]["code"] == code


def test_a_limit_is_named_with_the_field(api: Installation) -> None:
    answer = api.bot.post("/users/", {**PROFILE, "age": 13, "first_name": ""})

    details = {field: errors[0]["detail"] for field, errors in told(answer)["errors"]["body"].items()}
    assert {"14", "100"} <= set(re.findall(r"\d+", details["age"]))
    assert {"1", "100"} <= set(re.findall(r"\d+", details["first_name"]))


def test_the_smallest_and_the_largest_telegram_id_are_people(api: Installation) -> None:
    for telegram_id in (1, 2**63 - 1):
        assert api.bot.post("/users/", {**PROFILE, "telegram_id": telegram_id}).status_code == 201
        assert told(api.bot.get(f"/users/{telegram_id}"))["telegram_id"] == telegram_id


def test_null_takes_the_optional_link_away(api: Installation) -> None:
    api.bot.post("/users/", {**PROFILE, "hh_profile_url": "https://hh.ru/resume/1"})

    answer = api.bot.post("/users/", {"telegram_id": ANNA, "hh_profile_url": None})

    assert answer.status_code == 200
    assert told(answer)["hh_profile_url"] is None


def test_a_russian_number_is_kept_as_e164(api: Installation) -> None:
    answer = api.bot.post("/users/", {**PROFILE, "phone": "8 (900) 000-00-01"})

    assert told(answer)["phone"] == "+79000000001"


def test_consent_is_asked_for_where_terms_are_set(install: Install) -> None:
    api = install(CONSENT_VERSION="2026-01")

    without = api.bot.post("/users/", PROFILE)
    agreed = api.bot.post("/users/", {**PROFILE, "consent_version": "2026-01"})

    assert told(without)["errors"]["body"]["consent_version"][0]["code"] == "consent_required"
    assert told(agreed)["consent"]["version"] == "2026-01"


def test_nobody_is_not_found(api: Installation) -> None:
    for call in (
        api.bot.get(f"/users/{BORIS}"),
        api.bot.call("DELETE", f"/users/{BORIS}"),
        api.bot.get(f"/users/{BORIS}/export"),
    ):
        assert (call.status_code, code_of(call)) == (404, "user_not_found")


def test_erasing_leaves_nothing(with_anna: Installation) -> None:
    erased = with_anna.bot.call("DELETE", f"/users/{ANNA}")

    assert (erased.status_code, erased.data) == (204, b"")
    assert with_anna.bot.get(f"/users/{ANNA}").status_code == 404
    assert with_anna.bot.get(f"/resume/{ANNA}").status_code == 404


def test_what_is_under_way_for_an_erased_person_ends_without_a_trace(with_anna: Installation) -> None:
    with_anna.bot.post(f"/search/start/{ANNA}", {})
    with_anna.bot.call("DELETE", f"/users/{ANNA}")

    with_anna.work()

    with_anna.bot.post("/users/", PROFILE)
    assert code_of(with_anna.bot.get(f"/search/status/{ANNA}")) == "no_search"


def test_the_export_holds_everything(with_anna: Installation) -> None:
    content = b"{\\rtf1 anything}"
    upload = told(with_anna.bot.send(f"/resume/file/{ANNA}", content, "cv.rtf"))
    with_anna.offer(a_job("1"))
    search_id = with_anna.search()

    export = told(with_anna.bot.get(f"/users/{ANNA}/export"))

    assert export["user"]["telegram_id"] == ANNA
    assert [each["source"] for each in export["resumes"]] == ["manual"]
    assert [each["upload_id"] for each in export["uploads"]] == [upload["upload_id"]]
    assert base64.b64decode(export["files"][upload["upload_id"]]) == content
    assert [each["search_id"] for each in export["search_runs"]] == [search_id]
    assert [each["vacancy_id"] for each in export["matches"]] == ["partner-1"]
    assert export["matches"][0]["assessment"]["lines"]
