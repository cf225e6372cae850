"""An installation as in production: PostgreSQL, Redis, API processes and workers, each of which may be killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests

from tests.e2e.callers import Caller
from tests.e2e.programs import Machine, Program, Server, until
from tests.servers.databases import new_database
from tests.servers.postgres import PostgresServer, running_postgres
from tests.servers.redis import RedisServer, running_redis

BOT_KEY, PIPELINE_KEY, OPERATOR_KEY = "bot-key-of-the-farm", "pipeline-key-of-the-farm", "operator-key-of-the-farm"
HEADERS = {"X-BOT-KEY": BOT_KEY, "X-PIPELINE-KEY": PIPELINE_KEY}


@dataclass
class Farm:
    """Everything runs until the block of `running_farm` ends, if nobody killed it before."""

    machine: Machine
    postgres: PostgresServer
    redis: RedisServer
    database: str
    _stack: ExitStack
    apis: list[Server] = field(default_factory=list)
    workers: list[Program] = field(default_factory=list)

    def add_api(self, **settings: str) -> Server:
        """Start an API on a port of its own; return it when it answers."""
        server = self._stack.enter_context(self.machine.up("serve", **settings))
        until(lambda: _lives(server.url), f"{server.url} answers")
        self.apis.append(server)
        return server

    def start_worker(self) -> Program:
        """Start a worker; it is at work a moment later."""
        worker = self._stack.enter_context(self.machine.started("worker"))
        self.workers.append(worker)
        return worker

    def add_worker(self) -> Program:
        worker = self.start_worker()
        worker.wait_for("Working.")
        return worker

    @contextmanager
    def caller(self) -> Iterator[Caller]:
        """Give one who calls the API that was started last."""
        with Caller(self.apis[-1].url, HEADERS) as caller:
            yield caller

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def count(self, query: str, *values: object) -> int:
        return int(self.rows(query, *values)[0][0])

    def await_all_done(self, seconds: float) -> float:
        """Wait until no accepted work is left; return the seconds it took."""
        began = time.monotonic()
        until(lambda: self._left() == 0, "all work done", seconds=seconds, pause=0.2)
        return time.monotonic() - began

    def _left(self) -> int:
        return self.count(
            "SELECT (SELECT count(*) FROM uploads WHERE status IN ('queued', 'parsing'))"
            " + (SELECT count(*) FROM search_runs WHERE status IN ('queued', 'gathering', 'ranking'))"
        )


@contextmanager
def running_farm(folder: Path, *, apis: int, workers: int, **settings: str) -> Iterator[Farm]:
    """Start servers that keep what they commit, an empty migrated database, and the programs on them."""
    with (
        running_postgres(durable=True) as postgres,
        running_redis(durable=True) as redis,
        new_database(postgres.url) as database,
        ExitStack() as stack,
    ):
        machine = Machine(
            folder,
            DATABASE_URL=database,
            REDIS_URL=redis.url,
            BOT_KEYS=BOT_KEY,
            PIPELINE_KEYS=PIPELINE_KEY,
            OPERATOR_KEYS=OPERATOR_KEY,
            API_PROCESSES="1",
            **settings,
        )
        migrated = machine.run("migrate")
        assert migrated.status == 0, migrated.err
        farm = Farm(machine, postgres, redis, database, stack)
        for _ in range(workers):
            farm.start_worker()
        for _ in range(apis):
            farm.add_api()
        for worker in farm.workers:
            worker.wait_for("Working.")
        yield farm


def _lives(url: str) -> bool:
    try:
        with requests.Session() as calls:
            calls.trust_env = False
            return calls.get(f"{url}/health/live", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
