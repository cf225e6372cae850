"""hh.ru's résumés, from its JSON to ours: what arrives, and what we do not hold."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from adapters.codec import plain, structured
from adapters.hh.fields import Unreadable
from adapters.hh.resumes import ShortResume, content_of, fullness, mine_of
from domain.resumes.content import (
    Education,
    EducationLevel,
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from tests.adapters.hh.examples import example, leaves, mutilated

LIVE = example("resume_owner_live_2025-05_anonymised")
OWNER = example("resume_owner")
MINE = example("resumes_mine")

NOT_HELD = {
    *("_progress", "access", "actions", "age", "area.id", "area.url", "birth_date", "blocked"),
    *("business_trip_readiness", "can_publish_or_update", "certificate", "citizenship", "contact[].comment"),
    *("contact[].need_verification", "contact[].type.name", "contact[].verified", "created_at", "creds", "download"),
    *("education.level.name", "education.primary[].education_level.name", "education.primary[].id"),
    *("education.primary[].name_id", "education.primary[].organization_id", "education.primary[].result_id"),
    *("education.primary[].university_acronym", "education.additional[].id", "employment", "employment_form"),
    *("employments", "experience[].area", "experience[].company_id", "experience[].company_url"),
    *("experience[].employer.alternate_url", "experience[].employer.id", "experience[].employer.logo_urls"),
    *("experience[].employer.url", "experience[].industries", "experience[].industry", "finished"),
    *("fly_in_fly_out_duration", "gender", "hidden_fields", "id", "internship", "language[].id"),
    *("language[].level.name", "metro", "moderation_note", "new_views", "next_publish_at", "night_shifts"),
    *("paid_services", "photo", "platform", "portfolio", "professional_roles[].id", "progress", "publish_url"),
    *("ready_for_temporary_job", "real_id", "recommendation", "relocation.district", "relocation.type.name"),
    *("resume_locale", "schedule.name", "schedules[].name", "site", "specialization", "status", "tags"),
    *("total_views", "travel_time", "updated_at", "views_url", "work_schedule_by_days", "work_ticket"),
    "working_hours",
}
"""A résumé of ours has no place for these. What tells one résumé of several from another is in `ShortResume`."""

SECOND_CHOICE = {
    *("contact[].value.city", "contact[].value.country", "contact[].value.number"),  # of contact[].value.formatted
    "education.primary[].organization",  # of education.primary[].result
    *("experience[].employer", "experience[].employer.name"),  # of experience[].company
    "professional_roles[].name",  # of title
    *("schedule.id", "schedules[].id"),  # of work_format
    *("relocation.area", "relocation.type.id"),  # of area, where somebody wishes to move
}
"""What is read where the first choice is not told."""

EMPTY = {
    *("education.attestation", "education.elementary", "education.additional"),
    *("driver_license_types", "has_vehicle", "middle_name", "skill_set", "work_format"),
}
"""Said to be none, in one example at least: read, and nothing arrives."""

OF_LIVE: dict[str, tuple[str, Any]] = {
    "first_name": ("contact.first_name", "Иван"),
    "last_name": ("contact.last_name", "Примеров"),
    "middle_name": ("contact.middle_name", "Иванович"),
    "contact[].value": ("contact.email", "user@example.com"),
    "contact[].value.formatted": ("contact.phone", "+79000000000"),
    "contact[].type.id": ("contact.phone", "+79000000000"),
    "contact[].preferred": ("contact.email", "user@example.com"),
    "area.name": ("contact.city", "Пенза"),
    "alternate_url": (
        "contact.hh_profile_url",
        "https://hh.ru/resume/0123456789abcdef0123456789abcdef012345",
    ),
    "title": ("desired_position", "LLM Engineer"),
    "total_experience.months": ("years_experience", 3.3),
    **dict.fromkeys(
        ("skill_set[]", "driver_license_types[].id", "has_vehicle"),
        ("skills", ("ChatGPT", "AI", "Водительские права категории B", "Личный автомобиль")),
    ),
    **dict.fromkeys(("salary.amount", "salary.currency"), ("salary", Money(amount=Decimal(230_000), currency="RUB"))),
    **dict.fromkeys(
        ("language[].name", "language[].level.id"),
        ("languages", (Language(name="Russian", level=LanguageLevel.NATIVE),)),
    ),
    "education.level.id": ("education_level", EducationLevel.HIGHER),
    **dict.fromkeys(
        (
            *(f"education.primary[].{name}" for name in ("name", "result", "year", "education_level.id")),
            *(f"education.additional[].{name}" for name in ("name", "organization", "result", "year")),
        ),
        (
            "education",
            (
                Education(
                    institution="Пензенский государственный университет, Пенза",
                    speciality="Автоматизация технологических процессов и производств (по отраслям)",
                    level=EducationLevel.HIGHER,
                    year=2016,
                ),
                Education(institution="Coursera", speciality="Специализация «Data Engineering»", year=2025),
            ),
        ),
    ),
    **dict.fromkeys(
        (f"experience[].{name}" for name in ("start", "end", "company", "position", "description")),
        (
            "experience",
            (
                Experience(
                    position="AI engineer",
                    company="ООО «Пример»",
                    start="2024-05",
                    current=True,
                    description="Многострочный\nтекст обязанностей",
                ),
            ),
        ),
    ),
    "skills": ("summary", "Свободный текст «О себе»."),
}
OF_OWNER: dict[str, tuple[str, Any]] = {
    "first_name": ("contact.first_name", "Иван"),
    "last_name": ("contact.last_name", "Иванов"),
    "contact[].contact_value": ("contact.phone", "+74955527367"),
    "contact[].kind": ("contact.email", "my-email@example.com"),
    "contact[].type.id": ("contact.email", "my-email@example.com"),
    "contact[].preferred": ("contact.email", "my-email@example.com"),
    "area.name": ("region", "Москва"),
    "alternate_url": ("contact.hh_profile_url", "https://hh.ru/resume/ca9fb415848"),
    "title": ("desired_position", "API Test Resume"),
    "total_experience.months": ("years_experience", 1.2),
    **dict.fromkeys(("salary.amount", "salary.currency"), ("salary", Money(amount=Decimal(10_000), currency="USD"))),
    **dict.fromkeys(
        ("language[].name", "language[].level.id"),
        ("languages", (Language(name="Chuvash", level=LanguageLevel.A1),)),
    ),
    "education.level.id": ("education_level", EducationLevel.MASTER),
    **dict.fromkeys(
        (f"education.primary[].{name}" for name in ("name", "result", "year")),
        (
            "education",
            (
                Education(
                    institution="Московский государственный университет имени М.В. Ломоносова, Москва",
                    speciality="Фундаментальные математика и механика",
                    year=1988,
                ),
            ),
        ),
    ),
    **dict.fromkeys(
        (f"experience[].{name}" for name in ("start", "end", "company", "position", "description")),
        (
            "experience",
            (
                Experience(
                    position="Директор",
                    company="Компания",
                    start="2011-01",
                    end="2012-02",
                    description="Руководил отделом",
                ),
            ),
        ),
    ),
    "skills": ("summary", "Руководство большой командой"),
}


def told(content: ResumeContent, path: str) -> Any:
    first, _, second = path.partition(".")
    value = getattr(content, first)
    return getattr(value, second) if second else value


def forgotten(body: Any, held: dict[str, Any]) -> set[str]:
    known = {*held, *SECOND_CHOICE, *EMPTY}
    return {
        leaf
        for leaf in leaves(body)
        if leaf not in known and not any(leaf == each or leaf.startswith((f"{each}.", f"{each}[")) for each in NOT_HELD)
    }


@pytest.mark.parametrize(("body", "held"), [(LIVE, OF_LIVE), (OWNER, OF_OWNER)], ids=["live", "documented"])
def test_every_field_that_a_resume_can_hold_arrives(body: Any, held: dict[str, tuple[str, Any]]) -> None:
    content = content_of(body)

    assert {leaf: told(content, path) for leaf, (path, _) in held.items()} == {
        leaf: value for leaf, (_, value) in held.items()
    }
    assert forgotten(body, held) == set()
    assert set(held) <= leaves(body)


def test_the_position_held_now_is_the_current_one() -> None:
    assert content_of(LIVE).current_position == "AI engineer"
    assert content_of(OWNER).current_position == "Директор"


def changed(**fields: Any) -> ResumeContent:
    return content_of({**LIVE, **fields})


@pytest.mark.parametrize(
    ("contacts", "phone", "email"),
    [
        (None, None, None),
        ([], None, None),
        ([{"kind": "phone", "contact_value": "8 (900) 000-00-01"}], "+79000000001", None),
        ([{"kind": "email", "contact_value": "anna@example.ru"}], None, "anna@example.ru"),
        ([{"type": {"id": "email"}, "value": "anna@example.ru"}], None, "anna@example.ru"),
        ([{"type": {"id": "email"}, "value": "at home", "contact_value": None}], None, None),
        ([{"type": {"id": "cell"}, "value": "+7 900 000-00-01"}], "+79000000001", None),
        (
            [{"type": {"id": "home"}, "value": {"country": "375", "city": "29", "number": "1000001"}}],
            "+375291000001",
            None,
        ),
        ([{"type": {"id": "cell"}, "value": {"formatted": "no number", "number": "1"}}], None, None),
        ([{"kind": "phone", "contact_value": "112"}, {"kind": "phone", "contact_value": "+7 900"}], None, None),
        ([{"type": {"id": "skype"}, "value": "+7 900 000-00-01"}], None, None),
        (
            [
                {"kind": "phone", "type": {"id": "home"}, "contact_value": "+7 900 000-00-03"},
                {"kind": "phone", "type": {"id": "cell"}, "contact_value": "+7 900 000-00-01"},
            ],
            "+79000000001",
            None,
        ),
        (
            [
                {"kind": "phone", "type": {"id": "cell"}, "contact_value": "+7 900 000-00-01"},
                {"kind": "phone", "type": {"id": "work"}, "contact_value": "+7 900 000-00-02", "preferred": True},
                {"kind": "email", "contact_value": "first@example.ru", "preferred": False},
                {"kind": "email", "contact_value": "second@example.ru", "preferred": True},
            ],
            "+79000000002",
            "second@example.ru",
        ),
    ],
)
def test_a_contact_is_read_in_both_forms(contacts: Any, phone: str | None, email: str | None) -> None:
    contact = changed(contact=contacts).contact

    assert (contact.phone, contact.email) == (phone, email)


def a_job(**fields: Any) -> dict[str, Any]:
    return {"start": "2020-01-01", "end": None, "company": "Пример", "position": "Токарь", **fields}


@pytest.mark.parametrize(
    ("fields", "ours"),
    [
        ({}, Experience(position="Токарь", company="Пример", start="2020-01", current=True)),
        ({"end": "2021-12-31"}, Experience(position="Токарь", company="Пример", start="2020-01", end="2021-12")),
        ({"end": 2021}, Experience(position="Токарь", company="Пример", start="2020-01")),
        ({"start": None}, Experience(position="Токарь", company="Пример")),
        ({"start": "2020-13-01"}, Experience(position="Токарь", company="Пример")),
        (
            {"company": None, "employer": {"id": "1", "name": "Завод"}},
            Experience(position="Токарь", company="Завод", start="2020-01", current=True),
        ),
    ],
)
def test_a_job_is_read(fields: dict[str, Any], ours: Experience) -> None:
    assert changed(experience=[None, a_job(**fields), {}]).experience == (ours,)


@pytest.mark.parametrize(
    ("jobs", "position"),
    [
        ([a_job(position="Первый", end="2021-01-01"), a_job(position="Второй")], "Второй"),
        ([a_job(position="Первый", start="2019-01-01"), a_job(position="Второй", start="2020-01-01")], "Второй"),
        ([a_job(position="Первый", end="2022-01-01"), a_job(position="Второй", end="2021-01-01")], "Первый"),
        ([a_job(position="Первый"), a_job(position="Второй")], "Первый"),
        ([a_job(position=None), a_job(position="Второй", end="2021-01-01")], "Второй"),
        ([], None),
    ],
)
def test_the_position_of_the_newest_job_counts(jobs: list[Any], position: str | None) -> None:
    assert changed(experience=jobs).current_position == position


@pytest.mark.parametrize(
    ("formats", "schedules", "schedule", "ours"),
    [
        (["REMOTE"], ["fullDay"], "fullDay", WorkFormat.REMOTE),
        (["ON_SITE"], None, None, WorkFormat.OFFICE),
        (["FIELD_WORK", "FLY_IN_FLY_OUT"], None, None, WorkFormat.FIELD),
        (["HYBRID", "REMOTE"], None, None, WorkFormat.HYBRID),
        (["ON_SITE", "REMOTE"], None, None, WorkFormat.HYBRID),
        (["REMOTE", "FIELD_WORK"], ["remote"], None, None),
        (None, ["remote"], "fullDay", WorkFormat.REMOTE),
        ([], [], "remote", WorkFormat.REMOTE),
        (None, ["fullDay", "remote"], "remote", None),
        (None, ["fullDay"], None, None),
        (None, None, None, None),
    ],
)
def test_the_format_wished_is_read_in_both_forms(
    formats: list[str] | None, schedules: list[str] | None, schedule: str | None, ours: WorkFormat | None
) -> None:
    def entries(names: list[str] | None) -> list[dict[str, str]] | None:
        return None if names is None else [{"id": name} for name in names]

    content = changed(
        work_format=entries(formats),
        schedules=entries(schedules),
        schedule=None if schedule is None else {"id": schedule},
    )

    assert content.work_format is ours


@pytest.mark.parametrize(
    ("type_", "areas", "region"),
    [
        ("relocation_desirable", ["Казань"], "Казань"),
        ("relocation_desirable", ["Казань", "Москва"], "Пенза"),
        ("relocation_desirable", [], "Пенза"),
        ("relocation_possible", ["Казань"], "Пенза"),
        ("no_relocation", ["Казань"], "Пенза"),
    ],
)
def test_who_wishes_to_move_is_sought_for_where_they_wish(type_: str, areas: list[str], region: str) -> None:
    content = changed(relocation={"type": {"id": type_}, "area": [{"id": "88", "name": name} for name in areas]})

    assert (content.region, content.contact.city) == (region, "Пенза")


@pytest.mark.parametrize(
    ("level", "ours"),
    [
        ("secondary", EducationLevel.SECONDARY),
        ("special_secondary", EducationLevel.VOCATIONAL),
        ("unfinished_higher", EducationLevel.INCOMPLETE_HIGHER),
        ("higher", EducationLevel.HIGHER),
        ("bachelor", EducationLevel.BACHELOR),
        ("master", EducationLevel.MASTER),
        ("candidate", EducationLevel.PHD),
        ("doctor", EducationLevel.PHD),
        ("new", None),
    ],
)
def test_the_level_of_education_is_read(level: str, ours: EducationLevel | None) -> None:
    content = changed(education={"level": {"id": level}, "primary": None})

    assert (content.education_level, content.education) == (ours, ())


def test_every_kind_of_study_is_read() -> None:
    education = {
        "primary": [{"name": "Институт", "organization": "Мехмат", "result": None, "year": 3020}, {"year": 1999}],
        "elementary": [{"name": "Школа № 1", "year": 2001}],
        "additional": [{"name": "Курс", "organization": None, "result": "Сварка", "year": "2003"}],
        "attestation": [{"name": "Тест", "organization": "Центр", "result": "Отлично", "year": 2004}],
    }

    assert changed(education=education).education == (
        Education(institution="Институт", speciality="Мехмат"),
        Education(institution="Школа № 1", level=EducationLevel.SECONDARY, year=2001),
        Education(institution="Курс", speciality="Сварка"),
        Education(institution="Центр", speciality="Тест, Отлично", year=2004),
    )


@pytest.mark.parametrize(
    ("levels", "ours"),
    [
        ([("Английский", "b2"), ("Русский", "l1")], [("English", "B2"), ("Russian", "native")]),
        ([("English", "c2"), ("Английский", "a1")], [("English", "C2")]),
        ([("Санскрит", None), ("", "b1")], [("Санскрит", None)]),
        ([("Немецкий", "fluent")], [("German", None)]),
    ],
)
def test_languages_are_named_as_ours_are(
    levels: list[tuple[str, str | None]], ours: list[tuple[str, str | None]]
) -> None:
    language = [{"name": name, "level": None if level is None else {"id": level}} for name, level in levels]

    assert [(each.name, each.level and each.level.value) for each in changed(language=language).languages] == ours


@pytest.mark.parametrize(
    ("salary", "ours"),
    [
        ({"amount": 5000, "currency": "BYR"}, Money(amount=Decimal(5000), currency="BYN")),
        ({"amount": 0, "currency": "RUR"}, None),
        ({"amount": "5000", "currency": "RUR"}, None),
        ({"amount": 5000, "currency": None}, None),
        (None, None),
    ],
)
def test_a_salary_is_one_sum_a_month(salary: Any, ours: Money | None) -> None:
    assert changed(salary=salary).salary == ours


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://kazan.hh.ru/resume/0123?hhtmFrom=list#x", "https://kazan.hh.ru/resume/0123"),
        ("http://hh.ru/resume/0123", None),
        ("https://hh.ru.example.com/resume/0123", None),
        (None, None),
    ],
)
def test_the_page_of_the_resume_is_kept(url: Any, ours: str | None) -> None:
    assert changed(alternate_url=url).contact.hh_profile_url == ours


def test_what_is_null_is_not_told() -> None:
    content = content_of({**dict.fromkeys(LIVE), "title": "Токарь"})

    assert content == ResumeContent(desired_position="Токарь")


def test_the_role_stands_in_for_a_title_not_given() -> None:
    assert changed(title=None).desired_position == "Дата-сайентист"


def test_a_skill_is_told_once() -> None:
    assert changed(skill_set=["SQL", "sql", " ", None, "1С "], driver_license_types=None, has_vehicle=None).skills == (
        "SQL",
        "1С",
    )


def test_texts_come_without_what_no_store_takes() -> None:
    assert changed(skills="О\x00 себе\ud800\r\nи \x1bмного").summary == "О себе\nи много"


@pytest.mark.parametrize("body", [None, [], {}, "resume", {"id": "1", "skills": 5}])
def test_what_is_no_resume_is_refused(body: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        content_of(body)

    assert refused.value.code == "hh_no_resume"


def test_the_fuller_of_two_resumes_has_more_fields_filled_in() -> None:
    assert fullness(ResumeContent()) == 0
    assert fullness(content_of({"title": "Токарь", "first_name": "Иван"})) == 2
    assert fullness(changed()) > fullness(changed(skills=None)) > fullness(changed(skills=None, middle_name=None))


def test_the_list_of_ones_own_resumes_is_read() -> None:
    updated_at = datetime(2015, 5, 9, 21, tzinfo=timezone.utc)

    assert mine_of(MINE) == (ShortResume(id="01234567890abcdef", title="Начинающий специалист", updated_at=updated_at),)


def test_one_bad_resume_harms_no_other() -> None:
    listed = mine_of({"items": [None, {"title": "без номера"}, {"id": "../me"}, {"id": "0a", "title": None}]})

    assert listed == (ShortResume(id="0a"),)


@pytest.mark.parametrize("body", [None, [], {}, {"items": None}])
def test_what_is_no_list_is_refused(body: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        mine_of(body)

    assert refused.value.code == "hh_no_list"


@pytest.mark.parametrize("whole", [LIVE, OWNER], ids=["live", "documented"])
def test_a_resume_can_be_kept(whole: Any) -> None:
    content = content_of(whole)

    assert structured(plain(content), ResumeContent) == content


@given(body=mutilated(LIVE))
def test_a_mutilated_resume_is_read_or_refused_in_one_way(body: Any) -> None:
    try:
        content = content_of(body)
    except Unreadable:
        return
    assert structured(plain(content), ResumeContent) == content
    repr(content).encode()


@given(body=mutilated(MINE))
def test_a_mutilated_list_is_read_or_refused_in_one_way(body: Any) -> None:
    try:
        listed = mine_of(body)
    except Unreadable:
        return
    assert all(each.id.isalnum() for each in listed)
