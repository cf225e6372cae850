"""What n8n's webhooks answer, word for word as n8n 2.40.7 was seen to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(body: Any, *, status: int = 200) -> Answer:
    text = json.dumps(body, ensure_ascii=False).encode()
    return Answer(status=status, body=text, headers={"Content-Type": "application/json; charset=utf-8"})


def wrong_token() -> Answer:
    """Plain text without a content type."""
    return Answer(status=403, body=b"Authorization data is wrong!")


def not_registered(method: str, path: str) -> Answer:
    hint = "The workflow must be active for a production URL to run successfully."
    message = f'The requested webhook "{method} {path}" is not registered.'
    return as_json({"code": 404, "message": message, "hint": hint}, status=404)


def wrong_method(method: str) -> Answer:
    message = f"This webhook is not registered for {method} requests. Did you mean to make a POST request?"
    return as_json({"code": 404, "message": message}, status=404)


def bad_body() -> Answer:
    return as_json({"code": 422, "message": "Failed to parse request body"}, status=422)


def too_large() -> Answer:
    """Not a 413."""
    return as_json({"code": 0, "message": "There was a problem executing the workflow"}, status=500)


def failed_before_answering() -> Answer:
    return as_json({"message": "Error in workflow"}, status=500)


def timed_out_before_answering() -> Answer:
    return as_json({"code": 0, "message": "The execution was cancelled because it timed out"}, status=500)


def on_received(said: str = "accepted") -> Answer:
    """What a webhook answers that does not wait for its workflow: always the same."""
    return Answer(status=202, body=said.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def bad_gateway() -> Answer:
    """What a proxy before n8n answers while n8n is away."""
    page = b"<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
    return Answer(status=502, body=page, headers={"Content-Type": "text/html"})


def redirected(url: str) -> Answer:
    return Answer(status=301, headers={"Location": url})
