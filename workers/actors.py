"""Dramatiq actors, each one use case."""

from __future__ import annotations

import dramatiq

from domain.application import Application
from domain.errors import DomainError
from domain.identifiers import RunId, UploadId

FILES, SEARCHES = "files", "searches"


def declare_actors(broker: dramatiq.Broker, application: Application, *, queue: str) -> None:
    """Declare the actors that read this queue."""
    # No retries here: the row's lease and attempt count decide, and the sweep sends again.
    if queue == FILES:

        @dramatiq.actor(broker=broker, queue_name=FILES, max_retries=0, throws=DomainError)
        def parse_upload(upload_id: str) -> None:
            application.parse_upload(upload_id=UploadId(upload_id))

    if queue == SEARCHES:

        @dramatiq.actor(broker=broker, queue_name=SEARCHES, max_retries=0, throws=DomainError)
        def run_search(run_id: str) -> None:
            application.run_search(run_id=RunId(run_id))
