"""The application's token is asked for once, shared, kept sealed, and never asked for twice in five minutes."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from adapters.hh.answers import Kind
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import HhTrouble, OutOfTime
from adapters.memory.boards import MemoryBoards
from adapters.memory.store import MemoryStore
from adapters.system import SystemClock
from domain.boards import BoardToken
from domain.search.run import Outcome
from tests.adapters.hh.askers import KEY, OLD_KEY, Hours, a_client, a_gateway, token_requests
from tests.adapters.hh.conftest import OpenStore
from tests.boards.hh import HhRu, errors, faults
from tests.boards.hh.exchange import Answer
from tests.log_lines import logged

GO = [("text", "go")]
NO_TIME = timedelta()


def test_a_token_is_asked_for_once_and_used_from_then_on(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)

    for _ in range(3):
        gateway.search(GO, time_left=hours.left())

    assert token_requests(hh) == 1
    assert {request.bearer for request in hh.asked("/vacancies")} == {hh.grants.app_tokens[0].access}
    assert hh.asked("/token")[0].form == {
        "grant_type": "client_credentials",
        "client_id": hh.application.client_id,
        "client_secret": hh.application.client_secret,
    }


def test_a_restarted_process_finds_the_token_of_the_one_before(hh: HhRu, hours: Hours, open_store: OpenStore) -> None:
    a_gateway(hh, hours, open_store()).search(GO, time_left=hours.left())
    hours.forward(hours=100)

    a_gateway(hh, hours, open_store()).search(GO, time_left=hours.left())

    assert token_requests(hh) == 1


def test_what_is_kept_is_sealed(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    a_gateway(hh, hours, store).search(GO, time_left=hours.left())

    with store() as tx:
        kept = tx.boards.tokens()

    assert [name.startswith("hh:") and hh.application.client_id not in name for name in kept] == [True]
    assert hh.grants.app_tokens[0].access not in "".join(kept.values())


def test_of_many_threads_one_asks_and_the_others_wait_for_it(hh: HhRu, open_store: OpenStore) -> None:
    hh.faults.add("/token", faults.slow(0.4))
    stores = [open_store(), open_store()]

    def ask(number: int) -> int:
        gateway = a_gateway(hh, SystemClock(), stores[number % 2], every=NO_TIME)
        return gateway.search(GO, time_left=TimeLeft(20)).found

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(ask, range(6))) == [1] * 6

    assert token_requests(hh) == 1


@pytest.mark.parametrize("answered", [True, False])
def test_who_looked_before_another_asked_and_claims_after_waits_for_that_one(
    hh: HhRu, hours: Hours, monkeypatch: pytest.MonkeyPatch, answered: bool
) -> None:
    store, look = MemoryStore(), MemoryBoards.token
    first, second = a_gateway(hh, hours, store), a_gateway(hh, hours, store)

    def look_too_early(boards: MemoryBoards, board: str) -> BoardToken | None:
        known = look(boards, board)
        monkeypatch.undo()
        if answered:
            first.token.current(hours.left())
        else:
            boards.claim_token(board, at=hours.now(), not_since=hours.now())
        return known

    monkeypatch.setattr(MemoryBoards, "token", look_too_early)
    if answered:
        assert second.token.current(hours.left()).token == hh.grants.app_tokens[0].access
    else:
        with pytest.raises(HhTrouble) as met:
            second.token.current(hours.left())
        assert met.value.outcome is Outcome.TIMEOUT
        assert sum(hours.slept) == pytest.approx(10)

    assert token_requests(hh) == answered


def test_the_log_says_why_there_is_no_token_and_no_answer(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    hh.faults.add("/vacancies", faults.forbidden())

    with logged("text") as log:
        with pytest.raises(HhTrouble):
            gateway.search(GO, time_left=hours.left())
        with pytest.raises(HhTrouble):
            a_gateway(hh, hours, client_secret="another").search(GO, time_left=hours.left())

    assert "asking hh.ru for vacancies: hh.ru: forbidden" in log.getvalue()
    assert "no token for the application: hh.ru: bad_client" in log.getvalue()


def test_two_processes_share_one_token_and_one_pace(hh: HhRu, store_url: str) -> None:
    pair = hh.application
    command = [sys.executable, "-m", "tests.adapters.hh.asking_process"]
    command += [store_url, hh.api_url, pair.client_id, pair.client_secret, KEY]
    processes = [
        subprocess.Popen(  # noqa: S603 — our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    ends = [(process.communicate("go\n", timeout=60), process.returncode) for process in processes]

    assert [(code, told[1]) for told, code in ends] == [(0, ""), (0, "")]
    assert token_requests(hh) == 1
    at = sorted(request.at for request in hh.asked("/vacancies"))
    # Six calls, five pauses between them; one may set out late.
    assert len(at) == 6
    assert at[-1] - at[0] > 5 * 0.35 - 0.2


def test_a_token_revoked_is_replaced_and_the_question_asked_again(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    gateway.search(GO, time_left=hours.left())
    hh.grants.revoke_app_tokens()
    hours.forward(minutes=6)
    hh.clock.forward(minutes=6)

    assert gateway.search(GO, time_left=hours.left()).found == 1

    assert token_requests(hh) == 2
    assert len(hh.asked("/vacancies")) == 3


@pytest.mark.parametrize("value", ["bad_authorization", "token_revoked", "token_expired", "application_not_found"])
def test_a_token_refused_within_five_minutes_is_not_replaced_before_they_are_over(
    hh: HhRu, hours: Hours, value: str
) -> None:
    gateway = a_gateway(hh, hours)
    gateway.search(GO, time_left=hours.left())
    hours.forward(minutes=1)
    hh.faults.add("/vacancies", faults.refused(errors.oauth(value)))

    for _ in range(3):
        with pytest.raises(HhTrouble) as met:
            gateway.search(GO, time_left=hours.left())
        assert met.value.outcome is Outcome.NOT_APPROVED

    assert token_requests(hh) == 1
    assert len(hh.asked("/vacancies")) == 2
    hours.forward(minutes=5)
    hh.clock.forward(minutes=6)
    assert gateway.search(GO, time_left=hours.left()).found == 1
    assert token_requests(hh) == 2


def test_a_fresh_token_refused_as_well_is_not_asked_for_again(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    gateway.search(GO, time_left=hours.left())
    hours.forward(minutes=6)
    hh.clock.forward(minutes=6)
    hh.faults.add("/vacancies", faults.refused(errors.bad_authorization()), times=None)

    with pytest.raises(HhTrouble) as met:
        gateway.search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.NOT_APPROVED
    assert (token_requests(hh), len(hh.asked("/vacancies"))) == (2, 3)


def test_one_process_does_not_throw_away_what_another_has_just_got(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)
    old = gateway.token.current(hours.left())
    hours.forward(minutes=6)
    hh.clock.forward(minutes=6)
    gateway.token.refused(old, Kind.TOKEN_REVOKED)
    new = gateway.token.current(hours.left())

    gateway.token.refused(old, Kind.TOKEN_REVOKED)

    assert gateway.token.current(hours.left()) == new
    assert token_requests(hh) == 2


def test_a_token_sealed_under_a_key_that_is_gone_counts_as_none(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    a_gateway(hh, hours, store, keys=(OLD_KEY,)).search(GO, time_left=hours.left())
    without_old_key = a_gateway(hh, hours, store)

    with pytest.raises(HhTrouble) as met:
        without_old_key.search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.RATE_LIMITED
    assert met.value.retry_after == pytest.approx(300, abs=1)
    assert hours.monotonic() < 2
    hours.forward(minutes=6)
    hh.clock.forward(minutes=6)
    assert without_old_key.search(GO, time_left=hours.left()).found == 1
    assert token_requests(hh) == 2


def test_a_key_being_replaced_opens_what_the_old_one_sealed(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    a_gateway(hh, hours, store, keys=(OLD_KEY,)).search(GO, time_left=hours.left())

    a_gateway(hh, hours, store, keys=(KEY, OLD_KEY)).search(GO, time_left=hours.left())

    assert token_requests(hh) == 1


def test_another_application_has_a_token_of_its_own(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    a_gateway(hh, hours, store).search(GO, time_left=hours.left())
    hh.application = type(hh.application)("OTHER-ID", "OTHER-SECRET", "https://assistant.example.com/hh/import")

    a_gateway(hh, hours, store).search(GO, time_left=hours.left())

    assert [request.form["client_id"] for request in hh.asked("/token")] == ["CLIENT-ID", "OTHER-ID"]


REFUSALS = [
    *(
        (faults.token_error("invalid_request", words), Outcome.NOT_APPROVED)
        for words in ("account not found", "account is locked", "password invalidated", "login not verified")
    ),
    *(
        (faults.token_error("invalid_request", words), outcome)
        for words, outcome in (
            ("bad redirect url", Outcome.NOT_CONFIGURED),
            ("token is empty", Outcome.NOT_APPROVED),
            ("token not found", Outcome.NOT_APPROVED),
            ("code not found", Outcome.NOT_APPROVED),
        )
    ),
    (faults.token_error("invalid_client", "client_id or client_secret not found"), Outcome.NOT_APPROVED),
    *(
        (faults.token_error("invalid_grant", words), Outcome.NOT_APPROVED)
        for words in (
            "token has already been refreshed",
            "token not expired",
            "token was revoked",
            "bad token",
            "token deactivated",
            "code has already been used",
            "code expired",
            "code was revoke",
        )
    ),
    (faults.token_error("unsupported_grant_type", "unsupported grant_type"), Outcome.NOT_APPROVED),
    (faults.token_error("forbidden", "app token refresh too early", status=403), Outcome.RATE_LIMITED),
    (faults.forbidden(), Outcome.CLOSED_BY_PROVIDER),
    (faults.ddos_guard(), Outcome.GEO_BLOCKED),
    (faults.geo_blocked(), Outcome.GEO_BLOCKED),
    (faults.too_many(retry_after=30), Outcome.RATE_LIMITED),
    (faults.refused(errors.bad_user_agent("blacklisted")), Outcome.NOT_CONFIGURED),
    (faults.bad_gateway(), Outcome.ERROR),
    (faults.unavailable(), Outcome.ERROR),
    (faults.not_json(), Outcome.ERROR),
    (faults.redirected("https://elsewhere.example.com"), Outcome.ERROR),
    (faults.answered(Answer(body=b'{"access_token": 7}')), Outcome.ERROR),
    (faults.answered(Answer(body=b'{"access_token": ""}')), Outcome.ERROR),
    (faults.answered(Answer(body=b'{"access_token": "a\\r\\nb"}')), Outcome.ERROR),
    (faults.answered(Answer(body=json.dumps({"access_token": "x" * 9000}).encode())), Outcome.ERROR),
    (faults.cut(), Outcome.ERROR),
    (faults.lost(), Outcome.ERROR),
]


@pytest.mark.parametrize(("fault", "outcome"), REFUSALS)
def test_a_refusal_is_remembered_for_five_minutes_by_everybody(
    hh: HhRu, hours: Hours, fault: faults.Fault, outcome: Outcome
) -> None:
    store = MemoryStore()
    hh.faults.add("/token", fault)

    for _ in range(3):
        with pytest.raises(HhTrouble) as met:
            a_gateway(hh, hours, store).search(GO, time_left=hours.left())
        assert met.value.outcome is outcome

    # At once, without waiting for anybody.
    assert hours.monotonic() < 2
    assert (token_requests(hh), hh.asked("/vacancies")) == (1, [])
    hours.forward(minutes=6)
    hh.clock.forward(minutes=6)
    assert a_gateway(hh, hours, store).search(GO, time_left=hours.left()).found == 1


def test_a_long_wait_that_hh_asks_for_is_waited(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours)
    hh.faults.add("/token", faults.too_many(retry_after=1800))

    for minutes in (0, 29):
        hours.forward(minutes=minutes)
        with pytest.raises(HhTrouble):
            gateway.search(GO, time_left=hours.left())

    assert token_requests(hh) == 1


def test_an_answer_that_does_not_come_in_time_is_not_asked_for_again(
    hh: HhRu, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.hh.application_token._ASKING_TAKES", 0.3)
    hh.faults.add("/token", faults.slow(3))
    gateway = a_gateway(hh, hours)

    for _ in range(2):
        with pytest.raises(HhTrouble) as met:
            gateway.search(GO, time_left=hours.left())
        assert met.value.outcome is Outcome.TIMEOUT

    assert token_requests(hh) == 1


def test_where_nothing_was_sent_it_is_tried_again_at_once(hh: HhRu, hours: Hours) -> None:
    gateway = a_gateway(hh, hours, client=a_client(hh))
    nobody_there = type(gateway.client)("http://127.0.0.1:9", headers=gateway.client.headers)
    deaf = a_gateway(hh, hours, client=nobody_there)

    with pytest.raises(HhTrouble) as met:
        deaf.search(GO, time_left=hours.left())

    assert met.value.outcome is Outcome.ERROR
    assert hours.slept == [0.5, 1.5]


def test_who_waits_for_another_gives_up_when_nothing_comes_of_it(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)
    with store() as tx:
        assert tx.boards.claim_token(gateway.token.board, at=hours.now(), not_since=hours.now())

    with pytest.raises(HhTrouble) as waited:
        gateway.search(GO, time_left=hours.left())
    assert waited.value.outcome is Outcome.TIMEOUT
    assert 9 < hours.monotonic() < 11

    hours.forward(seconds=20)
    began = hours.monotonic()
    with pytest.raises(HhTrouble) as gave_up:
        gateway.search(GO, time_left=hours.left())
    assert gave_up.value.outcome is Outcome.RATE_LIMITED
    assert hours.monotonic() - began < 1
    assert token_requests(hh) == 0


def test_who_has_no_time_to_wait_for_another_says_nothing_of_hh(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)
    with store() as tx:
        assert tx.boards.claim_token(gateway.token.board, at=hours.now(), not_since=hours.now())

    with pytest.raises(OutOfTime) as met:
        gateway.search(GO, time_left=hours.left(3))

    assert met.value.outcome is Outcome.TIMEOUT
    assert hours.monotonic() == pytest.approx(3)


def test_who_waits_gets_what_the_other_one_got(hh: HhRu, hours: Hours) -> None:
    store = MemoryStore()
    gateway = a_gateway(hh, hours, store)
    claimed_at = hours.now()
    with store() as tx:
        tx.boards.claim_token(gateway.token.board, at=claimed_at, not_since=claimed_at)
    token, sleep = hh.app_token(), hours.sleep

    def sleep_till_it_came(seconds: float) -> None:
        sleep(seconds)
        if hours.monotonic() > 2:
            with store() as tx:
                tx.boards.keep_token(gateway.token.board, sealed=gateway.token.vault.seal(token), asked_at=claimed_at)

    hours.sleep = sleep_till_it_came  # type: ignore[method-assign]  # the other one is at work meanwhile

    assert gateway.search(GO, time_left=hours.left()).found == 1
    assert hours.monotonic() < 3
    assert token_requests(hh) == 0
