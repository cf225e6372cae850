"""Everything a person does with hh.ru, by HTTP alone: as it is where hh.ru has agreed, and as the world is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.hh.pace import EVERY
from adapters.hh.source import HhSource
from adapters.trudvsem.source import TrudvsemSource
from domain.search.engine import BuiltinEngine
from domain.search.running import RunSearch
from tests.boards.hh import Browser, HhRu, a_vacancy, faults, hh_ru
from tests.boards.trudvsem import Board, Trouble, running_board
from tests.entrypoints.conftest import Install
from tests.entrypoints.installation import ANNA, AT_ONCE, PROFILE, Installation, a_job, code_of, told

EXPORT = files("entrypoints").joinpath("samples", "resumes", "smirnov_hh_export.pdf")
ALREADY_APPLIED, WANTED, AT_HOME = "119900001", "119900002", "119900003"


@pytest.fixture
def hh() -> Iterator[HhRu]:
    """Return an hh.ru with three vacancies for Ivan's résumé, the last of them of his present employer."""
    with hh_ru() as hh:
        hh.vacancies.clear()
        for number, employer in ((ALREADY_APPLIED, "Первый"), (WANTED, "Второй"), (AT_HOME, "Пример, ООО")):
            text = f"<p>Обучаем языковые модели в компании {employer}.</p><ul><li>Python</li><li>LLM</li></ul>"
            lately = datetime.now(timezone.utc) - timedelta(days=1)
            hh.vacancies.add(
                a_vacancy(id=number, name="LLM Engineer", description=text, employer=employer, published_at=lately)
            )
        yield hh


@pytest.fixture
def hh_every() -> timedelta:
    """Return how long the installation waits between two requests to hh.ru."""
    return AT_ONCE


@pytest.fixture
def api(install: Install, hh: HhRu, hh_every: timedelta) -> Installation:
    """Return an installation that has an application at hh.ru, and Anna's profile."""
    api = install(
        hh_every=hh_every,
        HH_CLIENT_ID=hh.application.client_id,
        HH_CLIENT_SECRET=hh.application.client_secret,
        HH_USER_AGENT="Tests/1.0 (tests@example.org)",
        HH_API_URL=hh.api_url,
        HH_SITE_URL=hh.site_url,
        PUBLIC_URL="http://jobs.example.org",
        TOKEN_ENCRYPTION_KEYS="a-key-that-seals-in-tests",
    )
    hh.application.redirect_uri = "http://jobs.example.org/hh/import"
    assert api.bot.post("/users/", PROFILE).status_code == 201
    return api


def _signed_in(api: Installation) -> dict[str, str]:
    """Let Anna sign in at hh.ru; return what hh.ru hands back by her browser."""
    url = told(api.bot.get(f"/hh/auth_link?telegram_id={ANNA}"))["auth_url"]
    back = urlsplit(Browser().consents(url))
    assert f"{back.scheme}://{back.netloc}{back.path}" == "http://jobs.example.org/hh/import"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def _next(api: Installation) -> dict[str, Any] | None:
    answer = api.bot.get(f"/search/next/{ANNA}")
    assert answer.status_code in (200, 204), answer.text
    return told(answer) if answer.status_code == 200 else None


def _outcomes(api: Installation) -> dict[str, tuple[str, int]]:
    sources = told(api.bot.get(f"/search/status/{ANNA}"))["sources"]
    return {each["source"]: (each["outcome"], each["found"]) for each in sources}


def test_from_signing_in_to_a_vacancy_that_is_not_offered_again(api: Installation, hh: HhRu) -> None:
    hh.applies(hh.ivan, ALREADY_APPLIED)
    back = _signed_in(api)

    imported = told(api.bot.get("/hh/import", query_string={"telegram_id": ANNA, **back}))
    resume = told(api.bot.get(f"/resume/{ANNA}"))
    api.search()
    card = _next(api)

    assert imported["state"] == "connected"
    assert imported["applications"]["noted"] >= 1
    assert resume["source"] == "hh"
    assert card is not None
    assert card["vacancy_id"] == f"hh-{WANTED}"
    assert _next(api) is None
    assert _outcomes(api)["hh"] == ("ok", 3)
    filtered = told(api.bot.get(f"/search/history/{ANNA}", query_string={"state": "filtered"}))["items"]
    assert {each["vacancy_id"]: each["filter_reason"] for each in filtered} == {
        f"hh-{ALREADY_APPLIED}": "already_applied",
        f"hh-{AT_HOME}": "current_employer",
    }

    # The person applies at hh.ru itself: from the next sync on that is never offered either.
    hh.applies(hh.ivan, WANTED)
    synced = told(api.bot.post(f"/hh/sync/{ANNA}"))
    api.search()

    assert synced["applications"] == {"noted": 1, "trouble": None}
    assert synced["new"] is False
    assert _next(api) is None
    state = told(api.bot.get(f"/search/history/{ANNA}", query_string={"state": "applied"}))["items"]
    assert [each["vacancy_id"] for each in state] == [f"hh-{WANTED}"]


