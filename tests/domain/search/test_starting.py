"""Searches started, repeated, replaced; and what is told of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.errors import Conflict, Invalid, NotFound
from domain.identifiers import RunId
from domain.search.filters import Filters
from domain.search.run import RunStatus
from tests.builders import ANNA, BORIS, NOW
from tests.domain.product import Product


def test_a_search_is_queued_and_sent_to_a_worker(product: Product) -> None:
    product.welcome_with_resume()

    started = product.application.start_search(telegram_id=ANNA, filters=Filters(text="python"))

    assert started.new
    run = started.value
    assert (run.number, run.status, run.filters, run.created_at) == (1, RunStatus.QUEUED, Filters(text="python"), NOW)
    assert product.application.show_search(telegram_id=ANNA) == run
    assert product.tasks.runs == [run.id]


def test_a_search_is_committed_before_it_is_sent(product: Product) -> None:
    product.welcome_with_resume()

    def no_queue(run_id: RunId) -> None:
        assert product.application.show_search(telegram_id=ANNA).id == run_id
        raise ConnectionError

    product.tasks.run_search = no_queue  # type: ignore[method-assign] # the queue is down for this test

    with pytest.raises(ConnectionError):
        product.start()

    assert product.application.show_search(telegram_id=ANNA).status is RunStatus.QUEUED


def test_the_same_search_under_way_is_not_started_twice(product: Product) -> None:
    product.welcome_with_resume()
    first = product.start(text="python", salary_from=Decimal(100), sources=("hh", "internal"))

    again = product.application.start_search(
        telegram_id=ANNA, filters=Filters(text="python", salary_from=Decimal("100.0"), sources=("internal", "hh", "hh"))
    )

    assert not again.new
    assert again.value == first
    assert product.tasks.runs == [first.id]


def test_another_search_cancels_the_one_under_way(product: Product) -> None:
    product.welcome_with_resume()
    first = product.start(text="python")

    second = product.start(text="java")

    assert second.number == first.number + 1
    runs = product.application.export_user(telegram_id=ANNA).search_runs
    assert [(run.status, run.finished_at) for run in runs] == [(RunStatus.CANCELLED, NOW), (RunStatus.QUEUED, None)]
    assert product.application.show_search(telegram_id=ANNA) == second
    assert product.tasks.runs == [first.id, second.id]


def test_a_finished_search_is_started_anew_and_not_cancelled(product: Product) -> None:
    product.welcome_with_resume()
    first = product.search(text="python")

    second = product.application.start_search(telegram_id=ANNA, filters=Filters(text="python"))

    assert second.new
    assert second.value.number == 2
    assert product.application.export_user(telegram_id=ANNA).search_runs == [first, second.value]


def test_the_search_of_one_person_leaves_those_of_others_alone(product: Product) -> None:
    product.welcome_with_resume()
    product.welcome_with_resume(BORIS)
    first = product.start(text="python")

    product.start(BORIS, text="java")

    assert product.application.show_search(telegram_id=ANNA) == first


@pytest.mark.parametrize("sources", [("nowhere",), ("hh", "nowhere")])
def test_a_source_nobody_knows_is_refused(product: Product, sources: tuple[str, ...]) -> None:
    product.welcome_with_resume()

    with pytest.raises(Invalid) as caught:
        product.start(sources=sources)

    assert caught.value.errors == {"sources": ["unknown_source"]}
    assert product.tasks.runs == []


def test_there_is_no_search_without_a_résumé(product: Product) -> None:
    product.welcome()

    with pytest.raises(Conflict, match="no_resume"):
        product.start()

    assert product.tasks.runs == []


def test_there_is_no_search_for_nobody(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.start()
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_search(telegram_id=ANNA)


def test_who_never_searched_has_no_search_to_see(product: Product) -> None:
    product.welcome_with_resume()

    with pytest.raises(NotFound, match="no_search"):
        product.application.show_search(telegram_id=ANNA)
