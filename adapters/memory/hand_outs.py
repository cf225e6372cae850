"""Hand-outs in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from adapters.memory.work import WorkRows
from domain.handing_out.hand_out import OUTSTANDING, HandOut, HandOutKind, HandOutStatus, Page
from domain.handing_out.ports import HandOutFigures
from domain.identifiers import RunId, TelegramId


class MemoryHandOuts:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = tables.hand_outs
        self._work = WorkRows(
            tables.hand_outs,
            queued=HandOutStatus.LATE,
            failed=HandOutStatus.FAILED,
            held=[HandOutStatus.MERGING],
            order=lambda _: 0,
        )

    def add(self, hand_out: HandOut) -> None:
        self._tables.must_know(hand_out.telegram_id)
        self._rows[hand_out.id] = hand_out

    def save(self, hand_out: HandOut) -> None:
        if hand_out.id in self._rows:
            self._rows[hand_out.id] = hand_out

    def find(self, hand_out_id: str) -> HandOut | None:
        return self._rows.get(hand_out_id)

    def hold(self, hand_out_id: str) -> HandOut | None:
        # The whole store is held by one transaction at a time.
        return self.find(hand_out_id)

    def by_execution(self, execution_id: str, *, since: datetime) -> HandOut | None:
        found = [each for each in self._rows.values() if each.execution_id == execution_id and each.deadline >= since]
        return max(found, key=lambda each: (each.created_at, each.id), default=None)

    def all_of(self, telegram_id: TelegramId) -> Sequence[HandOut]:
        return self._work.oldest_first(each for each in self._rows.values() if each.telegram_id == telegram_id)

    def put_page(self, hand_out_id: str, page: Page) -> bool:
        key = hand_out_id, page.number
        new = key not in self._tables.delivered_pages
        if new:
            self._tables.delivered_pages[key] = page
        return new

    def pages(self, hand_out_id: str) -> Sequence[Page]:
        came = (page for (of, _), page in self._tables.delivered_pages.items() if of == hand_out_id)
        return sorted(came, key=lambda page: page.number)

    def mark_used(self, hand_out_id: str, numbers: Collection[int]) -> None:
        for page in self.pages(hand_out_id):
            if page.number in numbers:
                self._tables.delivered_pages[hand_out_id, page.number] = replace(page, vacancy_ids=(), used=True)

    def put_text(self, hand_out_id: str, text: str, *, until: datetime) -> None:
        self._tables.handed_texts[hand_out_id] = text, until

    def text(self, hand_out_id: str) -> str | None:
        text, _ = self._tables.handed_texts.get(hand_out_id, (None, None))
        return text

    def forget_text(self, hand_out_id: str) -> None:
        self._tables.handed_texts.pop(hand_out_id, None)

    def forget_texts(self, *, at: datetime) -> int:
        over = [hand_out_id for hand_out_id, (_, until) in self._tables.handed_texts.items() if until < at]
        for hand_out_id in over:
            self.forget_text(hand_out_id)
        return len(over)

    def claim(self, hand_out_id: str, *, at: datetime, until: datetime) -> HandOut | None:
        return self._work.claim(hand_out_id, at=at, until=until)

    def settle(self, hand_out: HandOut) -> bool:
        row = self._work.held(hand_out.id, attempt=hand_out.work.attempt)
        if row is not None:
            self._rows[hand_out.id] = hand_out
        return row is not None

    def renew(self, hand_out_id: str, *, attempt: int, until: datetime) -> bool:
        return self._work.renew(hand_out_id, attempt=attempt, until=until)

    def lost(self, *, before: datetime, limit: int) -> Sequence[HandOut]:
        return self._work.lost(before=before, limit=limit)

    def overdue(self, *, at: datetime, limit: int) -> Sequence[HandOut]:
        over = (each for each in self._rows.values() if each.deadline < at)
        return self._work.oldest_first(each for each in over if self._nobody_ends(each))[:limit]

    def _nobody_ends(self, hand_out: HandOut) -> bool:
        if hand_out.kind is HandOutKind.FILE:
            return hand_out.status is HandOutStatus.GIVEN
        run = self._tables.search_runs.get(RunId(hand_out.id))
        ended = run is not None and not run.under_way
        return ended and hand_out.status in (HandOutStatus.GIVEN, HandOutStatus.ANSWERED)

    def under_way(self, *, at: datetime) -> int:
        given = (each for each in self._rows.values() if each.status is HandOutStatus.GIVEN)
        return sum(each.kind is HandOutKind.SEARCH and each.deadline > at for each in given)

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[str]:
        return [each.id for each in self._work.to_send(at=at, sent_before=sent_before, limit=limit)]

    def figures(self, *, since: datetime) -> HandOutFigures:
        return HandOutFigures(
            outstanding=Counter((each.kind, each.status) for each in self._rows.values() if each.status in OUTSTANDING),
            ended=Counter((each.kind, each.status, each.reason) for each in self._work.ended_since(since)),
        )
