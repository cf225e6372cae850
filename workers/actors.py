"""Dramatiq actors, each one use case."""

from __future__ import annotations

import dramatiq
from structlog.contextvars import bind_contextvars

from adapters.bootstrap import FILES, SEARCHES
from domain.application import Application
from domain.errors import DomainError
from domain.identifiers import RunId, UploadId
from domain.work import Attempted


def declare_actors(broker: dramatiq.Broker, application: Application, *, queue: str) -> None:
    """Declare the actors that read this queue."""
    # No retries here: the row's lease and attempt count decide, and the sweep sends again.
    if queue == FILES:

        @dramatiq.actor(broker=broker, queue_name=FILES, max_retries=0, throws=DomainError)
        def parse_upload(upload_id: str) -> None:
            _note(application.parse_upload(upload_id=UploadId(upload_id)))

    if queue == SEARCHES:

        @dramatiq.actor(broker=broker, queue_name=SEARCHES, max_retries=0, throws=DomainError)
        def run_search(run_id: str) -> None:
            _note(application.run_search(run_id=RunId(run_id)))

        @dramatiq.actor(broker=broker, queue_name=SEARCHES, max_retries=0, throws=DomainError)
        def merge_late(run_id: str) -> None:
            _note(application.merge_late(run_id=RunId(run_id)))


def _note(attempted: Attempted) -> None:
    """Let the task's line in the log, and its figure, say what became of it."""
    reason = {} if attempted.reason is None else {"reason": attempted.reason}
    bind_contextvars(outcome=attempted.status or "nothing_to_do", **reason)