def test_the_search_asks_by_the_token_of_the_application_and_the_import_by_the_persons(
    api: Installation, hh: HhRu
) -> None:
    api.bot.get("/hh/import", query_string={"telegram_id": ANNA, **_signed_in(api)})

    api.search()

    search = {request.bearer for request in hh.asked("/vacancies")}
    mine = {request.bearer for path in ("/me", "/resumes/mine", "/negotiations") for request in hh.asked(path)}
    assert len(search) == len(mine) == 1
    assert search != mine
    assert len([each for each in hh.asked("/token") if each.form.get("grant_type") == "client_credentials"]) == 1


@pytest.mark.parametrize("hh_every", [EVERY])
def test_what_people_and_searches_ask_comes_at_the_pace_of_the_installation(
    api: Installation, hh: HhRu, hh_every: timedelta
) -> None:
    back = _signed_in(api)

    began = time.monotonic()
    api.bot.get("/hh/import", query_string={"telegram_id": ANNA, **back})
    imported = time.monotonic()
    api.search()
    found = time.monotonic()

    # Tokens alone are asked for out of turn.
    asked = [each.at for each in hh.requests if each.host == "api" and each.path != "/token"]
    for_people = len([at for at in asked if at < imported])
    for_search = len(asked) - for_people
    assert for_people >= 3
    assert for_search >= 3
    assert imported - began >= (for_people - 1) * hh_every.total_seconds()
    assert found - imported >= (for_search - 1) * hh_every.total_seconds()


def test_in_the_world_as_it_is_the_person_is_told_what_works_instead(api: Installation, hh: HhRu) -> None:
    hh.applicants = "closed"

    refused = api.bot.get("/hh/import", query_string={"telegram_id": ANNA, **_signed_in(api)})
    status = told(api.bot.get(f"/hh/status/{ANNA}"))
    sent = api.bot.send(f"/resume/file/{ANNA}", EXPORT.read_bytes(), "Резюме.pdf")
    api.work()
    resume = told(api.bot.get(f"/resume/{ANNA}"))
    api.search()

    assert (refused.status_code, code_of(refused)) == (409, "closed_by_provider")
    assert "PDF" in told(refused)["detail"]
    assert status["state"] == "closed_by_provider"
    assert "PDF" in status["advice"]
    assert sent.status_code == 202
    assert resume["source"] == "hh_export"
    assert _outcomes(api)["hh"][0] in ("ok", "empty")


def _impatient(api: Installation) -> RunSearch:
    """Return what carries out searches, with sources outside that are waited for no longer than a moment."""
    run_search = api.application.run_search
    (engine,) = run_search.engines
    assert isinstance(engine, BuiltinEngine)
    sources = [
        replace(each, patience=4.0) if isinstance(each, (HhSource, TrudvsemSource)) else each for each in engine.sources
    ]
    return replace(run_search, engines=(replace(engine, sources=sources),))


def test_of_three_sources_one_hangs_one_fails_and_the_third_is_served_in_time(install: Install, hh: HhRu) -> None:
    hh.faults.add("/vacancies", faults.bad_gateway(), times=None)
    silent = Board(always=Trouble(200, wait=60))
    with running_board(silent):
        api = install(
            HH_CLIENT_ID=hh.application.client_id,
            HH_CLIENT_SECRET=hh.application.client_secret,
            HH_USER_AGENT="Tests/1.0 (tests@example.org)",
            HH_API_URL=hh.api_url,
            TOKEN_ENCRYPTION_KEYS="a-key-that-seals-in-tests",
            TRUDVSEM_URL=silent.url,
        )
        api.welcome()
        api.offer(a_job("1"))
        started = api.bot.post(f"/search/start/{ANNA}", {})
        began = time.monotonic()
        _impatient(api)(run_id=api.tasks.runs.pop())
        took = time.monotonic() - began

    assert started.status_code == 202
    assert told(api.bot.get(f"/search/status/{ANNA}"))["status"] == "ready"
    assert {name: outcome for name, (outcome, _) in _outcomes(api).items()} == {
        "internal": "ok",
        "hh": "error",
        "trudvsem": "timeout",
    }
    card = _next(api)
    assert card is not None
    assert card["vacancy_id"] == "partner-1"
    assert took < 15
