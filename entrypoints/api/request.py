"""What a request brings along, and what is noted of it: its id, its language, the application that answers it."""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import cast

from flask import Flask, Response, current_app, g, request
from structlog.contextvars import bind_contextvars, unbind_contextvars

from adapters.bootstrap import Telemetry
from domain.application import Application
from domain.identifiers import TelegramId
from entrypoints.messages.words import LANGUAGES, Words, words

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[\w.\-]{8,64}")
_CONVERTER = re.compile(r"<\w+:(\w+)>")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def use_cases() -> Application:
    return cast(Application, current_app.extensions["job-assistant"])


def telemetry() -> Telemetry:
    return cast(Telemetry, current_app.extensions["telemetry"])


def said_in() -> Words:
    """Return the messages in the language the caller prefers; Russian unless they say otherwise."""
    return words(request.accept_languages.best_match(LANGUAGES, LANGUAGES[0]))


def request_id() -> str:
    """Return the caller's `X-Request-ID` if it is a sane one, else one of our own."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    return cast(str, g.request_id)


def mark_answers(app: Flask) -> None:
    @app.after_request
    def marked(response: Response) -> Response:
        response.headers["X-Request-ID"] = request_id()
        response.headers["Content-Language"] = said_in().language
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Accept-Language")
        return response


def note_refusal(code: str) -> None:
    """Note by which code the request is refused."""
    g.refusal = code


def is_about(telegram_id: TelegramId) -> None:
    """Note whom the request is about, where its path does not say so."""
    g.telegram_id = telegram_id


def note_erased(telegram_id: TelegramId) -> None:
    """Log that a person was erased."""
    log.info("erased", extra={"person": telemetry().person(telegram_id)})


def note_requests(app: Flask) -> None:
    """Log and count every request; what is logged meanwhile bears its id."""

    @app.before_request
    def begun() -> None:
        g.began = time.perf_counter()
        bind_contextvars(request_id=request_id())

    @app.after_request
    def answered(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        # Neither the caller's own words for a method nor any path: both may hold anything.
        method = request.method if request.method in _METHODS else "other"
        route = _CONVERTER.sub(r"<\1>", request.url_rule.rule) if request.url_rule is not None else "none"
        about = g.get("telegram_id", (request.view_args or {}).get("telegram_id"))
        person = telemetry().person(about) if about is not None else None
        refusal = g.get("refusal")
        log.info(
            "request",
            extra={
                "method": method,
                "route": route,
                "status": response.status_code,
                **({"code": refusal} if refusal is not None else {}),
                "milliseconds": round(seconds * 1000, 1),
                "person": person,
            },
        )
        telemetry().request(method=method, route=route, status=response.status_code, seconds=seconds, refusal=refusal)
        return response

    @app.teardown_request
    def gone(_: BaseException | None) -> None:
        unbind_contextvars("request_id")
