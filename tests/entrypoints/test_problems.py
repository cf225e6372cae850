"""Everything that goes wrong is told in one shape, and nothing a client sends breaks the server."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from domain.errors import Unavailable
from entrypoints.api.problems import register_problems
from entrypoints.api.request import mark_answers
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, RESUME, Caller, Installation, a_job, code_of, told

JSON = {"Content-Type": "application/json"}
FIELDS = {"type", "title", "status", "detail", "code", "request_id"}


def must_be_a_problem(answer: TestResponse) -> None:
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.content_type == "application/problem+json"
    assert FIELDS <= set(told(answer)) <= FIELDS | {"errors"}
    assert told(answer)["status"] == answer.status_code
    assert told(answer)["request_id"] == answer.headers["X-Request-ID"]
    assert all(isinstance(told(answer)[field], str) and told(answer)[field] for field in FIELDS - {"status"})
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/index.html", 404, "not_found"),
        ("GET", "/nothing/here", 404, "not_found"),
        ("GET", "/users/0", 404, "not_found"),
        ("GET", "/users/-1", 404, "not_found"),
        ("GET", f"/users/{2**63}", 404, "not_found"),
        ("GET", "/users/" + "9" * 5_000, 404, "not_found"),
        ("GET", "/users/anna", 404, "not_found"),
        ("GET", "/users/%d9%a1", 404, "not_found"),
        ("GET", f"/resume/file/{ANNA}/%00", 404, "not_found"),
        ("GET", f"/search/details/{ANNA}/a%00b", 404, "not_found"),
        ("POST", f"/search/feedback/{ANNA}/%00", 404, "not_found"),
        ("GET", "/users/1.5", 404, "not_found"),
        ("GET", "/resume/file/1/%2e%2e/%2e%2e", 404, "not_found"),
        ("PUT", f"/users/{ANNA}", 405, "method_not_allowed"),
        ("OPTIONS", "/users/", 405, "method_not_allowed"),
        ("TRACE", f"/users/{ANNA}", 405, "method_not_allowed"),
        ("DELETE", f"/search/next/{ANNA}", 405, "method_not_allowed"),
        ("POST", "/openapi.json", 405, "method_not_allowed"),
        ("POST", "/docs", 405, "method_not_allowed"),
    ],
)
def test_a_route_that_is_none_is_a_problem(api: Installation, method: str, path: str, status: int, code: str) -> None:
    answer = api.bot.call(method, path)

    must_be_a_problem(answer)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_wrong_method_is_told_the_right_ones(api: Installation) -> None:
    answer = api.bot.call("PUT", f"/users/{ANNA}")

    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "DELETE"}


def test_a_misspelt_parameter_does_not_pass_for_none(with_anna: Installation) -> None:
    for path in ("search/next/{}?aftr=none", "search/history/{}?states=liked", "resume/{}/history?page=2"):
        answer = with_anna.bot.get("/" + path.format(ANNA))

        must_be_a_problem(answer)
        name = path.partition("?")[2].partition("=")[0]
        assert told(answer)["errors"]["query"][name][0]["code"] == "unknown_field"


def test_a_slash_more_or_less_is_the_same_address(api: Installation) -> None:
    assert api.bot.post("/users", PROFILE).status_code == 201
    assert api.bot.post("/users/", PROFILE).status_code == 200
    assert Caller(api.app, {}).post("/users", PROFILE).status_code == 401


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", JSON, 400, "bad_json"),
        (b"{'a': 1}", JSON, 400, "bad_json"),
        (b'{"telegram_id": 1} {}', JSON, 400, "bad_json"),
        (b'{"city": "\xff"}', JSON, 400, "bad_json"),
        ('{"city": "Уфа"}'.encode("utf-16"), JSON, 400, "bad_json"),
        (b"[" * 100_000, JSON, 400, "bad_json"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, JSON, 400, "bad_json"),
        (b'{"telegram_id":' + b"9" * 5_000 + b"}", JSON, 400, "bad_json"),
        (b"{}", {}, 415, "unsupported_media_type"),
        (b"<user/>", {"Content-Type": "text/xml"}, 415, "unsupported_media_type"),
        (b"telegram_id=1", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "unsupported_media_type"),
        (b"", {}, 422, "invalid"),
        (b"null", JSON, 422, "invalid"),
        (b"[]", JSON, 422, "invalid"),
        (b'"text"', JSON, 422, "invalid"),
        (b"1e400", JSON, 422, "invalid"),
        (b'{"telegram_id": NaN}', JSON, 422, "invalid"),
        (b'{"telegram_id": 1e400}', JSON, 422, "invalid"),
        (b'{"telegram_id": 1, "telegram_id": 0}', JSON, 422, "invalid"),
        (b'{"telegram_id": 1, "\\ud800": 1}', JSON, 422, "invalid"),
        (b'{"telegram_id": 1, "\\u0000": 1}', JSON, 422, "invalid"),
    ],
)
def test_a_body_that_is_no_good_is_a_problem(
    api: Installation, body: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    for path in ("/users/", f"/resume/json/{ANNA}"):
        answer = api.bot.call("POST", path, data=body, headers=headers)

        must_be_a_problem(answer)
        assert (answer.status_code, code_of(answer)) == (status, code)


ODDITIES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    10**300,
    1e308,
    float("inf"),
    float("nan"),
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "😀" * 10_000,
    "9" * 5_000,
    "1e999999999",
    "sNaN",
    [],
    [[]],
    [None],
    ["x"] * 10_000,
    [{}] * 10_000,
    {},
    {"": {}},
]


@pytest.mark.parametrize("odd", ODDITIES, ids=lambda odd: ascii(odd)[:20])
def test_nothing_odd_in_any_field_breaks_the_server(with_anna: Installation, odd: Any) -> None:
    with_anna.offer(a_job("1"))
    with_anna.search()
    with_anna.bot.get(f"/search/next/{ANNA}")
    bot, pipeline = with_anna.bot, with_anna.pipeline
    search = {"text": "x", "region": "x", "salary_from": 1, "work_format": "office", "sources": []}
    answers = [
        *(bot.post("/users/", {**PROFILE, field: odd}) for field in (*PROFILE, "hh_profile_url", "consent_version")),
        *(bot.post(f"/resume/json/{BORIS}", {**RESUME, field: odd}) for field in RESUME),
        *(
            bot.call("PATCH", f"/resume/{ANNA}", json={field: odd}, headers={"If-Match": "*"})
            for field in (*RESUME, "contact", "experience", "education", "summary", "denied_skills")
        ),
        *(bot.post(f"/search/start/{ANNA}", {**search, field: odd}) for field in search),
        bot.post(f"/search/feedback/{ANNA}/partner-1", {"verdict": odd}),
        *(pipeline.post("/vacancies/", {"vacancies": [{**a_job("odd"), field: odd}]}) for field in a_job("odd")),
        pipeline.post("/vacancies/", {"vacancies": odd}),
        pipeline.post("/scoring/rank", {"resume": odd, "vacancies": [a_job("1")]}),
        pipeline.post("/scoring/rank", {"resume": {**RESUME, "skills": odd}, "vacancies": [a_job("1")]}),
    ]
    with_anna.work()

    for answer in answers:
        if answer.status_code >= 300:
            must_be_a_problem(answer)
    assert bot.get(f"/resume/{ANNA}").status_code == 200
    assert bot.get(f"/search/next/{ANNA}").status_code in (200, 204)


@pytest.mark.parametrize(
    "odd", ["", "%00", "%ff", "%ed%a0%80", "%D0%AF", "x" * 8_000, "' or 1=1 --", "%2e%2e%2f", "%0d%0aX: y"]
)
def test_nothing_odd_in_an_address_breaks_the_server(with_anna: Installation, odd: str) -> None:
    with_anna.search()
    for answer in (
        with_anna.bot.get(f"/resume/file/{ANNA}/{odd}"),
        with_anna.bot.get(f"/search/details/{ANNA}/{odd}"),
        with_anna.bot.post(f"/search/feedback/{ANNA}/{odd}", {"verdict": "like"}),
        with_anna.bot.get(f"/search/next/{ANNA}?after={odd}"),
        with_anna.bot.get(f"/search/history/{ANNA}?state={odd}"),
        with_anna.bot.get(f"/resume/{ANNA}/history?limit={odd}"),
        with_anna.pipeline.get(f"/vacancies/search?source={odd}&work_format={odd}"),
        with_anna.pipeline.get(f"/vacancies/search?source=internal&salary_from={odd}"),
    ):
        must_be_a_problem(answer)


@pytest.mark.parametrize(
    "header", ["HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT", "CONTENT_TYPE"]
)
def test_no_header_breaks_the_server(with_anna: Installation, header: str) -> None:
    for value in ("", "*", '"', 'W/"', '"a","b', ";q=x", ",,,", "\xff\x00", "x" * 9_000):
        read = with_anna.bot.get(f"/resume/{ANNA}", environ_overrides={header: value})
        written = with_anna.bot.call("PATCH", f"/resume/{ANNA}", data=b"{}", environ_overrides={header: value})

        assert read.status_code in (200, 304)
        if written.status_code != 200:
            must_be_a_problem(written)


def test_a_sane_request_id_is_kept_and_any_other_replaced(api: Installation) -> None:
    sane = api.bot.get("/nothing", headers={"X-Request-ID": "bot-2026.03_01"})
    others = [
        api.bot.get("/nothing", environ_overrides={"HTTP_X_REQUEST_ID": odd})
        for odd in ("short", "x" * 65, "two words here", "line\nbreak-here", "<script>alert</script>")
    ]

    assert sane.headers["X-Request-ID"] == told(sane)["request_id"] == "bot-2026.03_01"
    for other in others:
        must_be_a_problem(other)
        assert uuid.UUID(told(other)["request_id"]).version == 4


def test_good_answers_bear_a_request_id_too(api: Installation) -> None:
    answers = [api.stranger.get("/health/live"), api.stranger.get("/docs"), api.bot.post("/users/", PROFILE)]

    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 3


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, "ru"),
        ("ru", "ru"),
        ("en", "en"),
        ("en-US,en;q=0.9,ru;q=0.1", "en"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("de, fr;q=0.5", "ru"),
        ("de, en;q=0.5", "en"),
        ("garbage;;q=?,,", "ru"),
    ],
)
def test_problems_speak_the_language_asked_for(api: Installation, asked: str | None, language: str) -> None:
    answer = api.bot.post("/users/", {}, headers={"Accept-Language": asked} if asked else {})

    titles = {"ru": "В данных есть ошибки", "en": "The data hold errors"}
    details = {"ru": "Обязательное поле.", "en": "A required field."}
    assert (told(answer)["title"], answer.headers["Content-Language"]) == (titles[language], language)
    assert told(answer)["errors"]["body"]["telegram_id"][0]["detail"] == details[language]
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_fault_of_ours_tells_nothing_of_itself() -> None:
    app = Flask(__name__)
    register_problems(app)
    mark_answers(app)

    @app.get("/fault")
    def fault() -> str:
        raise RuntimeError("secret")

    @app.get("/outage")
    def outage() -> str:
        raise Unavailable("store_unavailable")

    broken, down = Caller(app, {}).get("/fault"), Caller(app, {}).get("/outage")

    assert (broken.status_code, code_of(broken)) == (500, "internal_error")
    assert "secret" not in broken.text
    assert (down.status_code, code_of(down)) == (503, "store_unavailable")
    assert int(down.headers["Retry-After"]) > 0
    assert json.loads(down.data)["request_id"] == down.headers["X-Request-ID"]
