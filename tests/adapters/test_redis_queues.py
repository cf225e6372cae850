"""What reading ahead in Redis does beyond the contract: it is never in the way, and keeps nothing for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import cast

import pytest
from redis import Redis

from adapters.redis.connection import answers, open_redis, shortcomings
from adapters.redis.vacancy_queues import KEPT, RedisVacancyQueues
from domain.identifiers import RunId, TelegramId
from tests.builders import ANNA, a_vacancy
from tests.servers.redis import RedisServer, running_redis

RUN = RunId("run-1")


def name_of(telegram_id: TelegramId) -> str:
    """Return what stands for a person."""
    return f"somebody-{telegram_id % 7}"


KEY = f"job-assistant:ahead:{name_of(ANNA)}"


@pytest.fixture
def client(redis_url: str) -> Iterator[Redis]:
    with open_redis(redis_url) as client:
        client.flushdb()
        yield client


@pytest.fixture
def server() -> Iterator[RedisServer]:
    """Return a server that may be killed."""
    with running_redis() as server:
        yield server


def test_it_keeps_to_a_database_of_its_own(redis_url: str, client: Redis) -> None:
    RedisVacancyQueues(client, name_of).fill(ANNA, RUN, [a_vacancy()])

    with Redis.from_url(redis_url) as brokers:
        assert brokers.dbsize() == 0
    assert client.dbsize() == 1


def test_nothing_is_kept_for_long(client: Redis) -> None:
    RedisVacancyQueues(client, name_of).fill(ANNA, RUN, [a_vacancy()])

    (key,) = cast("list[str]", client.keys())
    assert 0 < client.ttl(key) <= KEPT.total_seconds()


def test_nothing_about_the_person_is_kept(client: Redis) -> None:
    RedisVacancyQueues(client, name_of).fill(ANNA, RUN, [a_vacancy()])

    (key,) = cast("list[str]", client.keys())
    assert key == KEY
    (text,) = cast("list[str]", client.lrange(key, 0, -1))
    assert "score" not in text
    assert str(ANNA) not in key + text


@pytest.mark.parametrize("text", ["", "{", "[]", '["run-1", {}]', '["run-1", {"id": 1, "salary": "much"}]', "7"])
def test_what_another_version_left_there_is_passed_over(client: Redis, text: str) -> None:
    queues = RedisVacancyQueues(client, name_of)
    client.rpush(KEY, text)

    assert queues.first(ANNA) is None

    queues.fill(ANNA, RUN, [a_vacancy()])
    assert queues.first(ANNA) is not None


def test_a_key_of_another_kind_in_its_place_is_passed_over(client: Redis) -> None:
    queues = RedisVacancyQueues(client, name_of)
    client.set(KEY, "not a list")

    assert queues.first(ANNA) is None


def test_a_server_that_goes_away_is_no_error_and_not_waited_for(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    with open_redis(server.url) as client:
        queues = RedisVacancyQueues(client, name_of)
        queues.fill(ANNA, RUN, [a_vacancy()])
        server.kill()

        began = time.monotonic()
        for _ in range(100):
            assert queues.first(ANNA) is None
            assert queues.depth == 0
            queues.drop_first(ANNA)
            queues.fill(ANNA, RUN, [a_vacancy()])
            queues.forget(ANNA)

        assert time.monotonic() - began < 2
    assert str(ANNA) not in caplog.text
    assert caplog.text.count("does not answer") == 1


def test_a_person_is_forgotten_as_soon_as_the_server_is_back(server: RedisServer) -> None:
    with open_redis(server.url) as client:
        queues = RedisVacancyQueues(client, name_of, pause=60)
        queues.fill(ANNA, RUN, [a_vacancy()])
        with server.frozen():
            assert queues.first(ANNA) is None

        queues.forget(ANNA)

        assert client.dbsize() == 0


def test_whether_the_server_answers_is_told(server: RedisServer) -> None:
    assert answers(server.url) is True
    with server.frozen():
        assert answers(server.url) is False
    server.kill()
    assert answers(server.url) is False


def test_a_server_without_the_next_database_is_of_no_use(server: RedisServer) -> None:
    last = server.url.replace("/0", "/15")

    assert answers(last) is False
    assert shortcomings(last) == ["silent"]


def test_a_server_that_comes_back_is_used_again(server: RedisServer) -> None:
    with open_redis(server.url) as client:
        queues = RedisVacancyQueues(client, name_of, pause=0.05)
        server.kill()
        assert queues.first(ANNA) is None
        server.start()
        time.sleep(0.1)

        queues.fill(ANNA, RUN, [a_vacancy()])

        assert queues.first(ANNA) is not None
