"""Several are asked at once, and none keeps the others waiting."""

from __future__ import annotations

import logging
import threading
import time
from contextvars import ContextVar
from queue import SimpleQueue

import pytest

from adapters.side_by_side import MOST_LEFT_BEHIND, Threads
from domain.outside import Asked

LONG = 30.0


def test_all_are_asked_at_the_same_time() -> None:
    together = threading.Barrier(3)

    answers = Threads()({name: Asked(lambda: together.wait(LONG), LONG) for name in "abc"})

    assert sorted(answers) == ["a", "b", "c"]
    assert set(answers.values()) == {0, 1, 2}


def test_nobody_is_waited_for_beyond_their_patience() -> None:
    hangs = threading.Event()
    began = time.monotonic()

    answers = Threads()({"slow": Asked(lambda: hangs.wait(LONG), 0.2), "quick": Asked(lambda: True, LONG)})

    assert answers == {"quick": True}
    assert time.monotonic() - began < LONG / 2
    hangs.set()


def test_a_patient_caller_waits_for_the_slower_one_when_the_other_is_given_up() -> None:
    hangs, never = threading.Event(), threading.Event()

    answers = Threads()({"hangs": Asked(lambda: hangs.wait(LONG), 0.1), "slow": Asked(lambda: never.wait(0.4), LONG)})

    assert answers == {"slow": False}
    hangs.set()


def test_what_one_raises_is_its_answer(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> int:
        raise ValueError("a fault")

    with caplog.at_level(logging.ERROR):
        answers = Threads()({"broken": Asked(broken, LONG), "whole": Asked(lambda: 1, LONG)})

    assert isinstance(answers["broken"], ValueError)
    assert answers["whole"] == 1
    assert "broken" in caplog.text


def test_what_hangs_again_and_again_is_not_begun_for_ever() -> None:
    hangs, threads = threading.Event(), Threads()
    begun: list[bool] = []

    def hang() -> bool:
        begun.append(True)
        return hangs.wait(LONG)

    for _ in range(MOST_LEFT_BEHIND + 2):
        threads({"slow": Asked(hang, 0.01)})

    assert len(begun) == MOST_LEFT_BEHIND
    assert threads({"another": Asked(lambda: True, LONG)}) == {"another": True}
    hangs.set()


def test_once_one_has_ended_another_may_begin() -> None:
    hangs, threads = threading.Event(), Threads()
    for _ in range(MOST_LEFT_BEHIND):
        threads({"slow": Asked(lambda: hangs.wait(LONG), 0.01)})

    hangs.set()

    deadline = time.monotonic() + LONG
    while (answers := threads({"slow": Asked(lambda: True, LONG)})) == {}:
        assert time.monotonic() < deadline
    assert answers == {"slow": True}


def test_those_who_are_waited_for_do_not_keep_others_from_being_asked() -> None:
    threads, together = Threads(), threading.Barrier(MOST_LEFT_BEHIND + 4)
    answers: list[int | Exception] = []

    def ask() -> None:
        answers.extend(threads({"slow": Asked(lambda: together.wait(LONG), LONG)}).values())

    callers = [threading.Thread(target=ask) for _ in range(together.parties)]
    for each in callers:
        each.start()
    for each in callers:
        each.join(LONG)

    assert set(answers) == set(range(together.parties))


def test_where_no_thread_can_be_had_the_others_answer_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    start = threading.Thread.start

    def start_some(thread: threading.Thread) -> None:
        if thread.name == "ask without":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_some)
    threads = Threads()
    for _ in range(MOST_LEFT_BEHIND + 1):
        answers = threads({"without": Asked(lambda: True, LONG), "with": Asked(lambda: True, LONG)})

    assert isinstance(answers["without"], RuntimeError)
    assert answers["with"] is True


def test_answers_that_came_in_time_are_taken_though_patience_ended_since(monkeypatch: pytest.MonkeyPatch) -> None:
    came = threading.Barrier(3)
    real = time.monotonic
    late = [0.0]

    class Queue(SimpleQueue):  # type: ignore[type-arg]  # whatever is put there
        def get(self, block: bool = True, timeout: float | None = None) -> object:
            if not late[0]:
                came.wait(LONG)
                time.sleep(0.1)
                late[0] = LONG
            return super().get(block, timeout)

    monkeypatch.setattr("adapters.side_by_side.SimpleQueue", Queue)
    monkeypatch.setattr(time, "monotonic", lambda: real() + late[0])

    answers = Threads()({name: Asked(lambda: came.wait(LONG) >= 0, LONG / 2) for name in "ab"})

    assert answers == {"a": True, "b": True}


def test_what_is_asked_belongs_to_the_context_of_who_asks() -> None:
    request: ContextVar[str] = ContextVar("request", default="none")
    request.set("of mine")

    assert Threads()({name: Asked(request.get, LONG) for name in "ab"}) == {"a": "of mine", "b": "of mine"}
