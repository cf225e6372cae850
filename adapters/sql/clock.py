"""The time as the database has it, so that machines whose clocks differ agree on leases."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta, timezone

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
WORTH_TELLING = timedelta(seconds=2)

_NOW = select(func.clock_timestamp())


class StoreClock:
    """This machine's clock, set by PostgreSQL's; SQLite is on this machine, so there is nothing to set.

    It shows this machine's time until `follow` has asked the database, and what it learnt last while that is away.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ahead = timedelta(0)
        self._ended = threading.Event()

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self._ahead

    def follow(self) -> None:
        """Ask the database now, and again each minute until `close`."""
        if self._engine.dialect.name != "postgresql":
            return
        self._set()
        threading.Thread(target=self._follow, name="clock", daemon=True).start()

    def close(self) -> None:
        self._ended.set()

    def _follow(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            self._set()

    def _set(self) -> None:
        before = datetime.now(timezone.utc)
        try:
            with self._engine.connect() as connection:
                theirs: datetime = connection.execute(_NOW).scalar_one()
        except SQLAlchemyError as error:
            log.warning("the database does not tell the time: %s", type(error).__name__)
            return
        after = datetime.now(timezone.utc)
        # Half of the way there and back is what the answer took; within that they agree.
        ahead = timedelta(0) if before <= theirs <= after else theirs - (before + (after - before) / 2)
        if abs(ahead - self._ahead) > WORTH_TELLING:
            log.warning("this machine's clock is %.1f seconds behind the database's", ahead.total_seconds())
        self._ahead = ahead
