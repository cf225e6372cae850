"""What a process logs, caught for a test; logging is as before afterwards."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from typing import Any

from structlog.contextvars import clear_contextvars

from adapters.logs import OURS, configure_logs
from adapters.settings import read_settings


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Undo, at the end of the block, what was configured in it."""
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in OURS]
    handlers, levels = root.handlers[:], [logger.level for logger in (root, *ours)]
    try:
        yield
    finally:
        root.handlers[:] = handlers
        for logger, level in zip((root, *ours), levels, strict=True):
            logger.setLevel(level)
        clear_contextvars()


@contextmanager
def logged(style: str = "json") -> Iterator[StringIO]:
    """Log in that style into the text returned, until the block ends."""
    with logging_as_before():
        with redirect_stderr(StringIO()) as told:
            configure_logs(read_settings({"LOG_FORMAT": style}))
        yield told


def lines_of(told: StringIO, event: str | None = None) -> list[dict[str, Any]]:
    """Return the lines logged as JSON, those of one event or all."""
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    return [line for line in lines if event in (None, line["event"])]
