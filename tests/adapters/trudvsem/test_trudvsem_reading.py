"""Every field of a vacancy of Работа России arrives, and nothing odd in it stops the rest."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.lexicon.markup import HtmlMarkup
from adapters.trudvsem.reading import Page, Unreadable, draft_of, id_of, read_page
from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import Arrivals
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy
from tests.boards.trudvsem_vacancies import a_trudvsem_vacancy
from tests.builders import NOW

MOSCOW = {"region_code": "7700000000000", "name": "г. Москва"}


def arrived(item: Any, measures: Measures) -> Vacancy:
    draft = draft_of(item, measures.places, at=NOW)
    return Arrivals(HtmlMarkup(), measures.skills).vacancy(draft, id=VacancyId(f"trudvsem-{draft.id}"), at=NOW)


def test_every_field_arrives(measures: Measures) -> None:
    vacancy = arrived({"vacancy": a_trudvsem_vacancy(1)}, measures)

    assert vacancy.id == "trudvsem-7a0d0000-0000-0000-0000-000000000001"
    assert vacancy.source == "trudvsem"
    assert vacancy.title == "Разработчик Python"
    assert vacancy.company == "ООО «Вымысел»"
    assert vacancy.salary == SalaryRange(
        from_=Decimal(150000), to=Decimal(220000), currency="RUB", gross=None, period=SalaryPeriod.MONTH
    )
    assert vacancy.area == "Казань"
    assert vacancy.work_format is WorkFormat.OFFICE
    assert vacancy.experience == ExperienceAsked(least=3)
    assert "Писать сервисы на Python и Django" in vacancy.responsibilities
    assert "<" not in vacancy.responsibilities
    assert "alert" not in vacancy.responsibilities
    assert vacancy.requirements == "Python, Django, PostgreSQL. Docker будет плюсом.\nОбразование: Высшее"
    assert vacancy.description == (
        "Занятость: Полная занятость\nГрафик работы: Полный рабочий день\nУсловия: Официальное оформление"
    )
    assert {each.skill for each in vacancy.asks} == {"Python", "Django", "PostgreSQL", "Docker"}
    assert vacancy.url == ("https://trudvsem.ru/vacancy/card/1000000000001/7a0d0000-0000-0000-0000-000000000001")
    assert vacancy.published_at == datetime(2026, 2, 2, tzinfo=timezone.utc)
    assert vacancy.last_seen_at == NOW


def test_contacts_of_people_do_not_arrive(measures: Measures) -> None:
    told = repr(asdict(arrived({"vacancy": a_trudvsem_vacancy(1)}, measures)))

    assert "+7 900" not in told
    assert "example.ru" not in told
    assert "Придуманова" not in told


@pytest.mark.parametrize(
    ("fields", "bounds"),
    [
        ({"salary_min": 50000, "salary_max": 0}, (50000, None, "RUB")),
        ({"salary_min": 0, "salary_max": 60000.5}, (None, Decimal("60000.5"), "RUB")),
        ({"salary_min": "50 000", "salary_max": "60000,00"}, (50000, 60000, "RUB")),
        ({"salary_min": 60000, "salary_max": 50000}, (50000, 60000, "RUB")),
        ({"salary_min": 0, "salary_max": 0, "salary": ""}, None),
        ({"salary_min": 0, "salary_max": 0, "salary": "договорная"}, None),
        ({"salary_min": None, "salary_max": None, "salary": "от 45 000 до 60 000"}, (45000, 60000, "RUB")),
        ({"salary_min": None, "salary_max": None, "salary": "до 60000"}, (None, 60000, "RUB")),
        ({"salary_min": None, "salary_max": None, "salary": "от 45000"}, (45000, None, "RUB")),
        ({"salary_min": -1, "salary_max": 1e300, "salary": None}, None),
        ({"salary_min": True, "salary_max": {"amount": 5}, "salary": ["5"]}, None),
        ({"salary_min": "много", "salary_max": 70000}, (None, 70000, "RUB")),
        ({"currency": None}, (150000, 220000, "RUB")),
        ({"currency": "«руб.»"}, (150000, 220000, "RUB")),
        ({"currency": "RUR"}, (150000, 220000, "RUB")),
        ({"currency": "бел. руб."}, (150000, 220000, "BYN")),
        ({"currency": "доллары США"}, (150000, 220000, "USD")),
        ({"currency": "тугрики"}, None),
    ],
)
def test_pay_is_read_from_numbers_then_from_words(fields: Any, bounds: Any, measures: Measures) -> None:
    salary = arrived(a_trudvsem_vacancy(1, **fields), measures).salary

    assert (salary and (salary.from_, salary.to, salary.currency)) == bounds


@pytest.mark.parametrize(
    ("fields", "work_format"),
    [
        ({"schedule": "Дистанционная (удалённая) работа"}, WorkFormat.REMOTE),
        ({"schedule": None, "employment": "Удаленная"}, WorkFormat.REMOTE),
        ({"schedule": "Работа на дому"}, WorkFormat.REMOTE),
        ({"job_name": "Бухгалтер (удаленно)"}, WorkFormat.REMOTE),
        ({"schedule": "Гибридный формат, удаленно два дня"}, WorkFormat.HYBRID),
        ({"schedule": "Разъездной характер работы"}, WorkFormat.FIELD),
        ({"schedule": "Сменный график"}, WorkFormat.OFFICE),
        ({"schedule": "Сменный график", "addresses": {"address": [{"location": "г. Казань"}]}}, None),
        ({"schedule": "Полный рабочий день", "duty": "Возможна удалённая работа."}, None),
        ({"schedule": "Вахтовый метод"}, None),
        ({"schedule": "Гибкий график"}, None),
        ({"schedule": None, "employment": None}, None),
    ],
)
def test_the_format_of_work_is_read_from_its_schedule(fields: Any, work_format: Any, measures: Measures) -> None:
    assert arrived(a_trudvsem_vacancy(1, **fields), measures).work_format is work_format


@pytest.mark.parametrize(
    ("region", "address", "area"),
    [
        (MOSCOW, "г. Москва, ул. Ленинградская, д. 1", "Москва"),
        (MOSCOW, "", "Москва"),
        ({"region_code": "5000000000000"}, "", "Московская область"),
        ({"name": "Московская область"}, "Московская обл, г. Химки", "Химки"),
        ({"name": "Республика Башкортостан"}, "г. Благовещенск", "Благовещенск, Республика Башкортостан"),
        ({"name": "Амурская область"}, "г. Благовещенск", "Благовещенск"),
        (
            {"name": "Республика Татарстан (Татарстан)"},
            "Арский р-н, с. Выдуманное, ул. Садовая",
            "Выдуманное, Республика Татарстан",
        ),
        ("Краснодарский край", "г. Анапа", "Анапа"),
        ({"name": "Небывалый край"}, "", "Небывалый край"),
        (None, "Где-то", "Где-то"),
        (None, "", None),
    ],
)
def test_the_area_is_the_town_or_else_the_region(region: Any, address: str, area: str, measures: Measures) -> None:
    item = a_trudvsem_vacancy(1, region=region, addresses={"address": [{"location": address}]})

    assert arrived(item, measures).area == area


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        (3, ExperienceAsked(least=3)),
        ("2", ExperienceAsked(least=2)),
        (1.5, ExperienceAsked(least=1.5)),
        (0, ExperienceAsked(least=0)),
        ("от 1 года до 3 лет", ExperienceAsked(least=1, most=3)),
        (-1, None),
        (2020, None),
        (None, None),
        (True, None),
        ({"years": 3}, None),
    ],
)
def test_experience_is_years(value: Any, asked: Any, measures: Measures) -> None:
    item = a_trudvsem_vacancy(1, requirement={"experience": value})

    assert arrived(item, measures).experience == asked


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"creation_date": "2026-02-27"}, (2026, 2, 27)),
        ({"creation_date": "2026-02-27T10:00:00+0300"}, (2026, 2, 27)),
        ({"creation_date": "27.02.2026"}, (2026, 2, 27)),
        ({"creation_date": "", "date_modify": "2026-02-28"}, (2026, 2, 28)),
        ({"creation_date": "2026-02-31", "date_modify": None, "modify_date": "2026-02-28"}, (2026, 2, 28)),
        ({"creation_date": "2126-02-27", "date_modify": None}, None),
        ({"creation_date": "0001-01-01", "date_modify": 5}, None),
        ({"creation_date": 1767225600000, "date_modify": ["2026-02-28"]}, None),
    ],
)
def test_the_day_is_the_first_that_can_be_right(fields: Any, day: Any, measures: Measures) -> None:
    published = arrived(a_trudvsem_vacancy(1, **fields), measures).published_at

    assert (published and (published.year, published.month, published.day)) == day


@pytest.mark.parametrize(
    "link",
    [
        *(None, "", "javascript:alert(1)", "trudvsem.ru/x", "https://a b", 5, {"href": "x"}),
        *("https://x.ru/" + "x" * 2_000, "https://x.ru/\x00abc", "https://x.ru/\ud800abc", 'https://x.ru/"><b>'),
    ],
)
def test_what_is_no_link_gives_way_to_the_card(link: Any, measures: Measures) -> None:
    vacancy = arrived(a_trudvsem_vacancy(2, vac_url=link), measures)

    assert vacancy.url == "https://trudvsem.ru/vacancy/card/7a0d0000-0000-0000-0000-000000000002"


def test_text_where_an_object_is_expected_is_read_as_its_text(measures: Measures) -> None:
    vacancy = arrived(
        a_trudvsem_vacancy(
            1,
            company="ООО «Строкой»",
            region="Краснодарский край",
            addresses=["г. Анапа", 5],
            requirement="Опыт с Python",
            term="Вахта 15/15",
            duty=["Писать", {"text": "читать"}],
        ),
        measures,
    )

    assert (vacancy.company, vacancy.area, vacancy.requirements) == ("ООО «Строкой»", "Анапа", "Опыт с Python")
    assert vacancy.responsibilities == "Писать\nчитать"
    assert vacancy.description.endswith("Условия: Вахта 15/15")


def test_very_long_texts_are_cut_and_kept(measures: Measures) -> None:
    vacancy = arrived(
        a_trudvsem_vacancy(
            1,
            job_name="Учитель " * 100,
            company={"name": "МУНИЦИПАЛЬНОЕ " * 100},
            duty="Учить. " * 20_000,
            requirement={"qualification": "Знать. " * 20_000, "education": "Высшее"},
            term={"text": "Платить. " * 20_000},
        ),
        measures,
    )

    assert vacancy.title.endswith("…")
    assert len(vacancy.responsibilities) > 40_000


def test_an_education_that_is_not_stated_is_no_requirement(measures: Measures) -> None:
    assert arrived(a_trudvsem_vacancy(9), measures).requirements == ""


@pytest.mark.parametrize(
    ("item", "missing"),
    [
        ({"id": "1", "job-name": " "}, {"title"}),
        ({"id": "", "job-name": "Повар"}, {"id"}),
        ({"id": "a/../b", "job-name": "Повар"}, {"id"}),
        ({"id": "х" * 200, "job-name": None}, {"id", "title"}),
        ({"vacancy": "Повар"}, {"id", "title"}),
        ("Повар", {"id", "title"}),
        (None, {"id", "title"}),
    ],
)
def test_what_has_no_id_or_no_title_is_refused(item: Any, missing: set[str], measures: Measures) -> None:
    with pytest.raises(Invalid) as caught:
        draft_of(item, measures.places, at=NOW)

    assert set(caught.value.errors) == missing


@pytest.mark.parametrize("results", [{}, [], None, {"vacancies": []}, {"vacancies": None}, {"vacancies": {}}])
def test_nothing_found_is_told_in_many_ways(results: Any) -> None:
    assert read_page({"status": "200", "meta": {"total": 0}, "results": results}) == Page((), 0)


def test_vacancies_are_read_whatever_status_stands_beside_them() -> None:
    answer = {"status": "500", "meta": {"total": "7"}, "results": {"vacancies": [{"vacancy": {"id": "1"}}]}}

    assert read_page(answer) == Page([{"vacancy": {"id": "1"}}], 7)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"status": "500", "results": {}}, 500),
        ({"status": 429}, 429),
        ({"status": "200", "results": "Нет"}, None),
        ({"status": "200", "results": {"vacancies": "Нет"}}, None),
        ({"message": "?"}, None),
        ({}, None),
        ([], None),
        ("Нет", None),
        (None, None),
    ],
)
def test_something_else_is_no_answer(answer: Any, status: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read_page(answer)

    assert caught.value.status == status


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = (*a_trudvsem_vacancy(1), "modify-date")


@given(changes=st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_field_the_vacancy_arrives_or_is_refused(
    measures: Measures, changes: dict[str, Any]
) -> None:
    item = json.loads(json.dumps({"vacancy": {**a_trudvsem_vacancy(1), **changes}}))

    try:
        vacancy, refused = arrived(item, measures), set()
    except Invalid as invalid:
        vacancy, refused = None, set(invalid.errors)

    assert refused <= {"id", "title"}
    assert (id_of(item) is None) == ("id" in refused)
    assert vacancy is None or vacancy.id == f"trudvsem-{id_of(item)}"


@given(answer=JSON | st.dictionaries(st.sampled_from(("status", "meta", "results")), JSON, max_size=3))
@settings(max_examples=150, deadline=None)
def test_whatever_is_answered_is_a_page_or_unreadable(answer: Any) -> None:
    try:
        page = read_page(answer)
    except Unreadable:
        return

    assert page.total is None or page.total >= 0
