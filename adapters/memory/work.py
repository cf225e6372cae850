"""What the store in memory does with rows of work, the same for uploads, search runs and hand-outs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from domain.handing_out.hand_out import HandOut
from domain.resumes.upload import Upload
from domain.search.run import SearchRun

W = TypeVar("W", Upload, SearchRun, HandOut)


class WorkRows(Generic[W]):
    """Rows by their ids; `queued`, `failed` and `held` are their words for these states, `order` their own order."""

    def __init__(
        self, rows: dict[Any, W], *, queued: str, failed: str, held: Iterable[str], order: Callable[[W], int]
    ) -> None:
        self._rows: dict[Any, W] = rows
        self._queued = queued
        self._failed = failed
        self._held = frozenset(held)
        self._order: Callable[[W], int] = order

    def claim(self, key: str, *, at: datetime, until: datetime) -> W | None:
        row = self._rows.get(key)
        if row is None or row.status != self._queued or row.work.due_at > at:
            return None
        claimed: W = row.claimed(until=until)
        self._rows[key] = claimed
        return claimed

    def held(self, key: str, *, attempt: int) -> W | None:
        """Return the row if it is held under that attempt."""
        row = self._rows.get(key)
        return row if row is not None and row.status in self._held and row.work.attempt == attempt else None

    def failed(self, key: str, *, attempt: int) -> W | None:
        """Return the row if it failed under that attempt."""
        row = self._rows.get(key)
        return row if row is not None and row.status == self._failed and row.work.attempt == attempt else None

    def renew(self, key: str, *, attempt: int, until: datetime) -> bool:
        row = self.held(key, attempt=attempt)
        if row is not None:
            self._rows[key] = replace(row, work=replace(row.work, lease_until=until))
        return row is not None

    def lost(self, *, before: datetime, limit: int | None = None) -> Sequence[W]:
        held = (each for each in self._rows.values() if each.status in self._held)
        return self.oldest_first(
            each for each in held if each.work.lease_until is not None and each.work.lease_until < before
        )[:limit]

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[W]:
        due = (each for each in self._rows.values() if each.status == self._queued and each.work.due_at <= at)
        to_send = self.oldest_first(
            each for each in due if each.work.sent_at is None or each.work.sent_at <= sent_before
        )[:limit]
        for each in to_send:
            self._rows[each.id] = replace(each, work=each.work.sent(at=at))
        return to_send

    def newest(self, *, statuses: Iterable[str], reason: str | None, limit: int) -> tuple[Sequence[W], int]:
        wanted = frozenset(statuses)
        found = [each for each in self._rows.values() if each.status in wanted and reason in (None, each.reason)]
        return sorted(found, key=lambda each: (each.created_at, each.id), reverse=True)[:limit], len(found)

    def oldest_due_at(self, *, at: datetime) -> datetime | None:
        """Return since when the row that has been due longest waits to be claimed."""
        waiting = (each.work.due_at for each in self._rows.values() if each.status == self._queued)
        return min((due_at for due_at in waiting if due_at <= at), default=None)

    def ended_since(self, since: datetime) -> list[W]:
        return [each for each in self._rows.values() if each.finished_at is not None and each.finished_at >= since]

    def oldest_first(self, rows: Iterable[W]) -> list[W]:
        return sorted(rows, key=lambda each: (each.created_at, self._order(each), each.id))
