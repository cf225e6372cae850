"""How the first in line is shown to who names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from domain.identifiers import VacancyId
from domain.search.match import Match
from domain.transactions import Transactions
from domain.vacancies.vacancy import UNSEEN_MEANS_CLOSED
from tests.builders import NOW, a_vacancy
from tests.contracts.matches.given import FIRST, MINUTE, SECOND, add, placed, take
from tests.contracts.threads import at_once


def _take_if_first(store: Transactions, number: int, *, last_seen_at: datetime = NOW) -> Match | None:
    with store() as tx:
        return tx.matches.take_if_first(
            FIRST, VacancyId(f"internal-{number}"), last_seen_at=last_seen_at, at=NOW, after="none"
        )


@pytest.fixture
def queue(store: Transactions) -> Transactions:
    """Return a store where three vacancies wait for Anna."""
    with store() as tx:
        tx.vacancies.save(a_vacancy(id=VacancyId(f"internal-{number}")) for number in (1, 2, 3))
    add(store, placed(2), placed(1), placed(3))
    return store


def test_what_is_coming_is_told_in_order(queue: Transactions) -> None:
    with queue() as tx:
        assert tx.matches.coming(FIRST, limit=2) == ["internal-1", "internal-2"]
        assert tx.matches.coming(SECOND, limit=2) == []


def test_the_first_in_line_is_shown_to_who_names_it(queue: Transactions) -> None:
    shown = _take_if_first(queue, 1)

    assert shown == placed(1).shown(at=NOW, after="none")
    with queue() as tx:
        assert tx.matches.served_after(FIRST, "none") == shown
        assert tx.matches.coming(FIRST, limit=9) == ["internal-2", "internal-3"]


def test_nobody_jumps_the_queue_by_a_name(queue: Transactions) -> None:
    assert _take_if_first(queue, 2) is None
    assert _take_if_first(queue, 9) is None

    assert take(queue, FIRST).vacancy_id == "internal-1"


def test_what_was_shown_is_not_shown_again_by_its_name(queue: Transactions) -> None:
    assert _take_if_first(queue, 1) is not None

    assert _take_if_first(queue, 1) is None


def test_a_vacancy_seen_since_is_not_shown_as_it_was(queue: Transactions) -> None:
    assert _take_if_first(queue, 1, last_seen_at=NOW - MINUTE) is None

    assert _take_if_first(queue, 1) is not None


def test_a_vacancy_closed_since_is_not_shown_as_it_was(queue: Transactions) -> None:
    with queue() as tx:
        tx.vacancies.save([tx.vacancies.get(VacancyId("internal-1")).closed(at=NOW)])

    assert _take_if_first(queue, 1) is None

    assert take(queue, FIRST).vacancy_id == "internal-1"


def test_a_vacancy_unseen_for_long_is_not_shown_as_it_was(queue: Transactions) -> None:
    long_ago = NOW - UNSEEN_MEANS_CLOSED
    with queue() as tx:
        tx.vacancies.save([a_vacancy(id=VacancyId("internal-1"), last_seen_at=long_ago)])

    assert _take_if_first(queue, 1, last_seen_at=long_ago) is None


def test_a_posting_shown_in_another_run_is_not_shown_by_its_name(queue: Transactions) -> None:
    add(queue, replace(placed(1), run_id=SECOND).shown(at=NOW, after=None))

    assert _take_if_first(queue, 1) is None
    assert take(queue, FIRST).vacancy_id == "internal-2"


def test_of_many_who_name_the_first_one_gets_it(queue: Transactions) -> None:
    taken = at_once(8, lambda: _take_if_first(queue, 1))

    assert [each.vacancy_id for each in taken if each is not None] == ["internal-1"]
