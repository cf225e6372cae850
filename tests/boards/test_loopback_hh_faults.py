"""The loopback hh.ru fails as it is told to, keeps a record of requests, and runs as a program."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
import requests

from tests.boards.asking import Asker, without_id
from tests.boards.hh import Browser, HhRu, faults, hh_ru
from tests.boards.hh.errors import oauth
from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.faults import Fault

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (faults.captcha(), 403, "captcha_url"),
        (faults.forbidden(), 403, '"type": "forbidden"'),
        (faults.refused(oauth("no_scope")), 403, "no_scope"),
        (faults.token_error("invalid_request", "password invalidated"), 400, "password invalidated"),
        (faults.too_many(), 429, "too_many_requests"),
        (faults.geo_blocked(), 451, "<html>"),
        (faults.ddos_guard(), 403, "DDOS-GUARD"),
        (faults.bad_gateway(), 502, "<html>"),
        (faults.bad_gateway(as_html_page=False), 502, '"type": "bad_gateway"'),
        (faults.unavailable(), 503, "service_unavailable"),
        (faults.not_json(), 200, '"items": ['),
        (faults.redirected("http://127.0.0.1:1/"), 302, ""),
        (faults.swollen(100_000), 200, "x" * 100_000),
        (faults.answered(as_json([])), 200, "[]"),
    ],
)
def test_a_fault_is_met_as_often_as_ordered(fault: Fault, status: int, said: str, hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/areas", fault, times=2)

    first, second, third = ask.get("/areas"), ask.get("/areas/1"), ask.get("/areas")

    assert first.status_code == second.status_code == status
    assert said in first.text
    assert third.json() == example("areas")


def test_a_fault_may_spare_the_first_other_methods_and_paths_below(hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/areas", faults.unavailable(), exact=True, method="GET", after=1, times=None)

    statuses = [ask.get(address).status_code for address in ("/areas", "/areas/1", "/areas", "/areas")]
    hh.faults.clear()

    assert statuses == [200, 200, 503, 503]
    assert ask.get("/areas").status_code == 200


def test_the_captcha_comes_with_its_type_or_without(hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/areas", faults.captcha())
    hh.faults.add("/areas", faults.captcha(typed=False))

    assert without_id(ask.get("/areas").json()) == without_id(example("error_403_captcha_required"))
    untyped = ask.get("/areas").json()["errors"][0]
    assert untyped.keys() == {"value", "captcha_url", "fallback_url"}


def test_headers_tell_of_the_shield_and_of_the_pause(hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/areas", faults.ddos_guard())
    hh.faults.add("/areas", faults.too_many(retry_after=7))

    assert ask.get("/areas").headers["server"] == "ddos-guard"
    assert ask.get("/areas").headers["Retry-After"] == "7"


@pytest.mark.parametrize("fault", [faults.cut(), faults.lost()])
def test_a_broken_connection_breaks_the_answer(fault: Fault, hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/dictionaries", fault)

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        ask.get("/dictionaries")

    assert ask.get("/dictionaries").status_code == 200


@pytest.mark.parametrize("fault", [faults.slow(0.2), faults.dripping(0.2)])
def test_a_slow_answer_comes_whole_in_its_time(fault: Fault, hh: HhRu, ask: Asker) -> None:
    hh.faults.add("/dictionaries", fault)
    began = time.monotonic()

    assert ask.get("/dictionaries").json() == example("dictionaries")

    assert time.monotonic() - began >= 0.2


def test_the_end_waits_for_no_slow_answer() -> None:
    def ask(hh: HhRu) -> None:
        # It is answered in the end or cut off, whichever comes first.
        with suppress(requests.RequestException):
            Asker(hh, requests.Session()).get("/areas", HH_User_Agent="Tests/1.0")

    with hh_ru() as hh:
        hh.faults.add("/areas", faults.slow(60))
        asks = Thread(target=ask, args=(hh,))
        asks.start()
        while not hh.asked("/areas"):
            time.sleep(0.01)
        began = time.monotonic()

    asks.join()
    assert time.monotonic() - began < 5


def test_what_breaks_in_it_is_raised_at_its_end() -> None:
    def broken(_: Request) -> Answer:
        raise KeyError("our own mistake")

    def asked() -> None:
        with hh_ru() as hh:
            hh.faults.add("/areas", Fault(answer=broken))
            with pytest.raises(requests.ConnectionError):
                Asker(hh, requests.Session()).get("/areas")

    with pytest.raises(KeyError, match="our own mistake"):
        asked()


def test_every_request_is_on_record(hh: HhRu, ask: Asker) -> None:
    ask.get("/vacancies?text=go&area=1&area=2", "TOKEN")
    ask.refresh("REFRESH")

    search, token = hh.asked()
    assert (search.host, search.method, search.path, search.bearer) == ("api", "GET", "/vacancies", "TOKEN")
    assert search.query == {"text": ["go"], "area": ["1", "2"]}
    assert search.headers["hh-user-agent"].startswith("JobAssistant/")
    assert token.form == {"grant_type": "refresh_token", "refresh_token": "REFRESH"}
    assert token.at >= search.at
    assert hh.asked("/token", method="POST") == [token]


@pytest.mark.parametrize(("applicants", "status"), [("open", 200), ("closed", 403)])
def test_it_runs_as_a_program(applicants: str, status: int) -> None:
    command = [sys.executable, "-m", "tests.boards.hh", "--applicants", applicants, "--vacancies", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as program:  # noqa: S603 — our own arguments
        try:
            assert program.stdout is not None
            told = json.loads(program.stdout.readline())
            hh = HhRu(api_url=told["api_url"], site_url=told["site_url"])
            with requests.Session() as session:
                session.headers["User-Agent"] = "Tests/1.0"
                ask = Asker(hh, session)
                app = ask.app(client_id=told["client_id"], client_secret=told["client_secret"]).json()
                found = ask.found("/vacancies?text=Python", app["access_token"])
                code = _code(told["site_url"], told["client_id"])
                mine = ask.get("/resumes/mine", ask.exchange(code).json()["access_token"])
        finally:
            program.terminate()
        assert program.wait(timeout=10) == 0

    assert "Python-разработчик" in found
    assert mine.status_code == status


def _code(site_url: str, client_id: str) -> str:
    address = Browser().consents(f"{site_url}/oauth/authorize?response_type=code&client_id={client_id}")
    return address.partition("code=")[2]
