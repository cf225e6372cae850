"""How a draft becomes a vacancy, and which drafts do not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import (
    LONGEST_ADDRESS,
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_TAGS,
    Arrivals,
    Draft,
    vacancy_id,
    web_address,
)
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy
from tests.builders import NOW
from tests.domain.instruments import PlainMarkup, SkillList

ARRIVALS = Arrivals(markup=PlainMarkup(), skills=SkillList())


def _draft(**changes: Any) -> Draft:
    return Draft(**{"id": "1", "title": "Разработчик", **changes})


def _arrived(**changes: Any) -> Vacancy:
    return ARRIVALS.vacancy(_draft(**changes), id=VacancyId("internal-1"), at=NOW)


def _wrong(**changes: Any) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as caught:
        _arrived(**changes)
    return caught.value.errors


@pytest.mark.parametrize(
    ("source", "given", "made"),
    [
        ("internal", "1", "internal-1"),
        ("internal", "internal-1", "internal-1"),
        ("acme_jobs", "A.b:c-1", "acme_jobs-A.b:c-1"),
        ("internal", "hh", "internal-hh"),
        ("internal", "hhh-1", "internal-hhh-1"),
        ("internal", "acme-hh-1", "internal-acme-hh-1"),
        ("internal", "я" * 100, "internal-" + "я" * 100),
    ],
)
def test_an_id_names_its_source_once(source: str, given: str, made: str) -> None:
    assert vacancy_id(_draft(source=source, id=given)) == made


@pytest.mark.parametrize(
    ("source", "given", "errors"),
    [
        ("hh", "1", {"source": ["built_in_source"]}),
        ("trudvsem", "1", {"source": ["built_in_source"]}),
        ("internal", "hh-1", {"id": ["built_in_source"]}),
        ("internal", "trudvsem-1", {"id": ["built_in_source"]}),
        ("internal", "", {"id": ["bad_id"]}),
        ("internal", "a b", {"id": ["bad_id"]}),
        ("internal", "a/b", {"id": ["bad_id"]}),
        ("internal", "a\n", {"id": ["bad_id"]}),
        ("internal", "1" * 101, {"id": ["bad_id"]}),
        ("", "1", {"source": ["bad_source"]}),
        ("Acme", "1", {"source": ["bad_source"]}),
        ("acme-jobs", "1", {"source": ["bad_source"]}),
        ("a" * 32, "1", {"source": ["bad_source"]}),
        ("Acme", "hh-1", {"source": ["bad_source"], "id": ["built_in_source"]}),
    ],
)
def test_ids_of_built_in_sources_and_bad_ones_are_refused(
    source: str, given: str, errors: dict[str, list[str]]
) -> None:
    with pytest.raises(Invalid) as caught:
        vacancy_id(_draft(source=source, id=given))

    assert caught.value.errors == errors


def test_a_whole_draft_arrives_with_clean_texts() -> None:
    vacancy = _arrived(
        title=" <b>Разработчик</b>&nbsp; Python\n",
        company="<i>ООО</i>  «Вымысел»",
        area=" Казань ",
        salary_from=Decimal(100_000),
        salary_to=Decimal(150_000),
        currency="RUR",
        salary_gross=True,
        salary_period=SalaryPeriod.YEAR,
        work_format=WorkFormat.HYBRID,
        experience="between1And3",
        skills=("постгрес", " постгрес ", "", "<b>Redis</b>"),
        responsibilities="<p>Писать</p><p>сервисы</p>",
        requirements="<ul><li>Docker</li></ul>",
        description="О нас &amp; о вас",
        url="https://example.com/1",
        published_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=1),
    )

    assert vacancy == Vacancy(
        id=VacancyId("internal-1"),
        source="internal",
        title="Разработчик Python",
        company="ООО «Вымысел»",
        salary=SalaryRange(
            from_=Decimal(100_000), to=Decimal(150_000), currency="RUB", gross=True, period=SalaryPeriod.YEAR
        ),
        area="Казань",
        work_format=WorkFormat.HYBRID,
        experience=ExperienceAsked(least=1, most=3),
        responsibilities="Писать\nсервисы",
        requirements="Docker",
        description="О нас & о вас",
        skills=("постгрес", "Redis"),
        asks=(
            Requirement(skill="Docker", must=True, words="Docker"),
            Requirement(skill="PostgreSQL", must=True, words="постгрес"),
            Requirement(skill="Python", must=True, words="Разработчик Python"),
            Requirement(skill="Redis", must=True, words="Redis"),
        ),
        url="https://example.com/1",
        published_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=1),
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


def test_a_draft_that_says_little_arrives_silent() -> None:
    vacancy = _arrived()

    assert (vacancy.company, vacancy.area, vacancy.salary, vacancy.experience) == (None, None, None, None)
    assert (vacancy.asks, vacancy.skills) == ((), ())


def test_a_company_of_markup_alone_is_none() -> None:
    assert _arrived(company="<b> </b>", area="").company is None


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ({"requirements": "Docker", "description": "Redis", "responsibilities": "SQL"}, ["Docker", "SQL"]),
        ({"requirements": "<p></p>", "description": "Redis", "responsibilities": "SQL"}, ["Redis", "SQL"]),
        ({"responsibilities": "SQL"}, ["SQL"]),
    ],
)
def test_the_whole_text_is_read_where_no_requirements_are_set_apart(texts: dict[str, str], asked: list[str]) -> None:
    assert [each.skill for each in _arrived(**texts).asks] == asked


@pytest.mark.parametrize(
    ("written", "kept"), [("RUR", "RUB"), ("BYR", "BYN"), ("RUB", "RUB"), ("USD", "USD"), ("XAU", "XAU")]
)
def test_currencies_of_old_are_written_as_today(written: str, kept: str) -> None:
    salary = _arrived(salary_from=Decimal(1), currency=written).salary

    assert salary is not None
    assert salary.currency == kept


def test_one_bound_is_pay_enough() -> None:
    assert _arrived(salary_to=Decimal(0)).salary == SalaryRange(to=Decimal(0))
    assert _arrived(salary_from=Decimal(5)).salary == SalaryRange(from_=Decimal(5))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["bad_length"]}),
        ({"title": "<b> </b>"}, {"title": ["bad_length"]}),
        ({"title": "ы" * (LONGEST_TITLE + 1)}, {"title": ["bad_length"]}),
        ({"company": "ы" * (LONGEST_LINE + 1)}, {"company": ["too_long"]}),
        ({"area": "ы" * (LONGEST_LINE + 1)}, {"area": ["too_long"]}),
        ({"description": "ы" * (LONGEST_TEXT + 1)}, {"description": ["too_long"]}),
        ({"requirements": "ы" * (LONGEST_TEXT + 1)}, {"requirements": ["too_long"]}),
        ({"responsibilities": "ы" * (LONGEST_TEXT + 1)}, {"responsibilities": ["too_long"]}),
        ({"skills": ("Redis",) * (MOST_TAGS + 1)}, {"skills": ["too_many"]}),
        ({"salary_from": Decimal(-1)}, {"salary_from": ["out_of_range"]}),
        ({"salary_to": Decimal(10**12)}, {"salary_to": ["out_of_range"]}),
        ({"salary_from": Decimal(2), "salary_to": Decimal(1)}, {"salary_to": ["below_salary_from"]}),
        (
            {"salary_from": Decimal(-1), "salary_to": Decimal(-2)},
            {n: ["out_of_range"] for n in ("salary_from", "salary_to")},
        ),
        ({"url": "javascript:alert(1)"}, {"url": ["not_a_web_address"]}),
        ({"url": "https://example.com/a b"}, {"url": ["not_a_web_address"]}),
        ({"url": "ftp://example.com/"}, {"url": ["not_a_web_address"]}),
        ({"url": "https://example.com/\x00a"}, {"url": ["not_a_web_address"]}),
        ({"url": "https://example.com/\ud800a"}, {"url": ["not_a_web_address"]}),
        ({"url": 'https://example.com/"><b>'}, {"url": ["not_a_web_address"]}),
        ({"url": "https://example.com\\@other"}, {"url": ["not_a_web_address"]}),
        ({"url": "https://example.com/" + "x" * LONGEST_ADDRESS}, {"url": ["not_a_web_address"]}),
        ({"title": "", "url": ""}, {"title": ["bad_length"], "url": ["not_a_web_address"]}),
    ],
)
def test_a_bad_field_is_refused_by_its_name(changes: dict[str, Any], errors: dict[str, list[str]]) -> None:
    assert _wrong(**changes) == errors


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("https://example.com/jobs?id=1&from=a%20b#top", "https://example.com/jobs?id=1&from=a%20b#top"),
        ("https://example.com/работа", "https://example.com/%D1%80%D0%B0%D0%B1%D0%BE%D1%82%D0%B0"),
        ("http://example.com/it's|{1}", "http://example.com/it%27s%7C%7B1%7D"),
    ],
)
def test_the_address_of_a_page_is_kept_in_printable_ascii(told: str, kept: str) -> None:
    assert web_address(told) == kept
    assert _arrived(url=told).url == kept


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "ы" * LONGEST_TITLE},
        {"company": "ы" * LONGEST_LINE, "area": "ы" * LONGEST_LINE},
        {"salary_from": Decimal(5), "salary_to": Decimal(5)},
        {"description": "ы" * LONGEST_TEXT},
        {"skills": ("Redis",) * MOST_TAGS},
        {"salary_from": Decimal(0), "salary_to": Decimal(10**12 - 1)},
        {"url": "http://example.com"},
    ],
)
def test_a_field_at_its_limit_is_accepted(changes: dict[str, Any]) -> None:
    assert _arrived(**changes).id == "internal-1"


def test_markup_does_not_count_towards_the_length() -> None:
    assert _arrived(title="<b>" + "ы" * LONGEST_TITLE + "</b>").title == "ы" * LONGEST_TITLE


@pytest.mark.parametrize(
    "says",
    [
        {"requirements": "Опыт от 7 лет"},
        {"description": "Опыт от 7 лет"},
        {"title": "Разработчик (опыт от 7 лет)", "description": "Опыт от 2 лет"},
        {"requirements": "Python", "responsibilities": "Писать сервисы.", "description": "Опыт от 7 лет"},
        {"experience": "", "requirements": "Опыт от 7 лет"},
    ],
)
def test_years_are_read_in_the_texts_where_no_field_tells_them(says: dict[str, str]) -> None:
    assert _arrived(**says).experience == ExperienceAsked(least=7)


def test_the_field_of_years_goes_before_what_the_texts_say() -> None:
    assert _arrived(experience="1-3", requirements="Опыт от 7 лет").experience == ExperienceAsked(least=1, most=3)
    assert _arrived(experience="0", requirements="Опыт от 7 лет").experience == ExperienceAsked(least=0)
