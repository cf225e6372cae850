"""Dramatiq actors, each one use case."""

from __future__ import annotations

import dramatiq

from domain.application import Application
from domain.errors import DomainError
from domain.identifiers import RunId, UploadId

# Of what waits for a free thread, files go first: they take a fraction of a second, a search may take several.
_SOON, _LATER = 0, 10


def declare_actors(broker: dramatiq.Broker, application: Application) -> None:
    # No retries here: the row's lease and attempt count decide, and the sweep sends again.
    @dramatiq.actor(broker=broker, queue_name="files", priority=_SOON, max_retries=0, throws=DomainError)
    def parse_upload(upload_id: str) -> None:
        application.parse_upload(upload_id=UploadId(upload_id))

    @dramatiq.actor(broker=broker, queue_name="searches", priority=_LATER, max_retries=0, throws=DomainError)
    def run_search(run_id: str) -> None:
        application.run_search(run_id=RunId(run_id))
