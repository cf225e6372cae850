"""Finds stretches of time ("Май 2021 — настоящее время", "05.2019 – 03.2021") in Russian and English text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

EARLIEST_YEAR = 1950
# A year told without a month counts from its middle: "2018–2020" is then two years, whichever way one rounds.
MIDDLE_OF_YEAR = 7

_MONTHS = (
    ("янв(?:ар[ьяе])?", "jan(?:uary)?"),
    ("фев(?:р(?:ал[ьяе])?)?", "feb(?:ruary)?"),
    ("мар(?:т[ае]?)?", "mar(?:ch)?"),
    ("апр(?:ел[ьяе])?", "apr(?:il)?"),
    ("ма[йяе]", "may"),
    ("июн[ьяе]?", "june?"),
    ("июл[ьяе]?", "july?"),
    ("авг(?:уст[ае]?)?", "aug(?:ust)?"),
    ("сен(?:т(?:ябр[ьяе])?)?", "sep(?:t(?:ember)?)?"),
    ("окт(?:ябр[ьяе])?", "oct(?:ober)?"),
    ("ноя(?:б(?:р[ьяе])?)?", "nov(?:ember)?"),
    ("дек(?:абр[ьяе])?", "dec(?:ember)?"),
)
_MONTH_WORD = "|".join(form for forms in _MONTHS for form in forms)
_MONTH_NUMBER = tuple(
    (re.compile(f"(?:{'|'.join(forms)})", re.IGNORECASE), number) for number, forms in enumerate(_MONTHS, 1)
)
_YEAR = r"(?:19|20)\d\d"
_YEAR_WORD = r"(?:\s?(?:годах|года|году|год|гг?)\b\.?)?"
_DASH = r"(?:[-–—−‑‐~→]{1,3}|\.{2,3}|…)"
_SEPARATOR = (
    rf"(?:\s{{0,5}}{_DASH}\s{{0,5}}(?:(?:по|до|till|until|to)\s{{1,3}})?|\s{{1,5}}(?:по|до|to|till|until)\s{{1,5}})"
)
_PRESENT = (
    r"(?P<present>(?:наст(?:оящее|оящий|\.)?\s?(?:время|момент|вр\.)|н\s?\.\s?в\s?\.?|н\s?/\s?в|нв|сейчас|сегодня"
    r"|сей\s?день|текущее\s?время|present(?:\s?(?:day|time))?|now|currently|current|today|date|ongoing)(?!\w))"
)


def _point(tag: str) -> str:
    return (
        rf"(?:(?:\d{{1,2}}\.)?(?P<m1{tag}>0?[1-9]|1[0-2])\s?[./-]\s?(?P<y1{tag}>{_YEAR})"
        rf"|(?P<y2{tag}>{_YEAR})[-./](?P<m2{tag}>0[1-9]|1[0-2])(?![\d])"
        rf"|(?P<w3{tag}>{_MONTH_WORD})(?:\.?,?\s{{0,3}}(?P<y3{tag}>{_YEAR})|\s{{0,2}}['’](?P<s3{tag}>\d\d))"
        rf"|(?P<y4{tag}>{_YEAR}))(?!\d){_YEAR_WORD}"
    )


_RANGE = re.compile(
    rf"(?<![\w.])(?:(?:с|со|from|since)\s{{1,3}})?"
    rf"(?:(?P<bare>{_MONTH_WORD})(?={_SEPARATOR}(?:{_MONTH_WORD})\b)|{_point('a')}){_SEPARATOR}(?:{_PRESENT}|{_point('b')})",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?:с|со|since|from)\s{{1,3}}{_point('a')}", re.IGNORECASE)
_CONTINUES = re.compile(rf"(?:(?:по|до|to|till|until)\s{{1,3}})?(?:{_PRESENT}|{_point('b')})", re.IGNORECASE)
_DURATION = re.compile(
    r"\(?(?:(?P<years>\d{1,2})(?:[.,](?P<tenths>\d))?\s?\+?\s?(?:лет|года|год|г\.|years?|yrs?\.?))?"
    r"\s?(?:и\s|and\s)?,?\s?(?:(?P<months>\d{1,2})\s?(?:месяц(?:ев|а)?|мес\.?|months?|mos?\.?))?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """A year, with its month (1–12) when told."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as written at `text[begin:finish]`; `end` is `None` while it lasts."""

    start: Point
    end: Point | None
    begin: int
    finish: int

    @property
    def current(self) -> bool:
        return self.end is None

    def months(self, today: date) -> tuple[int, int]:
        """Return the first month and the month after the last, counted from year 0; both ends' months included."""
        first = self.start.year * 12 + (self.start.month or MIDDLE_OF_YEAR) - 1
        now = today.year * 12 + today.month
        if self.end is None:
            return first, max(first, now)
        # A told month is worked through; the middle of a year is a border, not a month.
        after = self.end.year * 12 + (self.end.month if self.end.month is not None else MIDDLE_OF_YEAR - 1)
        return first, max(first, min(after, now))


