"""Where vacancies read ahead are kept: in order, for a while, for one person each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from adapters.memory.vacancy_queues import MemoryVacancyQueues
from adapters.redis.connection import open_redis
from adapters.redis.vacancy_queues import RedisVacancyQueues
from domain.identifiers import RunId
from domain.search.ports import Ahead, VacancyQueues
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, BORIS, a_vacancy

Queues = Callable[[pytest.FixtureRequest], AbstractContextManager[VacancyQueues]]

DEPTH = 3
RUN, NEWER = RunId("run-1"), RunId("run-2")
JOBS = [
    a_vacancy(),
    a_vacancy(id="hh-2", source="hh", salary=None, experience=None, company=None, asks=(), published_at=None),
    a_vacancy(id="internal-3", title="Голанг\u2028“разработчик”"),
    a_vacancy(id="internal-4"),
]


@contextmanager
def _memory(request: pytest.FixtureRequest) -> Iterator[VacancyQueues]:  # noqa: ARG001 — as every kind is opened
    yield MemoryVacancyQueues(DEPTH)


@contextmanager
def _redis(request: pytest.FixtureRequest) -> Iterator[VacancyQueues]:
    client = open_redis(request.getfixturevalue("redis_url"))
    client.flushdb()
    yield RedisVacancyQueues(client, str, DEPTH)
    client.close()


KINDS: dict[str, Queues] = {"memory": _memory, "redis": _redis}


@pytest.fixture(params=KINDS)
def queues(request: pytest.FixtureRequest) -> Iterator[VacancyQueues]:
    with KINDS[request.param](request) as opened:
        yield opened


def _ids(queues: VacancyQueues) -> list[str]:
    ids: list[str] = []
    while (ahead := queues.first(ANNA)) is not None:
        ids.append(ahead.vacancy.id)
        queues.drop_first(ANNA)
    return ids


@pytest.mark.parametrize("vacancy", JOBS, ids=lambda job: job.id)
def test_a_vacancy_comes_back_as_it_was_put_in(queues: VacancyQueues, vacancy: Vacancy) -> None:
    queues.fill(ANNA, RUN, [vacancy])

    assert queues.first(ANNA) == Ahead(run_id=RUN, vacancy=vacancy)
    assert queues.first(ANNA) == Ahead(run_id=RUN, vacancy=vacancy)


def test_vacancies_come_in_the_order_they_were_put_in_and_no_more_than_are_worth_it(queues: VacancyQueues) -> None:
    queues.fill(ANNA, RUN, JOBS)

    assert _ids(queues) == [job.id for job in JOBS[: queues.depth]]


def test_nothing_was_put_in_so_nothing_comes(queues: VacancyQueues) -> None:
    queues.drop_first(ANNA)
    queues.forget(ANNA)

    assert queues.first(ANNA) is None


def test_what_is_put_in_takes_the_place_of_what_was_there(queues: VacancyQueues) -> None:
    queues.fill(ANNA, RUN, JOBS[:2])
    queues.fill(ANNA, NEWER, JOBS[2:3])

    assert queues.first(ANNA) == Ahead(run_id=NEWER, vacancy=JOBS[2])
    assert _ids(queues) == [JOBS[2].id]


def test_putting_in_nothing_leaves_nothing(queues: VacancyQueues) -> None:
    queues.fill(ANNA, RUN, JOBS)
    queues.fill(ANNA, NEWER, [])

    assert queues.first(ANNA) is None


def test_one_person_is_forgotten_and_others_are_not(queues: VacancyQueues) -> None:
    queues.fill(ANNA, RUN, JOBS)
    queues.fill(BORIS, RUN, JOBS)

    queues.forget(ANNA)

    assert queues.first(ANNA) is None
    assert queues.first(BORIS) == Ahead(run_id=RUN, vacancy=JOBS[0])
