"""Search runs in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from adapters.codec import plain, structured
from adapters.sql.columns import Timestamp
from adapters.sql.tables import search_runs
from adapters.sql.work import WorkRows, work_columns, work_of
from adapters.sql.writing import owner_known
from domain.identifiers import RunId, TelegramId
from domain.search.filters import Filters
from domain.search.ports import RunFigures
from domain.search.run import HELD, Counts, RunStatus, SearchRun, SourceReport

_WORK = WorkRows(
    search_runs,
    order="number",
    queued=RunStatus.QUEUED.value,
    held=[status.value for status in HELD],
    failed=RunStatus.FAILED.value,
    # While it ranks, a worker has it, whatever deadline an earlier version has left in the row.
    by_worker=or_(search_runs.c.deadline.is_(None), search_runs.c.status != RunStatus.GATHERING.value),
)

# Passing over those in others' hands at this moment, as for what was lost.
_OVERDUE = (
    select(search_runs)
    .where(
        search_runs.c.status == RunStatus.GATHERING.value,
        search_runs.c.deadline < bindparam("at", type_=Timestamp),
        # A worker of an earlier version leaves the deadline in the row, and renews its lease.
        search_runs.c.lease_until < bindparam("at", type_=Timestamp),
    )
    .order_by(search_runs.c.created_at, search_runs.c.number, search_runs.c.id)
    .limit(bindparam("most"))
    .with_for_update(key_share=True, skip_locked=True)
)

_OF_PERSON = search_runs.c.telegram_id == bindparam("person")
_LATEST = select(search_runs).where(_OF_PERSON).order_by(search_runs.c.number.desc()).limit(1)
_LATEST_READY = _LATEST.where(search_runs.c.status == RunStatus.READY.value)
_ALL = select(search_runs).where(_OF_PERSON).order_by(search_runs.c.number)
_ENDED_SINCE = search_runs.c.finished_at >= bindparam("since", type_=Timestamp)
_ENDED = (
    select(search_runs.c.status, search_runs.c.engine, func.count().label("runs"))
    .where(_ENDED_SINCE)
    .group_by(search_runs.c.status, search_runs.c.engine)
)
_SOURCES = select(search_runs.c.sources).where(_ENDED_SINCE)
_SAVE = update(search_runs).where(search_runs.c.id == bindparam("run"))


class SqlSearchRuns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: SearchRun) -> None:
        with owner_known("user_not_found"):
            self._connection.execute(insert(search_runs), {**_identity(run), **_columns(run)})

    def save(self, run: SearchRun) -> None:
        self._connection.execute(_SAVE, {"run": run.id, **_columns(run)})

    def find(self, run_id: RunId) -> SearchRun | None:
        row = _WORK.find(self._connection, run_id)
        return _run(row) if row is not None else None

    def newest(
        self, *, statuses: frozenset[RunStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[SearchRun], int]:
        states = [status.value for status in statuses]
        rows, total = _WORK.newest(self._connection, statuses=states, reason=reason, limit=limit)
        return [_run(row) for row in rows], total

    def latest(self, telegram_id: TelegramId) -> SearchRun | None:
        row = self._connection.execute(_LATEST, {"person": telegram_id}).one_or_none()
        return _run(row) if row is not None else None

    def latest_ready(self, telegram_id: TelegramId) -> SearchRun | None:
        row = self._connection.execute(_LATEST_READY, {"person": telegram_id}).one_or_none()
        return _run(row) if row is not None else None

    def all_of(self, telegram_id: TelegramId) -> Sequence[SearchRun]:
        return [_run(row) for row in self._connection.execute(_ALL, {"person": telegram_id})]

    def claim(self, run_id: RunId, *, at: datetime, until: datetime) -> SearchRun | None:
        row = _WORK.due(self._connection, run_id, at=at)
        if row is None:
            return None
        queued = _run(row)
        claimed = queued.claimed(until=until)
        told = {"status": claimed.status.value, "engine": claimed.engine, "deadline": claimed.deadline}
        values = {**told, **work_columns(claimed.work)}
        won = _WORK.claim(self._connection, run_id, attempt=queued.work.attempt, values=values)
        return claimed if won else None

    def settle(self, run: SearchRun) -> bool:
        return _WORK.settle(self._connection, run.id, attempt=run.work.attempt, values=_columns(run))

    def retry(self, run: SearchRun) -> bool:
        return _WORK.retry(self._connection, run.id, attempt=run.work.attempt, values=_columns(run))

    def renew(self, run_id: RunId, *, attempt: int, until: datetime) -> bool:
        return _WORK.renew(self._connection, run_id, attempt=attempt, until=until)

    def lost(self, *, before: datetime, limit: int) -> Sequence[SearchRun]:
        return [_run(row) for row in _WORK.lost(self._connection, before=before, limit=limit)]

    def overdue(self, *, at: datetime, limit: int) -> Sequence[SearchRun]:
        return [_run(row) for row in self._connection.execute(_OVERDUE, {"at": at, "most": limit})]

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[RunId]:
        ids = _WORK.to_send(self._connection, at=at, sent_before=sent_before, limit=limit)
        return [RunId(each) for each in ids]

    def figures(self, *, at: datetime, since: datetime) -> RunFigures:
        ended = self._connection.execute(_ENDED, {"since": since})
        # Counted here: databases look into JSON each in a way of its own.
        answers = Counter(
            (report.source, report.outcome)
            for sources in self._connection.scalars(_SOURCES, {"since": since})
            for report in structured(sources, tuple[SourceReport, ...])
        )
        return RunFigures(
            under_way={RunStatus(name): count for name, count in _WORK.under_way(self._connection).items()},
            oldest_due_at=_WORK.oldest_due(self._connection, at=at),
            ended={(RunStatus(row.status), row.engine): row.runs for row in ended},
            sources=answers,
        )


def _identity(run: SearchRun) -> dict[str, Any]:
    return {"id": run.id, "telegram_id": run.telegram_id, "number": run.number, "created_at": run.created_at}


def _columns(run: SearchRun) -> dict[str, Any]:
    """Return what may change in the life of a run."""
    return {
        "filters": plain(run.filters),
        "status": run.status.value,
        "engine": run.engine,
        "resume_id": run.resume_id,
        "sources": plain(run.sources),
        "counts": plain(run.counts),
        "similarity": run.similarity,
        "reason": run.reason,
        "deadline": run.deadline,
        **work_columns(run.work),
        "finished_at": run.finished_at,
    }


def _run(row: Row[Any]) -> SearchRun:
    return SearchRun(
        id=row.id,
        telegram_id=row.telegram_id,
        number=row.number,
        filters=structured(row.filters, Filters),
        status=RunStatus(row.status),
        engine=row.engine,
        resume_id=row.resume_id,
        sources=structured(row.sources, tuple[SourceReport, ...]),
        counts=structured(row.counts, Counts),
        similarity=row.similarity,
        reason=row.reason,
        deadline=row.deadline,
        work=work_of(row),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
