"""What the log tells of requests and people, and what it never tells."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import text

from adapters.bootstrap import Telemetry
from adapters.system import SystemClock
from domain.application import Application
from entrypoints.api.app import create_app
from tests.entrypoints.handing_out import handed_out
from tests.entrypoints.installation import (
    ANNA,
    BORIS,
    BOT,
    BOT_KEYS,
    CALLBACK_SECRETS,
    OPERATOR_KEYS,
    PIPELINE_KEYS,
    PROFILE,
    RESUME,
    Caller,
    Installation,
    a_job,
    told,
)
from tests.log_lines import lines_of, logged

# Words that no message of ours has any reason to use.
PERSON: dict[str, Any] = {
    **PROFILE,
    "first_name": "Аделаида",
    "last_name": "Выдуманская",
    "city": "Зарайск",
    "email": "adelaida@example.ru",
    "phone": "+79000000077",
    "hh_profile_url": "https://hh.ru/resume/0123456789abcdef",
}
CV = files("entrypoints").joinpath("samples", "resumes", "ivanova_python_ru.pdf").read_bytes()
OF_THE_CV = ("Иванова", "Мария", "maria")
SECRETS = (*BOT_KEYS, *PIPELINE_KEYS, *OPERATOR_KEYS, *CALLBACK_SECRETS)
PERSONAL = (
    *(str(PERSON[name]) for name in ("first_name", "last_name", "city", "email", "hh_profile_url")),
    "9000000077",
    "900 000-00-77",
    str(ANNA),
    str(BORIS),
    "Смотрительница маяка",
    "PostgreSQL",
    "180000",
    *OF_THE_CV,
    *SECRETS,
)


class Broken:
    """A use case that fails with the caller's own words in its error."""

    def __call__(self, **said: Any) -> None:
        raise ValueError(f"{said} {PERSON} {SECRETS}")


def live_through(api: Installation) -> None:
    """Do everything that can be done, rightly and wrongly, and leave."""
    bot, person = api.bot, f"{ANNA}"
    api.offer(a_job("1"), a_job("2"))
    bot.post("/users/", PERSON)
    bot.post("/users/", {**PERSON, "age": "Аделаида", "email": "adelaida", "phone": "900 000-00-77", "Выдуманская": 1})
    bot.call("POST", "/users/", data='{"city": "Зарайск'.encode(), headers={"Content-Type": "application/json"})
    bot.post(f"/resume/json/{person}", {**RESUME, "desired_position": "Смотрительница маяка"})
    bot.post(f"/resume/json/{person}", {**RESUME, "skills": [{"PostgreSQL": "Зарайск"}]})
    bot.send(f"/resume/file/{person}", CV, "Выдуманская.pdf")
    bot.send(f"/resume/file/{person}", CV[:3000], "Аделаида.pdf")
    api.work()
    bot.call("PATCH", f"/resume/{person}", json={"preferred_region": "Зарайск"}, headers={"If-Match": "*"})
    api.search(ANNA, text="Смотрительница маяка", region="Зарайск")
    api.search(ANNA)
    card = told(bot.get(f"/search/next/{person}?after=none"))
    bot.get(f"/search/details/{person}/{card['vacancy_id']}")
    bot.post(f"/search/feedback/{person}/{card['vacancy_id']}", {"verdict": "like"})
    bot.post(f"/search/feedback/{person}/adelaida@example.ru", {"verdict": "Выдуманская"})
    bot.get(f"/search/history/{person}?state=Выдуманская")
    bot.get(f"/users/{person}/Выдуманская")
    bot.call("АДЕЛАИДА".encode().decode("latin-1"), f"/users/{person}")
    Caller(api.app, {"X-BOT-KEY": OPERATOR_KEYS[0]}).get(f"/users/{person}")
    api.operator.get("/metrics")
    fail_at_n8n(api)
    bot.get(f"/users/{person}/export")
    bot.call("DELETE", f"/users/{person}")
    bot.get(f"/users/{BORIS}")


