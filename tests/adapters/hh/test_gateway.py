"""What comes of asking hh.ru: answers kept and renewed, every error as an outcome, servers in trouble asked again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from adapters.boards.http import Client
from adapters.hh.answers import Kind
from adapters.hh.trouble import HhTrouble
from adapters.memory.store import MemoryStore
from domain.search.run import Outcome
from tests.adapters.hh.askers import Hours, a_client, a_gateway
from tests.boards.hh import HhRu, a_vacancy, errors, faults
from tests.boards.hh.exchange import Answer, as_json

GO = [("text", "go")]


def test_a_page_comes_whole(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.clear()
    hh.vacancies.add(*(a_vacancy(id=str(number)) for number in range(1, 4)))

    page = a_gateway(hh, hours).search([("area", "1"), ("area", "2"), ("per_page", "2")], time_left=hours.left())

    assert ([item["id"] for item in page.items], page.found, page.pages) == (["1", "2"], 3, 2)
    assert hh.asked("/vacancies")[0].query["area"] == ["1", "2"]
    assert hh.asked("/vacancies")[0].headers["user-agent"] == "JobAssistant/1.0 (ops@example.com)"


def test_details_are_kept_for_six_hours_for_everybody(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    hh.vacancies.add(a_vacancy(id="7", description="<p>Слово</p>"))

    first = a_gateway(hh, hours, store).vacancy("7", time_left=hours.left())
    hours.forward(hours=5.9)
    second = a_gateway(hh, hours, store).vacancy("7", time_left=hours.left())

    assert first == second
    assert first is not None
    assert first["description"] == "<p>Слово</p>"
    assert len(hh.asked("/vacancies/7")) == 1


def test_who_recruits_is_not_kept(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    people = {"contacts": {"name": "Анна", "phones": [{"number": "1234567"}]}, "manager": {"id": "1"}}
    hh.faults.add("/vacancies/7", faults.answered(as_json({"id": "7", "name": "Повар", **people})))

    assert a_gateway(hh, hours, store).vacancy("7", time_left=hours.left()) == {"id": "7", "name": "Повар"}

    (kept,) = store._tables.board_answers.values()
    assert json.loads(kept.body) == {"id": "7", "name": "Повар"}


def test_what_is_kept_costs_no_turn(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.add(a_vacancy(id="7"))
    gateway = a_gateway(hh, hours, every=timedelta(seconds=9))
    gateway.vacancy("7", time_left=hours.left())

    gateway.vacancy("7", time_left=hours.left(1))

    assert hours.slept == []


def test_a_stale_answer_that_still_holds_is_renewed_by_its_tag(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.add(a_vacancy(id="7"))
    gateway = a_gateway(hh, hours)
    first = gateway.vacancy("7", time_left=hours.left())
    hours.forward(hours=7)

    assert gateway.vacancy("7", time_left=hours.left()) == first

    asked = hh.asked("/vacancies/7")
    assert [bool(request.headers.get("if-none-match")) for request in asked] == [False, True]
    hours.forward(hours=5)
    gateway.vacancy("7", time_left=hours.left())
    assert len(hh.asked("/vacancies/7")) == 2


def test_a_stale_answer_that_holds_no_more_is_replaced(hh: HhRu, hours: Hours) -> None:
    hh.vacancies.add(a_vacancy(id="7", name="Прежнее"))
    gateway = a_gateway(hh, hours)
    gateway.vacancy("7", time_left=hours.left())
    hh.vacancies.add(a_vacancy(id="7", name="Новое"))
    hours.forward(hours=7)

    assert [gateway.vacancy("7", time_left=hours.left()) for _ in range(2)] == [_named("Новое")] * 2


class _named:  # noqa: N801 — reads as a word
    """Equal to details of that name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: Any) -> bool:
        return bool(other["name"] == self.name)

    __hash__ = None  # type: ignore[assignment]  # what is equal to many is no key


