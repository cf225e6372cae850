"""The message brokers: inside this process, or on Redis."""

from __future__ import annotations

from collections.abc import Mapping

from dramatiq import Broker
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.retry import Retry

from adapters.dramatiq.queues import QUEUES

NAMESPACE = "job-assistant"

_CONNECTING_SECONDS, _ANSWERING_SECONDS = 1, 2
# A crashed worker's messages come back by maintenance, which Dramatiq does now and then, by chance: out of a million
# commands, of which a worker gives several each second.
_MAINTENANCE_CHANCE = 100_000
_HEARTBEAT_TIMEOUT_MS = 30_000


Brokers = Mapping[str, Broker]
"""A broker for each queue, since one bears but one worker in a process, and each queue has a worker for itself."""


def brokers_in_process() -> Brokers:
    """Return brokers whose messages live as long as the process; the sweep sends again what is lost."""
    return {queue: StubBroker() for queue in QUEUES.values()}


def brokers_on_redis(url: str) -> Brokers:
    """Return brokers on a Redis database that is theirs alone; they connect when used."""
    client = Redis.from_url(
        url,
        socket_connect_timeout=_CONNECTING_SECONDS,
        socket_timeout=_ANSWERING_SECONDS,
        # One more try at once: a connection may be of before a restart of the server.
        retry=Retry(NoBackoff(), 1),
        retry_on_error=[NoConnection],
    )
    return {queue: _on_redis(client) for queue in QUEUES.values()}


def _on_redis(client: Redis) -> RedisBroker:
    return RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq leaves this class without types
        client=client,
        namespace=NAMESPACE,
        maintenance_chance=_MAINTENANCE_CHANCE,
        heartbeat_timeout=_HEARTBEAT_TIMEOUT_MS,
    )
