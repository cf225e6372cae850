"""How long one call may still take, and how it waits."""

from __future__ import annotations

import time
from collections.abc import Callable

_SLICE = 1.0


class TimeLeft:
    """Counts down from so many seconds, on a clock that nobody sets."""

    def __init__(
        self,
        seconds: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._until = monotonic() + seconds

    @property
    def seconds(self) -> float:
        """How many seconds are left; 0 once they are over."""
        return max(0.0, self._until - self._monotonic())

    def part(self, seconds: float) -> TimeLeft:
        """Return a countdown of so many seconds that ends no later than this one."""
        return TimeLeft(min(seconds, self.seconds), monotonic=self._monotonic, sleep=self._sleep)

    def nap(self, seconds: float) -> None:
        """Wait for so long, but no longer than a moment, so that the caller looks whether there is still reason to."""
        self._sleep(max(0.0, min(seconds, _SLICE, self.seconds)))

    def wait(self, seconds: float) -> bool:
        """Wait for so long, and return True; return False at once where so much is not left."""
        if seconds > self.seconds:
            return False
        self._sleep(seconds)
        return True
