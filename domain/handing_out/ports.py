"""Where hand-outs are kept, and who takes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.handing_out.errand import FileErrand, SearchErrand
from domain.handing_out.hand_out import HandOut, HandOutKind, HandOutStatus, Page
from domain.identifiers import TelegramId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutFigures:
    """How many hand-outs are outstanding, by kind and status, and how many ended, by their reason as well.

    What there is none of is left out.
    """

    outstanding: Mapping[tuple[HandOutKind, HandOutStatus], int]
    ended: Mapping[tuple[HandOutKind, HandOutStatus, str | None], int]


class HandOuts(Protocol):
    def add(self, hand_out: HandOut) -> None:
        """Keep a new hand-out. The person must exist."""

    def save(self, hand_out: HandOut) -> None:
        """Replace what is known of a hand-out, which must be held in this transaction."""

    def find(self, hand_out_id: str) -> HandOut | None:
        """Return the hand-out of a run or an upload, whoever's it is, or `None`."""

    def hold(self, hand_out_id: str) -> HandOut | None:
        """Return the same, and let nobody else write it before the transaction ends. The person is held before it."""

    def by_execution(self, execution_id: str, *, since: datetime) -> HandOut | None:
        """Return the hand-out that the automation works on, or worked on, under that id; the latest, or `None`.

        Only of those whose deadline is not before then: the automation may begin its ids anew.
        """

    def all_of(self, telegram_id: TelegramId) -> Sequence[HandOut]:
        """Return every hand-out of the person, the oldest first, ties by id."""

    def put_page(self, hand_out_id: str, page: Page) -> bool:
        """Keep a page, unless one with its number is kept: the first counts. Return whether it is kept."""

    def pages(self, hand_out_id: str) -> Sequence[Page]:
        """Return the pages that have come, in the order of their numbers."""

    def mark_used(self, hand_out_id: str, numbers: Collection[int]) -> None:
        """Mark pages as used, and forget which vacancies they brought."""

    def put_text(self, hand_out_id: str, text: str, *, until: datetime) -> None:
        """Keep the text of a file handed out, which is a hand-out's own, no longer than until then."""

    def text(self, hand_out_id: str) -> str | None:
        """Return the text of a file handed out, or `None` when it is no longer kept."""

    def forget_text(self, hand_out_id: str) -> None:
        """Forget the text of a file handed out, if it is kept."""

    def forget_texts(self, *, at: datetime) -> int:
        """Forget the texts whose time is over by then; return how many. Those in others' hands wait for the next."""

    def claim(self, hand_out_id: str, *, at: datetime, until: datetime) -> HandOut | None:
        """Take late results that are due, atomically: one caller gets them, as `claimed`; all others get `None`."""

    def settle(self, hand_out: HandOut) -> bool:
        """Write how far a claimed hand-out has got, if its row still is held under the same attempt.

        Returns False, and changes nothing, when the row is gone, dropped, or somebody else has it by now.
        """

    def renew(self, hand_out_id: str, *, attempt: int, until: datetime) -> bool:
        """Let a claimed hand-out be held until then, if its row still is held under that attempt; else return False.

        Nobody is waited for: where somebody is writing the row at this moment, it returns False, too.
        """

    def lost(self, *, before: datetime, limit: int) -> Sequence[HandOut]:
        """Return hand-outs held whose lease ended before then, the oldest first, no more than `limit`."""

    def overdue(self, *, at: datetime, limit: int) -> Sequence[HandOut]:
        """Return hand-outs that nothing will come of and that nobody else ends; held.

        Those of files, `given`, and those of searches that ended, `given` or `answered`, whose deadline is over by
        then: the oldest first, no more than `limit`.
        """

    def under_way(self, *, at: datetime) -> int:
        """Return how many searches are given and have time left.

        Nobody is waited for: what others add at this moment is not counted.
        """

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[str]:
        """Return due, late hand-outs not sent since then, the oldest first, and note that they are sent now.

        No more than `limit`.
        """

    def figures(self, *, since: datetime) -> HandOutFigures:
        """Return the figures as they are now; what ended is counted since then."""


class Automation(Protocol):
    """The outside automation. It takes an errand, and answers in its own time by callbacks.

    Both raise `Unavailable` with the code of what is the matter when hardly anybody took the errand (what comes of it
    all the same is late), and return when somebody did or may have: the id of the execution, `None` where it is not
    told.
    """

    def search(self, errand: SearchErrand) -> str | None:
        """Ask for vacancies."""

    def read(self, errand: FileErrand) -> str | None:
        """Ask what a résumé file tells beyond what our own reader found."""
