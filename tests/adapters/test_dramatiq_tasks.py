"""Messages to the workers: on Redis and inside the process, and what happens while Redis is away."""

from __future__ import annotations

import time
from collections.abc import Iterator

import dramatiq
import pytest
from dramatiq import Message, Worker

from adapters.dramatiq.brokers import Brokers, brokers_in_process, brokers_on_redis
from adapters.dramatiq.tasks import DramatiqTasks
from domain.identifiers import RunId, UploadId
from tests.servers.redis import RedisServer, running_redis
from tests.workers.workshop import until


@pytest.fixture(params=["in process", "on redis"])
def brokers(request: pytest.FixtureRequest) -> Iterator[Brokers]:
    if request.param == "in process":
        yield _declared(brokers_in_process())
        return
    opened = _declared(brokers_on_redis(request.getfixturevalue("redis_url")))
    yield opened
    _close(opened)


@pytest.fixture
def mortal() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


def _declared(brokers: Brokers) -> Brokers:
    for queue, broker in brokers.items():
        broker.declare_queue(queue)
    return brokers


def _close(brokers: Brokers) -> None:
    for broker in brokers.values():
        broker.client.close()  # type: ignore[attr-defined]  # these are on Redis


def _messages(brokers: Brokers, queue: str) -> list[Message[None]]:
    """Take what waits in a queue out of it."""
    consumer = brokers[queue].consume(queue, prefetch=100, timeout=10)
    messages = []
    while (message := next(consumer)) is not None:
        consumer.ack(message)
        messages.append(message._message)
    return messages


def test_a_message_names_the_work_and_nothing_else(brokers: Brokers) -> None:
    tasks = DramatiqTasks(brokers)

    tasks.parse_upload(UploadId("upload-1"))
    tasks.run_search(RunId("run-1"))
    tasks.merge_late(RunId("run-2"))

    (file,), (search, late) = _messages(brokers, "files"), _messages(brokers, "searches")
    assert (file.actor_name, file.args, file.kwargs) == ("parse_upload", ("upload-1",), {})
    assert (search.actor_name, search.args, search.kwargs) == ("run_search", ("run-1",), {})
    assert (late.actor_name, late.args, late.kwargs) == ("merge_late", ("run-2",), {})


def test_a_queue_is_drained_when_nothing_waits_in_it(brokers: Brokers) -> None:
    tasks = DramatiqTasks(brokers)
    assert (tasks.files_drained(), tasks.searches_drained()) == (True, True)

    tasks.parse_upload(UploadId("upload-1"))
    assert (tasks.files_drained(), tasks.searches_drained()) == (False, True)

    _messages(brokers, "files")
    assert (tasks.files_drained(), tasks.searches_drained()) == (True, True)


def test_what_a_worker_in_this_process_has_in_its_hands_still_counts_as_waiting() -> None:
    brokers = _declared(brokers_in_process())
    tasks = DramatiqTasks(brokers)
    tasks.run_search(RunId("run-1"))

    message = next(brokers["searches"].consume("searches", timeout=10))

    assert message is not None
    assert tasks.searches_drained() is False


def test_without_a_spare_a_message_sent_while_redis_is_away_is_lost_and_nothing_breaks(mortal: RedisServer) -> None:
    brokers = brokers_on_redis(mortal.url)
    tasks = DramatiqTasks(brokers, pause=0)
    mortal.kill()

    tasks.parse_upload(UploadId("upload-1"))

    assert tasks.files_drained() is False
    mortal.start()
    assert tasks.files_drained() is True
    _close(brokers)


def test_the_spare_takes_messages_over_while_redis_is_away(mortal: RedisServer) -> None:
    brokers, spare = brokers_on_redis(mortal.url), _declared(brokers_in_process())
    tasks = DramatiqTasks(brokers, spare, pause=0)
    mortal.kill()

    tasks.parse_upload(UploadId("upload-1"))

    assert tasks.files_drained() is False
    assert tasks.searches_drained() is True
    assert [message.args for message in _messages(spare, "files")] == [("upload-1",)]
    mortal.start()
    tasks.parse_upload(UploadId("upload-2"))
    assert _messages(spare, "files") == []
    assert [message.args for message in _messages(brokers, "files")] == [("upload-2",)]
    _close(brokers)


def test_a_connection_of_before_a_restart_loses_no_message(mortal: RedisServer) -> None:
    brokers = brokers_on_redis(mortal.url)
    tasks = DramatiqTasks(brokers)
    assert tasks.files_drained() is True
    mortal.kill()
    mortal.start()

    tasks.parse_upload(UploadId("upload-1"))

    assert tasks.files_drained() is False
    _close(brokers)


def test_a_worker_goes_on_once_redis_is_back(mortal: RedisServer) -> None:
    brokers = brokers_on_redis(mortal.url)
    done: list[str] = []

    @dramatiq.actor(broker=brokers["files"], queue_name="files", max_retries=0)
    def parse_upload(upload_id: str) -> None:
        done.append(upload_id)

    worker = Worker(brokers["files"], worker_threads=1, worker_timeout=50)
    worker.start()
    mortal.kill()
    mortal.start()

    DramatiqTasks(brokers).parse_upload(UploadId("upload-1"))

    until(lambda: done == ["upload-1"], "the worker never got the message")
    worker.stop()
    _close(brokers)


def test_a_redis_that_hangs_holds_up_one_call_and_not_every_one(mortal: RedisServer) -> None:
    brokers, spare = brokers_on_redis(mortal.url), _declared(brokers_in_process())
    tasks = DramatiqTasks(brokers, spare)

    with mortal.frozen():
        began = time.monotonic()
        for number in range(20):
            tasks.parse_upload(UploadId(f"upload-{number}"))
            tasks.searches_drained()
        seconds = time.monotonic() - began

    assert seconds < 10
    assert len(_messages(spare, "files")) == 20
    _close(brokers)
