"""One API and one worker on PostgreSQL and Redis: what the people who use them and run them rely on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import redis

from tests.e2e.callers import Caller
from tests.e2e.farm import Farm, running_farm
from tests.e2e.programs import BY_WORDS, until
from tests.e2e.samples import poison_file, slow_file, vacancies, variation

_PERSONS = count(870_000_001)


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    folder = tmp_path_factory.mktemp("production")
    with running_farm(folder, apis=1, workers=1, READER_PROCESSES="2", GRACE_SECONDS="3", **BY_WORDS) as farm:
        with farm.caller() as caller:
            caller.fill(vacancies(80))
        yield farm


@pytest.fixture
def caller(farm: Farm) -> Iterator[Caller]:
    with farm.caller() as opened:
        yield opened


@pytest.fixture
def person(caller: Caller) -> int:
    telegram_id = next(_PERSONS)
    caller.welcome(telegram_id)
    return telegram_id


@pytest.fixture
def searcher(caller: Caller, person: int) -> int:
    """Return somebody with a queue of vacancies before them."""
    caller.submit(person)
    caller.start(person)
    assert caller.found(person)["counts"]["queued"] > 20
    return person


def _order(farm: Farm, person: int) -> list[str]:
    rows = farm.rows(
        "SELECT vacancy_id FROM matches WHERE telegram_id = %s AND place IS NOT NULL ORDER BY place", person
    )
    return [vacancy for (vacancy,) in rows]


def test_a_poison_file_fails_in_the_end_and_holds_up_nobody_else(farm: Farm, caller: Caller, person: int) -> None:
    poison = caller.send(person, "poison.pdf", poison_file())["upload_id"]
    others = [caller.send(person, *variation(number))["upload_id"] for number in range(8)]

    read = [caller.parsed(person, upload)["status"] for upload in others]
    meanwhile = caller.upload(person, poison)["status"]
    ended = caller.parsed(person, poison)

    assert read == ["parsed"] * 8
    assert meanwhile in ("queued", "parsing")
    assert (ended["status"], ended["reason"]) == ("failed", "reader_crashed")
    assert farm.rows("SELECT failures, interruptions FROM uploads WHERE id = %s", poison) == [(3, 0)]


def test_redis_emptied_in_the_middle_of_a_queue_changes_nothing(farm: Farm, caller: Caller, searcher: int) -> None:
    order = _order(farm, searcher)
    served = caller.served(searcher, most=5)
    with redis.Redis.from_url(farm.redis.url) as client:
        client.flushall()

    served += caller.served(searcher)

    assert served == order


def test_redis_stopped_in_the_middle_of_a_queue_changes_nothing(farm: Farm, caller: Caller, searcher: int) -> None:
    order = _order(farm, searcher)
    served = caller.served(searcher, most=5)
    farm.redis.kill()
    served += caller.served(searcher, most=10)
    farm.redis.start()

    served += caller.served(searcher)

    assert served == order


def test_while_redis_is_away_files_are_read_and_searches_run(farm: Farm, caller: Caller, person: int) -> None:
    farm.redis.kill()
    try:
        upload = caller.send(person, *variation(20))["upload_id"]
        read = caller.parsed(person, upload)["status"]
        caller.start(person)
        found = caller.found(person)["status"]
        ready = caller.ask("GET", "/health/ready")
    finally:
        farm.redis.start()

    assert (read, found) == ("parsed", "ready")
    assert (ready.status_code, ready.json()["parts"]) == (200, {"store": "up", "redis": "down"})


def test_a_worker_told_to_end_hands_back_what_it_has_no_time_for(farm: Farm, caller: Caller, person: int) -> None:
    upload = caller.send(person, "slow.rtf", slow_file(7))["upload_id"]
    until(lambda: caller.upload(person, upload)["status"] == "parsing", "the worker has it", pause=0.01)
    worker = farm.workers.pop()

    began = time.monotonic()
    status = worker.terminate()
    seconds = time.monotonic() - began
    left = farm.rows("SELECT status, interruptions, failures FROM uploads WHERE id = %s", upload)
    farm.add_worker()
    ended = caller.parsed(person, upload)

    assert (status, seconds < 10) == (0, True)
    # Done within the grace period, or handed back; in neither case is it an interruption.
    assert left in ([("parsed", 0, 0)], [("queued", 0, 0)])
    assert ended["status"] == "parsed"
    assert farm.rows("SELECT interruptions, failures FROM uploads WHERE id = %s", upload) == [(0, 0)]


def test_a_process_of_the_api_that_dies_is_replaced(farm: Farm, caller: Caller) -> None:
    (api,) = farm.apis
    (child,) = _children(api.process.pid)

    os.kill(child, signal.SIGKILL)

    until(lambda: _children(api.process.pid) not in ([], [child]), "a new process", seconds=20)
    until(lambda: _answers(caller), "it answers", seconds=20)


def test_the_processes_of_an_api_that_was_killed_end_with_it(farm: Farm) -> None:
    api = farm.add_api(HOST="localhost")
    farm.apis.remove(api)
    (child,) = _children(api.process.pid)

    api.process.kill()

    until(lambda: not Path(f"/proc/{child}").exists(), "the process ends with its parent", seconds=20)


def _children(parent: int) -> list[int]:
    """Return the processes that a process has started, but for the resource tracker of Python itself."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("utf-8").split()
    return [int(child) for child in listed if "entrypoints.cli" in _command_line(child)]


def _command_line(process: str) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        # It ended while we looked.
        return ""


def _answers(caller: Caller) -> bool:
    try:
        return caller.ask("GET", "/health/live").status_code == 200
    except OSError:
        return False
