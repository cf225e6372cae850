"""How fast hh.ru is asked: one pace for all processes together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.hh.answers import Kind
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import OutOfTime, remembered
from domain.boards import Turn
from domain.outside import Clock
from domain.transactions import Transactions

BOARD, DETAILS = "hh", "hh-details"
EVERY = timedelta(seconds=0.35)
REST_AFTER_TOO_MANY, REST_AFTER_CAPTCHA = 60.0, 600.0
"""In seconds; the first where hh.ru does not tell itself."""

_AT_ONCE = timedelta()


@dataclass(frozen=True)
class Pace:
    """Hands out turns. Nobody waits for one that comes too late, and such a one is left to others."""

    transaction: Transactions
    clock: Clock
    every: timedelta = EVERY
    board: str = BOARD

    def wait_for_turn(self, time_left: TimeLeft) -> None:
        """Wait for a turn to ask; raises `HhTrouble` while hh.ru is given a rest, or if the turn would come late."""
        at = self._take(time_left)
        while (wait := (at - self.clock.now()).total_seconds()) > 0:
            if time_left.seconds <= 0:
                raise OutOfTime
            time_left.nap(wait)
            # Somebody else may have met a trouble meanwhile that calls for a rest.
            self.look()

    def look(self) -> None:
        """Raise `HhTrouble` while hh.ru is given a rest."""
        now = self.clock.now()
        with self.transaction() as tx:
            turn = tx.boards.take_turn(self.board, at=now, every=_AT_ONCE)
        self._refuse_rest(turn, now)

    def rest_after(self, kind: Kind, retry_after: float | None) -> None:
        """Let nobody ask for a while after a captcha, or when hh.ru was asked too often; else change nothing."""
        if kind is Kind.CAPTCHA:
            self.rest(kind, seconds=REST_AFTER_CAPTCHA)
        elif kind is Kind.TOO_MANY:
            self.rest(kind, seconds=REST_AFTER_TOO_MANY if retry_after is None else retry_after)

    def rest(self, kind: Kind, *, seconds: float) -> None:
        """Let nobody ask for so long, because of that trouble."""
        with self.transaction() as tx:
            tx.boards.rest(self.board, until=self.clock.now() + timedelta(seconds=seconds), because=kind.value)

    def _take(self, time_left: TimeLeft) -> datetime:
        now = self.clock.now()
        with self.transaction() as tx:
            # To look first costs nobody a turn: those who give up must not put off all who come after them.
            next_one = tx.boards.take_turn(self.board, at=now, every=_AT_ONCE)
            in_time = next_one.paused_for is None and (next_one.at - now).total_seconds() <= time_left.seconds
            if in_time:
                tx.boards.take_turn(self.board, at=now, every=self.every)
        self._refuse_rest(next_one, now)
        if not in_time:
            raise OutOfTime
        return next_one.at

    @staticmethod
    def _refuse_rest(turn: Turn, now: datetime) -> None:
        if turn.paused_for is not None:
            raise remembered(turn.paused_for, retry_after=math.ceil((turn.at - now).total_seconds()))
