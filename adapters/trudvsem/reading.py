"""How an answer of Работа России is read: nothing in it is sure to be what it should be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from adapters.trudvsem.pay import salary_of
from adapters.trudvsem.regions import region_name
from domain.errors import Invalid
from domain.matching.lexicon import Places
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import LONGEST_LINE, LONGEST_TEXT, Draft, web_address
from domain.vacancies.years import MOST_YEARS

SOURCE = "trudvsem"

_CARD = "https://trudvsem.ru/vacancy/card/"
_ID = re.compile(r"[\w-]{1,80}", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)\.(\d\d?)\.(\d{4})")
_EARLIEST = datetime(2000, 1, 1, tzinfo=timezone.utc)
_REMOTE = re.compile(r"удал[её]нн|удал[её]нк|дистанцион|на\s?дому|надомн|\bremote\b", re.IGNORECASE)
_HYBRID = re.compile(r"гибрид|комбинированн", re.IGNORECASE)
_FIELD = re.compile(r"разъездн", re.IGNORECASE)
_AT_THE_PLACE = re.compile(r"полный (?:рабочий )?день|сменн", re.IGNORECASE)
_HOUSE = re.compile(r"(?:^|,)\s*(?:д|дом|зд|здание|стр|строение|вл|владение|корп|к)\.?\s*№?\s*\d", re.IGNORECASE)
_LOCALITY = re.compile(
    r"(?:^|,)\s*(?P<kind>г|город|пгт|рп|с|село|п|пос|посёлок|поселок|д|деревня|х|хутор|ст-ца|станица|аул)"
    r"(?:\.\s*|\s+)(?P<name>[А-ЯЁ][а-яёА-ЯЁ -]+[а-яё])\s*(?:,|$)"
)
_NOT_SAID = re.compile(r"не (?:указан|имеет значения|важно)", re.IGNORECASE)
_NEVER_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """The vacancies of one answer, as they came; `total` is how many there are in all, where it tells."""

    items: Sequence[Any]
    total: int | None


class Unreadable(Exception):
    """The answer is not one of Работа России; `status` is what it calls itself, where it names a failure."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__("not an answer of vacancies" if status is None else f"status {status}")
        self.status = status


def read_page(answer: Any) -> Page:
    """Return what an answer holds, or raise `Unreadable`: no vacancies are no failure, something else instead is."""
    root = _keys(answer)
    results = root.get("results")
    found = _keys(results).get("vacancies") if isinstance(results, Mapping) else results
    status = _number(root.get("status"))
    if isinstance(found, list) and found:
        return Page(found[:_NEVER_AT_ONCE], _total(root))
    if status is not None and status >= 400:
        raise Unreadable(int(status))
    # Nothing found is told by no results, by empty ones, or by results without vacancies.
    if not root or found or not ({"results", "meta", "status"} & root.keys()):
        raise Unreadable
    return Page((), _total(root))


def id_of(item: Any) -> str | None:
    """Return the vacancy's own id, or `None` where there is none that could be one."""
    found = _line(_vacancy(item).get("id"))
    return found if found is not None and _ID.fullmatch(found) else None


def draft_of(item: Any, places: Places, *, at: datetime) -> Draft:
    """Return the vacancy as it came at that time, or raise `Invalid` where it has no id or no title.

    The contacts of people stay behind.
    """
    told = _vacancy(item)
    number, title = id_of(item), _line(told.get("job_name"))
    if number is None or title is None:
        raise Invalid({name: ["missing"] for name, value in (("id", number), ("title", title)) if value is None})
    asked = _keys(told.get("requirement"))
    employment, schedule = _line(told.get("employment")), _line(told.get("schedule"))
    duty, conditions = _text(told.get("duty")), _text(told.get("term"))
    location = _location(told)
    least, most, currency = salary_of(told)
    return Draft(
        id=number,
        source=SOURCE,
        title=title,
        company=_line(_named(told.get("company"))),
        area=_area(told, location, places),
        salary_from=least,
        salary_to=most,
        currency=currency,
        work_format=_work_format((employment, schedule), (title, duty, conditions), location),
        experience=_experience(asked.get("experience")),
        responsibilities=duty,
        requirements=_requirements(asked if asked else told.get("requirement")),
        description=_lines(("Занятость", employment), ("График работы", schedule), ("Условия", conditions or None)),
        url=_url(told.get("vac_url"), number),
        published_at=_first_date(told, at=at),
    )


def _vacancy(item: Any) -> Mapping[str, Any]:
    outer = _keys(item)
    return _keys(outer["vacancy"]) if "vacancy" in outer else outer


