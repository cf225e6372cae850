"""What is known of a vacancy once it is seen again: whole or in outline, at its own place or at another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.resumes.content import WorkFormat
from domain.vacancies.sightings import joined, seen_again
from domain.vacancies.vacancy import Link, SalaryRange, Vacancy
from tests.builders import NOW, a_vacancy

LINE = "Английский язык для переписки."
REST = "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобильного приложения."
WHOLE = f"{REST} {LINE}"
LATER = NOW + timedelta(days=2)
PAID = SalaryRange(from_=Decimal(150_000))
NOTHING_SAID: dict[str, Any] = {
    **dict.fromkeys(("company", "salary", "area", "work_format", "experience", "published_at", "url", "closes_at")),
    "skills": (),
    "asks": (),
}


def _asked(skill: str, words: str, **changes: Any) -> Requirement:
    return Requirement(**{"skill": skill, "must": True, "words": words, **changes})


TAGGED: dict[str, Any] = {"skills": ("SQL",), "asks": (_asked("SQL", "SQL"),)}


def _whole(id: str = "hh-1", **changes: Any) -> Vacancy:  # noqa: A002 — the field's own name
    told = {"responsibilities": "", "requirements": "", "description": WHOLE, "url": f"https://example.com/{id}"}
    return a_vacancy(**{**told, "id": VacancyId(id), "source": id.split("-", 1)[0], **changes})


def _outline(id: str = "hh-1", **changes: Any) -> Vacancy:  # noqa: A002 — the field's own name
    told = {"description": "", "requirements": "Знание Python от трёх...", "skills": (), "asks": (), "outline": True}
    return _whole(id, **{**told, "first_seen_at": LATER, "last_seen_at": LATER, **changes})


def _link(id: str, *told: str) -> Link:  # noqa: A002 — the field's own name
    return Link(source=id.split("-", 1)[0], vacancy_id=VacancyId(id), url=f"https://example.com/{id}", told=told)


def test_a_new_sighting_keeps_the_day_of_the_first() -> None:
    earlier = _whole(first_seen_at=NOW - timedelta(days=9), last_seen_at=NOW - timedelta(days=2), title="Старое")

    seen = seen_again(_whole(title="Новое"), earlier)

    assert (seen.first_seen_at, seen.last_seen_at, seen.title) == (NOW - timedelta(days=9), NOW, "Новое")


@pytest.mark.parametrize("changes", [{"description": REST}, {"description": "Другое."}, {"skills": ()}, NOTHING_SAID])
@pytest.mark.parametrize("earlier", [_whole(), _outline(first_seen_at=NOW, last_seen_at=NOW)])
def test_a_whole_sighting_replaces_all_that_its_source_told(earlier: Vacancy, changes: dict[str, Any]) -> None:
    newer = _whole(**changes, last_seen_at=LATER)

    assert seen_again(newer, earlier) == newer


@pytest.mark.parametrize("words", ["Знание Python...", "Нужен совсем другой человек.", ""])
def test_an_outline_replaces_no_words_known_whole_whatever_it_says(words: str) -> None:
    whole = _whole(**TAGGED)

    seen = seen_again(_outline(requirements=words), whole)

    assert seen == replace(whole, last_seen_at=LATER)


def test_an_outline_tells_anew_what_it_tells() -> None:
    fresh: dict[str, Any] = {
        "title": "Старший разработчик",
        "salary": PAID,
        "company": "Другой вымысел",
        "area": "Москва",
        "work_format": WorkFormat.OFFICE,
        "published_at": LATER,
        "url": "https://example.com/new",
    }
    whole = _whole()

    assert seen_again(_outline(**fresh), whole) == replace(whole, **fresh, last_seen_at=LATER)
    assert seen_again(_outline(salary=None, company=None), whole) == replace(
        whole, salary=None, company=None, last_seen_at=LATER
    )


def test_what_an_outline_seldom_tells_stays() -> None:
    seldom: dict[str, Any] = dict.fromkeys(("area", "work_format", "experience", "published_at", "closes_at"))
    whole = _whole(closes_at=LATER + timedelta(days=1))

    assert seen_again(_outline(**seldom), whole) == replace(whole, last_seen_at=LATER)


@pytest.mark.parametrize("closed", [LATER, NOW])
def test_what_is_seen_after_it_closed_is_open_again(closed: Any) -> None:
    seen = seen_again(_outline(closes_at=None), _whole().closed(at=closed))

    assert seen.closes_at is None
    assert seen.is_open(at=LATER)


def test_of_two_outlines_the_newer_counts() -> None:
    newer = _outline(requirements="Нужен Go.", experience=None)

    assert seen_again(newer, _outline(first_seen_at=NOW)) == replace(newer, first_seen_at=NOW)


def test_what_only_another_place_told_stands_though_its_own_drops_the_rest() -> None:
    both = joined(_whole(salary=None), _whole("trudvsem-1", salary=PAID, work_format=None))
    assert both.links == (_link("hh-1"), _link("trudvsem-1", "salary"))

    seen = seen_again(_whole(salary=None, work_format=None, description=REST), both)

    # What only the other place told stands, what this one told is gone.
    assert (seen.salary, seen.work_format, seen.description) == (PAID, None, REST)
    assert seen.links == both.links
    assert seen_again(_whole(), seen).links == (_link("hh-1"), _link("trudvsem-1"))


def test_words_of_another_place_stand_until_that_place_says_otherwise() -> None:
    both = joined(_outline(requirements=REST), _whole("trudvsem-1", **TAGGED))
    assert (both.description, both.outline, both.skills) == (WHOLE, False, ("SQL",))
    assert both.links == (_link("hh-1"), _link("trudvsem-1", "skills", "texts"))

    assert seen_again(_outline(), both) == replace(both, first_seen_at=NOW, last_seen_at=LATER)
    assert joined(both, _outline("trudvsem-1")) == both
    renewed = joined(both, _whole("trudvsem-1", description=REST, skills=(), asks=()))
    assert (renewed.description, renewed.skills, renewed.asks) == (REST, (), ())
    assert renewed.links == (_link("hh-1"), _link("trudvsem-1", "texts"))


def test_own_words_whole_give_way_to_fuller_ones_of_another_place_only() -> None:
    both = joined(_outline(requirements=REST), _whole("trudvsem-1"))

    fuller, other = seen_again(_whole(description=REST), both), seen_again(_whole(description="Другое."), both)

    assert (fuller.description, fuller.links[1].told) == (WHOLE, ("skills", "texts"))
    assert (other.description, other.links[1].told) == ("Другое.", ())


def test_a_fact_that_another_place_tells_no_more_is_gone() -> None:
    both = joined(_whole(salary=None), _whole("trudvsem-1", salary=PAID))

    assert joined(both, _whole("trudvsem-1", salary=None)).salary is None
    raised = replace(PAID, from_=Decimal(200_000))
    assert seen_again(_outline(salary=None), both).links[1].told == ("salary",)
    again = joined(both, _outline("trudvsem-1", salary=raised))
    assert (again.salary, again.description) == (raised, WHOLE)


def test_what_an_outline_leaves_to_another_place_is_known_as_that_ones() -> None:
    both = joined(_whole(area=None), _whole("trudvsem-1", area="Москва"))

    seen = seen_again(_outline(area=None), both)

    assert (seen.area, seen.links) == ("Москва", both.links)


def test_another_place_that_told_but_facts_may_tell_more_in_outline() -> None:
    both = joined(
        _outline(requirements="Python и Django", salary=None),
        _outline("hh-2", requirements="Python и Django", salary=PAID),
    )
    assert both.links[1].told == ("salary",)

    again = joined(both, _outline("hh-2", requirements=REST, salary=PAID))

    assert (again.requirements, again.outline, again.links[1].told) == (REST, True, ("salary", "texts"))


def test_tags_that_the_source_drops_are_asked_for_no_more() -> None:
    text = (_asked("Python", "сервис доставки на Python"),)
    both = joined(_outline(requirements=REST, **TAGGED), _whole("trudvsem-1", skills=(), asks=text))
    assert both.asks == (*text, *TAGGED["asks"])

    seen = seen_again(_whole(description=REST, skills=(), asks=()), both)

    assert (seen.description, seen.skills, seen.asks) == (WHOLE, (), text)


def test_tags_of_another_place_are_asked_for_beside_own_words() -> None:
    text = (_asked("Python", "сервис доставки на Python"),)
    both = joined(_whole(skills=(), asks=text), _whole("trudvsem-1", description=REST, **TAGGED))
    assert both.links == (_link("hh-1"), _link("trudvsem-1", "skills"))

    reworded = (_asked("Django", "сервис доставки на Django"),)
    seen = seen_again(_whole(skills=(), asks=reworded), both)

    assert (seen.skills, seen.asks) == (("SQL",), (*reworded, *TAGGED["asks"]))


def test_what_was_joined_meanwhile_is_kept() -> None:
    at_hand = joined(_whole(salary=None), _whole("trudvsem-1", salary=PAID, description=REST))
    kept = joined(_whole(salary=None, experience=None), _whole("internal-1", salary=None))

    seen = seen_again(at_hand, kept)

    assert [link.vacancy_id for link in seen.links] == ["hh-1", "internal-1", "trudvsem-1"]
    assert (seen.salary, seen.links[2].told) == (PAID, ("salary",))


def test_what_a_place_told_lately_is_not_what_it_told_before() -> None:
    of_old = joined(_whole(description="", salary=None), _whole("trudvsem-1", salary=PAID))
    of_late = joined(of_old, _whole("trudvsem-1", description=REST, salary=None))

    assert seen_again(of_late, of_old) == of_late


def test_an_outline_joined_meanwhile_loses_no_words_that_another_place_told_whole() -> None:
    kept = joined(_outline(requirements=REST), _whole("hh-2", **TAGGED))
    both_in_outline = joined(_outline(salary=None), _outline("hh-2", requirements=REST, salary=PAID, **TAGGED))

    seen = seen_again(both_in_outline, kept)

    assert (seen.description, seen.outline, seen.skills) == (WHOLE, False, ("SQL",))
    assert seen.links[1].told == ("salary", "skills", "texts")


def test_the_page_of_another_place_stands_in_for_one_that_is_gone() -> None:
    both = joined(_whole(url=None), _whole("trudvsem-1"))

    assert both.url == "https://example.com/trudvsem-1"
    assert seen_again(_whole(url=None), both).url == both.url
    assert seen_again(_whole(), both).url == "https://example.com/hh-1"