def fail_at_n8n(api: Installation) -> None:
    """Let n8n tell of failures in words that quote whom they are about."""
    search_id = handed_out(api)
    quoting = {"version": 1, "error": {"message": f"{PERSON}", "stack": "Смотрительница маяка"}}
    named = {"workflow": "Поиск для adelaida@example.ru", "node": "+7 (900) 000-00-77"}
    api.n8n.post("/n8n/failures", {**quoting, **named, "execution_id": "17"})
    api.n8n.post("/n8n/failures", {**quoting, **named, "execution_id": "adelaida@example.ru"})
    api.n8n.post("/n8n/failures", {**quoting, "search_id": search_id, "Выдуманская": 1})
    api.n8n.post("/n8n/failures", {**quoting, "search_id": search_id}, secret="a-secret-of-somebody-else")
    page = {"version": 1, "page": 1, "pages": 1, "sources": [{"source": "Аделаида"}], "vacancies": ["Зарайск"]}
    api.n8n.post(f"/search/results/{search_id}", page)
    api.n8n.post("/resume/parsed/Выдуманская", {"version": 1, "added": {"region": "Зарайск", "Аделаида": 1}})


def the_bot_of_a_broken_one() -> Caller:
    """Return the bot of an installation with a fault in every part it calls."""
    parts = {name: Broken() for name in Application.__dataclass_fields__}
    return Caller(an_app_for(Application(**parts)), {"X-BOT-KEY": BOT_KEYS[0]})  # type: ignore[arg-type]  # broken on purpose


def an_app_for(application: Application) -> Flask:
    """Return an app that no other test gets to use."""
    keys = {"bot": BOT_KEYS, "pipeline": PIPELINE_KEYS, "operator": OPERATOR_KEYS}
    return create_app(
        application,
        keys=keys,
        parts={},
        largest_upload=1_000_000,
        telemetry=Telemetry(),
        callback_secrets=CALLBACK_SECRETS,
        clock=SystemClock(),
    )


@pytest.mark.parametrize("style", ["json", "text"])
def test_nothing_about_a_person_is_in_the_log_whatever_happens(api: Installation, style: str) -> None:
    with logged(style) as log:
        live_through(api)
        answers = [
            the_bot_of_a_broken_one().post("/users/", PERSON),
            the_bot_of_a_broken_one().get(f"/users/{ANNA}"),
            the_bot_of_a_broken_one().post(f"/search/start/{ANNA}", {"text": "Смотрительница маяка"}),
        ]

    assert [answer.status_code for answer in answers] == [500, 500, 500]
    assert log.getvalue().count("ValueError") >= len(answers)
    assert [word for word in PERSONAL if word.lower() in log.getvalue().lower()] == []


def test_a_database_that_refuses_a_row_quotes_it_to_nobody(api: Installation) -> None:
    with api.engine.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX one_city ON users (city)"))
        connection.execute(text("CREATE TRIGGER no BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'Зарайск'); END"))

    with logged() as log:
        answer = api.bot.post("/users/", PERSON)

    assert answer.status_code == 500
    (line,) = lines_of(log, "a request failed")
    assert line["exception"]["type"] == "sqlalchemy.exc.IntegrityError"
    assert [word for word in PERSONAL if word in log.getvalue()] == []


def test_every_request_is_one_line(with_anna: Installation) -> None:
    with logged() as log:
        answer = with_anna.bot.get(f"/users/{ANNA}", headers={"X-Request-ID": "bot-2026.03_01"})
        with_anna.bot.get("/nothing/here")

    found, lost = lines_of(log)
    assert answer.status_code == 200
    assert {name: found[name] for name in ("event", "level", "method", "route", "status", "request_id")} == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/users/<telegram_id>",
        "status": 200,
        "request_id": "bot-2026.03_01",
    }
    assert 0 < found["milliseconds"] < 60_000
    assert (lost["route"], lost["status"], lost["person"]) == ("none", 404, None)
    assert lost["request_id"] != found["request_id"]


