"""Reads what the answers of all boards tell in the same way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

LONGEST_WAIT_SECONDS = 86_400.0

_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")


def json_of(body: bytes) -> Any:
    """Return the JSON that the body is, or `None` where it is none."""
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for, a day at most; a date counts from the answer's own.

    `None` where it asks for nothing. Names of headers may be in any case.
    """
    told = (header(headers, "retry-after") or "").strip()
    if _SECONDS.fullmatch(told):
        return min(float(told), LONGEST_WAIT_SECONDS)
    until, now = _moment(told), _moment(header(headers, "date") or "")
    return None if until is None or now is None else min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT_SECONDS)


def header(headers: Mapping[str, str], name: str) -> str | None:
    """Return the header of that name, given in small letters."""
    return next((value for key, value in headers.items() if key.lower() == name), None)


def _moment(told: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
