"""Vacancies that their source has taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.identifiers import VacancyId
from domain.vacancies.closing import CloseVacancies
from domain.vacancies.vacancy import Link, Vacancy
from tests.builders import NOW, a_vacancy
from tests.domain.product import Product

KNOWN, OTHER, STRANGE = VacancyId("hh-1"), VacancyId("hh-2"), VacancyId("hh-3")


def test_a_vacancy_taken_back_is_closed_and_others_stay_open(product: Product) -> None:
    product.keep(*(a_vacancy(id=each, source="hh", closes_at=NOW + timedelta(days=9)) for each in (KNOWN, OTHER)))

    assert CloseVacancies(product.store, product.clock)(ids=[KNOWN, STRANGE]) == 1

    with product.store() as tx:
        known = tx.vacancies.among([KNOWN, OTHER, STRANGE])
    assert {each: vacancy.is_open(at=NOW) for each, vacancy in known.items()} == {KNOWN: False, OTHER: True}
    assert known[KNOWN].closes_at == NOW


def test_what_was_closed_before_stays_closed_since_then(product: Product) -> None:
    product.keep(a_vacancy(id=KNOWN, source="hh", closes_at=NOW - timedelta(days=2)))

    assert CloseVacancies(product.store, product.clock)(ids=[KNOWN]) == 0

    with product.store() as tx:
        assert tx.vacancies.get(KNOWN).closes_at == NOW - timedelta(days=2)


def _in_two_places(**changes: Any) -> Vacancy:
    return a_vacancy(
        id=KNOWN,
        source="hh",
        url="https://hh.ru/vacancy/1",
        links=(
            Link(source="hh", vacancy_id=KNOWN, url="https://hh.ru/vacancy/1"),
            Link(source="trudvsem", vacancy_id=VacancyId("trudvsem-1"), url="https://trudvsem.ru/1"),
        ),
        **changes,
    )


def test_a_job_posted_elsewhere_too_stays_open_there(product: Product) -> None:
    product.keep(_in_two_places())

    assert CloseVacancies(product.store, product.clock)(ids=[KNOWN]) == 0

    with product.store() as tx:
        kept = tx.vacancies.get(KNOWN)
    assert kept.is_open(at=NOW)
    assert (kept.url, [link.url for link in kept.links]) == ("https://trudvsem.ru/1", [None, "https://trudvsem.ru/1"])


def test_a_job_is_closed_once_no_place_is_left(product: Product) -> None:
    product.keep(_in_two_places())
    close = CloseVacancies(product.store, product.clock)

    assert close(ids=[VacancyId("trudvsem-1")]) == 0
    with product.store() as tx:
        kept = tx.vacancies.get(KNOWN)
    assert [link.url for link in kept.links] == ["https://hh.ru/vacancy/1", None]

    assert close(ids=[KNOWN]) == 1
    with product.store() as tx:
        assert not tx.vacancies.get(KNOWN).is_open(at=NOW)


def test_one_of_ours_needs_no_page_to_stay_open(product: Product) -> None:
    ours = a_vacancy(url=None)
    product.keep(_with_link(ours, Link(source="hh", vacancy_id=KNOWN, url="https://hh.ru/vacancy/1")))

    assert CloseVacancies(product.store, product.clock)(ids=[KNOWN]) == 0

    with product.store() as tx:
        kept = tx.vacancies.get(ours.id)
    assert kept.is_open(at=NOW)
    assert kept.url is None


def test_what_a_vacancy_stood_for_but_is_no_place_of_it_any_more_changes_nothing(product: Product) -> None:
    product.keep(_in_two_places())
    plain = replace(_in_two_places(), links=())
    product.keep(plain)

    assert CloseVacancies(product.store, product.clock)(ids=[VacancyId("trudvsem-1")]) == 0

    with product.store() as tx:
        assert tx.vacancies.get(KNOWN) == plain


def _with_link(vacancy: Vacancy, other: Link) -> Vacancy:
    return replace(vacancy, links=(*vacancy.every_link, other))
