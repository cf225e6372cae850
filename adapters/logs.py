"""Logs of a process: each line one thing that happened, for programs or for people, and nothing personal in it."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer
from structlog.stdlib import ExtraAdder, ProcessorFormatter
from structlog.typing import EventDict, Processor

from adapters.settings import Settings
from domain.errors import DomainError

OURS = frozenset({"adapters", "domain", "entrypoints", "migrations", "workers"})
"""The top packages whose own words are known to be harmless. Whatever others say is cleaned."""

_HERE = f"{Path(__file__).parents[1]}/"
_INNERMOST_FRAMES, _LINKS = 30, 5

_EXTRA = ExtraAdder()
_PLAIN = (bool, int, float, type(None))
# A number long enough to name somebody, an address, letters of other alphabets than the libraries' own words use.
_TELLING = re.compile(r"\S*@\S*|\d{5,}|[^\x00-\x7f]+")


def configure_logs(settings: Settings) -> None:
    """Send what this process logs to its stderr, as `LOG_FORMAT` says. It may be said again, as in a forked process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings.log_format or ("text" if settings.embedded else "json")))
    handler.addFilter(_less_alarmed)
    root = logging.getLogger()
    # Another handler would write beside ours what ours keeps out.
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def _less_alarmed(record: logging.LogRecord) -> bool:
    # What Dramatiq calls critical, Redis away for a moment, is what we can do without.
    if record.name.startswith("dramatiq.") and record.levelno > logging.WARNING and not record.exc_info:
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
    return True


def pseudonym(secret: str, telegram_id: int) -> str:
    """Return what stands for a person in the logs: the same for all who know the secret, telling nothing to others."""
    key = hmac.digest(secret.encode(), b"people in the logs", hashlib.sha256)
    return hmac.digest(key, str(telegram_id).encode(), hashlib.sha256).hex()[:12]


def described(error: BaseException) -> dict[str, Any]:
    """Return an error's type and place, and those of its causes. Its words may quote what a person wrote."""
    told, link = _link(error), _cause(error)
    innermost = told
    for _ in range(_LINKS):
        if link is None:
            break
        innermost["cause"] = _link(link)
        innermost, link = innermost["cause"], _cause(link)
    return told


def _link(error: BaseException) -> dict[str, Any]:
    return {**_kind(error), "at": list(_places(error.__traceback__))}


def _kind(error: BaseException) -> dict[str, Any]:
    """Return the type, and the codes that say more of it without quoting anything."""
    kind = type(error)
    told: dict[str, Any] = {"type": kind.__qualname__ if kind.__module__ == "builtins" else _full_name(kind)}
    codes = {
        "code": error.code if isinstance(error, DomainError) else None,
        "sqlstate": getattr(error, "sqlstate", None),
        "errno": error.errno if isinstance(error, OSError) else None,
    }
    return told | {name: code for name, code in codes.items() if isinstance(code, str | int)}


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(traceback: TracebackType | None) -> Iterator[str]:
    for frame, line in list(walk_tb(traceback))[-_INNERMOST_FRAMES:]:
        file = frame.f_code.co_filename.removeprefix(_HERE).rpartition("site-packages/")[2]
        yield f"{file}:{line} {frame.f_code.co_name}"


def _formatter(style: str) -> ProcessorFormatter:
    renderer: Processor = _for_people
    if style == "json":
        renderer = JSONRenderer(default=lambda value: type(value).__name__, ensure_ascii=False)
    return ProcessorFormatter(
        foreign_pre_chain=[_line, merge_contextvars, _fields],
        processors=[ProcessorFormatter.remove_processors_meta, renderer],
        # Arguments are looked at before they are put in.
        use_get_message=False,
        pass_foreign_args=True,
    )


def _line(_: Any, __: str, event: EventDict) -> EventDict:
    """Return the line that a record makes, in the order in which its fields are read."""
    record: logging.LogRecord = event["_record"]
    time = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
    line: dict[str, Any] = {
        "time": time.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _words(record, event["positional_args"]),
    }
    error = event["exc_info"][1] if event.get("exc_info") else None
    if error is not None:
        line["exception"] = described(error)
    return {**line, **{name: event[name] for name in ("_record", "_from_structlog")}}


def _fields(logger: Any, method: str, event: EventDict) -> EventDict:
    # Nobody knows what a library would add.
    return _EXTRA(logger, method, event) if _is_ours(event["_record"]) else event


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _words(record: logging.LogRecord, arguments: Any) -> str:
    ours = _is_ours(record)
    words = record.msg if isinstance(record.msg, str) else str(_harmless(record.msg, ours=False))
    if arguments:
        # Where they do not fit, the bare template still says what happened.
        with suppress(KeyError, TypeError, ValueError):
            words = words % (
                {name: _harmless(value, ours=ours) for name, value in arguments.items()}
                if isinstance(arguments, Mapping)
                else tuple(_harmless(value, ours=ours) for value in arguments)
            )
    words = " ".join(words.split())
    return words if ours else _TELLING.sub("***", words)


def _harmless(value: object, *, ours: bool) -> object:
    """Return what may stand for an argument: of a library's only a number itself, of an error never its words."""
    if isinstance(value, BaseException):
        return " ".join(str(each) for each in _kind(value).values())
    return value if ours or isinstance(value, _PLAIN) else f"<{type(value).__name__}>"


def _for_people(_: Any, __: str, event: EventDict) -> str:
    told = [f"{event.pop('time')} {event.pop('level').upper()} {event.pop('logger')}: {event.pop('event')}"]
    error = event.pop("exception", None)
    told += [f"{name}={value}" for name, value in event.items()]
    lines = [" ".join(told)]
    while error is not None:
        *kind, cause = (error.get(name) for name in ("type", "code", "sqlstate", "errno", "cause"))
        lines += ["  " + " ".join(str(each) for each in kind if each is not None)]
        lines += [f"    {place}" for place in error["at"]]
        error = cause
    return "\n".join(lines)
