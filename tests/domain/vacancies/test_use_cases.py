"""Vacancies put into the catalogue, many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.identifiers import VacancyId
from domain.vacancies.arrival import Draft
from domain.vacancies.use_cases import Arrival, Arrived
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW
from tests.domain.product import Product


def _draft(number: str = "1", **changes: Any) -> Draft:
    return Draft(**{"id": number, "title": f"Разработчик {number}", "company": "Вымысел", **changes})


def _store(product: Product, *drafts: Draft) -> list[Arrived]:
    return product.application.store_vacancies(drafts=drafts)


def _kept(product: Product, vacancy_id: str = "internal-1") -> Vacancy:
    with product.store() as tx:
        return tx.vacancies.get(VacancyId(vacancy_id))


def test_new_vacancies_are_created(product: Product) -> None:
    answers = _store(product, _draft("1"), _draft("2"))

    assert answers == [
        Arrived(id="internal-1", arrival=Arrival.CREATED),
        Arrived(id="internal-2", arrival=Arrival.CREATED),
    ]
    assert _kept(product, "internal-2").title == "Разработчик 2"


def test_a_vacancy_that_says_something_new_is_updated(product: Product) -> None:
    _store(product, _draft(area="Казань"))
    product.clock.forward(timedelta(days=2))

    (answer,) = _store(product, _draft(area="Москва"))

    assert answer == Arrived(id="internal-1", arrival=Arrival.UPDATED)
    kept = _kept(product)
    assert (kept.area, kept.first_seen_at, kept.last_seen_at) == ("Москва", NOW, NOW + timedelta(days=2))


def test_a_vacancy_that_says_the_same_is_unchanged_but_seen_again(product: Product) -> None:
    _store(product, _draft())
    product.clock.forward(timedelta(days=2))

    (answer,) = _store(product, _draft())

    assert answer == Arrived(id="internal-1", arrival=Arrival.UNCHANGED)
    assert _kept(product).last_seen_at == NOW + timedelta(days=2)


def test_a_bad_draft_is_refused_and_the_others_go_in(product: Product) -> None:
    answers = _store(product, _draft("1"), _draft("hh-2"), _draft("3", title=""), _draft("4"))

    assert answers == [
        Arrived(id="internal-1", arrival=Arrival.CREATED),
        Arrived(id="hh-2", arrival=Arrival.REFUSED, errors={"id": ["built_in_source"]}),
        Arrived(id="3", arrival=Arrival.REFUSED, errors={"title": ["bad_length"]}),
        Arrived(id="internal-4", arrival=Arrival.CREATED),
    ]
    with product.store() as tx:
        assert tx.vacancies.newest(at=NOW, limit=10) == ["internal-1", "internal-4"]


def test_nothing_given_stores_nothing(product: Product) -> None:
    assert _store(product) == []


def test_the_same_job_under_another_id_names_the_one_seen_first(product: Product) -> None:
    _store(product, _draft("1", title="Водитель"))
    product.clock.forward(timedelta(days=1))

    answers = _store(
        product, _draft("0", title="водитель!", company="ООО «Вымысел»"), _draft("2", title="Водитель", area="Казань")
    )

    assert [(answer.id, answer.same_as) for answer in answers] == [("internal-0", "internal-1"), ("internal-2", None)]


def test_the_one_seen_first_is_the_same_as_nothing(product: Product) -> None:
    _store(product, _draft("1", title="Водитель"))
    product.clock.forward(timedelta(days=1))
    _store(product, _draft("0", title="Водитель"))

    assert [answer.same_as for answer in _store(product, _draft("1", title="Водитель"))] == [None]


def test_two_of_one_job_in_one_call_are_recognised(product: Product) -> None:
    answers = _store(product, _draft("1", title="Водитель"), _draft("2", title="Водитель"))

    assert [answer.same_as for answer in answers] == [None, "internal-1"]


def test_of_two_drafts_with_one_id_the_later_counts(product: Product) -> None:
    answers = _store(product, _draft("1", title="Старое"), _draft("internal-1", title="Новое"))

    assert [(answer.id, answer.arrival) for answer in answers] == [("internal-1", Arrival.CREATED)] * 2
    assert _kept(product).title == "Новое"


def test_a_bad_draft_does_not_replace_a_good_one_of_the_same_id(product: Product) -> None:
    answers = _store(product, _draft("1", title="Хорошее"), _draft("1", title=""))

    assert [answer.arrival for answer in answers] == [Arrival.CREATED, Arrival.REFUSED]
    assert _kept(product).title == "Хорошее"
