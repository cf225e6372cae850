"""The servers that tests run on come back after a kill and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.servers.postgres import PostgresServer, running_postgres
from tests.servers.process import NoServer, installed
from tests.servers.redis import running_redis


def _write(server: PostgresServer) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE notes (text text)")


def _is_there(server: PostgresServer) -> bool:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT to_regclass('notes') IS NOT NULL").fetchone() == (True,)


def test_postgresql_has_its_data_after_a_kill_and_leaves_nothing() -> None:
    with running_postgres(durable=True) as server:
        _write(server)
        with psycopg.connect(server.url) as cut_off:
            server.kill()
            with pytest.raises(psycopg.OperationalError):
                cut_off.execute("SELECT 1")
            with pytest.raises(psycopg.OperationalError):
                _is_there(server)

        server.start()

        assert _is_there(server)
    assert not server.folder.exists()


def test_postgresql_that_hurries_comes_back_too() -> None:
    with running_postgres() as server:
        _write(server)
        server.stop()
        server.start()
        server.kill()

        server.start()

        assert _is_there(server)


def test_redis_has_its_data_after_a_stop_and_leaves_nothing() -> None:
    with running_redis(durable=True) as server, redis.Redis.from_url(server.url) as client:
        client.set("note", "text")
        server.stop()
        with pytest.raises(redis.ConnectionError):
            client.get("note")

        server.start()

        assert client.get("note") == b"text"
        server.kill()
        with pytest.raises(redis.ConnectionError):
            client.get("note")
    assert not server.folder.exists()


def test_a_server_does_not_outlive_tests_that_are_killed() -> None:
    tests = "from tests.servers.redis import *; s = RedisServer(); s.start(); print(s.folder, flush=True); input()"
    root = Path(__file__).parents[2]
    with subprocess.Popen(  # noqa: S603 — our own arguments
        [sys.executable, "-c", tests], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as killed:
        assert killed.stdout is not None
        folder = Path(killed.stdout.readline().strip())
        assert folder.is_dir()
        os.kill(killed.pid, signal.SIGKILL)

    deadline = time.monotonic() + 30
    while _holds_something(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _holds_something(folder)


def _holds_something(folder: Path) -> bool:
    """Return whether data are left; an empty folder may be, where another's account cannot remove it."""
    return folder.exists() and any(folder.iterdir())


def test_without_a_server_one_is_told_what_to_do() -> None:
    with pytest.raises(NoServer, match="set TEST_DATABASE_URL to the URL of a server"):
        installed("no_such_package", inside="bin", otherwise="TEST_DATABASE_URL")


def test_each_test_has_an_empty_redis(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
