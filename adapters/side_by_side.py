"""Threads for what is asked of several at once, none of whom keeps the others waiting."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

from domain.outside import Asked

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST_LEFT_BEHIND = 16
"""So many calls of one name may go on after nobody waits for them any more; then none is begun until one ends."""


@dataclass
class _UnderWay:
    """A call that goes on, and whether nobody waits for it any more."""

    patience: float
    ended: bool = False
    left_behind: bool = False


class Threads:
    """Each call has a thread of its own. One that is not back in time goes on alone, and what it returns is lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left_behind: Counter[str] = Counter()

    def __call__(self, calls: Mapping[str, Asked[T]]) -> Mapping[str, T | Exception]:
        back: SimpleQueue[tuple[str, T | Exception]] = SimpleQueue()
        began = time.monotonic()
        waited_for = {name: _UnderWay(asked.patience) for name, asked in calls.items() if self._may_begin(name)}
        for name, under_way in waited_for.items():
            self._begin(name, calls[name].call, under_way, back)
        answers: dict[str, T | Exception] = {}
        while waited_for:
            shortest = min(each.patience for each in waited_for.values())
            try:
                name, answer = back.get(timeout=max(shortest - (time.monotonic() - began), 0))
            except Empty:
                # Only now, so that nobody is given up whose answer is there.
                passed = time.monotonic() - began
                for name in [name for name, each in waited_for.items() if each.patience <= passed]:
                    self._leave_behind(name, waited_for.pop(name))
            else:
                if waited_for.pop(name, None) is not None:
                    answers[name] = answer
        return answers

    def _may_begin(self, name: str) -> bool:
        with self._lock:
            return self._left_behind[name] < MOST_LEFT_BEHIND

    def _begin(
        self, name: str, call: Callable[[], T], under_way: _UnderWay, back: SimpleQueue[tuple[str, T | Exception]]
    ) -> None:
        def answer() -> None:
            try:
                back.put((name, call()))
            except Exception as error:
                log.exception("asking %s failed", name)
                back.put((name, error))
            finally:
                self._end(name, under_way)

        # In the caller's context, so that what is logged tells for whom it is done.
        thread = threading.Thread(target=copy_context().run, args=(answer,), name=f"ask {name}", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            log.exception("no thread to ask %s", name)
            back.put((name, error))

    def _leave_behind(self, name: str, under_way: _UnderWay) -> None:
        with self._lock:
            under_way.left_behind = not under_way.ended
            self._left_behind[name] += under_way.left_behind

    def _end(self, name: str, under_way: _UnderWay) -> None:
        with self._lock:
            under_way.ended = True
            self._left_behind[name] -= under_way.left_behind
