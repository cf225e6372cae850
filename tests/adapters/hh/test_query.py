"""What hh.ru is asked for a résumé and filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.composition import lexicon
from adapters.hh.dictionaries import Dictionaries, shipped
from adapters.hh.query import LONGEST_TEXT, Query, any_of, escaped, queries
from adapters.lexicon.titles import TitleCatalogue
from domain.resumes.content import Contact, Experience, Money, ResumeContent, WorkFormat
from domain.search.filters import Filters

MEASURES = lexicon("none")
DICTIONARIES = shipped(MEASURES.places)
RESUME = ResumeContent(
    desired_position="Python-разработчик",
    years_experience=5,
    skills=("Python", "Django", "ответственность", "PostgreSQL"),
    region="Казань",
)


def asked(resume: ResumeContent, *, dictionaries: Dictionaries = DICTIONARIES, **filters: Any) -> list[Query]:
    assert isinstance(MEASURES.titles, TitleCatalogue)
    return list(queries(resume, Filters(**filters), dictionaries, MEASURES, MEASURES.titles.names))


def values(query: Query, name: str) -> list[str]:
    return [value for key, value in query.params if key == name]


def test_the_narrowest_query_asks_for_the_wish_in_the_title_at_the_place_with_the_experience() -> None:
    first = asked(RESUME)[0]

    assert first.params == (
        ("text", "Python-разработчик"),
        ("search_field", "name"),
        ("experience", "between1And3"),
        ("experience", "between3And6"),
        ("area", "88"),
        ("period", "30"),
        ("order_by", "relevance"),
        ("no_magic", "true"),
    )
    assert first.page(3)[-2:] == [("page", "3"), ("per_page", "100")]


def test_each_query_is_wider_than_the_one_before() -> None:
    _, anywhere_in_text, other_names, own_around, own_remote, around, remote, skills = asked(RESUME)

    assert values(anywhere_in_text, "search_field") == values(anywhere_in_text, "experience") == []
    (names,) = values(other_names, "text")
    assert names.startswith("NAME:(backend OR ")
    assert "программист" in names
    assert names.endswith(" AND (Python)")
    assert "PHP" not in names
    assert [values(each, "text") for each in (own_around, own_remote)] == [values(anywhere_in_text, "text")] * 2
    assert (values(own_around, "area"), values(around, "area"), values(around, "text")) == (["1624"], ["1624"], [names])
    assert (values(remote, "area"), values(remote, "work_format")) == ([], ["REMOTE"])
    assert values(skills, "text") == ["Python OR Django OR PostgreSQL"]
    assert {
        value for query in (other_names, own_around, around, remote, skills) for value in values(query, "order_by")
    } == {"publication_time"}


@pytest.mark.parametrize(
    ("years", "bands"),
    [
        (None, []),
        (0, ["noExperience", "between1And3"]),
        (0.9, ["noExperience", "between1And3"]),
        (1, ["noExperience", "between1And3"]),
        (3, ["between1And3", "between3And6"]),
        (6, ["between3And6", "moreThan6"]),
        (40, ["between3And6", "moreThan6"]),
    ],
)
def test_the_years_there_are_name_the_bands(years: float | None, bands: list[str]) -> None:
    assert values(asked(replace(RESUME, years_experience=years))[0], "experience") == bands


def test_the_salary_asked_for_comes_from_the_filters_alone() -> None:
    wishing = replace(RESUME, salary=Money(amount=Decimal(300_000), currency="RUB"))

    assert {value for query in asked(wishing) for value in values(query, "salary")} == set()
    for query in asked(wishing, salary_from=Decimal("150000.50")):
        assert (values(query, "salary"), values(query, "currency")) == (["150000"], ["RUR"])


def test_a_region_asked_for_is_not_left_but_for_remote_work() -> None:
    areas = [(values(query, "area"), values(query, "work_format")) for query in asked(RESUME, region="Самара")]

    assert set(map(str, areas)) == {"(['78'], [])", "([], ['REMOTE'])"}


def test_without_a_region_the_town_of_the_contacts_is_where_to_look() -> None:
    resume = replace(RESUME, region=None, contact=Contact(city="Казань"))

    assert values(asked(resume)[0], "area") == ["88"]


def test_neither_mail_nor_numbers_of_a_person_are_asked_for() -> None:
    typed = "Повар +7 (912) 345-67-89 анна@example.com 4510123456 категория 5"

    assert values(asked(RESUME, text=typed)[0], "text") == ["Повар категория 5"]


def test_a_region_that_nobody_knows_is_no_condition() -> None:
    assert {value for query in asked(RESUME, region="Нигде") for value in values(query, "area")} == set()


def test_who_asks_for_remote_work_is_bound_to_no_place() -> None:
    found = asked(RESUME, work_format=WorkFormat.REMOTE)

    assert {value for query in found for value in values(query, "area")} == set()
    assert {str(values(query, "work_format") or values(query, "schedule")) for query in found} == {
        "['REMOTE']",
        "['remote']",
    }


def test_who_only_wishes_remote_work_is_shown_what_there_is_at_the_place_in_the_end() -> None:
    found = asked(replace(RESUME, work_format=WorkFormat.REMOTE))

    assert values(found[0], "work_format") == ["REMOTE"]
    assert [query for query in found if values(query, "area") == ["88"] and not values(query, "work_format")]


@pytest.mark.parametrize(
    ("format_", "term"),
    [(WorkFormat.OFFICE, "ON_SITE"), (WorkFormat.HYBRID, "HYBRID"), (WorkFormat.FIELD, "FIELD_WORK")],
)
def test_another_format_asked_for_holds_in_every_query(format_: WorkFormat, term: str) -> None:
    assert {str(values(query, "work_format")) for query in asked(RESUME, work_format=format_)} == {f"['{term}']"}


def test_a_format_that_the_resume_wishes_otherwise_is_no_condition() -> None:
    assert values(asked(replace(RESUME, work_format=WorkFormat.OFFICE))[0], "work_format") == []


def test_words_typed_stand_in_the_place_of_the_wish() -> None:
    found = asked(RESUME, text="java разработчик")

    assert [values(query, "text")[0] for query in found[:2]] == ["java разработчик"] * 2
    assert [query.worded for query in found[:3]] == [True, True, False]
    assert values(found[2], "text")[0].endswith(" AND (Java)")
    assert not [query for query in found if "Django" in values(query, "text")[0]]


def test_without_a_wish_the_job_held_is_asked_for() -> None:
    held = ResumeContent(experience=(Experience(company="ООО «Вымысел»"), Experience(position="Кассир")))

    assert values(asked(held)[0], "text") == ["Кассир"]
    assert values(asked(replace(held, current_position="Повар"))[0], "text") == ["Повар"]


def test_a_role_that_has_no_other_names_is_asked_for_as_it_is_worded() -> None:
    found = queries(RESUME, Filters(), DICTIONARIES, MEASURES, lambda _: ())

    assert {values(query, "text")[0] for query in found[:-1]} == {"Python-разработчик"}


def test_with_skills_alone_they_are_asked_for() -> None:
    (query,) = asked(ResumeContent(skills=("Excel", "1С:Бухгалтерия", "коммуникабельность")))

    assert values(query, "text") == ['Excel OR "1С Бухгалтерия"']


def test_with_nothing_at_all_the_newest_are_asked_for() -> None:
    (query,) = asked(ResumeContent())

    assert query.params == (("period", "30"), ("order_by", "publication_time"), ("no_magic", "true"))


def test_a_term_that_hh_has_no_more_is_not_asked_by() -> None:
    without = Dictionaries(DICTIONARIES.areas, {})

    found = asked(RESUME, dictionaries=without, work_format=WorkFormat.REMOTE)
    names = {name for query in found for name, _ in query.params}

    assert names == {"text", "period", "order_by", "no_magic"}


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ('"a" OR (b) NOT:c', "a or b not c"),
        ("C++ / C# (.NET)", "C++ C# .NET"),
        ("-junior +x", "junior x"),
        ("NAME:(x)", "NAME x"),
        ("1С:Бухгалтерия 8.3", "1С Бухгалтерия 8.3"),
        ("продажи—b2b!", "продажи b2b"),
        ("R&D & Node.js | a_b", "R&D Node.js a b"),
        ("Инженер-программист\n\tANDroid and", "Инженер-программист ANDroid and"),
        ("!*~^()\"'", ""),
    ],
)
def test_words_lose_what_the_query_language_would_read(words: str, plain: str) -> None:
    assert escaped(words) == plain


@given(st.text(max_size=300))
def test_no_words_say_anything_in_the_query_language(words: str) -> None:
    plain = escaped(words)

    assert len(plain) <= LONGEST_TEXT
    assert not set('"()[]{}:!*~^\\;,\n') & set(plain)
    assert not {"AND", "OR", "NOT"} & set(plain.split())


def test_names_of_several_words_stand_in_quotes() -> None:
    assert any_of(["go", "go developer", 'a "b"', "go", "", "or"]) == 'go OR "go developer" OR "a b" OR "or"'


def test_a_window_takes_the_place_of_the_period_and_an_area_that_of_the_area() -> None:
    query = Query((("text", "x"), ("area", "1"), ("period", "30")))
    since = datetime(2026, 3, 1, 9, 5, tzinfo=timezone.utc)

    window = query.published(since, since + timedelta(hours=1)).inside("2")

    assert window.params == (
        ("text", "x"),
        ("date_from", "2026-03-01T09:05:00+0000"),
        ("date_to", "2026-03-01T10:05:00+0000"),
        ("area", "2"),
    )
    assert (query.areas, window.areas) == (("1",), ("2",))
