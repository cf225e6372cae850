"""The part of a row that says how far its work has got, the same for uploads, search runs and hand-outs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, Table, bindparam, func, or_, select, update

from adapters.sql.columns import Timestamp
from domain.work import Work


def work_columns(work: Work) -> dict[str, Any]:
    return {
        "due_at": work.due_at,
        "sent_at": work.sent_at,
        "lease_until": work.lease_until,
        "attempt": work.attempt,
        "interruptions": work.interruptions,
        "failures": work.failures,
    }


def work_of(row: Row[Any]) -> Work:
    return Work(
        due_at=row.due_at,
        sent_at=row.sent_at,
        lease_until=row.lease_until,
        attempt=row.attempt,
        interruptions=row.interruptions,
        failures=row.failures,
    )


class WorkRows:
    """What workers, the sweep and operators ask of a table of work, in its words for the states of a row.

    A method that takes values takes them by column. `by_worker` tells of a row held whether a worker has it, where
    others may.
    """

    def __init__(
        self,
        table: Table,
        *,
        order: str,
        queued: str,
        held: Iterable[str],
        failed: str,
        by_worker: ColumnElement[bool] | None = None,
    ) -> None:
        row = table.c
        is_it, is_queued, is_held = row.id == bindparam("of"), row.status == queued, row.status.in_(sorted(held))
        is_due = row.due_at <= bindparam("at", type_=Timestamp)
        has_attempt = row.attempt == bindparam("under")
        unsent = or_(row.sent_at.is_(None), row.sent_at <= bindparam("sent_before", type_=Timestamp))
        oldest_first = (row.created_at, row[order], row.id)

        self._due = select(table).where(is_it, is_queued, is_due).with_for_update(key_share=True)
        self._claim = update(table).where(is_it, is_queued, has_attempt)
        self._settle = update(table).where(is_it, is_held, has_attempt)
        # Whoever renews for many must not wait for one: it is held by its own worker, which is about to be done.
        free = select(row.id).where(is_it, is_held, has_attempt).with_for_update(key_share=True, skip_locked=True)
        self._renew = update(table).where(row.id == free.scalar_subquery())
        self._retry = update(table).where(is_it, row.status == failed, has_attempt)
        # Whoever looks through many rows passes over those in others' hands at this moment: waiting for one while
        # holding another could end in a deadlock.
        self._lost = (
            select(table)
            .where(is_held, row.lease_until < bindparam("before", type_=Timestamp))
            .where(*(() if by_worker is None else (by_worker,)))
            .order_by(*oldest_first)
            .limit(bindparam("most"))
            .with_for_update(key_share=True, skip_locked=True)
        )
        self._to_send = (
            select(row.id)
            .where(is_queued, is_due, unsent)
            .order_by(*oldest_first)
            .limit(bindparam("most"))
            .with_for_update(key_share=True, skip_locked=True)
        )
        self._send = update(table).where(row.id.in_(bindparam("these", expanding=True)))
        self._under_way = (
            select(row.status, func.count().label("rows")).where(or_(is_queued, is_held)).group_by(row.status)
        )
        self._oldest_due = select(func.min(row.due_at)).where(is_queued, is_due)

        self._find = select(table).where(is_it)
        in_states = row.status.in_(bindparam("statuses", expanding=True))
        newest = select(table).where(in_states).order_by(row.created_at.desc(), row.id.desc())
        count = select(func.count()).select_from(table).where(in_states)
        # By reason and whatever the reason: what is to be found, and how many there are.
        for_reason = row.reason == bindparam("reason")
        self._listed = newest.limit(bindparam("limit", type_=Integer)), count
        self._listed_by_reason = self._listed[0].where(for_reason), count.where(for_reason)

    def due(self, connection: Connection, key: str, *, at: datetime) -> Row[Any] | None:
        """Return the row if it is queued and due, held until the transaction ends."""
        return connection.execute(self._due, {"of": key, "at": at}).one_or_none()

    def claim(self, connection: Connection, key: str, *, attempt: int, values: Mapping[str, Any]) -> bool:
        """Write the values if the row still is queued after that attempt."""
        return connection.execute(self._claim, {"of": key, "under": attempt, **values}).rowcount == 1

    def settle(self, connection: Connection, key: str, *, attempt: int, values: Mapping[str, Any]) -> bool:
        """Write the values if the row still is held under that attempt."""
        return connection.execute(self._settle, {"of": key, "under": attempt, **values}).rowcount == 1

    def renew(self, connection: Connection, key: str, *, attempt: int, until: datetime) -> bool:
        """Move the lease on if the row still is held under that attempt and in nobody's hands at this moment."""
        return connection.execute(self._renew, {"of": key, "under": attempt, "lease_until": until}).rowcount == 1

    def retry(self, connection: Connection, key: str, *, attempt: int, values: Mapping[str, Any]) -> bool:
        """Write the values if the row still is failed after that attempt."""
        return connection.execute(self._retry, {"of": key, "under": attempt, **values}).rowcount == 1

    def find(self, connection: Connection, key: str) -> Row[Any] | None:
        return connection.execute(self._find, {"of": key}).one_or_none()

    def newest(
        self, connection: Connection, *, statuses: Iterable[str], reason: str | None, limit: int
    ) -> tuple[Sequence[Row[Any]], int]:
        """Return the newest rows in these states, with that reason if there is one, and how many there are in all."""
        found, count = self._listed if reason is None else self._listed_by_reason
        values: dict[str, Any] = {"statuses": sorted(statuses)}
        if reason is not None:
            values["reason"] = reason
        rows = connection.execute(found, {**values, "limit": limit}).all()
        return rows, connection.scalar(count, values) or 0

    def lost(self, connection: Connection, *, before: datetime, limit: int) -> Sequence[Row[Any]]:
        """Return rows held whose lease ended before then, the oldest first."""
        return connection.execute(self._lost, {"before": before, "most": limit}).all()

    def to_send(self, connection: Connection, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[str]:
        """Return the ids of due, queued rows not sent since then, the oldest first, and note that they are sent."""
        ids = connection.scalars(self._to_send, {"at": at, "sent_before": sent_before, "most": limit}).all()
        if ids:
            connection.execute(self._send, {"these": ids, "sent_at": at})
        return ids

    def under_way(self, connection: Connection) -> Mapping[str, int]:
        """Return how many rows are queued or held, by their status."""
        return {row.status: row.rows for row in connection.execute(self._under_way)}

    def oldest_due(self, connection: Connection, *, at: datetime) -> datetime | None:
        """Return when the oldest queued row that is due fell due, or `None`."""
        oldest: datetime | None = connection.scalar(self._oldest_due, {"at": at})
        return oldest
