"""One page of Работа России, asked for politely: not too fast, and again where a later try may better it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from adapters.boards.http import Answer, Client, NoAnswer
from adapters.boards.reading import json_of, retry_after
from adapters.trudvsem.query import Ask
from adapters.trudvsem.reading import Page, Unreadable, read_page
from domain.search.run import Outcome

_GEO_BLOCKED = frozenset({403, 451})
_LONGEST_PAUSE = 600.0
_LEAST_TIME = 1.0
"""Seconds of a call that is worth beginning."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no page. `lasting`: the same question would fare no better now.

    `of_question`: another question may fare better. `wait` is for how many seconds the other side asks to be left
    alone. `told` is for the log.
    """

    outcome: Outcome
    told: str
    lasting: bool = False
    of_question: bool = False
    wait: float | None = None


class Pace:
    """When the next call may start: all searches of a process share it."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._next = 0.0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def take_slot(self, *, before: float) -> float | None:
        """Return how many seconds to wait for the start that is now ours, `None` where none is left before that."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next)
            if start > before:
                return None
            self._next = start + self._pause
            return start - now

    def close(self, seconds: float) -> None:
        """Let nobody start for so many seconds."""
        with self._lock:
            self._closed_until = max(self._closed_until, time.monotonic() + min(seconds, _LONGEST_PAUSE))

    @property
    def closed(self) -> bool:
        return time.monotonic() < self._closed_until


@dataclass(frozen=True)
class Pages:
    """Asks for pages of `size` vacancies; a failed call is repeated up to `repeats` times while there is time."""

    client: Client
    pace: Pace
    size: int = 100
    repeats: int = 3
    first_wait: float = 1.0

    def page(self, ask: Ask, *, offset: int, until: float) -> Page | Trouble:
        """Return the page that begins at that offset, before that monotonic time."""
        trouble = Trouble(Outcome.TIMEOUT, "no time left")
        for repeat in range(self.repeats + 1):
            if self.pace.closed:
                return Trouble(Outcome.RATE_LIMITED, "it asked to be left alone")
            slot = self.pace.take_slot(before=until - _LEAST_TIME)
            if slot is None:
                break
            time.sleep(slot)
            answer = self._asked(ask, offset=offset, until=until)
            if isinstance(answer, Page):
                return answer
            trouble = answer
            pause = max(self.first_wait * 2**repeat, trouble.wait or 0.0)
            last = trouble.lasting or repeat == self.repeats or time.monotonic() + pause + _LEAST_TIME > until
            if trouble.outcome is Outcome.RATE_LIMITED and (trouble.wait or last):
                self.pace.close(pause)
            if last:
                break
            time.sleep(pause)
        return trouble

    def _asked(self, ask: Ask, *, offset: int, until: float) -> Page | Trouble:
        path = "vacancies" if ask.region is None else f"vacancies/region/{ask.region}"
        params = [("offset", str(offset)), ("limit", str(self.size))]
        if ask.text is not None:
            params.insert(0, ("text", ask.text))
        # Whoever slept longer than asked to may find no time at all.
        left = max(until - time.monotonic(), _LEAST_TIME / 10)
        client = replace(self.client, call_seconds=min(self.client.call_seconds, left))
        try:
            answer = client.get(path, params)
        except NoAnswer as error:
            return Trouble(Outcome.TIMEOUT if error.timed_out else Outcome.ERROR, str(error))
        if answer.status != 200:
            return self._refused(answer.status, answer)
        told = json_of(answer.body)
        if told is None:
            return Trouble(Outcome.ERROR, f"{len(answer.body)} bytes, no JSON")
        try:
            return read_page(told)
        except Unreadable as error:
            # It may say that it fails under a status that says it does not.
            return self._refused(error.status or answer.status, answer, told=str(error))

    def _refused(self, status: int, answer: Answer, *, told: str | None = None) -> Trouble:
        told = told or f"status {status}"
        if status == 429:
            return Trouble(Outcome.RATE_LIMITED, told, wait=retry_after(answer.headers))
        if status in _GEO_BLOCKED:
            return Trouble(Outcome.GEO_BLOCKED, told, lasting=True)
        if status >= 500:
            return Trouble(Outcome.ERROR, told, wait=retry_after(answer.headers))
        return Trouble(Outcome.ERROR, told, lasting=True, of_question=400 <= status < 500)
