"""How it becomes known that the automation has failed at what it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.errors import NotFound
from domain.handing_out.hand_out import HandOut, HandOutKind, HandOutStatus
from domain.identifiers import RunId, UploadId
from domain.outside import Clock, Tasks
from domain.transactions import Transaction, Transactions

FAILED_THERE = "n8n_failed"

KNOWN_BY_EXECUTION = timedelta(hours=1)
"""For so long after its deadline a hand-out is known by its execution: the automation may begin its ids anew."""


class NotedStatus(str, Enum):
    """`late`: the work was answered before, by that execution or another, or nobody waits for it any more."""

    NOTED = "noted"
    REPEATED = "repeated"
    LATE = "late"


@dataclass(frozen=True)
class NoteFailure:
    """Give up what was handed out: a search goes on with the next engine at once. Told twice it changes nothing.

    What the automation says of the failure may hold anything, and is not asked for.
    """

    transaction: Transactions
    clock: Clock
    tasks: Tasks

    def __call__(
        self, *, execution_id: str | None, search_id: RunId | None = None, upload_id: UploadId | None = None
    ) -> NotedStatus:
        """Return what became of it.

        Raises `NotFound('execution_not_found')`: it may not have been written down yet, and may be told again.
        """
        now = self.clock.now()
        with self.transaction() as tx:
            known = _known(tx, execution_id, search_id or upload_id, since=now - KNOWN_BY_EXECUTION)
            try:
                tx.users.hold(known.telegram_id)
            except NotFound:
                raise NotFound("execution_not_found") from None
            hand_out = tx.hand_outs.hold(known.id) or known
            if hand_out.status is HandOutStatus.FAILED:
                return NotedStatus.REPEATED
            if not hand_out.may_be_of(execution_id) or hand_out.status is not HandOutStatus.GIVEN:
                return NotedStatus.LATE
            tx.hand_outs.save(hand_out.failed(at=now, reason=FAILED_THERE))
            # No execution is kept there: none that failed will answer.
            tx.hand_outs.forget_text(hand_out.id)
            run = tx.search_runs.find(RunId(hand_out.id)) if hand_out.kind is HandOutKind.SEARCH else None
            # A worker that has it still sees for itself.
            requeued = run is not None and run.awaiting and tx.search_runs.settle(run.answered(at=now))
        if requeued:
            self.tasks.run_search(RunId(hand_out.id))
        return NotedStatus.NOTED


def _known(tx: Transaction, execution_id: str | None, handed_out: str | None, *, since: datetime) -> HandOut:
    found = None
    if handed_out is not None:
        found = tx.hand_outs.find(handed_out)
    elif execution_id is not None:
        found = tx.hand_outs.by_execution(execution_id, since=since)
    if found is None:
        raise NotFound("execution_not_found")
    return found
