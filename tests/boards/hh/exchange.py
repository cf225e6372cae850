"""What goes in and out of the loopback hh.ru: a request as tests look at it, and an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Host = Literal["api", "site"]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it came. Header names are in lower case; `at` is the real `time.monotonic()` of its arrival."""

    host: Host
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    form: Mapping[str, str]
    id: str
    at: float

    def one(self, name: str) -> str | None:
        """Return the first value that the query has for this name."""
        return self.query[name][0] if self.query.get(name) else None

    @property
    def bearer(self) -> str | None:
        """The token of the header `Authorization`, or `None` when there is none in the Bearer form."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    text = json.dumps(body, ensure_ascii=False).encode()
    kind = {"Content-Type": "application/json; charset=UTF-8"}
    return Answer(status=status, body=text, headers={**kind, **(headers or {})})


def as_html(text: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    kind = {"Content-Type": "text/html; charset=utf-8"}
    return Answer(status=status, body=text.encode(), headers={**kind, **(headers or {})})


def elsewhere(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return a redirect (302)."""
    return Answer(status=302, headers={"Location": url, **(headers or {})})
