"""A person's own market: what belongs to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.identifiers import VacancyId
from domain.insights.market import LARGEST_MARKET, market_of
from domain.search.match import Verdict
from tests.builders import ANNA, NOW
from tests.domain.insights.marketing import a_developer, asking, offer, welcome
from tests.domain.instruments import MEASURES
from tests.domain.product import Product


def market(product: Product) -> list[str]:
    with product.store() as tx:
        return [each.id for each in market_of(tx, ANNA, a_developer(), MEASURES, at=product.clock.now())]


def test_the_catalogue_is_the_market_of_who_has_not_searched(product: Product) -> None:
    welcome(product)
    offer(product, asking(1, "Python"), asking(2, "Docker", title="Водитель"))

    assert market(product) == ["internal-1"]


def test_matches_of_the_latest_run_come_first(product: Product) -> None:
    welcome(product)
    # Not indexed, so that the search alone finds it.
    product.keep(asking(1, "Excel", title="Водитель"))
    product.search()
    offer(product, asking(2, "Python"))

    assert market(product) == ["internal-1", "internal-2"]


def test_an_earlier_run_is_left_behind(product: Product) -> None:
    welcome(product)
    product.keep(asking(1, "Excel", title="Водитель"))
    product.search(text="водитель")
    product.next()
    product.clock.forward(timedelta(minutes=1))
    product.keep(asking(2, "Excel", title="Водитель"))

    product.search(text="водитель")

    # What was shown before is filtered out by the later run, and of the market all the same.
    assert set(market(product)) == {"internal-1", "internal-2"}


def test_what_the_person_does_not_want_is_no_market_of_theirs(product: Product) -> None:
    welcome(product)
    offer(product, *(asking(each, "Python") for each in range(1, 5)), asking(9, "Python", company="Вымысел 1"))
    product.search()
    judge = product.application.judge_vacancy
    for vacancy_id, verdict in (("internal-1", Verdict.HIDE_EMPLOYER), ("internal-2", Verdict.DISLIKE)):
        while product.next().vacancy.id != vacancy_id:
            pass
        judge(telegram_id=ANNA, vacancy_id=VacancyId(vacancy_id), verdict=verdict)

    assert set(market(product)) == {"internal-3", "internal-4"}


def test_closed_vacancies_and_second_postings_are_left_out(product: Product) -> None:
    welcome(product)
    same: dict[str, Any] = {"company": "Вымысел", "responsibilities": "Те же.", "requirements": "", "description": ""}
    offer(product, asking(1, "Python", **same), asking(2, "Python", area="Тверь", **same))
    offer(product, asking(3, "Python", closes_at=NOW + timedelta(days=1)))
    product.search()

    product.clock.forward(timedelta(days=2))

    assert market(product) == ["internal-1"]


def test_a_market_has_its_bounds(product: Product) -> None:
    welcome(product)
    product.keep(*(asking(each, "Python") for each in range(LARGEST_MARKET + 5)))
    while product.application.index_vacancies().more:
        pass
    product.search()

    assert len(market(product)) == LARGEST_MARKET