@pytest.mark.parametrize("tag", [None, "x" * 300])
def test_an_answer_without_a_usable_tag_is_asked_for_anew(hh: HhRu, hours: Hours, tag: str | None) -> None:
    headers = {} if tag is None else {"ETag": tag}
    hh.faults.add("/vacancies/7", faults.answered(as_json({"id": "7"}, headers=headers)), times=2)
    gateway = a_gateway(hh, hours)
    gateway.vacancy("7", time_left=hours.left())
    hours.forward(hours=7)

    gateway.vacancy("7", time_left=hours.left())

    assert [request.headers.get("if-none-match") for request in hh.asked("/vacancies/7")] == [None, None]


def test_not_modified_without_having_been_asked_is_an_error(hh: HhRu, hours: Hours) -> None:
    hh.faults.add("/vacancies/7", faults.answered(Answer(status=304)))

    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours).vacancy("7", time_left=hours.left())

    assert met.value.outcome is Outcome.ERROR


def test_what_another_version_kept_in_another_shape_is_asked_for_anew(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)
    gateway.areas(time_left=hours.left())
    with store() as tx:
        (key,) = store._tables.board_answers
        kept = tx.boards.answer(key)
        assert kept is not None
        tx.boards.keep_answer(key, type(kept)(body=b"{}", etag=kept.etag, fresh_until=kept.fresh_until))

    assert isinstance(json.loads(gateway.areas(time_left=hours.left())), list)
    assert len(hh.asked("/areas")) == 2


def test_searches_are_not_kept(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)

    for _ in range(2):
        gateway.search(GO, time_left=hours.left())

    assert len(hh.asked("/vacancies")) == 2
    assert store._tables.board_answers == {}


def test_dictionaries_are_open_to_all_and_kept_for_a_day(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)

    for _ in range(3):
        assert json.loads(gateway.areas(time_left=hours.left()))[0]["id"] == "113"
        assert "experience" in json.loads(gateway.dictionaries(time_left=hours.left()))
        hours.forward(hours=11)

    assert [request.path for request in hh.requests] == ["/areas", "/dictionaries"]
    assert {request.bearer for request in hh.requests} == {None}


def test_a_vacancy_that_is_gone_is_none(hh: HhRu, hours: Hours) -> None:
    assert a_gateway(hh, hours).vacancy("404404", time_left=hours.left()) is None


TROUBLES = [
    *(
        (faults.refused(errors.oauth(value)), Outcome.NOT_APPROVED)
        for value in (
            "bad_authorization",
            "token_expired",
            "token_revoked",
            "application_not_found",
            "user_auth_expected",
            "application_auth_expected",
            "no_scope",
        )
    ),
    *(
        (faults.refused(errors.oauth("something_new", oauth_error=error)), Outcome.NOT_APPROVED)
        for error in ("token-revoked", "token-expired", "bad-auth-type", "client-id-deleted")
    ),
    (faults.forbidden(), Outcome.CLOSED_BY_PROVIDER),
    (faults.captcha(), Outcome.CAPTCHA),
    (faults.captcha(typed=False), Outcome.CAPTCHA),
    (faults.too_many(), Outcome.RATE_LIMITED),
    (faults.geo_blocked(), Outcome.GEO_BLOCKED),
    (faults.ddos_guard(), Outcome.GEO_BLOCKED),
    (faults.refused(errors.bad_user_agent("unset")), Outcome.NOT_CONFIGURED),
    (faults.refused(errors.bad_user_agent("blacklisted")), Outcome.NOT_CONFIGURED),
    (faults.refused(errors.bad_argument("area")), Outcome.ERROR),
    (faults.refused(errors.too_deep()), Outcome.ERROR),
    (faults.refused(errors.not_found()), Outcome.ERROR),
    (faults.refused(errors.method_not_allowed()), Outcome.ERROR),
    (faults.refused(errors.other(400, "bad_request", "Bad Request")), Outcome.ERROR),
    (faults.refused(errors.other(409, "conflict", "Conflict")), Outcome.ERROR),
    (faults.refused(errors.other(500, "internal_error", "Internal Server Error")), Outcome.ERROR),
    (faults.bad_gateway(), Outcome.ERROR),
    (faults.bad_gateway(as_html_page=False), Outcome.ERROR),
    (faults.unavailable(), Outcome.ERROR),
    (faults.not_json(), Outcome.ERROR),
    (faults.answered(as_json({"found": 3})), Outcome.ERROR),
    (faults.answered(as_json([])), Outcome.ERROR),
    (faults.redirected("https://elsewhere.example.com/"), Outcome.ERROR),
    (faults.swollen(9 * 2**20), Outcome.ERROR),
    (faults.cut(), Outcome.ERROR),
    (faults.lost(), Outcome.ERROR),
]


