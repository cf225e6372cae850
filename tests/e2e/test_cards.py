"""One person's queue of vacancies, asked for by many at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from tests.e2e.callers import Caller
from tests.e2e.programs import Server

THREADS = 100


def at_once(server: Server, threads: int, each: Callable[[Caller], list[requests.Response]]) -> list[requests.Response]:
    """Return the answers that so many callers got who began at one moment."""
    together = Barrier(threads)

    def one(_: int) -> list[requests.Response]:
        with server.caller() as caller:
            together.wait(60)
            return each(caller)

    with ThreadPoolExecutor(threads) as pool:
        return [answer for answers in pool.map(one, range(threads)) for answer in answers]


def test_a_hundred_threads_are_given_each_vacancy_exactly_once(server: Server, caller: Caller, person: int) -> None:
    caller.submit(person)
    caller.start(person)
    queued = caller.found(person)["counts"]["queued"]

    def until_empty(one: Caller) -> list[requests.Response]:
        answers = [one.next(person)]
        while answers[-1].status_code == 200:
            answers.append(one.next(person))
        return answers

    answers = at_once(server, THREADS, until_empty)

    cards = [answer.json()["vacancy_id"] for answer in answers if answer.status_code == 200]
    assert queued > 20
    assert len(cards) == len(set(cards)) == queued
    assert [answer.status_code for answer in answers if answer.status_code != 200] == [204] * THREADS


def test_the_same_question_asked_ten_times_is_answered_with_the_same_bytes(caller: Caller, person: int) -> None:
    caller.submit(person)
    caller.start(person)
    caller.found(person)
    first = caller.next(person, after="none").json()["vacancy_id"]

    answers = [caller.next(person, after=first) for _ in range(10)]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["vacancy_id"] != first


def test_the_same_question_asked_ten_times_at_once_takes_one_card(server: Server, caller: Caller, person: int) -> None:
    caller.submit(person)
    caller.start(person)
    queued = caller.found(person)["counts"]["queued"]
    first = caller.next(person, after="none").json()["vacancy_id"]

    answers = at_once(server, 10, lambda one: [one.next(person, after=first)])

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["remaining"] == queued - 2
