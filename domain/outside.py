"""Ports every use case may need: the time, fresh ids, the task queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from domain.identifiers import RunId, UploadId

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""


class Ids(Protocol):
    def new(self) -> str:
        """Return an id nobody has used and nobody can guess."""


class Tasks(Protocol):
    """Messages to the workers. They carry ids alone and may be lost or repeated: the row is the truth.

    A queue that does not answer raises nothing: the message is lost like any other.
    """

    def parse_upload(self, upload_id: UploadId) -> None:
        """Ask a worker to parse the upload."""

    def run_search(self, run_id: RunId) -> None:
        """Ask a worker to carry out the search run."""

    def merge_late(self, run_id: RunId) -> None:
        """Ask a worker to merge what came late into the search run's queue."""

    def files_drained(self) -> bool:
        """Return whether no message about an upload waits in the queue; `False` where nobody can tell."""

    def searches_drained(self) -> bool:
        """Return the same for messages about search runs, of both kinds."""


class WorkInHand(Protocol):
    """What this process is working on, so that its leases are renewed, and handed back when the process must end."""

    def held(self, *, renew: Callable[[], object], hand_back: Callable[[], object]) -> AbstractContextManager[None]:
        """Call `renew` every few seconds until the block ends, from whatever thread.

        Where the process has to end before the block does, `hand_back` is called instead, once. What either raises
        ends nothing.
        """


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """Something that may take long, and how many seconds its answer is worth waiting for."""

    call: Callable[[], T]
    patience: float


class SideBySide(Protocol):
    def __call__(self, calls: Mapping[str, Asked[T]]) -> Mapping[str, T | Exception]:
        """Make the calls at the same time; return what each returned, or what it raised, once all are back.

        One that is not back when its patience ends is missing; what it still may return is lost.
        """
