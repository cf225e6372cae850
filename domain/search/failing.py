"""Why a search failed, and when it is worth starting anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.errors import Conflict
from domain.search.run import NOBODY_ANSWERED, PASSING, SearchRun
from domain.transactions import Transaction

SOON = timedelta(seconds=30)
"""After so long a source that did not answer is asked anew, where nobody said that it rests for longer."""


def search_failed(tx: Transaction, run: SearchRun, *, at: datetime) -> Conflict:
    """Return the error that tells why the run failed.

    Where no source answered, what each said instead; and whether, and in how many seconds, another search may fare
    better.
    """
    if run.reason != NOBODY_ANSWERED:
        return Conflict("search_failed", reason=run.reason)
    waits = [_wait(tx, run, each.source, at) for each in run.sources if each.outcome in PASSING]
    return Conflict(
        "search_failed",
        reason=run.reason,
        troubles={each.source: each.outcome.value for each in run.sources},
        heals="yes" if waits else "no",
        retry_after=min(waits, default=None),
    )


def _wait(tx: Transaction, run: SearchRun, source: str, at: datetime) -> float:
    soon = (run.finished_at or at) + SOON
    # A board bears the name of its source.
    until = max(tx.boards.rests_until(source) or soon, soon)
    return max((until - at).total_seconds(), 0.0)
