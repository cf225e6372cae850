"""hh.ru's vacancies, from its JSON to ours: what arrives, and what we do not hold."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hh.fields import Unreadable
from adapters.hh.vacancies import draft_of, hh_vacancy_id, id_in, is_closed, page_of, still_hold
from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.skills import SkillCatalogue
from domain.resumes.content import LanguageLevel, WorkFormat
from domain.vacancies.arrival import Arrivals, Draft
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy
from tests.adapters.hh.examples import example, leaves, mutilated
from tests.builders import NOW

DETAILS = example("vacancy_details")
ITEM = example("vacancies_search")["items"][0]
LIVE_ITEM = example("vacancies_search_live_2025-04")["items"][0]
ARRIVALS = Arrivals(markup=HtmlMarkup(), skills=SkillCatalogue())

NOT_HELD = {
    *("accept_handicapped", "accept_incomplete_resumes", "accept_kids", "accept_temporary", "age_restriction"),
    *("address.building", "address.description", "address.lat", "address.lng", "address.metro_stations"),
    *("address.street", "adv_context", "adv_response_url", "allow_messages", "apply_alternate_url", "approved"),
    *("area.id", "area.url", "benefits", "billing_type", "brand_snippet", "branded_description", "branded_template"),
    *("branding", "can_upgrade_billing_type", "code", "contacts", "counters", "department", "employer.alternate_url"),
    *("employer.accredited_it_employer", "employer.badges", "employer.blacklisted", "employer.employer_rating"),
    *("employer.logo_urls", "employer.trusted", "employer.url", "employer.vacancies_url", "employment"),
    *("employment_form", "fly_in_fly_out_duration", "has_test", "initial_created_at", "insider_interview"),
    *("internship", "is_adv_vacancy", "languages[].id", "languages[].level.id", "manager", "misleading_vacancy_alert"),
    *("night_shifts", "premium", "professional_roles", "relations", "response_letter_required"),
    *("response_notifications", "response_url", "salary_range.frequency.name", "salary_range.mode.name"),
    *("schedule.name", "show_contacts", "show_logo_in_search", "sort_point_distance", "test", "type.name", "url"),
    *("video_vacancy", "work_format[].name", "work_schedule_by_days", "working_days", "working_hours"),
    *("working_time_intervals", "working_time_modes"),
}
"""Neither a vacancy nor a draft of ours has a place for these."""

SECOND_CHOICE = {
    *("salary.currency", "salary.from", "salary.gross", "salary.to"),  # of salary_range
    *("address", "address.city"),  # of area
    "created_at",  # of published_at
    "schedule.id",  # of work_format
    "experience.name",  # of experience.id
}
"""What is read where the first choice is not told."""

GATE = {"archived", "hidden", "type.id", "employer.id"}
"""What decides whether the vacancy is open, and whether its employer may be named."""


def arrived(item: Any, details: Any = None) -> Vacancy:
    draft = draft_of(item, details)
    return ARRIVALS.vacancy(draft, id=hh_vacancy_id(draft.id), at=NOW)


def forgotten(body: Any, held: dict[str, Any]) -> set[str]:
    known = {*held, *SECOND_CHOICE, *GATE}
    return {
        leaf
        for leaf in leaves(body)
        if leaf not in known and not any(leaf == each or leaf.startswith((f"{each}.", f"{each}[")) for each in NOT_HELD)
    }


PAY = SalaryRange(from_=Decimal(30000), to=None, currency="RUB", gross=True, period=SalaryPeriod.MONTH)
OF_DETAILS: dict[str, tuple[str, Any]] = {
    "id": ("id", "hh-8331228"),
    "name": ("title", "Секретарь"),
    "employer.name": ("company", "HeadHunter"),
    "area.name": ("area", "Москва"),
    **{f"salary_range.{name}": ("salary", PAY) for name in ("from", "to", "currency", "gross", "mode.id")},
    "salary_range.frequency.id": ("salary", PAY),
    "work_format[].id": ("work_format", WorkFormat.OFFICE),
    "experience.id": ("experience", ExperienceAsked(least=1, most=3)),
    "description": ("description", "Работа хороша"),
    **dict.fromkeys(
        (*("key_skills[].name", "languages[].name", "languages[].level.name", "driver_license_types[].id"),),
        (
            "skills",
            (
                "Прием посетителей",
                "Первичный документооборот",
                "Английский — B2 — Средне-продвинутый",
                "Водительские права категории A",
                "Водительские права категории B",
            ),
        ),
    ),
    "alternate_url": ("url", "https://hh.ru/vacancy/8331228"),
    "published_at": ("published_at", datetime(2013, 7, 8, 12, 17, 21, tzinfo=timezone.utc)),
    "expires_at": ("closes_at", datetime(2013, 8, 8, 12, 17, 21, tzinfo=timezone.utc)),
}
OF_ITEM: dict[str, tuple[str, Any]] = {
    **{
        name: OF_DETAILS[name] for name in ("id", "name", "employer.name", "area.name", "alternate_url", "published_at")
    },
    **{name: told for name, told in OF_DETAILS.items() if name.startswith("salary_range.")},
    "snippet.requirement": (
        "requirements",
        "Высшее образование. Опыт работы в качестве секретаря, офис-менеджера. Знание делопроизводства, "
        "документооборота. Коммуникативные навыки.",
    ),
    "snippet.responsibility": (
        "responsibilities",
        "Документооборот (регистрация, отправка, контроль исполнения писем, ведение протоколов, отчетность). "
        "Распределение корреспонденции. Прием и распределение телефонных звонков.",
    ),
}
LIVE_PAY = SalaryRange(from_=Decimal(85000), currency="RUB", gross=False)
OF_LIVE_ITEM: dict[str, tuple[str, Any]] = {
    "id": ("id", "hh-119883635"),
    "name": ("title", "Junior Go Developer"),
    "employer.name": ("company", "Пример, филиал"),
    "area.name": ("area", "Москва"),
    **{f"salary_range.{name}": ("salary", LIVE_PAY) for name in ("from", "to", "currency", "gross", "mode.id")},
    "salary_range.frequency.id": ("salary", LIVE_PAY),
    "work_format[].id": ("work_format", WorkFormat.REMOTE),
    "experience.id": ("experience", ExperienceAsked(least=1, most=3)),
    "alternate_url": ("url", "https://hh.ru/vacancy/119883635"),
    "published_at": ("published_at", datetime(2025, 4, 23, 15, 55, 44, tzinfo=timezone.utc)),
    "snippet.requirement": (
        "requirements",
        "Понимание ООП, базовых алгоритмов и структур данных. Опыт работы с SQL или NoSQL базами данных. Знание "
        "принципов RESTful API (опыт...",
    ),
    "snippet.responsibility": (
        "responsibilities",
        "Поддержка команды и наставничество. Готов к новым вызовам и развитию в backend? Присоединяйся к нашей "
        "команде!",
    ),
}


@pytest.mark.parametrize(
    ("body", "held"),
    [(DETAILS, OF_DETAILS), (ITEM, OF_ITEM), (LIVE_ITEM, OF_LIVE_ITEM)],
    ids=["details", "item", "live item"],
)
def test_every_field_that_a_vacancy_can_hold_arrives(body: Any, held: dict[str, tuple[str, Any]]) -> None:
    vacancy = arrived(body)

    assert {leaf: getattr(vacancy, name) for leaf, (name, _) in held.items()} == {
        leaf: value for leaf, (_, value) in held.items()
    }
    assert vacancy.source == "hh"
    assert forgotten(body, held) == set()
    assert set(held) <= leaves(body)


def test_what_is_asked_is_found_in_the_tags() -> None:
    asked = {each.skill: each.level for each in arrived(DETAILS).asks}

    assert asked["Английский язык"] is LanguageLevel.B2
    assert "Водительские права категории B" in asked


def test_the_details_are_laid_over_the_item() -> None:
    item = {**ITEM, "salary_range": {**ITEM["salary_range"], "from": 1}, "experience": {"id": "moreThan6"}}
    details = {**DETAILS, "salary_range": None, "salary": None, "description": "<p>Ждём <b>Вас</b></p><ul><li>чай</ul>"}

    vacancy = arrived(item, details)

    assert vacancy.experience == ExperienceAsked(least=1, most=3)
    assert vacancy.salary == replace(PAY, from_=Decimal(1))
    assert vacancy.description == "Ждём Вас\n\n• чай"
    # The description says whole what the snippet says in pieces.
    assert (vacancy.requirements, vacancy.responsibilities) == ("", "")


def test_only_the_description_makes_a_vacancy_whole() -> None:
    assert arrived(ITEM).outline
    assert not arrived(DETAILS).outline
    assert not arrived(ITEM, DETAILS).outline
    assert arrived(ITEM, {**DETAILS, "description": None}).outline


@pytest.mark.parametrize(
    ("of_item", "hold"),
    [
        ({}, True),
        ({"snippet": None, "area": None, "published_at": None, "created_at": None, "experience": None}, True),
        ({"name": "Другое"}, False),
        ({"name": None}, False),
        ({"id": "1"}, False),
        ({"salary": None, "salary_range": None}, False),
        ({"type": {"id": "anonymous"}}, False),
        ({"area": {"id": "2", "name": "Санкт-Петербург"}}, False),
        ({"alternate_url": "https://hh.ru/vacancy/new"}, False),
    ],
)
def test_details_hold_as_long_as_the_item_says_the_same(of_item: dict[str, Any], hold: bool) -> None:
    assert still_hold(DETAILS, {**DETAILS, "description": None, **of_item}) is hold


def test_an_item_stands_alone_until_its_details_are_known() -> None:
    assert draft_of(ITEM) == draft_of(ITEM, None) == draft_of(ITEM, []) == draft_of(None, ITEM)


def changed(**fields: Any) -> Draft:
    return draft_of({**copy.deepcopy(LIVE_ITEM), **fields})


def paid(**fields: Any) -> SalaryRange | None:
    given = {"from": 100, "to": 200, "currency": "RUR", "gross": None, **fields}
    return arrived({**LIVE_ITEM, "salary_range": given}).salary


@pytest.mark.parametrize(
    ("mode", "frequency", "period"),
    [
        ("MONTH", "MONTHLY", SalaryPeriod.MONTH),
        ("MONTH", "DAILY", SalaryPeriod.MONTH),
        ("MONTH", None, SalaryPeriod.MONTH),
        ("HOUR", "WEEKLY", SalaryPeriod.HOUR),
        ("SHIFT", "DAILY", SalaryPeriod.SHIFT),
        (None, None, SalaryPeriod.MONTH),
        (None, "TWICE_PER_MONTH", SalaryPeriod.MONTH),
        (None, "DAILY", None),
        (None, "PER_PROJECT", None),
        ("MONTH", "PER_PROJECT", None),
        ("SERVICE", "PER_PROJECT", None),
        ("FLY_IN_FLY_OUT", "MONTHLY", None),
        ("DECADE", None, None),
    ],
)
def test_what_is_paid_is_told_only_for_a_time_we_know(
    mode: str | None, frequency: str | None, period: SalaryPeriod | None
) -> None:
    pay = paid(mode=None if mode is None else {"id": mode}, frequency=None if frequency is None else {"id": frequency})

    assert (None if pay is None else pay.period) == period
    assert pay is None or (pay.from_, pay.to) == (Decimal(100), Decimal(200))


@pytest.mark.parametrize(
    ("given", "pay"),
    [
        ({"currency": "BYR"}, SalaryRange(from_=Decimal(100), to=Decimal(200), currency="BYN")),
        (
            {"currency": "USD", "gross": True},
            SalaryRange(from_=Decimal(100), to=Decimal(200), currency="USD", gross=True),
        ),
        ({"from": None, "gross": False}, SalaryRange(to=Decimal(200), gross=False)),
        ({"from": 0}, SalaryRange(to=Decimal(200))),
        ({"from": 99.5, "to": "200"}, SalaryRange(from_=Decimal("99.5"))),
        ({"from": True, "to": 10**12}, None),
        ({"from": None, "to": None}, None),
        ({"from": 300}, None),
        ({"from": float("nan"), "to": float("inf")}, None),
        ({"currency": None}, None),
        ({"currency": "roubles"}, None),
    ],
)
def test_odd_sums_are_left_out(given: dict[str, Any], pay: SalaryRange | None) -> None:
    assert paid(**given) == pay


def test_the_older_field_of_pay_is_read_where_the_newer_one_is_not_there() -> None:
    assert arrived({**LIVE_ITEM, "salary_range": None}).salary == LIVE_PAY
    assert arrived({name: told for name, told in LIVE_ITEM.items() if name != "salary_range"}).salary == LIVE_PAY
    assert arrived({**LIVE_ITEM, "salary_range": None, "salary": None}).salary is None


@pytest.mark.parametrize(
    ("formats", "schedule", "ours"),
    [
        (["ON_SITE"], "remote", WorkFormat.OFFICE),
        (["FIELD_WORK"], None, WorkFormat.FIELD),
        (["ON_SITE", "HYBRID"], None, WorkFormat.HYBRID),
        (["ON_SITE", "HYBRID", "REMOTE"], None, WorkFormat.REMOTE),
        (["MOON"], "remote", WorkFormat.REMOTE),
        ([], "remote", WorkFormat.REMOTE),
        (None, "fullDay", None),
        (None, "flyInFlyOut", None),
        (None, None, None),
    ],
)
def test_the_format_of_work_is_read_in_both_forms(
    formats: list[str] | None, schedule: str | None, ours: WorkFormat | None
) -> None:
    draft = changed(
        work_format=None if formats is None else [{"id": each} for each in formats],
        schedule=None if schedule is None else {"id": schedule},
    )

    assert draft.work_format is ours


@pytest.mark.parametrize(
    ("experience", "asked"),
    [
        ({"id": "noExperience", "name": "Нет опыта"}, ExperienceAsked(least=0, most=0)),
        ({"id": "between1And3"}, ExperienceAsked(least=1, most=3)),
        ({"id": "between3And6"}, ExperienceAsked(least=3, most=6)),
        ({"id": "moreThan6"}, ExperienceAsked(least=6)),
        ({"id": "new", "name": "От 2 лет"}, ExperienceAsked(least=2)),
        ({"id": "new"}, None),
        (None, None),
    ],
)
def test_the_experience_asked_is_read(experience: Any, asked: ExperienceAsked | None) -> None:
    assert arrived({**LIVE_ITEM, "experience": experience}).experience == asked


@pytest.mark.parametrize(
    "fields",
    [
        {"type": {"id": "anonymous"}},
        {"employer": None},
        {"employer": {"id": None, "name": "Крупная компания", "url": None}},
        {"employer": {"name": "Крупная компания"}},
    ],
)
def test_an_employer_who_does_not_want_to_be_named_is_not(fields: dict[str, Any]) -> None:
    assert changed(**fields).company is None


def test_an_advertised_vacancy_names_its_employer() -> None:
    assert changed(type={"id": "direct"}, response_url="https://example.com/").company == "Пример, филиал"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://hh.ru/vacancy/1", "https://hh.ru/vacancy/1"),
        (None, None),
        ("http://hh.ru/vacancy/1", None),
        ("javascript:alert(1)", None),
        ("https://hh.ru/ vacancy", None),
        (["https://hh.ru/vacancy/1"], None),
    ],
)
def test_only_an_https_address_is_one(url: Any, ours: str | None) -> None:
    assert changed(alternate_url=url).url == ours


@pytest.mark.parametrize(
    ("given", "ours"),
    [
        ("2026-11-23T10:00:00+0300", datetime(2026, 11, 23, 7, tzinfo=timezone.utc)),
        ("2026-11-23T10:00:00+03:00", datetime(2026, 11, 23, 7, tzinfo=timezone.utc)),
        ("2026-11-23T10:00:00Z", datetime(2026, 11, 23, 10, tzinfo=timezone.utc)),
        ("2026-11-23T10:00:00.250000Z", datetime(2026, 11, 23, 10, 0, 0, 250_000, tzinfo=timezone.utc)),
        ("2026-11-23", None),
        ("2026-11-23T10:00:00", None),
        ("9999-12-31T23:59:59-1200", None),
        ("1013-07-08T16:17:21+0400", None),
        (1700000000, None),
    ],
)
def test_a_time_is_read_with_its_offset(given: Any, ours: datetime | None) -> None:
    assert changed(published_at=given, created_at=None).published_at == ours


def test_the_day_it_was_made_stands_in_for_the_day_it_was_published() -> None:
    assert changed(published_at=None).published_at == datetime(2025, 4, 23, 15, 55, 44, tzinfo=timezone.utc)


def test_the_city_of_the_address_stands_in_for_the_area() -> None:
    assert changed(area=None, address={"city": "Химки"}).area == "Химки"


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({}, False),
        ({"archived": True}, True),
        ({"archived": "true"}, True),
        ({"archived": "false"}, False),
        ({"archived": None}, False),
        ({"archived": "perhaps"}, False),
        ({"closed_for_applicants": True}, True),
        ({"closed_for_applicants": None}, False),
        ({"hidden": True}, True),
        ({"type": {"id": "closed", "name": "Закрытая"}}, True),
        ({"type": {"id": "anonymous"}}, False),
        ({"type": {"id": "direct"}}, False),
        ({"type": "closed"}, False),
    ],
)
def test_a_closed_vacancy_is_noticed(fields: dict[str, Any], closed: bool) -> None:
    assert is_closed({**DETAILS, **fields}) is closed


def test_what_is_no_vacancy_is_not_closed() -> None:
    assert not is_closed(None)


@pytest.mark.parametrize(
    ("item", "details", "code"),
    [
        (None, None, "hh_no_id"),
        ([], "text", "hh_no_id"),
        ({"name": "Секретарь"}, None, "hh_no_id"),
        ({"id": "../1", "name": "Секретарь"}, None, "hh_no_id"),
        ({"id": True, "name": "Секретарь"}, None, "hh_no_id"),
        ({"id": "1"}, None, "hh_no_title"),
        ({"id": "1", "name": "  "}, None, "hh_no_title"),
        ({"id": "1", "name": "Секретарь"}, {"id": "2"}, "hh_other_vacancy"),
    ],
)
def test_what_no_vacancy_can_be_made_of_is_refused(item: Any, details: Any, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        draft_of(item, details)

    assert refused.value.code == code


@pytest.mark.parametrize(("given", "hh_id"), [("8331228", "8331228"), (8331228, "8331228"), (-1, None), (1.5, None)])
def test_an_id_may_be_a_number(given: Any, hh_id: str | None) -> None:
    assert id_in({"id": given}) == hh_id


def test_long_texts_are_cut_so_that_the_vacancy_is_taken() -> None:
    vacancy = arrived(
        {
            **DETAILS,
            "name": "Секретарь " * 100,
            "description": "<p>слово</p>" * 10_000,
            "employer": {"id": "1", "name": "О" * 1000},
            "key_skills": [{"name": f"навык {number} {'я' * 500}"} for number in range(300)],
        }
    )

    assert (len(vacancy.title), len(vacancy.company or ""), len(vacancy.skills)) == (299, 300, 100)
    assert len(vacancy.description) <= 50_000


def test_a_page_of_a_search_is_read() -> None:
    page = page_of(example("vacancies_search_live_2025-04"))

    assert (page.items, page.found, page.pages) == ((LIVE_ITEM,), 2907, 2000)


def test_one_bad_item_harms_no_other() -> None:
    page = page_of({"items": [None, "text", LIVE_ITEM, 5], "found": "many", "pages": None})

    assert (page.items, page.found, page.pages) == ((LIVE_ITEM,), 1, 1)
    assert page_of({"items": [], "found": 0, "pages": 0}) == replace(page, items=(), found=0, pages=0)


@pytest.mark.parametrize("body", [None, [], {}, {"items": None}, {"items": {}}, "items"])
def test_what_is_no_page_is_refused(body: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        page_of(body)

    assert refused.value.code == "hh_no_page"


@given(item=st.one_of(mutilated(LIVE_ITEM), mutilated(ITEM)), details=st.one_of(st.none(), mutilated(DETAILS)))
def test_a_mutilated_vacancy_is_taken_or_refused_in_one_way(item: Any, details: Any) -> None:
    for told in ((item, details), (None, details), (item, None)):
        is_closed(told[0])
        try:
            draft = draft_of(*told)
        except Unreadable:
            continue
        vacancy = ARRIVALS.vacancy(draft, id=hh_vacancy_id(draft.id), at=NOW)
        vacancy.title.encode()


@given(body=mutilated(example("vacancies_search_live_2025-04")))
def test_a_mutilated_page_is_read_or_refused_in_one_way(body: Any) -> None:
    try:
        page = page_of(body)
    except Unreadable:
        return
    assert all(isinstance(item, dict) for item in page.items)
    assert min(page.found, page.pages) >= 0
