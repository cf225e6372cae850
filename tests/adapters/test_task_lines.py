"""What is noted of tasks: who asked for them, how long they took, how they ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import dramatiq
import pytest
from structlog.contextvars import bound_contextvars

from adapters.dramatiq.brokers import brokers_in_process
from adapters.dramatiq.middleware import NotedTasks
from adapters.dramatiq.queues import FILES, QUEUES, SEARCHES
from adapters.dramatiq.tasks import DramatiqTasks
from domain.errors import Conflict, DomainError
from domain.identifiers import RunId, UploadId
from tests.log_lines import lines_of, logged

log = logging.getLogger("workers.of_the_test")
PERSONAL = ("Вымышленная", "anna@example.ru")


class Noting:
    """Notes how tasks ended."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, str]] = []

    def task(self, *, actor: str, outcome: str, seconds: float) -> None:
        assert 0 < seconds < 60
        self.ended.append((actor, outcome))


@contextmanager
def at_work(work: Callable[[], None]) -> Iterator[tuple[DramatiqTasks, Noting, StringIO]]:
    """Yield tasks; at the end of the block they all are done, by actors that do this work."""
    brokers, noting = brokers_in_process(), Noting()
    for broker in brokers.values():
        broker.add_middleware(NotedTasks(noting))
    for name, queue in QUEUES.items():
        dramatiq.actor(actor_name=name, broker=brokers[queue], queue_name=queue, max_retries=0, throws=DomainError)(
            lambda _: work()
        )
    with logged() as told:
        yield DramatiqTasks(brokers), noting, told
        for queue in (FILES, SEARCHES):
            worker = dramatiq.Worker(brokers[queue], worker_timeout=10, worker_threads=1)
            worker.start()
            worker.join()
            worker.stop()


def test_every_task_is_one_line_and_counted() -> None:
    with at_work(lambda: time.sleep(0.002)) as (tasks, noting, told):
        tasks.parse_upload(UploadId("upload-1"))
        tasks.run_search(RunId("run-1"))
        tasks.merge_late(RunId("run-2"))

    parsed, searched, merged = lines_of(told, "task")
    assert (parsed["actor"], parsed["upload_id"], parsed["outcome"]) == ("parse_upload", "upload-1", "done")
    assert (searched["actor"], searched["run_id"], searched["outcome"]) == ("run_search", "run-1", "done")
    assert (merged["actor"], merged["run_id"], merged["outcome"]) == ("merge_late", "run-2", "done")
    assert "upload_id" not in searched
    assert 2 <= parsed["milliseconds"] < 60_000
    assert noting.ended == [("parse_upload", "done"), ("run_search", "done"), ("merge_late", "done")]


def test_what_a_task_logs_says_which_task_and_on_whose_request() -> None:
    with at_work(lambda: log.info("at work")) as (tasks, _, told):
        with bound_contextvars(request_id="request-1"):
            tasks.parse_upload(UploadId("upload-1"))
        tasks.parse_upload(UploadId("upload-2"))

    asked, swept = lines_of(told, "at work")
    assert (asked["request_id"], asked["actor"], asked["upload_id"]) == ("request-1", "parse_upload", "upload-1")
    assert swept["upload_id"] == "upload-2"
    assert "request_id" not in swept
    assert [line.get("request_id") for line in lines_of(told, "task")] == ["request-1", None]


@pytest.mark.parametrize(
    ("error", "outcome"), [(ValueError(PERSONAL), "ValueError"), (Conflict("run_not_held"), "run_not_held")]
)
def test_a_task_that_fails_says_by_what_and_quotes_nobody(error: Exception, outcome: str) -> None:
    def fail() -> None:
        raise error

    with at_work(fail) as (tasks, noting, told):
        tasks.run_search(RunId("run-1"))

    (line,) = lines_of(told, "task")
    assert line["outcome"] == outcome
    assert noting.ended == [("run_search", outcome)]
    assert not any(word in told.getvalue() for word in PERSONAL)


def test_dramatiqs_own_line_about_a_fault_bears_the_task_too() -> None:
    def fail() -> None:
        raise ValueError(PERSONAL)

    with at_work(fail) as (tasks, _, told):
        tasks.run_search(RunId("run-1"))

    (line,) = (line for line in lines_of(told) if line["level"] == "error")
    assert (line["logger"].partition(".")[0], line["run_id"]) == ("dramatiq", "run-1")
    assert line["exception"]["type"] == "ValueError"
    assert line["exception"]["at"][-1].endswith(" fail")
