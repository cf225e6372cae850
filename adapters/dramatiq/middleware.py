"""What is noted of each task: a line in the log, and its part in the figures."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Protocol

import dramatiq
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from domain.errors import DomainError

log = logging.getLogger(__name__)

REQUEST_ID = "request_id"
"""The option of a message that names the request which sent it."""

_ID_OF = {"parse_upload": "upload_id", "run_search": "run_id", "merge_late": "run_id"}


class Tally(Protocol):
    def task(self, *, actor: str, outcome: str, seconds: float) -> None:
        """Count a task that ended."""


class NotedTasks(dramatiq.Middleware):
    """Lets every line that is logged inside a task say which task, and on which request."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._begun = threading.local()

    def before_process_message(self, broker: dramatiq.Broker, message: dramatiq.MessageProxy) -> None:  # noqa: ARG002 — Dramatiq's signature
        self._begun.at = time.perf_counter()
        clear_contextvars()
        request_id = message.options.get(REQUEST_ID)
        bind_contextvars(
            **({REQUEST_ID: request_id} if request_id is not None else {}),
            actor=message.actor_name,
            **{_ID_OF[message.actor_name]: message.args[0]},
        )

    def after_process_message(
        self,
        broker: dramatiq.Broker,  # noqa: ARG002 — as above
        message: dramatiq.MessageProxy,
        *,
        result: Any = None,  # noqa: ARG002 — as above
        exception: BaseException | None = None,
    ) -> None:
        seconds = time.perf_counter() - self._begun.at
        outcome = _outcome(exception)
        log.info("task", extra={"outcome": outcome, "milliseconds": round(seconds * 1000, 1)})
        self._tally.task(actor=message.actor_name, outcome=outcome, seconds=seconds)
        clear_contextvars()


def _outcome(exception: BaseException | None) -> str:
    """Return what the actor noted in the context as `outcome`, or how it failed."""
    if exception is None:
        return str(get_contextvars().get("outcome", "done"))
    return exception.code if isinstance(exception, DomainError) else type(exception).__name__
