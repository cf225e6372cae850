"""Several threads that do one thing at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(count: int, call: Callable[[], T]) -> list[T]:
    """Return what each of the threads got; raise what the first of them raised."""
    barrier = Barrier(count)

    def wait_and_call() -> T:
        barrier.wait(timeout=30)
        return call()

    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(wait_and_call) for _ in range(count)]
        return [future.result(timeout=60) for future in futures]
