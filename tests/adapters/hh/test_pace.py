"""hh.ru is asked at one pace by all together, and left alone when it asks for that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.hh.answers import Kind
from adapters.hh.pace import BOARD, REST_AFTER_CAPTCHA, REST_AFTER_TOO_MANY, Pace
from adapters.hh.trouble import HhTrouble, remembered
from adapters.memory.outside import FixedClock
from adapters.memory.store import MemoryStore
from domain.search.run import Outcome
from tests.adapters.hh.askers import Hours, a_gateway
from tests.adapters.hh.conftest import OpenStore
from tests.boards.hh import HhRu, a_vacancy, faults

GO = [("text", "go")]
SECOND = timedelta(seconds=1)


def test_two_gateways_on_one_store_have_one_pace(hh: HhRu, hours: Hours, open_store: OpenStore) -> None:
    one, other = (a_gateway(hh, hours, open_store(), every=SECOND) for _ in range(2))

    for gateway in (one, other, one, other):
        gateway.search(GO, time_left=hours.left())

    assert hours.monotonic() == pytest.approx(3, abs=0.01)


def test_nobody_waits_for_a_turn_that_comes_too_late(hours: Hours) -> None:
    pace = Pace(MemoryStore(), hours, SECOND)
    pace.wait_for_turn(hours.left())

    with pytest.raises(HhTrouble) as met:
        pace.wait_for_turn(hours.left(0.5))

    assert met.value.outcome is Outcome.TIMEOUT
    assert hours.slept == []


def test_those_who_give_up_put_nobody_off(hours: Hours) -> None:
    pace = Pace(MemoryStore(), hours, SECOND)
    pace.wait_for_turn(hours.left())
    for _ in range(100):
        with pytest.raises(HhTrouble):
            pace.wait_for_turn(hours.left(0.1))

    pace.wait_for_turn(hours.left(2))

    assert hours.monotonic() == pytest.approx(1)


def test_waiting_ends_when_a_rest_is_called_for_meanwhile(hours: Hours) -> None:
    pace = Pace(MemoryStore(), hours, timedelta(seconds=20))
    pace.wait_for_turn(hours.left())
    sleep = hours.sleep

    def meets_a_captcha(seconds: float) -> None:
        sleep(seconds)
        if hours.monotonic() > 3:
            pace.rest(Kind.CAPTCHA, seconds=600)

    hours.sleep = meets_a_captcha  # type: ignore[method-assign]  # another one does so while this one waits

    with pytest.raises(HhTrouble) as met:
        pace.wait_for_turn(hours.left(25))

    assert met.value.outcome is Outcome.CAPTCHA
    assert hours.monotonic() < 5


@pytest.mark.parametrize(
    ("fault", "outcome", "seconds"),
    [
        (faults.captcha(), Outcome.CAPTCHA, REST_AFTER_CAPTCHA),
        (faults.captcha(typed=False), Outcome.CAPTCHA, REST_AFTER_CAPTCHA),
        (faults.too_many(), Outcome.RATE_LIMITED, REST_AFTER_TOO_MANY),
        (faults.too_many(retry_after=7), Outcome.RATE_LIMITED, 7),
        (faults.too_many(retry_after=3600), Outcome.RATE_LIMITED, 3600),
    ],
)
def test_a_rest_holds_for_everybody_and_ends(
    hh: HhRu, hours: Hours, fault: faults.Fault, outcome: Outcome, seconds: float
) -> None:
    store = MemoryStore()
    hh.faults.add("/vacancies", fault)
    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours, store).search(GO, time_left=hours.left())
    assert met.value.outcome is outcome

    hours.forward(seconds=seconds - 1)
    with pytest.raises(HhTrouble) as resting:
        a_gateway(hh, hours, store).search(GO, time_left=hours.left())

    assert (resting.value.outcome, resting.value.retry_after) == (outcome, 1)
    assert len(hh.asked("/vacancies")) == 1
    hours.forward(seconds=1)
    assert a_gateway(hh, hours, store).search(GO, time_left=hours.left()).found == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "seconds"),
    [
        (faults.captcha(), Outcome.CAPTCHA, REST_AFTER_CAPTCHA),
        (faults.too_many(retry_after=400), Outcome.RATE_LIMITED, 400),
    ],
)
def test_a_rest_that_is_called_for_where_tokens_are_given_holds_for_all_asking(
    hh: HhRu, hours: Hours, fault: faults.Fault, outcome: Outcome, seconds: float
) -> None:
    store = MemoryStore()
    hh.faults.add("/token", fault)
    with pytest.raises(HhTrouble):
        a_gateway(hh, hours, store).search(GO, time_left=hours.left())

    hours.forward(seconds=seconds - 1)
    with pytest.raises(HhTrouble) as resting:
        a_gateway(hh, hours, store).areas(time_left=hours.left())

    assert (resting.value.outcome, resting.value.retry_after) == (outcome, 1)
    assert hh.asked("/areas") == []
    hours.forward(seconds=1)
    assert a_gateway(hh, hours, store).areas(time_left=hours.left())


def test_a_captcha_at_details_gives_details_a_rest_and_searches_go_on(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    vacancies = [a_vacancy(), a_vacancy()]
    hh.vacancies.add(*vacancies)
    known, other = (vacancy.id for vacancy in vacancies)
    assert a_gateway(hh, hours, store).vacancy(known, time_left=hours.left())
    hh.faults.add("/vacancies/", faults.captcha())

    with pytest.raises(HhTrouble):
        a_gateway(hh, hours, store).vacancy(other, time_left=hours.left())
    asked = len(hh.asked("/vacancies/"))
    hours.forward(seconds=REST_AFTER_CAPTCHA - 2)
    with pytest.raises(HhTrouble) as resting:
        a_gateway(hh, hours, store).vacancy(other, time_left=hours.left())

    assert resting.value.outcome is Outcome.CAPTCHA
    assert len(hh.asked("/vacancies/")) == asked
    assert a_gateway(hh, hours, store).search(GO, time_left=hours.left()).found
    # What is known needs no asking.
    assert a_gateway(hh, hours, store).vacancy(known, time_left=hours.left())
    hours.forward(seconds=2)
    assert a_gateway(hh, hours, store).vacancy(other, time_left=hours.left())


def test_a_server_in_trouble_is_not_given_a_rest(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    hh.faults.add("/vacancies", faults.bad_gateway(), times=3)
    with pytest.raises(HhTrouble):
        a_gateway(hh, hours, store).search(GO, time_left=hours.left())

    assert a_gateway(hh, hours, store).search(GO, time_left=hours.left()).found == 1


@pytest.mark.parametrize(
    ("because", "outcome"),
    [("captcha", Outcome.CAPTCHA), ("timeout", Outcome.TIMEOUT), ("of another version", Outcome.ERROR)],
)
def test_a_rest_that_somebody_ordered_says_why(hours: Hours, because: str, outcome: Outcome) -> None:
    store = MemoryStore()
    with store() as tx:
        tx.boards.rest(BOARD, until=hours.now() + SECOND, because=because)

    with pytest.raises(HhTrouble) as met:
        Pace(store, hours).wait_for_turn(hours.left())

    assert met.value.outcome is outcome


def test_the_text_of_a_trouble_tells_what_hh_calls_it() -> None:
    told = HhTrouble(Outcome.ERROR, kind=Kind.BAD_ARGUMENT, detail="area", request_id="17a-b")

    assert str(told) == "hh.ru: bad_argument, area, request 17a-b"
    assert str(remembered("timeout", retry_after=1)) == "hh.ru: timeout"


def test_a_clock_set_back_keeps_nobody_waiting_for_ever(hours: Hours) -> None:
    store, standing = MemoryStore(), FixedClock(hours.now())
    pace = Pace(store, standing, timedelta(seconds=5))
    pace.wait_for_turn(hours.left())

    with pytest.raises(HhTrouble) as met:
        pace.wait_for_turn(hours.left(8))

    assert met.value.outcome is Outcome.TIMEOUT
    assert hours.monotonic() == pytest.approx(8)