def test_the_line_of_a_refused_request_bears_the_code_of_its_problem(with_anna: Installation) -> None:
    with logged() as log:
        with_anna.bot.get("/users/42")
        with_anna.bot.post(f"/search/start/{ANNA}", {"nothing": "like this"})
        with_anna.stranger.get(f"/users/{ANNA}")
        with_anna.bot.get("/nothing/here")
        with_anna.bot.get(f"/users/{ANNA}")
        the_bot_of_a_broken_one().get(f"/users/{ANNA}")

    codes = [line.get("code") for line in lines_of(log, "request")]
    assert codes == ["user_not_found", "invalid", "unauthorized", "not_found", None, "internal_error"]


def test_a_person_bears_one_name_in_all_lines_and_another_bears_another(api: Installation) -> None:
    with logged() as log:
        api.welcome()
        api.bot.get(f"/users/{ANNA}")
        api.bot.get(f"/users/{BORIS}")

    *annas, boris = [line["person"] for line in lines_of(log, "request")]
    assert len(annas) == 3
    assert set(annas) == {Telemetry(secret=OPERATOR_KEYS[0]).person(ANNA)}
    assert re.fullmatch("[0-9a-f]{12}", boris)
    assert boris not in annas


def test_an_erasure_is_noted_with_the_name_that_finds_the_person_again(with_anna: Installation) -> None:
    with logged() as log:
        with_anna.bot.call("DELETE", f"/users/{ANNA}")
        with_anna.bot.call("DELETE", f"/users/{ANNA}")

    (erased,) = lines_of(log, "erased")
    first, second = lines_of(log, "request")
    assert (first["status"], second["status"]) == (204, 404)
    assert erased["person"] == Telemetry(secret=OPERATOR_KEYS[0]).person(ANNA)
    assert erased["request_id"] == first["request_id"]


def test_a_fault_is_told_with_its_place_and_the_request_it_met() -> None:
    with logged() as log:
        answer = the_bot_of_a_broken_one().get(f"/users/{ANNA}")

    (fault,) = lines_of(log, "a request failed")
    assert fault["request_id"] == answer.headers["X-Request-ID"]
    assert fault["exception"]["type"] == "ValueError"
    assert re.fullmatch(r"tests/entrypoints/test_logs.py:\d+ __call__", fault["exception"]["at"][-1])


def test_a_fault_after_the_answer_was_made_is_told_without_the_path(api: Installation) -> None:
    def spoil(_: Response) -> Response:
        raise ValueError(PERSON)

    app = an_app_for(api.application)
    app.after_request(spoil)
    with logged() as log:
        answer = Caller(app, BOT).get(f"/users/{ANNA}")

    assert answer.status_code == 500
    assert lines_of(log, "a request could not be answered")
    assert [word for word in PERSONAL if word in log.getvalue()] == []


def test_a_request_leaves_nothing_of_itself_to_the_next(api: Installation) -> None:
    with logged() as log:
        api.bot.get(f"/users/{ANNA}")
        api.stranger.get("/health/live")

    user, health = lines_of(log, "request")
    assert user["request_id"] != health["request_id"]
    assert health["person"] is None


def test_a_failure_of_n8n_is_one_line_with_its_own_names_and_none_of_its_words(with_anna: Installation) -> None:
    handed_out(with_anna, execution_id="17")
    failure = {"version": 1, "execution_id": "17", "workflow": "vacancy-search", "node": "Спросить hh", "error": "boom"}

    with logged() as log:
        with_anna.n8n.post("/n8n/failures", failure)
        with_anna.n8n.post("/n8n/failures", {**failure, "node": "see https://example.com"})

    first, second = lines_of(log, "n8n tells of a failure")
    told_of = ("level", "noted", "execution_id", "workflow", "node")
    assert [first[name] for name in told_of] == ["warning", "noted", "17", "vacancy-search", "Спросить hh"]
    assert [second[name] for name in told_of] == ["warning", "repeated", "17", "vacancy-search", None]
    assert "boom" not in log.getvalue()
