"""hh.ru's refusals: each is raised where a request is handled and becomes the documented answer."""

from __future__ import annotations

from typing import Any

from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Answer, as_json


class ApiError(Exception):
    """A refusal in the general shape, `{"errors": [{"type", "value"?}], "request_id"}`."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body

    def answer(self, request_id: str) -> Answer:
        # The answer about the depth was observed without the id.
        body = self.body | ({"request_id": request_id} if "request_id" in self.body else {})
        return as_json(body, status=self.status)


class TokenError(Exception):
    """A refusal of the token endpoint, `{"error", "error_description"}`."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(error, description)
        self.error = error
        self.description = description
        self.status = status

    def answer(self) -> Answer:
        return as_json({"error": self.error, "error_description": self.description}, status=self.status)


def bad_authorization() -> ApiError:
    return ApiError(403, example("error_403_bad_authorization"))


def token_expired() -> ApiError:
    return ApiError(403, example("error_403_token_expired"))


def token_revoked() -> ApiError:
    return ApiError(403, example("error_403_token_revoked"))


def user_auth_expected() -> ApiError:
    return ApiError(403, example("error_403_user_auth_expected"))


def oauth(value: str, *, oauth_error: str | None = None) -> ApiError:
    """Any other refusal of a token: `application_not_found`, `application_auth_expected`, `no_scope`, …"""
    body = example("error_403_user_auth_expected")
    body["errors"] = [{"type": "oauth", "value": value}]
    return ApiError(403, body | ({"oauth_error": oauth_error} if oauth_error else {}))


def application_not_found() -> ApiError:
    return oauth("application_not_found", oauth_error="client-id-deleted")


def forbidden() -> ApiError:
    """Not allowed at all: the bare form, which says nothing of tokens."""
    return ApiError(403, example("error_403_forbidden_bare"))


def captcha_required(*, typed: bool = True) -> ApiError:
    """Not `typed`: the form seen in 2026, whose error has a value and no type."""
    body = example("error_403_captcha_required")
    if not typed:
        del body["errors"][0]["type"]
    return ApiError(403, body)


def bad_user_agent(value: str) -> ApiError:
    """`value` is `unset` or `blacklisted`."""
    body = example("error_400_bad_user_agent")
    body["errors"][0]["value"] = value
    return ApiError(400, body)


def bad_argument(name: str, description: str | None = None) -> ApiError:
    said = description or f"bad argument {name}"
    body = {
        "description": said,
        "errors": [{"type": "bad_argument", "value": name}],
        "bad_argument": name,
        "bad_arguments": [{"name": name, "description": said}],
        "request_id": "",
    }
    return ApiError(400, body)


def too_deep() -> ApiError:
    """More than 2,000 vacancies of one search were asked for."""
    return ApiError(400, example("error_400_bad_argument_depth"))


def not_found() -> ApiError:
    return ApiError(404, example("error_404_not_found"))


def method_not_allowed() -> ApiError:
    return ApiError(405, example("error_405"))


def other(status: int, kind: str, description: str, value: str | None = None) -> ApiError:
    """A refusal of any type: `service_unavailable`, `too_many_requests`, …"""
    error = {"type": kind} | ({"value": value} if value else {})
    return ApiError(status, {"description": description, "errors": [error], "request_id": ""})
