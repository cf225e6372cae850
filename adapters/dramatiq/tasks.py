"""Messages to the workers, by actor name, so that adapters need not know the workers."""

from __future__ import annotations

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from redis import RedisError
from structlog.contextvars import get_contextvars

from adapters.dramatiq.brokers import Brokers
from adapters.dramatiq.middleware import REQUEST_ID
from adapters.dramatiq.queues import FILES, QUEUES, SEARCHES
from adapters.patience import Patience
from domain.identifiers import RunId, UploadId


class DramatiqTasks:
    """Sends through the first of the brokers; while that is away, through the spare, which this process works off.

    What does not answer is not asked again for `pause` seconds: a Redis that hangs would hold up every call.
    """

    def __init__(self, brokers: Brokers, spare: Brokers | None = None, *, pause: float = 5.0) -> None:
        self._brokers = brokers
        self._spare = spare
        self._patience = Patience("Redis, the message broker,", RedisError, pause=pause)

    def parse_upload(self, upload_id: UploadId) -> None:
        self._send("parse_upload", upload_id)

    def run_search(self, run_id: RunId) -> None:
        self._send("run_search", run_id)

    def merge_late(self, run_id: RunId) -> None:
        self._send("merge_late", run_id)

    def files_drained(self) -> bool:
        return self._drained(FILES)

    def searches_drained(self) -> bool:
        return self._drained(SEARCHES)

    def _send(self, actor: str, argument: str) -> None:
        queue = QUEUES[actor]
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=queue, actor_name=actor, args=(argument,), kwargs={}, options=_origin()
        )
        sent = self._patience.ask(lambda: self._brokers[queue].enqueue(message))
        if sent is None and self._spare is not None:
            self._spare[queue].enqueue(message)

    def _drained(self, queue: str) -> bool:
        waiting = self._patience.ask(lambda: _waiting(self._brokers[queue], queue))
        if waiting is None and self._spare is not None:
            waiting = _waiting(self._spare[queue], queue)
        return waiting == 0


def _origin() -> dict[str, str]:
    """Return the options that name the request in hand, if there is one."""
    context = get_contextvars()
    return {REQUEST_ID: context[REQUEST_ID]} if REQUEST_ID in context else {}


def _waiting(broker: dramatiq.Broker, queue: str) -> int:
    if isinstance(broker, RedisBroker):
        # Without those a worker has fetched: it may have died with them.
        return int(broker.client.llen(f"{broker.namespace}:{queue}"))
    if isinstance(broker, StubBroker):
        # With those fetched: workers in this process fetch everything at once.
        return int(broker.queues[queue].unfinished_tasks)
    raise TypeError(type(broker).__name__)
