"""How far a piece of accepted work has got, shared by uploads and search runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MAX_INTERRUPTIONS = 25
"""A worker's death is hardly ever the work's fault, so many are borne before the work is given up."""

MAX_FAILURES = 3

RESEND_AFTER = timedelta(minutes=2)
"""A message not acted on for so long is taken for lost and sent again; one that only waits comes twice, to no harm."""

_FIRST_PAUSE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Attempts and leases of one row of work.

    `attempt` fences results: whoever claimed an earlier attempt may write nothing. `interruptions` count workers that
    died under it, `failures` count tries that went wrong by themselves.
    """

    due_at: datetime
    sent_at: datetime | None = None
    lease_until: datetime | None = None
    attempt: int = 0
    interruptions: int = 0
    failures: int = 0

    def claimed(self, *, until: datetime) -> Work:
        return replace(self, attempt=self.attempt + 1, lease_until=until)

    def interrupted(self, *, at: datetime) -> Work:
        """Return the work due again at once: its worker died."""
        return replace(self, interruptions=self.interruptions + 1, due_at=at, sent_at=None, lease_until=None)

    def postponed(self, *, at: datetime) -> Work:
        """Return the work due again after a short pause, nothing counted: it was not tried at all."""
        return replace(self, due_at=at + _FIRST_PAUSE, sent_at=None, lease_until=None)

    def set_back(self, *, at: datetime) -> Work:
        """Return the work due again after a pause that grows with each failure."""
        pause = _FIRST_PAUSE * 4**self.failures
        return replace(self, failures=self.failures + 1, due_at=at + pause, sent_at=None, lease_until=None)

    def sent(self, *, at: datetime) -> Work:
        return replace(self, sent_at=at)

    def ended(self) -> Work:
        return replace(self, lease_until=None)

    @property
    def worn_out(self) -> bool:
        """Whether its workers died too often."""
        return self.interruptions > MAX_INTERRUPTIONS

    @property
    def hopeless(self) -> bool:
        """Whether it failed too often by itself."""
        return self.failures >= MAX_FAILURES
