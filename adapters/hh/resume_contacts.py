"""Reads how the owner of a résumé at hh.ru can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from adapters.hh.fields import flag, id_of, line, name_of, record, records, text
from domain.resumes.content import Contact
from domain.users.hh_urls import is_hh_url, without_query

HOME_REGION = "RU"
_LONGEST_NAME = 100

_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[^@\s.]{1,63}\.){1,5}[^@\s.]{2,63}")
_PHONES = ("cell", "home", "work")


def contact_of(told: Mapping[str, Any]) -> Contact:
    """Return the contact block of a résumé as hh.ru tells it."""
    ways = sorted(records(told.get("contact")), key=lambda way: flag(way.get("preferred")) is not True)
    return Contact(
        first_name=line(told.get("first_name"), most=_LONGEST_NAME),
        last_name=line(told.get("last_name"), most=_LONGEST_NAME),
        middle_name=line(told.get("middle_name"), most=_LONGEST_NAME),
        email=next(filter(None, map(_email, ways)), None),
        phone=_phone(ways),
        city=name_of(told.get("area"), most=_LONGEST_NAME),
        hh_profile_url=_page(told),
    )


def _page(told: Mapping[str, Any]) -> str | None:
    url = told.get("alternate_url")
    return without_query(url) if isinstance(url, str) and is_hh_url(url) else None


def _kind(way: Mapping[str, Any]) -> str | None:
    """Return what a way to reach somebody is: "email" or a kind of phone. The older form has a type alone."""
    type_ = id_of(way.get("type"))
    return type_ or {"phone": "cell"}.get(str(way.get("kind")), text(way.get("kind"), most=20))


def _email(way: Mapping[str, Any]) -> str | None:
    if _kind(way) != "email":
        return None
    told = line(way.get("contact_value"), most=254) or line(way.get("value"), most=254)
    return told if told is not None and _EMAIL.fullmatch(told) else None


def _phone(ways: Iterable[Mapping[str, Any]]) -> str | None:
    phones = [way for way in ways if _kind(way) in _PHONES]
    # The one preferred, else a mobile one.
    phones.sort(key=lambda way: (flag(way.get("preferred")) is not True, _PHONES.index(_kind(way) or "")))
    return next(filter(None, (_e164(told) for way in phones for told in _numbers(way))), None)


def _numbers(way: Mapping[str, Any]) -> list[str | None]:
    """Return the spellings of one number: of today's form, of the older text, of the older parts."""
    parts = record(way.get("value"))
    joined = "".join(filter(None, (line(parts.get(name), most=20) for name in ("country", "city", "number"))))
    return [
        line(way.get("contact_value"), most=60),
        line(way.get("value"), most=60),
        line(parts.get("formatted"), most=60),
        f"+{joined}" if joined else None,
    ]


def _e164(told: str | None) -> str | None:
    if told is None:
        return None
    try:
        number = phonenumbers.parse(told, HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
