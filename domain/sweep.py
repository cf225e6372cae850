"""The periodic work: send again what is due, take back what died, drop what need not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.outside import Clock, Tasks
from domain.transactions import Transaction, Transactions
from domain.work import RESEND_AFTER, RESEND_AFTER_DRAINED


@dataclass(frozen=True)
class SweepWork:
    """Look through all accepted work."""

    transaction: Transactions
    tasks: Tasks
    clock: Clock

    def __call__(self, *, alone: bool = False) -> int:
        """Sweep once; return how many messages were sent. Somebody else sweeping at this moment: 0.

        `alone` says that no other worker can be alive, as when the only process has just started: every lease is then
        void and every message lost.
        """
        now = self.clock.now()
        # Asked first: nothing outside is waited for inside a transaction.
        files_sent_before = _lost_if_sent_before(now, alone=alone, drained=self.tasks.files_drained())
        searches_sent_before = _lost_if_sent_before(now, alone=alone, drained=self.tasks.searches_drained())
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return 0
            self._take_back(tx, now, before=datetime.max.replace(tzinfo=now.tzinfo) if alone else now)
            uploads = tx.uploads.to_send(at=now, sent_before=files_sent_before)
            runs = tx.search_runs.to_send(at=now, sent_before=searches_sent_before)
        for upload_id in uploads:
            self.tasks.parse_upload(upload_id)
        for run_id in runs:
            self.tasks.run_search(run_id)
        return len(uploads) + len(runs)

    def _take_back(self, tx: Transaction, now: datetime, *, before: datetime) -> None:
        for upload in tx.uploads.lost(before=before):
            tx.uploads.settle(upload.interrupted(at=now))
        for run in tx.search_runs.lost(before=before):
            tx.search_runs.settle(run.interrupted(at=now))


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
