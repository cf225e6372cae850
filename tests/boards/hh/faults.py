"""Troubles that a test orders from the loopback hh.ru, by path and for so many requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from tests.boards.hh import errors
from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Answer, Request, as_html, as_json, elsewhere


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What becomes of a request.

    With `answer` it is not handled and gets that one; without, it is handled as ever. Then the answer waits so many
    seconds, and is sent whole, drop by drop over `drip` seconds, half (`cut`) or not at all (`lost`).
    """

    answer: Callable[[Request], Answer] | None = None
    wait: float = 0
    drip: float = 0
    ends: Literal["whole", "cut", "lost"] = "whole"


@dataclass
class _Ordered:
    path: str
    exact: bool
    fault: Fault
    method: str | None
    times: int | None
    after: int

    def fits(self, request: Request) -> bool:
        same = request.path == self.path if self.exact else request.path.startswith(self.path)
        return same and self.method in (None, request.method)


class Faults:
    """Faults in the order they were asked for; a request meets the first that fits it."""

    def __init__(self) -> None:
        self._ordered: list[_Ordered] = []
        self._lock = Lock()

    def add(
        self,
        path: str,
        fault: Fault,
        *,
        exact: bool = False,
        times: int | None = 1,
        method: str | None = None,
        after: int = 0,
    ) -> None:
        """Order a fault for requests whose path begins so, or (`exact`) is so; `times=None` means until `clear`.

        The first `after` fitting requests go unharmed.
        """
        with self._lock:
            self._ordered.append(_Ordered(path, exact, fault, method, times, after))

    def clear(self) -> None:
        with self._lock:
            self._ordered.clear()

    def take(self, request: Request) -> Fault | None:
        """Return the fault that this request meets, which is then spent once."""
        with self._lock:
            for ordered in self._ordered:
                if not ordered.fits(request):
                    continue
                if ordered.after:
                    ordered.after -= 1
                    continue
                if ordered.times is not None:
                    ordered.times -= 1
                    if ordered.times == 0:
                        self._ordered.remove(ordered)
                return ordered.fault
        return None


def refused(error: errors.ApiError) -> Fault:
    """Answer with any refusal of `errors`: `refused(errors.oauth("no_scope"))`."""
    return Fault(answer=lambda request: error.answer(request.id))


def forbidden() -> Fault:
    """The bare 403 that applicants' tokens get since December 2025, and searches without a token since April 2026."""
    return refused(errors.forbidden())


def captcha(*, typed: bool = True) -> Fault:
    return refused(errors.captcha_required(typed=typed))


def token_error(error: str, description: str, *, status: int = 400) -> Fault:
    """A refusal of the token endpoint: `token_error("invalid_request", "account is locked")`."""
    return answered(errors.TokenError(error, description, status=status).answer())


def too_many(*, retry_after: int | str | None = None) -> Fault:
    """429; `retry_after` is a number of seconds or an HTTP date."""

    def answer(request: Request) -> Answer:
        plain = errors.other(429, "too_many_requests", "Too Many Requests").answer(request.id)
        if retry_after is None:
            return plain
        return Answer(status=429, body=plain.body, headers={**plain.headers, "Retry-After": str(retry_after)})

    return Fault(answer=answer)


def geo_blocked() -> Fault:
    """451: the page that addresses outside Russia get."""
    return answered(as_html("<html><h1>451 Unavailable For Legal Reasons</h1></html>", status=451))


def ddos_guard() -> Fault:
    """403 of the shield before hh.ru, which never reaches hh.ru itself."""
    page = "<!DOCTYPE html><html><head><title>DDOS-GUARD</title></head><body>Checking your browser…</body></html>"
    return answered(as_html(page, status=403, headers={"Server": "ddos-guard"}))


def bad_gateway(*, as_html_page: bool = True) -> Fault:
    """502, of nginx (a page) or of hh.ru (JSON)."""
    if as_html_page:
        page = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
        return answered(as_html(page, status=502))
    return refused(errors.ApiError(502, example("error_502_bad_gateway")))


def unavailable() -> Fault:
    return refused(errors.other(503, "service_unavailable", "Service Unavailable"))


def answered(answer: Answer) -> Fault:
    """Answer with just this."""
    return Fault(answer=lambda _: answer)


def not_json() -> Fault:
    """200 with a body that no JSON reader takes."""
    return answered(Answer(body=b'{"found": 12, "items": [', headers={"Content-Type": "application/json"}))


def swollen(size: int) -> Fault:
    """200 with JSON of so many bytes."""
    return answered(as_json({"items": [], "filling": "x" * size}))


def redirected(url: str) -> Fault:
    return answered(elsewhere(url))


def slow(seconds: float) -> Fault:
    """Answer as ever, but only after so many seconds."""
    return Fault(wait=seconds)


def dripping(seconds: float) -> Fault:
    """Answer as ever, but let the body come drop by drop over so many seconds."""
    return Fault(drip=seconds)


def cut() -> Fault:
    """Answer as ever, but break the connection amid the body."""
    return Fault(ends="cut")


def lost() -> Fault:
    """Do what was asked, then break the connection without an answer."""
    return Fault(ends="lost")
