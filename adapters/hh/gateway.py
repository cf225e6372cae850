"""The one way to what hh.ru tells an application: it alone holds the token, the pace and the cache."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from adapters.boards.http import Answer, Client, NoAnswer, Pairs, TooLarge
from adapters.boards.reading import header, json_of
from adapters.hh.answers import Kind, Trouble, trouble_in
from adapters.hh.application_token import ApplicationToken
from adapters.hh.fields import Unreadable
from adapters.hh.pace import DETAILS, Pace
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import HhTrouble, OutOfTime, told
from adapters.hh.vacancies import Found, page_of
from domain.boards import KeptAnswer
from domain.outside import Clock
from domain.search.run import Outcome
from domain.transactions import Transactions

log = logging.getLogger(__name__)

DETAILS_FRESH = timedelta(hours=6)
DICTIONARIES_FRESH = timedelta(hours=24)

REPEATS = (0.5, 1.5)
"""How many seconds pass before a server in trouble is asked again."""

_NOT_KEPT = ("contacts", "manager")
"""What details tell of people who recruit."""

_TOKEN_REFUSED = frozenset({Kind.BAD_AUTHORIZATION, Kind.TOKEN_REVOKED, Kind.TOKEN_EXPIRED, Kind.APPLICATION_NOT_FOUND})
_Shape = type[dict[str, Any]] | type[list[Any]]

Holds = Callable[[object], bool]
"""Tells whether an answer that was kept still is true, as far as the caller knows."""


def _whatever_it_says(_: object) -> bool:
    return True


@dataclass(frozen=True)
class HhGateway:
    """Asks as politely as is agreed. Everything raises `HhTrouble`, nothing of whose text is secret.

    `client` asks hh.ru's API under a truthful name.
    """

    client: Client
    token: ApplicationToken
    pace: Pace
    transaction: Transactions
    clock: Clock

    def search(self, params: Pairs, *, time_left: TimeLeft) -> Found:
        """Return one page of a search."""
        answer = self._asked("vacancies", time_left, params=params, by_token=True)
        try:
            return page_of(json_of(answer.body))
        except Unreadable:
            raise _logged("vacancies", HhTrouble(Outcome.ERROR, kind=Kind.UNREADABLE)) from None

    def vacancy(self, hh_id: str, *, time_left: TimeLeft, holds: Holds = _whatever_it_says) -> Mapping[str, Any] | None:
        """Return a vacancy in full, as it was within six hours; `None` where it is gone.

        What is kept of it and does not hold any more is asked for anew.
        """
        path = f"vacancies/{quote(hh_id, safe='')}"
        try:
            body = self._kept(path, time_left, fresh=DETAILS_FRESH, by_token=True, details=True, holds=holds)
        except HhTrouble as trouble:
            if trouble.kind is Kind.NOT_FOUND:
                return None
            raise
        details: dict[str, Any] = json_of(body)
        return details

    def areas(self, *, time_left: TimeLeft) -> bytes:
        """Return the tree of areas as hh.ru words it, as it was within a day: JSON that is a list."""
        return self._kept("areas", time_left, fresh=DICTIONARIES_FRESH, shape=list)

    def dictionaries(self, *, time_left: TimeLeft) -> bytes:
        """Return the dictionaries, as they were within a day: JSON that is an object."""
        return self._kept("dictionaries", time_left, fresh=DICTIONARIES_FRESH)

    def _kept(
        self,
        path: str,
        time_left: TimeLeft,
        *,
        fresh: timedelta,
        by_token: bool = False,
        details: bool = False,
        shape: _Shape = dict,
        holds: Holds = _whatever_it_says,
    ) -> bytes:
        """Return the body of an answer that may be kept, and ask for it only where the one kept is stale."""
        key = hashlib.sha256(f"{self.client.base_url.rstrip('/')}/{path}".encode()).hexdigest()
        with self.transaction() as tx:
            kept = tx.boards.answer(key)
        # What another version of us kept is not trusted to be of the shape.
        told = json_of(kept.body) if kept is not None else None
        if not isinstance(told, shape):
            kept = None
        if kept is not None and kept.fresh_until > self.clock.now() and holds(told):
            return kept.body
        asks_whether = {"If-None-Match": kept.etag} if kept is not None and kept.etag is not None else {}
        answer = self._asked(path, time_left, headers=asks_whether, by_token=by_token, details=details, shape=shape)
        until = self.clock.now() + fresh
        if answer.status == 304:
            if kept is None or not asks_whether:
                raise _logged(path, HhTrouble(Outcome.ERROR, kind=Kind.UNREADABLE))
            renewed = replace(kept, fresh_until=until)
        else:
            renewed = KeptAnswer(body=_without_people(answer.body), etag=_etag(answer), fresh_until=until)
        with self.transaction() as tx:
            tx.boards.keep_answer(key, renewed)
        return renewed.body

    def _asked(
        self,
        path: str,
        time_left: TimeLeft,
        *,
        params: Pairs = (),
        headers: Mapping[str, str] | None = None,
        by_token: bool = False,
        details: bool = False,
        shape: _Shape = dict,
    ) -> Answer:
        """Return an answer to go by. A server in trouble is asked again, a token refused is replaced once."""
        pairs, renewed = list(params), False
        of_details = replace(self.pace, board=DETAILS)
        waits: Iterator[float | None] = iter((*REPEATS, None))
        while True:
            if details:
                of_details.look()
            self.pace.wait_for_turn(time_left)
            held = self.token.current(time_left) if by_token else None
            bearer = {"Authorization": f"Bearer {held.token}"} if held is not None else {}
            found = self._once(path, pairs, {**bearer, **(headers or {})}, time_left, shape)
            if isinstance(found, Answer):
                return found
            trouble, may_heal = found
            if held is not None and trouble.kind in _TOKEN_REFUSED:
                self.token.refused(held, trouble.kind)
                _logged(path, trouble)
                if renewed:
                    raise trouble
                renewed = True
                continue
            if trouble.kind is not None:
                # At the details captchas come first, for the application as a whole, while its searches still are
                # answered: were these to rest, too, every search would be the last one for ten minutes.
                rests = of_details if details and trouble.kind is Kind.CAPTCHA else self.pace
                rests.rest_after(trouble.kind, trouble.retry_after)
            wait = next(waits) if may_heal else None
            if wait is None or not time_left.wait(max(wait, trouble.retry_after or 0.0)):
                raise _logged(path, trouble)

    def _once(
        self,
        path: str,
        params: Sequence[tuple[str, str]],
        headers: Mapping[str, str],
        time_left: TimeLeft,
        shape: _Shape,
    ) -> Answer | tuple[HhTrouble, bool]:
        """Return the answer, or what is the matter and whether that may heal in a moment."""
        seconds = min(self.client.call_seconds, time_left.seconds)
        if seconds <= 0:
            return OutOfTime(), False
        try:
            answer = replace(self.client, call_seconds=seconds).get(path, params, headers=headers)
        except NoAnswer as error:
            if error.timed_out and seconds < self.client.call_seconds:
                return OutOfTime(), False
            outcome = Outcome.TIMEOUT if error.timed_out else Outcome.ERROR
            return HhTrouble(outcome), not error.timed_out and not isinstance(error, TooLarge)
        trouble: Trouble | None = trouble_in(answer.status, answer.headers, answer.body, shape=shape)
        if trouble is None:
            return answer
        return told(trouble), trouble.kind in (Kind.SERVER_ERROR, Kind.UNREADABLE)


def _without_people(body: bytes) -> bytes:
    """Return a body without those whom nobody asked whether their names and numbers may be kept."""
    told = json_of(body)
    if not isinstance(told, dict) or not any(name in told for name in _NOT_KEPT):
        return body
    return json.dumps({name: value for name, value in told.items() if name not in _NOT_KEPT}).encode()


def _etag(answer: Answer) -> str | None:
    """Return the tag, if it is one that a header can hold."""
    tag = header(answer.headers, "etag")
    return tag if tag is not None and len(tag) <= 200 and tag.isascii() and tag.isprintable() else None


def _logged(path: str, trouble: HhTrouble) -> HhTrouble:
    if trouble.kind is not Kind.NOT_FOUND:
        # A vacancy's number says nothing of a person, but it would make every line another.
        log.warning("asking hh.ru for %s: %s", path.partition("/")[0], str(trouble))
    return trouble
