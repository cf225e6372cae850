"""What a request brings along: its id, its language, the application that answers it."""

from __future__ import annotations

import re
import uuid
from typing import cast

from flask import Flask, Response, current_app, g, request

from domain.application import Application
from entrypoints.messages.words import LANGUAGES, Words, words

_REQUEST_ID = re.compile(r"[\w.\-]{8,64}")


def use_cases() -> Application:
    return cast(Application, current_app.extensions["job-assistant"])


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
