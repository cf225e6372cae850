"""What the HTTP client of job boards promises, against a server that misbehaves in every way we know."""

from __future__ import annotations

import gzip
import socket
import time
import traceback
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.boards.http import Answer, Client, NoAnswer, Silent, TooLarge, Unreached
from tests.adapters.boards.servers import Say, speaking

USER_AGENT = "Example/1.0 (mail@example.com)"
SECRET = "s3cr3t-and-personal"


def a_client(url: str, **changes: Any) -> Client:
    return Client(url, **{"headers": {"User-Agent": USER_AGENT}, "call_seconds": 5.0, **changes})


def saying(*parts: bytes, pause: float = 0.0) -> Say:
    def say(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause)

    return say


def answering(body: bytes = b"{}", *, status: str = "200 OK", headers: Mapping[str, str] | None = None) -> Say:
    told = {"Content-Length": str(len(body)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return saying(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)


def failing(client: Client) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        client.get("/vacancies", [("text", SECRET)], headers={"Authorization": f"Bearer {SECRET}"})
    return caught.value


def test_a_request_says_who_asks_and_what_is_asked() -> None:
    with speaking(answering(b'{"found": 1}')) as server:
        answer = a_client(server.url + "/api/v1/").get(
            "/vacancies", [("text", "врач & сестра"), ("area", "1"), ("area", "2")], headers={"X-Own": "yes"}
        )

    head = server.requests[0].decode()
    assert answer.body == b'{"found": 1}'
    assert head.startswith("GET /api/v1/vacancies?text=%D0%B2%D1%80%D0%B0%D1%87+%26+%D1%81")
    assert "&area=1&area=2 HTTP/1.1" in head
    assert f"User-Agent: {USER_AGENT}\r\n" in head
    assert "X-Own: yes\r\n" in head


def test_a_header_of_one_call_wins_over_the_usual_one_in_any_case() -> None:
    with speaking(answering()) as server:
        a_client(server.url).get("/", headers={"user-agent": "Other/2.0 (other@example.com)", "accept": "text/html"})

    head = server.requests[0].decode().lower()
    assert head.count("user-agent:") == 1
    assert "other/2.0" in head
    assert head.count("accept: text/html") == 1


def test_a_form_is_sent_as_a_form() -> None:
    with speaking(answering()) as server:
        a_client(server.url).post_form("/token", [("grant_type", "refresh_token"), ("refresh_token", "a+b c")])

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /token HTTP/1.1\r\n")
    assert b"Content-Type: application/x-www-form-urlencoded" in head
    assert body == b"grant_type=refresh_token&refresh_token=a%2Bb+c"


def test_an_empty_answer_to_a_delete_is_an_answer() -> None:
    with speaking(saying(b"HTTP/1.1 204 No Content\r\n\r\n")) as server:
        answer = a_client(server.url).delete("/token")

    assert server.requests[0].startswith(b"DELETE /token HTTP/1.1\r\n")
    assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_handed_back_and_not_followed(status: str) -> None:
    with speaking(answering(status=status, headers={"Location": "//127.0.0.1:1/elsewhere"})) as server:
        answer = a_client(server.url).get("/vacancies")

    assert (answer.status, answer.headers["location"]) == (int(status[:3]), "//127.0.0.1:1/elsewhere")
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 429, 451, 500, 502])
def test_a_refusal_is_an_answer_too(status: int) -> None:
    with speaking(answering(b"<html>", status=f"{status} Whatever", headers={"Retry-After": "7"})) as server:
        answer = a_client(server.url).get("/")

    assert (answer.status, answer.body, answer.headers["Retry-After"]) == (status, b"<html>", "7")


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress(b'{"name": "x"}')

    with speaking(answering(packed, headers={"Content-Encoding": "gzip"})) as server:
        answer = a_client(server.url).get("/")

    assert b"Accept-Encoding: gzip\r\n" in server.requests[0]
    assert answer.body == b'{"name": "x"}'


