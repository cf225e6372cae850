"""Search runs in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from adapters.memory.tables import Tables
from adapters.memory.work import WorkRows
from domain.identifiers import RunId, TelegramId
from domain.search.ports import RunFigures
from domain.search.run import HELD, RunStatus, SearchRun


class MemorySearchRuns:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = tables.search_runs
        self._work = WorkRows(
            tables.search_runs,
            queued=RunStatus.QUEUED,
            failed=RunStatus.FAILED,
            held=HELD,
            order=lambda run: run.number,
        )

    def add(self, run: SearchRun) -> None:
        self._tables.must_know(run.telegram_id)
        self._rows[run.id] = run

    def save(self, run: SearchRun) -> None:
        if run.id in self._rows:
            self._rows[run.id] = run

    def find(self, run_id: RunId) -> SearchRun | None:
        return self._rows.get(run_id)

    def newest(
        self, *, statuses: frozenset[RunStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[SearchRun], int]:
        return self._work.newest(statuses=statuses, reason=reason, limit=limit)

    def latest(self, telegram_id: TelegramId) -> SearchRun | None:
        return max(self.all_of(telegram_id), key=lambda each: each.number, default=None)

    def latest_ready(self, telegram_id: TelegramId) -> SearchRun | None:
        return next((run for run in reversed(self.all_of(telegram_id)) if run.status is RunStatus.READY), None)

    def all_of(self, telegram_id: TelegramId) -> Sequence[SearchRun]:
        of_person = (each for each in self._rows.values() if each.telegram_id == telegram_id)
        return sorted(of_person, key=lambda each: each.number)

    def claim(self, run_id: RunId, *, at: datetime, until: datetime) -> SearchRun | None:
        return self._work.claim(run_id, at=at, until=until)

    def settle(self, run: SearchRun) -> bool:
        row = self._work.held(run.id, attempt=run.work.attempt)
        if row is not None:
            self._rows[run.id] = run
        return row is not None

    def renew(self, run_id: RunId, *, attempt: int, until: datetime) -> bool:
        return self._work.renew(run_id, attempt=attempt, until=until)

    def retry(self, run: SearchRun) -> bool:
        row = self._work.failed(run.id, attempt=run.work.attempt)
        if row is not None:
            self._rows[run.id] = run
        return row is not None

    def lost(self, *, before: datetime, limit: int) -> Sequence[SearchRun]:
        return [run for run in self._work.lost(before=before) if not run.awaiting][:limit]

    def overdue(self, *, at: datetime, limit: int) -> Sequence[SearchRun]:
        over = (run for run in self._work.lost(before=at) if run.deadline is not None and run.deadline < at)
        return [run for run in over if run.awaiting][:limit]

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[RunId]:
        return [each.id for each in self._work.to_send(at=at, sent_before=sent_before, limit=limit)]

    def figures(self, *, at: datetime, since: datetime) -> RunFigures:
        ended = self._work.ended_since(since)
        return RunFigures(
            under_way=Counter(each.status for each in self._rows.values() if each.under_way),
            oldest_due_at=self._work.oldest_due_at(at=at),
            ended=Counter((each.status, each.engine) for each in ended),
            sources=Counter((report.source, report.outcome) for each in ended for report in each.sources),
        )
