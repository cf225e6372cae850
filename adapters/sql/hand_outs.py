"""Hand-outs in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.codec import plain, structured
from adapters.sql.columns import Timestamp
from adapters.sql.tables import delivered_pages, hand_outs, handed_texts, search_runs
from adapters.sql.work import WorkRows, work_columns, work_of
from adapters.sql.writing import owner_known
from domain.handing_out.hand_out import OUTSTANDING, HandOut, HandOutKind, HandOutStatus, Page
from domain.handing_out.ports import HandOutFigures
from domain.identifiers import TelegramId, VacancyId
from domain.search.run import UNDER_WAY, SourceReport

_WORK = WorkRows(
    hand_outs,
    order="due_at",
    queued=HandOutStatus.LATE.value,
    held=[HandOutStatus.MERGING.value],
    failed=HandOutStatus.FAILED.value,
)

_IS_IT = hand_outs.c.id == bindparam("hand_out")
_HOLD = select(hand_outs).where(_IS_IT).with_for_update(key_share=True)
_SAVE = update(hand_outs).where(_IS_IT)
_BY_EXECUTION = (
    select(hand_outs)
    .where(
        hand_outs.c.execution_id == bindparam("execution"),
        hand_outs.c.deadline >= bindparam("since", type_=Timestamp),
    )
    .order_by(hand_outs.c.created_at.desc(), hand_outs.c.id.desc())
    .limit(1)
)
_ALL = (
    select(hand_outs)
    .where(hand_outs.c.telegram_id == bindparam("person"))
    .order_by(hand_outs.c.created_at, hand_outs.c.id)
)
# Passing over those in others' hands at this moment, as for what was lost.
_OVERDUE = (
    select(hand_outs)
    .where(
        or_(
            (hand_outs.c.kind == HandOutKind.FILE.value) & (hand_outs.c.status == HandOutStatus.GIVEN.value),
            (hand_outs.c.kind == HandOutKind.SEARCH.value)
            & exists().where(
                search_runs.c.id == hand_outs.c.id,
                search_runs.c.status.not_in(sorted(status.value for status in UNDER_WAY)),
            ),
        ),
        hand_outs.c.status.in_([HandOutStatus.ANSWERED.value, HandOutStatus.GIVEN.value]),
        hand_outs.c.deadline < bindparam("at", type_=Timestamp),
    )
    .order_by(hand_outs.c.created_at, hand_outs.c.id)
    .limit(bindparam("most"))
    .with_for_update(key_share=True, skip_locked=True)
)
_UNDER_WAY = select(func.count()).where(
    hand_outs.c.status == HandOutStatus.GIVEN.value,
    hand_outs.c.kind == HandOutKind.SEARCH.value,
    hand_outs.c.deadline > bindparam("at", type_=Timestamp),
)
_HOW_MANY = func.count().label("how_many")
_OUTSTANDING = (
    select(hand_outs.c.kind, hand_outs.c.status, _HOW_MANY)
    .where(hand_outs.c.status.in_(sorted(status.value for status in OUTSTANDING)))
    .group_by(hand_outs.c.kind, hand_outs.c.status)
)
_ENDED = (
    select(hand_outs.c.kind, hand_outs.c.status, hand_outs.c.reason, _HOW_MANY)
    .where(hand_outs.c.finished_at >= bindparam("since", type_=Timestamp))
    .group_by(hand_outs.c.kind, hand_outs.c.status, hand_outs.c.reason)
)
_OF_HAND_OUT = delivered_pages.c.hand_out_id == bindparam("hand_out")
_PAGES = select(delivered_pages).where(_OF_HAND_OUT).order_by(delivered_pages.c.number)
_MARK_USED = (
    update(delivered_pages)
    .where(_OF_HAND_OUT, delivered_pages.c.number.in_(bindparam("numbers", expanding=True)))
    .values(used=True, vacancy_ids=[])
)
_OF_FILE = handed_texts.c.hand_out_id == bindparam("hand_out")
_TEXT = select(handed_texts.c.text).where(_OF_FILE)
_FORGET_TEXT = delete(handed_texts).where(_OF_FILE)
# Skipping rows that others hold: they go with an answer, or with an erased person.
_FORGET_TEXTS = delete(handed_texts).where(
    handed_texts.c.hand_out_id.in_(
        select(handed_texts.c.hand_out_id)
        .where(handed_texts.c.kept_until < bindparam("at", type_=Timestamp))
        .with_for_update(skip_locked=True)
    )
)


class SqlHandOuts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hand_out: HandOut) -> None:
        identity = {
            "id": hand_out.id,
            "telegram_id": hand_out.telegram_id,
            "kind": hand_out.kind.value,
            "created_at": hand_out.created_at,
        }
        with owner_known("user_not_found"):
            self._connection.execute(insert(hand_outs), {**identity, **_columns(hand_out)})

    def save(self, hand_out: HandOut) -> None:
        self._connection.execute(_SAVE, {"hand_out": hand_out.id, **_columns(hand_out)})

    def find(self, hand_out_id: str) -> HandOut | None:
        row = _WORK.find(self._connection, hand_out_id)
        return _hand_out(row) if row is not None else None

    def hold(self, hand_out_id: str) -> HandOut | None:
        row = self._connection.execute(_HOLD, {"hand_out": hand_out_id}).one_or_none()
        return _hand_out(row) if row is not None else None

    def by_execution(self, execution_id: str, *, since: datetime) -> HandOut | None:
        row = self._connection.execute(_BY_EXECUTION, {"execution": execution_id, "since": since}).one_or_none()
        return _hand_out(row) if row is not None else None

    def all_of(self, telegram_id: TelegramId) -> Sequence[HandOut]:
        return [_hand_out(row) for row in self._connection.execute(_ALL, {"person": telegram_id})]

    def put_page(self, hand_out_id: str, page: Page) -> bool:
        row = {
            "hand_out_id": hand_out_id,
            "number": page.number,
            "vacancy_ids": list(page.vacancy_ids),
            "sources": plain(page.sources),
            "used": page.used,
        }
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        # What was inserted is counted by what comes back: a driver need not know how many rows an insert made.
        statement = dialect.insert(delivered_pages).on_conflict_do_nothing().returning(delivered_pages.c.number)
        return len(self._connection.execute(statement, row).all()) == 1

    def pages(self, hand_out_id: str) -> Sequence[Page]:
        return [
            Page(
                number=row.number,
                vacancy_ids=tuple(VacancyId(each) for each in row.vacancy_ids),
                sources=structured(row.sources, tuple[SourceReport, ...]),
                used=row.used,
            )
            for row in self._connection.execute(_PAGES, {"hand_out": hand_out_id})
        ]

    def mark_used(self, hand_out_id: str, numbers: Collection[int]) -> None:
        self._connection.execute(_MARK_USED, {"hand_out": hand_out_id, "numbers": sorted(numbers)})

    def put_text(self, hand_out_id: str, text: str, *, until: datetime) -> None:
        self._connection.execute(insert(handed_texts), {"hand_out_id": hand_out_id, "text": text, "kept_until": until})

    def text(self, hand_out_id: str) -> str | None:
        text: str | None = self._connection.scalar(_TEXT, {"hand_out": hand_out_id})
        return text

    def forget_text(self, hand_out_id: str) -> None:
        self._connection.execute(_FORGET_TEXT, {"hand_out": hand_out_id})

    def forget_texts(self, *, at: datetime) -> int:
        return self._connection.execute(_FORGET_TEXTS, {"at": at}).rowcount

    def claim(self, hand_out_id: str, *, at: datetime, until: datetime) -> HandOut | None:
        row = _WORK.due(self._connection, hand_out_id, at=at)
        if row is None:
            return None
        late = _hand_out(row)
        claimed = late.claimed(until=until)
        values = {"status": claimed.status.value, **work_columns(claimed.work)}
        won = _WORK.claim(self._connection, hand_out_id, attempt=late.work.attempt, values=values)
        return claimed if won else None

    def settle(self, hand_out: HandOut) -> bool:
        return _WORK.settle(self._connection, hand_out.id, attempt=hand_out.work.attempt, values=_columns(hand_out))

    def renew(self, hand_out_id: str, *, attempt: int, until: datetime) -> bool:
        return _WORK.renew(self._connection, hand_out_id, attempt=attempt, until=until)

    def lost(self, *, before: datetime, limit: int) -> Sequence[HandOut]:
        return [_hand_out(row) for row in _WORK.lost(self._connection, before=before, limit=limit)]

    def overdue(self, *, at: datetime, limit: int) -> Sequence[HandOut]:
        rows = self._connection.execute(_OVERDUE, {"at": at, "most": limit})
        return [_hand_out(row) for row in rows]

    def under_way(self, *, at: datetime) -> int:
        return self._connection.execute(_UNDER_WAY, {"at": at}).scalar_one()

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[str]:
        return _WORK.to_send(self._connection, at=at, sent_before=sent_before, limit=limit)

    def figures(self, *, since: datetime) -> HandOutFigures:
        ended = self._connection.execute(_ENDED, {"since": since})
        return HandOutFigures(
            outstanding={_sort(row): row.how_many for row in self._connection.execute(_OUTSTANDING)},
            ended={(*_sort(row), row.reason): row.how_many for row in ended},
        )


def _sort(row: Row[Any]) -> tuple[HandOutKind, HandOutStatus]:
    return HandOutKind(row.kind), HandOutStatus(row.status)


def _columns(hand_out: HandOut) -> dict[str, Any]:
    """Return what may change in the life of a hand-out."""
    return {
        "status": hand_out.status.value,
        "execution_id": hand_out.execution_id,
        "pages": hand_out.pages,
        "reason": hand_out.reason,
        "deadline": hand_out.deadline,
        **work_columns(hand_out.work),
        "finished_at": hand_out.finished_at,
    }


def _hand_out(row: Row[Any]) -> HandOut:
    return HandOut(
        id=row.id,
        kind=HandOutKind(row.kind),
        telegram_id=row.telegram_id,
        status=HandOutStatus(row.status),
        execution_id=row.execution_id,
        pages=row.pages,
        reason=row.reason,
        deadline=row.deadline,
        work=work_of(row),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
