"""How far a piece of accepted work has got, shared by uploads and search runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MAX_INTERRUPTIONS = 25
"""A worker's death is hardly ever the work's fault, so many are borne before the work is given up."""

MAX_FAILURES = 3

LEASE = timedelta(seconds=20)
"""How long a claim holds without a sign of life from its worker; the worker renews it long before."""

LONGEST = timedelta(minutes=10)
"""For how long after its claim a piece of work may renew its lease: what takes longer is stuck."""

CLOCKS_APART = timedelta(seconds=1)
"""How far the clocks of two machines may differ: a message may be there before its row is due by the other's clock."""

RESEND_AFTER = timedelta(minutes=10)
"""A message not acted on for so long is taken for lost and sent again; one that only waits comes twice, to no harm."""

RESEND_AFTER_DRAINED = timedelta(seconds=5)
"""The same where the queue holds no message any more: then it is not waiting but lost, or in a busy worker's hands."""

NOT_ITS_FAULT = frozenset({"store_unavailable", "reader_busy", "reader_closed"})
"""Codes of `Unavailable` that say nothing of the work itself, however often they come."""

_FIRST_PAUSE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Attempted:
    """How an attempt at a piece of work ended: the status it left the row in, and the code of what went wrong, if any.

    `status` is `None` where there was nothing to do, or somebody else has the work by now.
    """

    status: str | None = None
    reason: str | None = None


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

    def handed_back(self, *, at: datetime) -> Work:
        """Return the work due at once, nothing counted: its worker is about to end."""
        return replace(self, due_at=at, sent_at=None, lease_until=None)

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
