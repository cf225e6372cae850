"""How Redis is reached for what it helps with."""

from __future__ import annotations

from typing import cast

from redis import Redis, RedisError, ResponseError
from redis.backoff import NoBackoff
from redis.retry import Retry

_ANSWERING_SECONDS = 0.5


def open_redis(url: str) -> Redis:
    """Return a client of the database after the one that the URL names, which belongs to the message broker.

    It connects when used, and gives up quickly.
    """
    client = _client(url)
    settings = client.connection_pool.connection_kwargs
    settings["db"] = int(settings.get("db") or 0) + 1
    return client


def answers(url: str) -> bool:
    """Return whether both databases answer, that of the messages and that of what is read ahead."""
    try:
        with _client(url) as messages, open_redis(url) as ahead:
            return bool(messages.ping() and ahead.ping())
    except RedisError:
        return False


def shortcomings(url: str) -> list[str]:
    """Return what makes the server unfit to bring messages.

    It is `silent`, `evicts` keys, or `forgets` all when it is restarted. What keeps its settings to itself has none.
    """
    if not answers(url):
        return ["silent"]
    try:
        with _client(url) as client:
            settings = cast("dict[str, str]", client.config_get("maxmemory-policy", "appendonly"))
    except ResponseError:
        return []
    found = ["evicts"] if settings.get("maxmemory-policy", "noeviction") != "noeviction" else []
    return [*found, "forgets"] if settings.get("appendonly", "yes") != "yes" else found


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_connect_timeout=_ANSWERING_SECONDS,
        socket_timeout=_ANSWERING_SECONDS,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
