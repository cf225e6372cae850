"""Where it is kept what people applied to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.search.applications import ToldBy
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_user, an_application

DAY = timedelta(days=1)
FIRST = an_application(vacancy_id=VacancyId("trudvsem-9"), applied_at=NOW - DAY, told_by=ToldBy.LIST)
SECOND, THIRD = an_application(), an_application(vacancy_id=VacancyId("hh-2"))


def test_what_a_person_applied_to_comes_back_the_earliest_first(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert tx.job_applications.add([THIRD, SECOND, FIRST]) == 3

    with with_anna() as tx:
        assert tx.job_applications.all_of(ANNA) == [FIRST, SECOND, THIRD]
        assert tx.job_applications.vacancies(ANNA) == {"trudvsem-9", "hh-1", "hh-2"}


def test_what_is_known_stays_as_it_is_and_is_not_counted(with_anna: Transactions) -> None:
    told_again = an_application(applied_at=NOW + DAY, told_by=ToldBy.LIST)
    with with_anna() as tx:
        tx.job_applications.add([SECOND])

    with with_anna() as tx:
        assert tx.job_applications.add([told_again, THIRD, THIRD]) == 1

    with with_anna() as tx:
        assert tx.job_applications.all_of(ANNA) == [SECOND, THIRD]


def test_adding_nothing_adds_nothing(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert tx.job_applications.add([]) == 0
        assert tx.job_applications.vacancies(ANNA) == frozenset()


def test_people_apply_each_for_themselves(with_anna: Transactions) -> None:
    his = an_application(telegram_id=BORIS)
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        assert tx.job_applications.add([SECOND, his]) == 2

    with with_anna() as tx:
        assert tx.job_applications.all_of(BORIS) == [his]
        assert tx.job_applications.all_of(ANNA) == [SECOND]


def test_a_stranger_applied_to_nothing(with_anna: Transactions) -> None:
    with with_anna() as tx, pytest.raises(NotFound, match="user_not_found"):
        tx.job_applications.add([an_application(telegram_id=BORIS)])


def test_applications_go_with_the_person(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.job_applications.add([FIRST, SECOND])
        tx.users.erase(ANNA)
        tx.users.save(a_user())

    with with_anna() as tx:
        assert tx.job_applications.all_of(ANNA) == []
