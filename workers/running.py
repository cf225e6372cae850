"""A worker inside this process: Dramatiq's threads and the periodic sweep."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import dramatiq

from adapters.bootstrap import Platform
from domain.application import Application
from domain.errors import DomainError
from workers.actors import declare_actors

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
CLEANING_SECONDS = 3600.0


@contextmanager
def working(platform: Platform, *, alone: bool) -> Iterator[None]:
    """Work off the queue until the block ends.

    `alone` says that no other worker can be alive: what died with an earlier process is taken back at once.
    """
    declare_actors(platform.broker, platform.application)
    # Before anybody works: whoever is at work later is alive.
    platform.application.sweep_work(alone=alone)
    # `process_boot` is not emitted, so Dramatiq enforces no time limits: its way is to raise an error at any point of a
    # thread, and one that hits while a lock is taken leaves it taken. What may take long has limits of its own: a file
    # is read in a process that is killed, and each source will have its deadline.
    worker = dramatiq.Worker(platform.broker, worker_threads=platform.settings.worker_threads, worker_timeout=100)
    worker.start()
    ended = threading.Event()
    sweeper = threading.Thread(target=_sweep_until, args=(ended, platform.application), name="sweep", daemon=True)
    sweeper.start()
    try:
        yield
    finally:
        ended.set()
        sweeper.join()
        worker.stop(timeout=10_000)


def _sweep_until(ended: threading.Event, application: Application) -> None:
    next_cleaning = time.monotonic()
    while not ended.wait(SWEEP_SECONDS):
        try:
            application.sweep_work()
            if time.monotonic() >= next_cleaning:
                application.drop_old_files()
                next_cleaning = time.monotonic() + CLEANING_SECONDS
        except DomainError as error:  # noqa: PERF203 — each round stands for itself
            log.warning("the sweep will be tried again: %s", error.code)
        except Exception:
            # Without the sweep nothing that was lost would ever come back.
            log.exception("the sweep failed and will be tried again")
