"""Errors as RFC 9457 problems, one shape for all of them."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import marshmallow as ma
from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, default_exceptions

from domain.errors import Conflict, DomainError, Invalid, NotFound, Stale, Unavailable
from entrypoints.api.request import note_refusal, request_id, said_in

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2

_STATUS_OF_KIND: tuple[tuple[type[DomainError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (Conflict, 409),
    (Stale, 412),
    (Unavailable, 503),
)
_STATUS_OF_CODE = {
    "file_too_large": 413,
    "list_too_large": 413,
    "unsupported_type": 415,
    "form_expected": 415,
    "if_match_required": 428,
    "unauthorized": 401,
    "signature_missing": 401,
    "signature_expired": 401,
    "bad_signature": 401,
}
_CODE_OF_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    431: "headers_too_large",
    501: "not_implemented",
}
_PLACES = {"json": "body", "files": "body", "form": "body", "multipart": "body", "query": "query"}


class FieldErrorView(ma.Schema):
    code = ma.fields.String(required=True, metadata={"description": "Stable, snake_case."})
    detail = ma.fields.String(required=True)


class ProblemView(ma.Schema):
    """An RFC 9457 problem."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    code = ma.fields.String(required=True, metadata={"description": "Stable, snake_case."})
    errors = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.Nested(FieldErrorView))),
        metadata={"description": "By place (`body`, `query`), then by the field's path."},
    )
    request_id = ma.fields.String(required=True)


def problem(
    status: int,
    code: str,
    *,
    data: Mapping[str, object] | None = None,
    errors: Mapping[str, Mapping[str, Iterable[str]]] | None = None,
    retry_after: float | None = None,
) -> Response:
    """Return a problem in the caller's language. `errors` maps a place to the codes of each field's path.

    `retry_after`: in so many seconds it is worth asking again.
    """
    note_refusal(code)
    words = said_in()
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": words.title(status),
        "status": status,
        "detail": words.problem(code, data, retry_after=retry_after),
        "code": code,
        "request_id": request_id(),
    }
    if errors:
        body["errors"] = {
            place: {field: worded_codes(codes) for field, codes in fields.items()} for place, fields in errors.items()
        }
    response = Response(json.dumps(body), status, content_type=CONTENT_TYPE)
    tell_when_again(response, retry_after)
    return response


def tell_when_again(response: Response, seconds: float | None) -> None:
    """Say after how long it is worth asking again, where that is known or may be soon."""
    if seconds is None and response.status_code == 503:
        seconds = RETRY_AFTER_SECONDS
    if seconds is not None:
        response.headers["Retry-After"] = str(max(math.ceil(seconds), 1))


def worded_codes(codes: Iterable[str]) -> list[dict[str, str]]:
    """Return each code and its wording; a code may bring limits along, as `out_of_range 14 100`."""
    return [{"code": code.split(" ", 1)[0], "detail": said_in().field(code)} for code in codes]


def flat(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Return nested validation messages by the field's path: `languages.0.level`."""
    if isinstance(messages, Mapping):
        found: dict[str, list[str]] = {}
        for key, value in messages.items():
            inner = path if key == "_schema" else f"{path}.{key}" if path else str(key)
            found |= flat(value, inner)
        return found
    return {path or "_": [str(message) for message in messages]}


def _of_domain(error: DomainError) -> Response:
    status = _STATUS_OF_CODE.get(error.code)
    if status is None:
        status = next((status for kind, status in _STATUS_OF_KIND if isinstance(error, kind)), 422)
    if isinstance(error, Invalid):
        return problem(status, error.code, errors={"query" if request.method == "GET" else "body": error.errors})
    return problem(status, error.code, data=error.data, retry_after=error.retry_after)


def of_http(error: HTTPException) -> Response:
    """Return the problem that an HTTP error is; wrong fields come with the places webargs found them in."""
    if error.response is not None:
        # A redirect and the like: no error at all.
        return error.get_response()  # type: ignore[return-value]  # werkzeug's own response class serves
    status = error.code or 500
    messages = (getattr(error, "data", None) or {}).get("messages", {})
    if status == 400 and "json" in messages:
        return problem(400, "bad_json")
    errors = {_PLACES.get(place, place): flat(told) for place, told in messages.items()}
    response = problem(
        status, _CODE_OF_STATUS.get(status, "bad_request" if status < 500 else "internal_error"), errors=errors
    )
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]  # asked a line above
    return response


def of_unread(app: Flask, status: int, *, method: str, told: Mapping[str, str]) -> Response:
    """Return the problem for a request that the server could not read, noted and marked as all answers are.

    `told` is what is known of its headers, named as in a WSGI environment.
    """
    heard = {name: told[name] for name in ("HTTP_ACCEPT_LANGUAGE", "HTTP_X_REQUEST_ID") if name in told}
    where = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": BytesIO()}
    # No route is called so: what it was about is not known.
    with app.request_context({"REQUEST_METHOD": method, "PATH_INFO": "*", **where, **heard}):
        app.preprocess_request()
        return app.process_response(of_http(default_exceptions[status]()))


def register_problems(app: Flask) -> None:
    app.register_error_handler(DomainError, _of_domain)
    app.register_error_handler(HTTPException, of_http)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("a request failed", exc_info=error)
        return problem(500, "internal_error")
