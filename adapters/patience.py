"""Dealing with what may be away for a while, without waiting for it at every call."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class Patience:
    """Asks something called `name`; once it failed by one of the errors, it is left alone for `pause` seconds."""

    def __init__(self, name: str, errors: type[Exception], *, pause: float) -> None:
        self._name = name
        self._errors = errors
        self._pause = pause
        self._away_until = 0.0

    @property
    def exhausted(self) -> bool:
        """Whether it is left alone at this moment."""
        return time.monotonic() < self._away_until

    def ask(self, question: Callable[[], T]) -> T | None:
        """Return the answer, or `None` when there is none, or there was none a moment ago."""
        if self.exhausted:
            return None
        try:
            return question()
        except self._errors as error:
            self.leave_alone(type(error).__name__)
            return None

    def leave_alone(self, reason: str) -> None:
        """Ask it nothing from now on until the pause is over; the reason, a word, is logged."""
        self._away_until = time.monotonic() + self._pause
        log.warning("%s does not answer, we do without: %s", self._name, reason)
