"""Several threads that do something at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(count: int, call: Callable[[], T]) -> list[T]:
    """Return what each of the threads got; raise what the first of them raised."""
    return together(*[call] * count)


def together(*calls: Callable[[], T]) -> list[T]:
    """Make each call in a thread of its own and return what they got; raise what the first of them raised."""
    barrier = Barrier(len(calls))

    def wait_and_call(call: Callable[[], T]) -> T:
        barrier.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(wait_and_call, call) for call in calls]
        return [future.result(timeout=60) for future in futures]