@pytest.mark.parametrize("packed", [False, True])
def test_more_than_the_largest_body_is_not_read(packed: bool) -> None:
    body = gzip.compress(b" " * 3_000_000) if packed else b" " * 3_000_000
    headers = {"Content-Encoding": "gzip"} if packed else None

    with speaking(answering(body, headers=headers)) as server, pytest.raises(TooLarge, match="more than 1000000 bytes"):
        a_client(server.url, largest_body=1_000_000).get("/")


def test_nobody_listening_is_unreached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    error = failing(a_client(url))

    assert isinstance(error, Unreached)
    assert not error.timed_out


def test_a_server_without_tls_is_unreached() -> None:
    with speaking(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        error = failing(a_client(server.url.replace("http:", "https:")))

    assert isinstance(error, Unreached)


def test_a_handshake_that_does_not_end_is_unreached_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = time.monotonic()
        error = failing(a_client(f"https://127.0.0.1:{listener.getsockname()[1]}", call_seconds=0.3))
        spent = time.monotonic() - started

    assert isinstance(error, Unreached)
    assert error.timed_out
    assert spent < 3


@pytest.mark.parametrize(
    "parts",
    [
        (b"H", b"TTP/1.1 200 OK\r\n", *(b"X-%d: 1\r\n" % number for number in range(60))),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n", *(b" " for _ in range(60))),
        (b"HTTP/1.0 200 OK\r\n\r\n", *(b" " for _ in range(60))),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *(b"1\r\n \r\n" for _ in range(60))),
    ],
    ids=["headers", "body", "body without a length", "chunks"],
)
def test_an_answer_that_trickles_is_cut_at_the_end_of_the_call(parts: tuple[bytes, ...]) -> None:
    with speaking(saying(*parts, pause=0.05)) as server:
        started = time.monotonic()
        error = failing(a_client(server.url, call_seconds=0.5))
        spent = time.monotonic() - started

    assert isinstance(error, Silent)
    assert error.timed_out
    assert spent < 2


def test_silence_is_noticed_before_the_end_of_the_call() -> None:
    with speaking(saying(b"HTTP/1.1 200 OK\r\n", pause=1.0)) as server:
        started = time.monotonic()
        error = failing(a_client(server.url, read_seconds=0.2, call_seconds=30.0))
        spent = time.monotonic() - started

    assert isinstance(error, Silent)
    assert error.timed_out
    assert spent < 3


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Encoding: gzip\r\n\r\nnone",
        b"220 mail.example.com ESMTP\r\n",
    ],
    ids=["nothing", "half a body", "half a chunk", "no gzip", "no HTTP"],
)
def test_an_answer_that_breaks_off_leaves_the_outcome_unknown(said: bytes) -> None:
    with speaking(saying(said)) as server:
        error = failing(a_client(server.url))

    assert isinstance(error, Silent)
    assert not error.timed_out


@pytest.mark.parametrize("say", [saying(), saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", pause=0.4)])
def test_no_error_tells_what_was_asked(say: Say) -> None:
    with speaking(say) as server:
        error = failing(a_client(server.url, call_seconds=0.2))

    told = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    assert SECRET not in told
    assert "text=" not in told
    assert error.__context__ is None
    assert error.__cause__ is None


def test_nothing_of_an_answer_shows_in_its_text() -> None:
    answer = Answer(200, {"Set-Cookie": SECRET}, b'{"access_token": "s3cr3t-and-personal"')

    assert SECRET not in repr(answer)
    assert SECRET not in repr(a_client("http://127.0.0.1:1", headers={"User-Agent": SECRET}))


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)

    with speaking(answering(b'{"direct": true}')) as server:
        assert a_client(server.url).get("/").body == b'{"direct": true}'


@pytest.mark.parametrize(
    "url", ["ftp://example.com", "file:///etc/passwd", "example.com", "https://", "https://example.com/?a=1", "http:/x"]
)
def test_only_addresses_of_the_web_are_taken(url: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        a_client(url)


@pytest.mark.parametrize("url", ["http://exa mple.com", "https://*.example.com", "https://.example.com", "http://[::1"])
def test_an_address_of_no_possible_host_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)host|label|url"):
        a_client(url)


def test_nobody_asks_without_saying_who_it_is() -> None:
    with pytest.raises(ValueError, match="User-Agent"):
        Client("https://example.com", headers={"HH-User-Agent": USER_AGENT})
