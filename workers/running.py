"""Workers inside this process: Dramatiq's threads, and the periodic work."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import dramatiq

from adapters.bootstrap import FILES, SEARCHES, Platform
from domain.application import Application
from domain.errors import DomainError
from domain.sweep import MOST_DROPPED
from domain.vacancies.indexing import Indexed
from workers.actors import declare_actors

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
INDEXING_SECONDS = 5.0
EMBEDDING_SECONDS = 5.0
CLEANING_SECONDS = 3600.0
AGAIN_SECONDS = 60.0
"""What went wrong is tried again then, or at its next time, whichever comes first."""

_CHORE_SECONDS = 5.0
_LEAVE_SECONDS = 2.0
_IDLE_MS = 100
"""How long a thread that has nothing to do waits at most before it looks again."""


@contextmanager
def working(platform: Platform, *, alone: bool) -> Iterator[None]:
    """Work off the queues until the block ends; what is not done within the grace period then is handed back.

    `alone` says that no other worker can be alive: what died with an earlier process is taken back at once.
    """
    brokers = [(queue, broker) for brokers in platform.brokers for queue, broker in brokers.items()]
    for queue, broker in brokers:
        declare_actors(broker, platform.application, queue=queue)
    platform.clock.follow()
    # Before anybody works: whoever is at work later is alive.
    _attempt(lambda: _sweep(platform.application, alone=alone))
    # `process_boot` is not emitted, so Dramatiq enforces no time limits: its way is to raise an error at any point of a
    # thread, and one that hits while a lock is taken leaves it taken. What may take long has limits of its own: a file
    # is read in a process that is killed, each source has its deadline, and a lease is not renewed for ever.
    # Threads of their own for each queue: a search that waits for the world outside keeps no file waiting.
    threads = {FILES: platform.settings.reader_processes, SEARCHES: platform.settings.worker_threads}
    workers = [
        dramatiq.Worker(broker, worker_threads=threads[queue], worker_timeout=_IDLE_MS) for queue, broker in brokers
    ]
    for worker in workers:
        worker.start()
    ended = threading.Event()
    # Encoding takes the longest, and neither the sweep nor indexing waits for it.
    threads_of_chores = [
        threading.Thread(target=_do_chores, args=(ended, chores), name=name, daemon=True)
        for name, chores in _chores(platform.application, ended).items()
    ]
    for thread in threads_of_chores:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        _stop(workers, platform.settings.grace_seconds)
        if count := platform.in_hand.hand_back():
            log.warning("%d pieces of work were handed back", count)
        # Last, and not without end: what hangs there must keep nobody from handing back.
        for thread in threads_of_chores:
            thread.join(_CHORE_SECONDS)


def _stop(workers: list[dramatiq.Worker], grace_seconds: int) -> None:
    # All at once, so that the grace period is one for all.
    stopping = [
        threading.Thread(target=worker.stop, kwargs={"timeout": grace_seconds * 1000}, daemon=True)
        for worker in workers
    ]
    for thread in stopping:
        thread.start()
    ends_at = time.monotonic() + grace_seconds
    for thread in stopping:
        # A little more than its workers have, for it then takes leave of the broker.
        thread.join(max(ends_at - time.monotonic(), 0) + _LEAVE_SECONDS)


@dataclass
class _Chore:
    """Something done again and again; the store sees to it that several workers do not get in each other's way."""

    do: Callable[[], object]
    every: float
    due_at: float = 0.0


def _chores(application: Application, ended: threading.Event) -> dict[str, tuple[_Chore, ...]]:
    """Return the periodic work by the names of its threads."""
    return {
        "sweep": (
            _Chore(lambda: _sweep(application, alone=False), SWEEP_SECONDS),
            _Chore(lambda: _index(application, ended), INDEXING_SECONDS),
            _Chore(application.drop_old_files, CLEANING_SECONDS),
            _Chore(application.drop_stale_answers, CLEANING_SECONDS),
        ),
        "embed": (
            _Chore(lambda: _embed(application, ended), EMBEDDING_SECONDS),
            _Chore(lambda: _drop_orphan_vectors(application, ended), CLEANING_SECONDS),
        ),
    }


def _do_chores(ended: threading.Event, chores: Sequence[_Chore]) -> None:
    while not ended.wait(SWEEP_SECONDS):
        for chore in chores:
            if time.monotonic() >= chore.due_at:
                wait = chore.every if _attempt(chore.do) else min(chore.every, AGAIN_SECONDS)
                chore.due_at = time.monotonic() + wait


def _index(application: Application, ended: threading.Event) -> None:
    """Index until nothing is left, as much as there may be after an upgrade; nothing lost waits for that."""
    while (indexed := application.index_vacancies()).more and not ended.is_set():
        _tell_passed_over(indexed)
        _attempt(lambda: _sweep(application, alone=False))
    _tell_passed_over(indexed)


def _embed(application: Application, ended: threading.Event) -> None:
    """Embed until nothing is left, unless this process is to end."""
    more = True
    while more and not ended.is_set():
        embedded = application.embed_vacancies()
        for vacancy_id in embedded.passed_over:
            log.warning("cannot be encoded and is compared by words", extra={"vacancy": vacancy_id})
        more = embedded.more


def _drop_orphan_vectors(application: Application, ended: threading.Event) -> None:
    """Drop part after part, so that nobody who writes waits for more than one of them."""
    while application.drop_orphan_vectors() == MOST_DROPPED and not ended.is_set():
        pass


def _tell_passed_over(indexed: Indexed) -> None:
    for vacancy_id in indexed.passed_over:
        log.warning("cannot be indexed and is passed over", extra={"vacancy": vacancy_id})


def _sweep(application: Application, *, alone: bool) -> None:
    swept = application.sweep_work(alone=alone)
    for work_id in swept.taken_back:
        log.warning("taken back", extra={"work": work_id})
    for work_id in swept.overdue:
        log.warning("not answered in time by the outside automation", extra={"work": work_id})
    if swept.sent:
        log.info("sent again", extra={"messages": swept.sent})


def _attempt(chore: Callable[[], object]) -> bool:
    """Do it; return whether it went well."""
    try:
        chore()
    except DomainError as error:
        log.warning("periodic work will be tried again: %s", error.code)
        return False
    except Exception:
        # Without the sweep nothing that was lost would ever come back.
        log.exception("periodic work failed and will be tried again")
        return False
    return True
