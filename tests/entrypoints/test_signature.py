"""Who may hand something in: those who sign it, as it is sent and when it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from adapters.bootstrap import open_platform
from adapters.memory.outside import FixedClock
from adapters.system import SystemClock
from entrypoints.api.signature import LARGEST
from entrypoints.api.wsgi import api_of
from tests.entrypoints.conftest import Install
from tests.entrypoints.handing_out import file_handed_out, handed_out
from tests.entrypoints.installation import (
    ANNA,
    CALLBACK_SECRETS,
    Caller,
    Installation,
    a_job,
    code_of,
    signature,
    told,
)
from tests.entrypoints.stored import everything_in
from tests.log_lines import lines_of, logged

CV = files("entrypoints").joinpath("samples", "resumes", "ivanova_python_ru.pdf").read_bytes()
DOORS = ("/search/results/a-search", "/resume/parsed/an-upload", "/n8n/failures")

Spoil = Callable[[Installation, str, bytes], TestResponse]


def sent(api: Installation, path: str, content: bytes, headers: dict[str, str]) -> TestResponse:
    return Caller(api.app, headers).call("POST", path, data=content, content_type="application/json")


def with_a_changed_byte(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body.replace(b"1", b"2", 1), signature(body, api.signed_at, path=path))


def with_a_byte_more(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body + b" ", signature(body, api.signed_at, path=path))


def for_another_path(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=f"{path}2"))


def for_another_method(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, method="PUT"))


def under_a_wrong_key(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, secret="a-secret-of-somebody-else"))


def under_no_key(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, secret=""))


def with_another_time_than_the_signed_one(api: Installation, path: str, body: bytes) -> TestResponse:
    headers = signature(body, api.signed_at, path=path)
    later = str(int(headers["X-N8N-Timestamp"]) + 1)
    return sent(api, path, body, {**headers, "X-N8N-Timestamp": later})


def too_old(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, seconds=-302))


def from_the_future(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, seconds=302))


def from_a_time_no_clock_shows(api: Installation, path: str, body: bytes) -> TestResponse:
    return sent(api, path, body, signature(body, api.signed_at, path=path, seconds=90_000_000_000))


def without(header: str) -> Spoil:
    def spoilt(api: Installation, path: str, body: bytes) -> TestResponse:
        headers = signature(body, api.signed_at, path=path)
        del headers[header]
        return sent(api, path, body, headers)

    return spoilt


def with_header(header: str, value: Callable[[str], str]) -> Spoil:
    def spoilt(api: Installation, path: str, body: bytes) -> TestResponse:
        headers = signature(body, api.signed_at, path=path)
        return sent(api, path, body, {**headers, header: value(headers[header])})

    return spoilt


SPOILT: list[tuple[Spoil, str]] = [
    (with_a_changed_byte, "bad_signature"),
    (with_a_byte_more, "bad_signature"),
    (for_another_path, "bad_signature"),
    (for_another_method, "bad_signature"),
    (under_a_wrong_key, "bad_signature"),
    (under_no_key, "bad_signature"),
    (with_another_time_than_the_signed_one, "bad_signature"),
    (too_old, "signature_expired"),
    (from_the_future, "signature_expired"),
    (from_a_time_no_clock_shows, "signature_expired"),
    (without("X-N8N-Signature"), "signature_missing"),
    (without("X-N8N-Timestamp"), "signature_missing"),
    (with_header("X-N8N-Signature", lambda right: right.removeprefix("sha256=")), "signature_missing"),
    (with_header("X-N8N-Signature", lambda right: right[:-1]), "signature_missing"),
    (with_header("X-N8N-Signature", lambda right: f"{right}, {right}"), "signature_missing"),
    (with_header("X-N8N-Timestamp", lambda _: "now"), "signature_missing"),
    (with_header("X-N8N-Timestamp", lambda right: f"-{right}"), "signature_missing"),
    (with_header("X-N8N-Timestamp", lambda right: f"{right}.5"), "signature_missing"),
    (with_header("X-N8N-Timestamp", lambda _: "1" * 400), "signature_missing"),
]


@pytest.mark.parametrize("door", ["results", "additions", "failures"])
def test_what_is_not_rightly_signed_is_refused_with_its_code_and_writes_nothing(
    with_anna: Installation, door: str
) -> None:
    path, body = _something_to_hand_in(with_anna, door)
    before = everything_in(with_anna)

    answers = [(spoilt(with_anna, path, body), code) for spoilt, code in SPOILT]
    after = everything_in(with_anna)
    rightly = sent(with_anna, path, body, signature(body, with_anna.signed_at, path=path))

    for answer, code in answers:
        assert (answer.status_code, code_of(answer)) == (401, code)
        assert not any(secret in answer.text for secret in CALLBACK_SECRETS)
    assert after == before
    assert (rightly.status_code, everything_in(with_anna) == before) == (200, False)


def _something_to_hand_in(api: Installation, door: str) -> tuple[str, bytes]:
    """Return where something may be handed in now, and what."""
    body: dict[str, Any] = {"version": 1, "execution_id": "17"}
    if door == "additions":
        upload_id = told(api.bot.send(f"/resume/file/{ANNA}", CV, "cv.pdf"))["upload_id"]
        api.work()
        file_handed_out(api, upload_id, execution_id="17")
        path, body = f"/resume/parsed/{upload_id}", {**body, "added": {"skills": ["Terraform"]}}
    else:
        path, page = f"/search/results/{handed_out(api, execution_id='17')}", {"page": 1, "pages": 1, "sources": []}
        body = {**body, **page, "vacancies": [a_job("1")]} if door == "results" else body
    return path if door != "failures" else "/n8n/failures", json.dumps(body).encode()


def test_the_signature_comes_before_the_body(api: Installation) -> None:
    for path in DOORS:
        answer = sent(api, path, b"{", signature(b"{}", api.signed_at, path=path))
        assert (answer.status_code, code_of(answer)) == (401, "bad_signature")


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (under_a_wrong_key, "bad_signature: it is signed with a secret that is not in N8N_CALLBACK_SECRET"),
        (too_old, "signature_expired: the clocks of n8n and this API are apart"),
        (from_the_future, "signature_expired: the clocks of n8n and this API are apart"),
    ],
)
def test_a_callback_refused_for_its_signature_is_a_warning_that_says_what_to_look_at(
    api: Installation, spoilt: Spoil, words: str
) -> None:
    with logged() as log:
        spoilt(api, "/n8n/failures", b'{"version": 1, "execution_id": "17"}')

    (warning,), (request,) = (
        [line for line in lines_of(log) if line["level"] == level] for level in ("warning", "info")
    )
    assert warning["event"].startswith(f"a callback is refused, {words}")
    assert warning["request_id"] == request["request_id"]
    assert (request["status"], request["code"]) == (401, words.partition(":")[0])
    assert not any(secret in log.getvalue() for secret in CALLBACK_SECRETS)


def test_how_far_the_clocks_are_apart_is_told(api: Installation) -> None:
    with logged() as log:
        too_old(api, "/n8n/failures", b"{}")

    assert lines_of(log)[0]["seconds_behind"] in (302, 303)


def test_whoever_signs_nothing_alarms_nobody(api: Installation) -> None:
    with logged() as log:
        sent(api, "/n8n/failures", b"{}", {})

    (line,) = lines_of(log)
    assert (line["level"], line["status"], line["code"]) == ("info", 401, "signature_missing")


def test_keys_of_other_callers_open_nothing_here(api: Installation) -> None:
    for caller in (api.bot, api.pipeline, api.operator):
        answer = caller.post("/n8n/failures", {"version": 1, "execution_id": "17"})
        assert (answer.status_code, code_of(answer)) == (401, "signature_missing")


def test_a_body_larger_than_we_take_is_not_even_read(api: Installation) -> None:
    huge = b"[" + b" " * LARGEST + b"]"

    signed = sent(api, "/n8n/failures", huge, signature(huge, api.signed_at, path="/n8n/failures"))
    unsigned = sent(api, "/n8n/failures", huge, {})

    assert len(huge) < api.app.config["MAX_CONTENT_LENGTH"]
    assert (signed.status_code, code_of(signed)) == (413, "too_large")
    assert (unsigned.status_code, code_of(unsigned)) == (401, "signature_missing")


def test_nothing_is_read_from_the_query_which_nobody_signs(with_anna: Installation) -> None:
    path, body = _something_to_hand_in(with_anna, "results")
    caller = Caller(with_anna.app, signature(body, with_anna.signed_at, path=path))

    answer = caller.call("POST", f"{path}?page=9&pages=9&execution_id=18", data=body, content_type="application/json")
    described = told(with_anna.bot.get("/openapi.json"))["paths"]

    assert (answer.status_code, told(answer)["status"], told(answer)["complete"]) == (200, "taken", True)
    signed = [each["post"] for each in described.values() if each.get("post", {}).get("security") == [{"n8n": []}]]
    assert len(signed) == len(DOORS)
    assert not [one for each in signed for one in each.get("parameters", []) if one.get("in") == "query"]


def test_where_no_secret_is_set_up_nobody_is_believed(install: Install) -> None:
    api = install()
    api.app.config["CALLBACK_SECRETS"] = ()

    answer = api.n8n.post("/n8n/failures", {"version": 1, "execution_id": "17"}, secret="")

    assert (answer.status_code, code_of(answer)) == (401, "bad_signature")


def test_a_signature_made_elsewhere_is_understood(api: Installation) -> None:
    api.signed_at.time = datetime(2026, 1, 1, tzinfo=timezone.utc)
    content = '{"version": 1,  "node": "Спросить hh"}'.encode()
    # printf '1767225600.POST./n8n/failures.{…}' | openssl dgst -sha256 -hmac callback-secret-of-the-tests
    digest = "1dd039597bda1cd2d5ca2b918294a9d3a69fc8bf4dfa0ba9f0cfdeb30effb108"

    answer = sent(
        api,
        "/n8n/failures",
        content,
        {"X-N8N-Timestamp": "1767225600", "X-N8N-Signature": f"sha256={digest}"},
    )

    # Understood, and found to name nothing.
    assert (answer.status_code, code_of(answer)) == (422, "invalid")


def test_the_secrets_are_those_of_the_settings(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "N8N_CALLBACK_SECRET": "a-secret-of-this-one, the-secret-to-come"}
    content, clock = b"{}", FixedClock(SystemClock().now())
    with closing(open_platform(environ)) as platform:
        app = api_of(platform)
        answers = [
            Caller(app, signature(content, clock, path="/n8n/failures", secret=secret)).call(
                "POST", "/n8n/failures", data=content, content_type="application/json"
            )
            for secret in ("a-secret-of-this-one", "the-secret-to-come", "a-secret-of-somebody-else")
        ]

    assert [answer.status_code for answer in answers] == [422, 422, 401]
