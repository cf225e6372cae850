"""The loopback hh.ru's clock, which tests move."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3))


class Clock:
    """It goes with the real time until a test lets it stand at a moment; `forward` moves it either way."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._stands_at: datetime | None = None

    def now(self) -> datetime:
        return (self._stands_at or datetime.now(tz=timezone.utc)) + self._ahead

    def forward(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        self._ahead += timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days)

    def stand_at(self, moment: datetime) -> None:
        """Stop at this moment (with a zone); from there only `forward` moves it."""
        self._stands_at, self._ahead = moment, timedelta()


def written(moment: datetime) -> str:
    """Write a moment as hh.ru does: Moscow's time, the offset without a colon (`2025-04-23T18:55:44+0300`)."""
    return moment.astimezone(MOSCOW).strftime("%Y-%m-%dT%H:%M:%S%z")


def read(text: str) -> datetime:
    """Read a moment with an offset, or a date (then its midnight in Moscow); raise `ValueError` otherwise."""
    for form in ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"):
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 — the zone is given on the next line
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=MOSCOW)
    raise ValueError(text)
