"""A person's profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Invalid
from domain.identifiers import LARGEST_TELEGRAM_ID, TelegramId
from domain.users.hh_urls import is_hh_url

YOUNGEST, OLDEST = 14, 100
LONGEST_NAME = 100

_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[^@\s.]+\.)+[^@\s.]{2,63}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EIGHT = re.compile(r"8[0-9]{10}")
_MOBILE = re.compile(r"9[0-9]{9}")
_NO_PLUS = re.compile(r"[1-9][0-9]{10,14}")
_PHONE_ORNAMENTS = re.compile(r"[\s()\-.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Which version of the terms a person agreed to, and when."""

    version: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person. `phone` is E.164; `hh_profile_url` is https on hh.ru or one of its country domains."""

    telegram_id: TelegramId
    first_name: str
    last_name: str
    age: int
    city: str
    email: str
    phone: str
    hh_profile_url: str | None = None
    consent: Consent | None = None
    created_at: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        errors: dict[str, list[str]] = {}
        if not 1 <= self.telegram_id <= LARGEST_TELEGRAM_ID:
            errors["telegram_id"] = ["out_of_range"]
        for name in ("first_name", "last_name", "city"):
            if not 1 <= len(getattr(self, name).strip()) <= LONGEST_NAME:
                errors[name] = ["bad_length"]
        if not YOUNGEST <= self.age <= OLDEST:
            errors["age"] = ["out_of_range"]
        if len(self.email) > 254 or not _EMAIL.fullmatch(self.email):
            errors["email"] = ["not_an_email"]
        if not _E164.fullmatch(self.phone):
            errors["phone"] = ["not_a_phone"]
        if self.hh_profile_url is not None and not is_hh_url(self.hh_profile_url):
            errors["hh_profile_url"] = ["not_an_hh_url"]
        if errors:
            raise Invalid(errors)


def phone_number(text: str) -> str:
    """Return a phone number as E.164, as far as it can be told.

    Ornaments are taken off; a Russian `8…` of eleven digits or `9…` of ten is written as `+7…`, and a number of eleven
    to fifteen digits without its plus, as Telegram sends contacts, gets it.
    """
    bare = _PHONE_ORNAMENTS.sub("", text)
    if _EIGHT.fullmatch(bare):
        return f"+7{bare[1:]}"
    if _MOBILE.fullmatch(bare):
        return f"+7{bare}"
    return f"+{bare}" if _NO_PLUS.fullmatch(bare) else bare
