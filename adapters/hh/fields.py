"""Reads single fields of hh.ru's JSON, in which anything may be absent, null or of another type than documented."""

from __future__ import annotations

import math
import re
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from domain.errors import Refused
from domain.vacancies.arrival import web_address

MOST_IN_LIST = 500
"""Nobody's list is as long; what lies beyond is left out."""

_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CURRENCY = re.compile(r"[A-Z]{3}")
_RENAMED = {"RUR": "RUB", "BYR": "BYN"}
# `strptime` reads an offset with a colon and without, `fromisoformat` of Python 3.10 only with.
_MOMENTS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z")
_YEARS = range(1990, 2200)
_LARGEST = 10**12


class Unreadable(Refused):
    """An answer of hh.ru, or one thing in it, that nothing can be made of. The code says why; nothing in it is told."""

    code = "hh_unreadable"


def record(value: object) -> dict[str, Any]:
    """Return the object that the value is, or an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, without what else is in it; `null` is an empty list."""
    return [each for each in value[:MOST_IN_LIST] if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: object, *, most: int) -> str | None:
    """Return the text, cut to `most` characters, or `None` for what is none or blank.

    Control characters and halves of characters, which no store takes, are left out; line ends are made alike.
    """
    if not isinstance(value, str):
        return None
    clean = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value[: 2 * most]))
    clean = clean.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return clean.strip()[:most].rstrip() or None


def line(value: object, *, most: int) -> str | None:
    """Return the text in one line, or `None`."""
    whole = text(value, most=2 * most)
    return text(" ".join(whole.split()), most=most) if whole else None


def texts(value: object, *, most: int) -> tuple[str, ...]:
    """Return the texts of a list, each one line and once."""
    told = value[:MOST_IN_LIST] if isinstance(value, list) else []
    return tuple(dict.fromkeys(each for given in told if (each := line(given, most=most)) is not None))


def id_of(value: object) -> str | None:
    """Return the `id` of an entry of a dictionary (`{"id": …, "name": …}`), or `None`."""
    return text(record(value).get("id"), most=100)


def name_of(value: object, *, most: int) -> str | None:
    return line(record(value).get("name"), most=most)


def ids(value: object) -> list[str]:
    """Return the ids of a list of entries of a dictionary."""
    return [each for entry in records(value) if (each := id_of(entry)) is not None]


def flag(value: object) -> bool | None:
    """Return what a boolean says; some come as the words "true" and "false"."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def amount(value: object) -> Decimal | None:
    """Return a sum of money above nothing, or `None`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not math.isfinite(value) or not 0 < value < _LARGEST:
        return None
    return Decimal(str(value)).normalize() if isinstance(value, float) else Decimal(value)


def whole(value: object, *, least: int, most: int) -> int | None:
    """Return a whole number within the limits, or `None`."""
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else None


def currency(value: object) -> str | None:
    """Return the ISO 4217 code of what hh.ru calls RUR, BYR and so on, or `None`."""
    return _RENAMED.get(value, value) if isinstance(value, str) and _CURRENCY.fullmatch(value) else None


def moment(value: object) -> datetime | None:
    """Return the time, in UTC, that `2013-07-08T16:17:21+0400` is, or `None`."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    for form in _MOMENTS:
        try:
            told = datetime.strptime(value, form).astimezone(timezone.utc)
        except (ValueError, OverflowError):
            continue
        return told if told.year in _YEARS else None
    return None


def https(value: object) -> str | None:
    """Return the value if it is an https address, or `None`."""
    return web_address(value) if isinstance(value, str) and value.startswith("https://") else None
