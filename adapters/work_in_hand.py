"""What this process is working on: leases are renewed by a thread, and handed back when the process must end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

RENEWAL_SECONDS = 5.0


@dataclass(eq=False)
class _Held:
    renew: Callable[[], object]
    hand_back: Callable[[], object]
    # Renewing and handing back one piece of work never overlap.
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False


class ThreadedWorkInHand:
    """Renews from one thread, which lives as long as there is work. Threads may share it."""

    def __init__(self, every: float = RENEWAL_SECONDS) -> None:
        self._every = every
        self._held: list[_Held] = []
        self._changed = threading.Condition()
        self._renewing = False

    @contextmanager
    def held(self, *, renew: Callable[[], object], hand_back: Callable[[], object]) -> Iterator[None]:
        each = _Held(renew, hand_back)
        with self._changed:
            self._held.append(each)
            if not self._renewing:
                self._renewing = True
                threading.Thread(target=self._renew_while_there_is_work, name="leases", daemon=True).start()
        try:
            yield
        finally:
            with self._changed:
                self._held.remove(each)
                self._changed.notify_all()

    def hand_back(self) -> int:
        """Hand back everything held; return how much it was. What is still done to it afterwards counts for nothing."""
        with self._changed:
            held = list(self._held)
        for each in held:
            with each.lock:
                each.over = True
                _try(each.hand_back)
        return len(held)

    def _renew_while_there_is_work(self) -> None:
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: not self._held, timeout=self._every):
                    self._renewing = False
                    return
                held = list(self._held)
            for each in held:
                with each.lock:
                    if not each.over:
                        _try(each.renew)


def _try(call: Callable[[], object]) -> None:
    try:
        call()
    except Exception as error:
        # The lease runs out then, and others take the work: nothing worse.
        log.warning("a lease could not be renewed or handed back: %s", type(error).__name__)
