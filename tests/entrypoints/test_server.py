"""What the server that carries the API answers by itself: to requests that never reach the API."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path

import pytest
from waitress.server import create_server

from adapters.bootstrap import Platform, migrate_store, open_platform, read_settings
from entrypoints.api.wsgi import api_of
from entrypoints.server import answer_unread, listening, serving
from tests.log_lines import lines_of, logged

GET = b"GET /health/live HTTP/1.1\r\nHost: here\r\n"
POST = b"POST /users/ HTTP/1.1\r\nHost: here\r\nAccept-Language: en\r\nX-Request-ID: bot-2026.03_01\r\n"
PROBLEM = "application/problem+json"

Place = tuple[str, int]


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    environ = {"DATA_DIR": str(tmp_path), "HOST": "127.0.0.1", "PORT": "0"}
    migrate_store(read_settings(environ))
    with closing(open_platform(environ)) as opened:
        yield opened


@pytest.fixture
def place(platform: Platform) -> Iterator[Place]:
    """Return where an installation listens."""
    server = listening(platform)
    with serving(server):
        yield server.effective_host, int(server.effective_port)


def asked(place: Place, *sent: bytes) -> tuple[HTTPResponse, bytes]:
    """Send the bytes as they are and return what comes back until the server closes."""
    with socket.create_connection(place, timeout=20) as connection:
        connection.sendall(b"".join(sent))
        answer = HTTPResponse(connection)
        answer.begin()
        return answer, answer.read()


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (POST + b"Content-Length: 99999999999\r\n\r\n", 413, "too_large"),
        (POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n", 400, "bad_request"),
        (POST + b"Content-Length: -1\r\n\r\n", 400, "bad_request"),
        (POST + b"Content-Length: many\r\n\r\n", 400, "bad_request"),
        (POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "bad_request"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, "bad_request"),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501, "not_implemented"),
        (GET + b"No colon\r\n\r\n", 400, "bad_request"),
        (GET + b"Padding: " + b"x" * 2**19 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd\r\n\r\n", 400, "bad_request"),
        (b"GET /users/\xd0\x98 HTTP/1.1 and more\r\nHost: here\r\n\r\n", 400, "bad_request"),
        (b"get / HTTP/1.1\r\nHost: here\r\n\r\n", 400, "bad_request"),
    ],
)
def test_what_the_server_cannot_read_is_a_problem_like_all_others(
    place: Place, sent: bytes, status: int, code: str
) -> None:
    with logged() as log:
        answer, body = asked(place, sent)

    told = json.loads(body)
    assert (answer.status, answer.headers["Content-Type"]) == (status, PROBLEM)
    assert (told["status"], told["code"], told["type"]) == (status, code, "about:blank")
    assert told["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["Connection"] == "close"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert not told["title"].startswith("title-")
    assert told["detail"] != code
    (line,) = lines_of(log, "request")
    assert (line["route"], line["status"], line["code"]) == ("none", status, code)


def test_it_is_worded_as_the_caller_wishes_where_that_could_be_read(place: Place) -> None:
    answer, body = asked(place, POST, b"Content-Length: -1\r\n\r\n")
    of_another, unread = asked(place, b"nothing\r\n\r\n")

    assert json.loads(body)["detail"] == "The request could not be read."
    assert (answer.headers["Content-Language"], answer.headers["X-Request-ID"]) == ("en", "bot-2026.03_01")
    assert json.loads(unread)["detail"] == "Запрос не удалось разобрать."
    assert of_another.headers["Content-Language"] == "ru"


def test_a_name_with_several_addresses_is_served_like_one(platform: Platform) -> None:
    app = api_of(platform)
    server = create_server(app, listen="127.0.0.1:0 127.0.0.1:0")
    answer_unread(server, app)

    with serving(server):
        answers = [asked((host, int(port)), b"nothing\r\n\r\n")[0] for host, port in server.effective_listen]

    assert [(each.status, each.headers["Content-Type"]) for each in answers] == [(400, PROBLEM)] * 2


def test_what_it_can_read_is_answered_by_the_api(place: Place) -> None:
    answer, body = asked(place, GET, b"Connection: close\r\n\r\n")
    refused, problem = asked(place, POST, b"Content-Length: 2\r\nConnection: close\r\n\r\n{}")

    assert (answer.status, json.loads(body)["status"]) == (200, "up")
    assert (refused.status, json.loads(problem)["code"]) == (401, "unauthorized")