@pytest.mark.parametrize(("fault", "outcome"), TROUBLES)
def test_every_trouble_has_its_outcome(hh: HhRu, hours: Hours, fault: faults.Fault, outcome: Outcome) -> None:
    hh.faults.add("/vacancies", fault, times=None)

    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours).search(GO, time_left=hours.left())

    assert met.value.outcome is outcome


@pytest.mark.parametrize(
    "fault",
    [faults.slow(2), faults.dripping(3)],
)
def test_an_answer_that_does_not_come_in_time_is_not_asked_for_again(
    hh: HhRu, hours: Hours, fault: faults.Fault
) -> None:
    hh.faults.add("/vacancies", fault)

    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours, client=a_client(hh, seconds=0.4)).search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.TIMEOUT
    assert len(hh.asked("/vacancies")) == 1


def test_a_call_ends_with_the_time_of_the_caller(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    gateway.search(GO, time_left=hours.left())
    hours.forward(seconds=1)
    hh.faults.add("/vacancies", faults.slow(3))

    with pytest.raises(HhTrouble) as met:
        gateway.search(GO, time_left=hours.left(0.3))

    assert met.value.outcome is Outcome.TIMEOUT


def test_without_any_time_nothing_is_asked(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    gateway.token.current(hours.left())

    with pytest.raises(HhTrouble) as met:
        gateway.search(GO, time_left=hours.left(0))

    assert met.value.outcome is Outcome.TIMEOUT
    assert hh.asked("/vacancies") == []


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.unavailable(), faults.not_json(), faults.cut()])
def test_a_server_in_trouble_is_asked_twice_again(hh: HhRu, hours: Hours, fault: faults.Fault) -> None:
    hh.faults.add("/vacancies", fault, times=2)

    assert a_gateway(hh, hours).search(GO, time_left=hours.left()).found == 1

    assert [wait for wait in hours.slept if wait >= 0.5] == [0.5, 1.5]
    hh.faults.add("/vacancies", fault, times=3)
    with pytest.raises(HhTrouble):
        a_gateway(hh, hours).search(GO, time_left=hours.left())


def test_a_server_that_asks_for_a_long_pause_is_not_asked_again(hh: HhRu, hours: Hours) -> None:
    busy = errors.other(503, "service_unavailable", "Service Unavailable").answer("1")
    hh.faults.add("/vacancies", faults.answered(Answer(status=503, body=busy.body, headers={"Retry-After": "99"})))

    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours).search(GO, time_left=hours.left())

    assert (met.value.kind, met.value.retry_after) == (Kind.SERVER_ERROR, 99)
    assert len(hh.asked("/vacancies")) == 1


def test_where_nobody_listens_there_is_an_error(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    a_gateway(hh, hours, store).token.current(hours.left())
    nobody = Client("http://127.0.0.1:9", headers={"User-Agent": "JobAssistant/1.0 (ops@example.com)"})

    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours, store, client=nobody).search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.ERROR


def test_a_default_user_agent_is_the_operators_to_mend(hh: HhRu, hours: Hours) -> None:
    with pytest.raises(HhTrouble) as met:
        a_gateway(hh, hours, client=a_client(hh, name="python-requests/2.32")).search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.NOT_CONFIGURED
