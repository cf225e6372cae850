"""PostgreSQL and Redis for whichever tests ask for them, started when the first one does."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import redis

from adapters.sql.migrate import migrate
from tests.servers.databases import new_database
from tests.servers.given import GivenServer
from tests.servers.postgres import PostgresServer, running_postgres
from tests.servers.redis import RedisServer, running_redis


def pytest_configure() -> None:
    # Read when numpy is first imported. The models' matrices are small: threads would wait for each other far longer
    # than they work, the more so where several runs share the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer | GivenServer]:
    """Return the PostgreSQL server that all tests share: what TEST_DATABASE_URL names, else one of our own."""
    if "TEST_DATABASE_URL" in os.environ:
        yield GivenServer(os.environ["TEST_DATABASE_URL"])
        return
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer | GivenServer) -> Iterator[str]:
    """Return the URL of an empty, migrated database, to be copied and never opened."""
    with new_database(postgres.url) as url:
        migrate(url)
        yield url


@pytest.fixture
def postgres_url(postgres: PostgresServer | GivenServer, postgres_template: str) -> Iterator[str]:
    """Return the URL of a migrated database that is this test's own."""
    with new_database(postgres.url, template=postgres_template) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer | GivenServer) -> Iterator[str]:
    """Return the URL of a database without tables that is this test's own."""
    with new_database(postgres.url) as url:
        yield url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer | GivenServer]:
    """Return the Redis server that all tests share: what TEST_REDIS_URL names, else one of our own."""
    if "TEST_REDIS_URL" in os.environ:
        assert "PYTEST_XDIST_WORKER" not in os.environ, "Tests empty the Redis they are given: one at a time (-n 0)."
        yield GivenServer(os.environ["TEST_REDIS_URL"])
        return
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer | GivenServer) -> str:
    """Return the URL of a Redis database that is empty."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushdb()
    return redis_server.url


@pytest.fixture(scope="module")
def mortal_postgres() -> Iterator[PostgresServer]:
    """Return a PostgreSQL server that tests of this module may kill and start again; what it committed stays."""
    with running_postgres(durable=True) as server:
        yield server
