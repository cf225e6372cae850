"""Messages to the workers, by actor name, so that adapters need not know the workers."""

from __future__ import annotations

import dramatiq

from domain.identifiers import RunId, UploadId

QUEUES = {"parse_upload": "files", "run_search": "searches"}
"""Which queue each actor reads."""


class DramatiqTasks:
    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker

    def parse_upload(self, upload_id: UploadId) -> None:
        self._send("parse_upload", upload_id)

    def run_search(self, run_id: RunId) -> None:
        self._send("run_search", run_id)

    def _send(self, actor: str, argument: str) -> None:
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=QUEUES[actor], actor_name=actor, args=(argument,), kwargs={}, options={}
        )
        self._broker.enqueue(message)
