"""The periodic work: send again what is due, take back what died, drop what need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.identifiers import RunId
from domain.outside import Clock, Tasks
from domain.transactions import Transaction, Transactions
from domain.work import RESEND_AFTER, RESEND_AFTER_DRAINED

MOST_SENT = 1_000
"""How many messages of a kind one sweep sends; after a queue was lost whole, the next sweeps send the others."""

ORPHANS_KEPT = timedelta(hours=1)
"""For so long a vector that nobody has is kept: a vacancy that is being embedded may be about to have it."""

ANSWERS_KEPT = timedelta(days=2)
"""For so long an answer of a board is kept beyond its time: it may be asked whether it still holds."""

MOST_DROPPED = 2_000
"""How many vectors, or answers, are dropped in one transaction, while which others wait that write."""

MOST_TAKEN_BACK = 1_000
"""How much work of a kind is taken back in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep did: how many messages it sent, and the work it took back, by id.

    `taken_back` are from workers that died, `overdue` from an outside automation that has not answered in time.
    """

    sent: int = 0
    taken_back: Sequence[str] = ()
    overdue: Sequence[str] = ()


@dataclass(frozen=True)
class SweepWork:
    """Look through all accepted work."""

    transaction: Transactions
    tasks: Tasks
    clock: Clock

    def __call__(self, *, alone: bool = False) -> Swept:
        """Sweep once. Somebody else sweeping at this moment: nothing is done.

        `alone` says that no other worker can be alive, as when the only process has just started: every lease is then
        void and every message lost.
        """
        now = self.clock.now()
        # Asked first: nothing outside is waited for inside a transaction.
        files_sent_before = _lost_if_sent_before(now, alone=alone, drained=self.tasks.files_drained())
        searches_sent_before = _lost_if_sent_before(now, alone=alone, drained=self.tasks.searches_drained())
        dead_before = datetime.max.replace(tzinfo=now.tzinfo) if alone else now
        taken_back: list[str] = []
        overdue: list[str] = []
        more = True
        while more:
            with self.transaction() as tx:
                if not tx.hold_sweep():
                    return Swept(taken_back=taken_back, overdue=overdue)
                some = self._take_back(tx, now, before=dead_before)
                overdue += self._miss(tx, now)
            taken_back += some
            # Later sweeps would wait until the leases of the dead run out.
            more = alone and some != []
        # Apart from that: a row changed twice in one transaction makes the store look at its owner again, whom somebody
        # may be erasing at this moment.
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return Swept(taken_back=taken_back, overdue=overdue)
            uploads = tx.uploads.to_send(at=now, sent_before=files_sent_before, limit=MOST_SENT)
            runs = tx.search_runs.to_send(at=now, sent_before=searches_sent_before, limit=MOST_SENT)
            late = tx.hand_outs.to_send(at=now, sent_before=searches_sent_before, limit=MOST_SENT)
            tx.hand_outs.forget_texts(at=now)
        for upload_id in uploads:
            self.tasks.parse_upload(upload_id)
        for run_id in runs:
            self.tasks.run_search(run_id)
        for hand_out_id in late:
            self.tasks.merge_late(RunId(hand_out_id))
        return Swept(sent=len(uploads) + len(runs) + len(late), taken_back=taken_back, overdue=overdue)

    def _take_back(self, tx: Transaction, now: datetime, *, before: datetime) -> list[str]:
        uploads = tx.uploads.lost(before=before, limit=MOST_TAKEN_BACK)
        runs = tx.search_runs.lost(before=before, limit=MOST_TAKEN_BACK)
        merging = tx.hand_outs.lost(before=before, limit=MOST_TAKEN_BACK)
        for upload in uploads:
            tx.uploads.settle(upload.interrupted(at=now))
        for run in runs:
            tx.search_runs.settle(run.interrupted(at=now))
        for hand_out in merging:
            tx.hand_outs.settle(hand_out.interrupted(at=now))
        return [*(upload.id for upload in uploads), *(run.id for run in runs), *(each.id for each in merging)]

    def _miss(self, tx: Transaction, now: datetime) -> list[str]:
        """Wait no longer for what an outside automation had time for until now."""
        runs = tx.search_runs.overdue(at=now, limit=MOST_TAKEN_BACK)
        for run in runs:
            tx.search_runs.settle(run.interrupted(at=now))
        # Of a run under way the engine notes it, when it is asked again.
        hand_outs = tx.hand_outs.overdue(at=now, limit=MOST_TAKEN_BACK)
        for hand_out in hand_outs:
            tx.hand_outs.save(hand_out.missed(at=now))
        return [*(run.id for run in runs), *(each.id for each in hand_outs)]


def _lost_if_sent_before(now: datetime, *, alone: bool, drained: bool) -> datetime:
    if alone:
        # A message sent a moment ago is void too when its worker's process is gone.
        return now
    return now - (RESEND_AFTER_DRAINED if drained else RESEND_AFTER)


@dataclass(frozen=True)
class DropOldFiles:
    """Drop the bytes of uploads that ended longer ago than `keep`; return how many. Somebody else sweeping: 0."""

    transaction: Transactions
    clock: Clock
    keep: timedelta

    def __call__(self) -> int:
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return 0
            return tx.files.drop_finished(before=self.clock.now() - self.keep)


@dataclass(frozen=True)
class DropOrphanVectors:
    """Drop vectors of texts that no vacancy has any more; return how many. Somebody else sweeping: 0.

    `MOST_DROPPED` of them: there are more, and it is to be called again.
    """

    transaction: Transactions
    clock: Clock

    def __call__(self) -> int:
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return 0
            return tx.vectors.drop_orphans(before=self.clock.now() - ORPHANS_KEPT, limit=MOST_DROPPED)


@dataclass(frozen=True)
class DropStaleAnswers:
    """Drop what boards answered and nobody goes by any more; return how many. Somebody else sweeping: 0."""

    transaction: Transactions
    clock: Clock

    def __call__(self) -> int:
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return 0
            return tx.boards.drop_answers(stale_since=self.clock.now() - ANSWERS_KEPT, limit=MOST_DROPPED)