def _month(word: str) -> int | None:
    return next((number for form, number in _MONTH_NUMBER if form.fullmatch(word)), None)


def _read_point(found: re.Match[str], tag: str, today: date) -> Point | None:
    def group(name: str) -> str | None:
        return found.group(name + tag)

    if (year := group("y1")) is not None:
        point = Point(int(year), int(group("m1") or 1))
    elif (year := group("y2")) is not None:
        point = Point(int(year), int(group("m2") or 1))
    elif (word := group("w3")) is not None:
        short = int(group("s3") or 0)
        century = 2000 if 2000 + short <= today.year else 1900
        point = Point(int(group("y3") or century + short), _month(word))
    elif (year := group("y4")) is not None:
        point = Point(int(year))
    else:
        return None
    return point if EARLIEST_YEAR <= point.year <= today.year + 10 else None


def _is_ordered(start: Point, end: Point) -> bool:
    return (start.year, start.month or 1) <= (end.year, end.month or 12)


def _period(found: re.Match[str], today: date) -> Period | None:
    end = _read_point(found, "b", today)
    if found.group("present") is None and end is None:
        return None
    if (bare := found.group("bare")) is not None:
        # "май — август 2020": the year is told once, for both.
        if end is None:
            return None
        start: Point | None = Point(end.year, _month(bare))
    else:
        start = _read_point(found, "a", today)
    if start is None or not _is_ordered(start, Point(today.year, today.month)):
        return None
    if end is not None and not _is_ordered(start, end):
        return None
    return Period(start, end, found.start(), found.end())


def find_periods(text: str, today: date) -> tuple[Period, ...]:
    """Return the periods that the text names, in order; impossible ones (from the future, backwards) are left out."""
    periods = (_period(found, today) for found in _RANGE.finditer(text))
    return tuple(period for period in periods if period is not None)


def period_since(line: str, today: date) -> Period | None:
    """Return the open period that begins a line ("с 2019 года", "since May 2020"), or `None`."""
    found = _SINCE.match(line)
    if found is None:
        return None
    start = _read_point(found, "a", today)
    if start is None or not _is_ordered(start, Point(today.year, today.month)):
        return None
    return Period(start, None, found.start(), found.end())


def continues_a_period(text: str) -> bool:
    """Tell whether the text opens with a date or "present": what follows a dash that a line break cut off."""
    return _CONTINUES.match(text) is not None


def duration_in_months(text: str) -> int | None:
    """Return the length of "6 лет 7 месяцев", "3 years", "1,5 года" when the text is nothing else, else `None`."""
    text = text.strip()
    if len(text) > 40:
        return None
    found = _DURATION.fullmatch(text)
    if found is None or (found["years"] is None and found["months"] is None):
        return None
    tenths = round(int(found["tenths"]) * 12 / 10) if found["tenths"] else 0
    return int(found["years"] or 0) * 12 + tenths + int(found["months"] or 0)


def years_covered(periods: list[Period], today: date) -> float | None:
    """Return how many years the periods cover together, to one decimal; what overlaps counts once."""
    total, reached = 0, 0
    for first, after in sorted(period.months(today) for period in periods):
        total += max(0, after - max(first, reached))
        reached = max(reached, after)
    return round(total / 12, 1) if total else None