def _keys(value: Any) -> Mapping[str, Any]:
    """Return an object by names in one spelling (`job-name`, `job_name`), empty for anything else."""
    if not isinstance(value, Mapping):
        return {}
    return {str(name).replace("-", "_").lower(): each for name, each in value.items()}


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value) if isinstance(value, (int, float)) else float(str(value).replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 10**15 else None


def _text(value: Any) -> str:
    """Return a text, also where it is the `text` or the only text of an object, or a list of texts."""
    if isinstance(value, str):
        return value[:LONGEST_TEXT].strip()
    if isinstance(value, (list, tuple)):
        return "\n".join(filter(None, map(_text, value[:100])))[:LONGEST_TEXT]
    return _text(_keys(value).get("text", "")) if isinstance(value, Mapping) else ""


def _line(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:.15g}"
    # Twice as much as may stay, for entities.
    line = " ".join(_text(value)[: 2 * LONGEST_LINE].split())
    return (line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…") or None


def _named(value: Any) -> Any:
    """Return the name in an object, or the text that stands in its place."""
    return _keys(value).get("name") if isinstance(value, Mapping) else value


def _total(root: Mapping[str, Any]) -> int | None:
    total = _number(_keys(root.get("meta")).get("total"))
    return None if total is None or total < 0 else int(total)


def _location(told: Mapping[str, Any]) -> str:
    """Return the first address of the work as it is written."""
    addresses = told.get("addresses")
    found = _keys(addresses).get("address") if isinstance(addresses, Mapping) else addresses
    for each in found if isinstance(found, list) else [found]:
        if line := _line(_keys(each).get("location") if isinstance(each, Mapping) else each):
            return line
    return ""


def _area(told: Mapping[str, Any], location: str, places: Places) -> str | None:
    """Return the town and, where other towns are called so or nobody knows it, its region; else the region."""
    region = _line(_named(told.get("region")))
    if region is None:
        region = region_name(_line(_keys(told.get("region")).get("region_code")) or "")
    where = places.find(f"{region or ''}, {location}")
    if where is not None and where.city is not None:
        return where.city if places.find(where.city) == where else f"{where.city}, {where.region}"
    subject = (where.region if where is not None else None) or region
    locality = _LOCALITY.search(location)
    if locality is not None:
        return ", ".join(filter(None, (locality["name"], subject)))
    return subject or location or None


def _work_format(stated: tuple[str | None, ...], texts: tuple[str, ...], location: str) -> WorkFormat | None:
    words = " ".join(filter(None, (*stated, texts[0])))
    for pattern, work_format in (
        (_HYBRID, WorkFormat.HYBRID),
        (_REMOTE, WorkFormat.REMOTE),
        (_FIELD, WorkFormat.FIELD),
    ):
        if pattern.search(words):
            return work_format
    # Whoever gives a house and full days or shifts means work in that house, unless the texts speak of another way.
    elsewhere = any(_REMOTE.search(text) or _HYBRID.search(text) or _FIELD.search(text) for text in texts)
    at_the_place = _AT_THE_PLACE.search(words) and _HOUSE.search(location)
    return WorkFormat.OFFICE if at_the_place and not elsewhere else None


def _experience(value: Any) -> str | None:
    number = _number(value)
    if number is None:
        return _line(value)
    return f"{number:g}" if 0 <= number <= MOST_YEARS else None


def _requirements(asked: Any) -> str:
    if not isinstance(asked, Mapping):
        return _text(asked)
    education = _line(asked.get("education"))
    if education is not None and _NOT_SAID.search(education):
        education = None
    return "\n".join(filter(None, (_text(asked.get("qualification")), _lines(("Образование", education)))))[
        :LONGEST_TEXT
    ]


def _lines(*pairs: tuple[str, str | None]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in pairs if value)[:LONGEST_TEXT]


def _url(value: Any, number: str) -> str:
    address = web_address(value.strip()) if isinstance(value, str) else None
    return address or _CARD + quote(number, safe="")


def _first_date(told: Mapping[str, Any], *, at: datetime) -> datetime | None:
    """Return the day of the first of its dates that can be right: created, else changed."""
    for name in ("creation_date", "date_create", "modify_date", "date_modify"):
        day = _day(told.get(name))
        if day is not None and _EARLIEST <= day <= at + timedelta(days=1):
            return day
    return None


def _day(value: Any) -> datetime | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return datetime(int(year), int(month), int(day), tzinfo=timezone.utc)
    except ValueError:
        return None
