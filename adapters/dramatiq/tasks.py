"""Messages to the workers, by actor name, so that adapters need not know the workers."""

from __future__ import annotations

import logging

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from redis import RedisError
from structlog.contextvars import get_contextvars

from adapters.dramatiq.brokers import Brokers
from adapters.dramatiq.middleware import REQUEST_ID
from adapters.dramatiq.queues import FILES, QUEUES, SEARCHES
from domain.identifiers import RunId, UploadId

log = logging.getLogger(__name__)


class DramatiqTasks:
    """Sends through the first of the brokers; while that is away, through the spare, which this process works off."""

    def __init__(self, brokers: Brokers, spare: Brokers | None = None) -> None:
        self._brokers = (brokers,) if spare is None else (brokers, spare)

    def parse_upload(self, upload_id: UploadId) -> None:
        self._send("parse_upload", upload_id)

    def run_search(self, run_id: RunId) -> None:
        self._send("run_search", run_id)

    def files_drained(self) -> bool:
        return self._drained(FILES)

    def searches_drained(self) -> bool:
        return self._drained(SEARCHES)

    def _send(self, actor: str, argument: str) -> None:
        queue = QUEUES[actor]
        message: dramatiq.Message[None] = dramatiq.Message(
            queue_name=queue, actor_name=actor, args=(argument,), kwargs={}, options=_origin()
        )
        for brokers in self._brokers:
            try:
                brokers[queue].enqueue(message)
            except RedisError as error:  # noqa: PERF203 — each broker is tried for itself
                log.warning("a message could not be sent: %s", type(error).__name__)
            else:
                return

    def _drained(self, queue: str) -> bool:
        for brokers in self._brokers:
            try:
                return _waiting(brokers[queue], queue) == 0
            except RedisError:  # noqa: PERF203 — each broker is asked for itself
                continue
        return False


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
