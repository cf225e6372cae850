"""Cards read ahead of their turn: quicker, and never another card than the store would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.search.match import Verdict
from tests.builders import ANNA, NOW, a_vacancy
from tests.domain.product import Product, a_product

JOBS = [a_vacancy(id=f"internal-{number}", company=f"Фирма {number}") for number in range(1, 8)]
IDS = [job.id for job in JOBS]


@pytest.fixture
def product() -> Product:
    """A product that reads three cards ahead, where Anna has seven equally good vacancies waiting."""
    product = a_product(read_ahead=3)
    product.welcome_with_resume()
    product.keep(*JOBS)
    product.search()
    return product


def _ahead(product: Product) -> str | None:
    ahead = product.queues.first(ANNA)
    return ahead.vacancy.id if ahead is not None else None


def test_the_first_call_reads_ahead_what_the_next_ones_need(product: Product) -> None:
    assert _ahead(product) is None

    assert product.next().vacancy.id == IDS[0]
    assert _ahead(product) == IDS[1]
    assert product.next().vacancy.id == IDS[1]
    assert _ahead(product) == IDS[2]


def test_every_card_comes_once_and_in_order_and_says_how_many_are_left(product: Product) -> None:
    cards = [product.next() for _ in JOBS]

    assert [card.vacancy for card in cards] == JOBS
    assert [card.remaining for card in cards] == [6, 5, 4, 3, 2, 1, 0]
    assert product.application.next_vacancy(telegram_id=ANNA) is None
    assert _ahead(product) is None


def test_what_was_read_ahead_and_forgotten_is_no_loss(product: Product) -> None:
    product.next()
    product.queues.forget(ANNA)

    assert product.all_cards() == IDS[1:]


def test_what_was_read_ahead_and_lost_in_part_changes_no_order(product: Product) -> None:
    product.next()
    product.queues.drop_first(ANNA)

    assert product.all_cards() == IDS[1:]


def test_a_queue_that_lags_behind_repeats_nothing(product: Product) -> None:
    product.next()
    stale = product.queues.first(ANNA)
    assert stale is not None
    product.next()
    product.queues.fill(ANNA, stale.run_id, JOBS[:3])

    assert product.all_cards() == IDS[2:]


def test_the_same_question_gets_the_same_card_and_uses_up_none(product: Product) -> None:
    first = product.next("none")
    second = product.next(first.vacancy.id)

    assert product.next(first.vacancy.id) == second
    assert product.all_cards() == IDS[2:]


def test_a_new_search_replaces_what_was_read_ahead(product: Product) -> None:
    product.next()
    product.keep(a_vacancy(id="internal-0", company="Новая"))
    product.search(text="Python")

    assert product.next().vacancy.id == "internal-0"
    assert product.all_cards() == IDS[1:]


def test_an_employer_hidden_after_reading_ahead_is_not_offered(product: Product) -> None:
    product.keep(replace(JOBS[2], company=JOBS[0].company), replace(JOBS[3], company=JOBS[0].company))
    product.search(text="Python")
    product.next()
    product.next()
    shown = product.next().vacancy.id

    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=JOBS[0].id, verdict=Verdict.HIDE_EMPLOYER)

    left = product.all_cards()
    assert {JOBS[2].id, JOBS[3].id} - {shown} - set(left) == {JOBS[2].id, JOBS[3].id} - {shown}


def test_a_vacancy_that_changed_after_reading_ahead_is_shown_as_it_is_now(product: Product) -> None:
    product.next()
    changed = replace(JOBS[1], url="https://jobs.example.com/new", last_seen_at=NOW + timedelta(hours=1))
    product.keep(changed)

    assert product.next().vacancy == changed
    assert product.all_cards() == IDS[2:]


def test_a_vacancy_that_closed_after_reading_ahead_is_passed_over(product: Product) -> None:
    product.next()
    product.keep(replace(JOBS[1], closes_at=NOW, last_seen_at=NOW + timedelta(seconds=1)))
    product.clock.forward(timedelta(minutes=1))

    assert product.all_cards() == IDS[2:]


def test_a_vacancy_whose_time_ran_out_while_it_was_read_ahead_is_passed_over(product: Product) -> None:
    product.keep(replace(JOBS[1], closes_at=NOW + timedelta(hours=1)))
    product.next()
    product.clock.forward(timedelta(hours=2))

    assert product.all_cards() == IDS[2:]


def test_of_an_erased_person_nothing_stays_read_ahead(product: Product) -> None:
    product.next()

    product.application.erase_user(telegram_id=ANNA)

    assert _ahead(product) is None
