"""A clock that stands, ids that count, tasks that are only noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from domain.identifiers import RunId, UploadId


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
    """Notes in their order the ids that were sent."""

    def __init__(self) -> None:
        self.uploads: list[UploadId] = []
        self.runs: list[RunId] = []

    def parse_upload(self, upload_id: UploadId) -> None:
        self.uploads.append(upload_id)

    def run_search(self, run_id: RunId) -> None:
        self.runs.append(run_id)
