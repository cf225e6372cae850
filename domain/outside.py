"""Ports every use case may need: the time, fresh ids, the task queue."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from domain.identifiers import RunId, UploadId


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""


class Ids(Protocol):
    def new(self) -> str:
        """Return an id nobody has used and nobody can guess."""


class Tasks(Protocol):
    """Messages to the workers. They carry ids alone and may be lost or repeated: the row is the truth."""

    def parse_upload(self, upload_id: UploadId) -> None:
        """Ask a worker to parse the upload."""

    def run_search(self, run_id: RunId) -> None:
        """Ask a worker to carry out the search run."""
