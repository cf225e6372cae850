"""A clock that stands, ids that count, tasks and erasures that are only noted, calls one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import TypeVar

from domain.identifiers import RunId, TelegramId, UploadId
from domain.outside import Asked

T = TypeVar("T")


class FixedClock:
    """Shows `time` (aware, in UTC) until it is set or moved."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time

    def forward(self, by: timedelta) -> None:
        self.time += by


class CountingIds:
    """Gives `id-1`, `id-2` and so on: new each time, but easy to guess, so never for the outside world."""

    def __init__(self, prefix: str = "id-") -> None:
        self._prefix = prefix
        self._numbers = count(1)

    def new(self) -> str:
        return f"{self._prefix}{next(self._numbers)}"


class RecordingTasks:
    """Notes in their order the ids that were sent; what is taken out of the lists no longer waits."""

    def __init__(self) -> None:
        self.uploads: list[UploadId] = []
        self.runs: list[RunId] = []
        self.late: list[RunId] = []

    def files_drained(self) -> bool:
        return not self.uploads

    def searches_drained(self) -> bool:
        return not self.runs and not self.late

    def parse_upload(self, upload_id: UploadId) -> None:
        self.uploads.append(upload_id)

    def run_search(self, run_id: RunId) -> None:
        self.runs.append(run_id)

    def merge_late(self, run_id: RunId) -> None:
        self.late.append(run_id)


class RecordingErasures:
    """Notes in their order those who were about to be erased."""

    def __init__(self) -> None:
        self.people: list[TelegramId] = []

    def note(self, telegram_id: TelegramId) -> None:
        self.people.append(telegram_id)


class OneAfterAnother:
    """Makes the calls in their order; one whose patience is nothing is never back in time."""

    def __call__(self, calls: Mapping[str, Asked[T]]) -> Mapping[str, T | Exception]:
        return {name: _answer(asked.call) for name, asked in calls.items() if asked.patience > 0}


def _answer(call: Callable[[], T]) -> T | Exception:
    try:
        return call()
    except Exception as error:
        return error


class RecordingWorkInHand:
    """Holds what is being worked on; `renew` and `hand_back` do what time and the end of the process would."""

    def __init__(self) -> None:
        self._held: list[tuple[Callable[[], object], Callable[[], object]]] = []

    @contextmanager
    def held(self, *, renew: Callable[[], object], hand_back: Callable[[], object]) -> Iterator[None]:
        each = (renew, hand_back)
        self._held.append(each)
        try:
            yield
        finally:
            self._held.remove(each)

    def renew(self) -> None:
        for renew, _ in self._held:
            renew()

    def hand_back(self) -> None:
        for _, hand_back in self._held:
            hand_back()
