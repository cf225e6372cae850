"""Makes drafts of hh.ru's vacancies: of an item of a search, with the details laid over it where they are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from adapters.hh.fields import (
    Unreadable,
    amount,
    currency,
    flag,
    https,
    id_of,
    ids,
    line,
    moment,
    name_of,
    record,
    records,
    text,
    whole,
)
from domain.identifiers import VacancyId
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, MOST_TAGS, Draft
from domain.vacancies.vacancy import SalaryPeriod

SOURCE = "hh"

_ID = re.compile(r"[0-9A-Za-z_-]{1,60}")
_HIT = re.compile(r"</?highlighttext>", re.IGNORECASE)
_EXPERIENCE = frozenset({"noExperience", "between1And3", "between3And6", "moreThan6"})
_PERIODS = {"MONTH": SalaryPeriod.MONTH, "HOUR": SalaryPeriod.HOUR, "SHIFT": SalaryPeriod.SHIFT}
# How often one is paid says for how long only where it is monthly or oftener for the month's sum.
_PAID_BY_THE_MONTH = frozenset({None, "MONTHLY", "TWICE_PER_MONTH"})
_FORMATS = {
    "ON_SITE": WorkFormat.OFFICE,
    "REMOTE": WorkFormat.REMOTE,
    "HYBRID": WorkFormat.HYBRID,
    "FIELD_WORK": WorkFormat.FIELD,
}

_TOLD_BY_BOTH = ("id", "title", "company", "salary_from", "salary_to", "currency", "salary_gross", "salary_period")
_TOLD_BY_SOME = ("area", "work_format", "experience", "url", "published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of a search: its items as they came, how many vacancies and reachable pages there are in all."""

    items: tuple[Mapping[str, Any], ...]
    found: int
    pages: int


def page_of(body: object) -> Found:
    """Return a page of a search; raises `Unreadable('hh_no_page')` for what is none."""
    told = record(body)
    if not isinstance(told.get("items"), list):
        raise Unreadable("hh_no_page")
    items = tuple(records(told["items"]))
    return Found(
        items=items,
        found=whole(told.get("found"), least=0, most=10**9) or len(items),
        pages=whole(told.get("pages"), least=0, most=10**6) or int(bool(items)),
    )


def hh_vacancy_id(hh_id: str) -> VacancyId:
    """Return our id of hh.ru's vacancy."""
    return VacancyId(f"{SOURCE}-{hh_id}")


def id_in(vacancy: object) -> str | None:
    """Return hh.ru's own id of an item or of details, or `None`."""
    told = record(vacancy).get("id")
    given = str(told) if isinstance(told, int) and not isinstance(told, bool) and 0 <= told < 10**18 else told
    return given if isinstance(given, str) and _ID.fullmatch(given) else None


def is_closed(vacancy: object) -> bool:
    """Tell whether an item or details say that nobody can apply any more."""
    told = record(vacancy)
    ended = any(flag(told.get(name)) for name in ("archived", "closed_for_applicants", "hidden"))
    return ended or id_of(told.get("type")) == "closed"


def draft_of(item: object, details: object = None) -> Draft:
    """Return the draft of an item of a search, with what the details say laid over it; either may stand alone.

    Raises `Unreadable`: `hh_no_id`, `hh_no_title`, `hh_other_vacancy` (the details are of another one). Whatever else
    is odd is left out. `draft.id` is hh.ru's own.
    """
    known, more = record(item), record(details)
    if known and more and id_in(known) != id_in(more):
        raise Unreadable("hh_other_vacancy")
    told = known | {name: value for name, value in more.items() if value is not None}
    hh_id, title = id_in(told), line(told.get("name"), most=LONGEST_TITLE)
    if hh_id is None:
        raise Unreadable("hh_no_id")
    if title is None:
        raise Unreadable("hh_no_title")
    description = text(told.get("description"), most=LONGEST_TEXT) or ""
    # The description holds whole what the snippet holds in pieces.
    snippet = {} if description else record(told.get("snippet"))
    pay = _pay(told)
    return Draft(
        id=hh_id,
        source=SOURCE,
        title=title,
        company=_company(told),
        area=name_of(told.get("area"), most=LONGEST_LINE)
        or line(record(told.get("address")).get("city"), most=LONGEST_LINE),
        salary_from=pay.least,
        salary_to=pay.most,
        currency=pay.currency,
        salary_gross=pay.gross,
        salary_period=pay.period,
        work_format=_work_format(told),
        experience=_experience(told.get("experience")),
        skills=_tags(told),
        responsibilities=_without_marks(snippet.get("responsibility")),
        requirements=_without_marks(snippet.get("requirement")),
        description=description,
        outline=not description,
        url=https(told.get("alternate_url")),
        published_at=moment(told.get("published_at")) or moment(told.get("created_at")),
        closes_at=moment(told.get("expires_at")),
    )


def still_hold(details: object, item: object) -> bool:
    """Whether details kept for a while agree with what an item of a search says now, in all that both tell."""
    try:
        then, now = draft_of(details), draft_of(item)
    except Unreadable:
        return False
    # No pay and no name are told by their absence.
    if any(getattr(then, name) != getattr(now, name) for name in _TOLD_BY_BOTH):
        return False
    both = ((getattr(then, name), getattr(now, name)) for name in _TOLD_BY_SOME)
    return all(None in (kept, seen) or kept == seen for kept, seen in both)


@dataclass(frozen=True, slots=True)
class _Pay:
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str = "RUB"
    gross: bool | None = None
    period: SalaryPeriod = SalaryPeriod.MONTH


def _pay(told: Mapping[str, Any]) -> _Pay:
    """Return what is paid, or nothing where hh.ru's sum is for a service, a rotation or what we do not know."""
    # The older field gives the newer one's numbers without saying for how long: it is no way out.
    given = record(told.get("salary_range")) or record(told.get("salary"))
    period = _period(given)
    code = currency(given.get("currency"))
    least, most = amount(given.get("from")), amount(given.get("to"))
    crossed = least is not None and most is not None and least > most
    if period is None or code is None or crossed or (least is None and most is None):
        return _Pay()
    return _Pay(least, most, code, flag(given.get("gross")), period)


def _period(given: Mapping[str, Any]) -> SalaryPeriod | None:
    mode, frequency = given.get("mode"), id_of(given.get("frequency"))
    if mode is None:
        return SalaryPeriod.MONTH if frequency in _PAID_BY_THE_MONTH else None
    period = _PERIODS.get(id_of(mode) or "")
    # "A month, paid by the project" says nothing that holds.
    return None if period is SalaryPeriod.MONTH and frequency == "PER_PROJECT" else period


def _company(told: Mapping[str, Any]) -> str | None:
    employer = record(told.get("employer"))
    # Who does not want to be named writes "A large company" in the name's place.
    if id_of(told.get("type")) == "anonymous" or employer.get("id") is None:
        return None
    return name_of(employer, most=LONGEST_LINE)


def _work_format(told: Mapping[str, Any]) -> WorkFormat | None:
    """Return the format; of several offered, the one that leaves most open."""
    offered = {_FORMATS[each] for each in ids(told.get("work_format")) if each in _FORMATS}
    for format_ in (WorkFormat.REMOTE, WorkFormat.HYBRID, WorkFormat.OFFICE, WorkFormat.FIELD):
        if format_ in offered:
            return format_
    # The older field names a time of work; only this one of its values names a place.
    return WorkFormat.REMOTE if id_of(told.get("schedule")) == "remote" else None


def _experience(given: object) -> str | None:
    known = id_of(given)
    return known if known in _EXPERIENCE else name_of(given, most=100)


def _tags(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the key skills, and the languages and driving licences that hh.ru asks for in fields of their own."""
    skills = [name_of(each, most=200) for each in records(told.get("key_skills"))]
    languages = [_language(each) for each in records(told.get("languages"))]
    licences = [
        f"Водительские права категории {category}"
        for category in ids(told.get("driver_license_types"))
        if len(category) <= 3
    ]
    return tuple(dict.fromkeys(each for each in (*skills, *languages, *licences) if each))[:MOST_TAGS]


def _language(given: Mapping[str, Any]) -> str | None:
    name, level = name_of(given, most=100), name_of(given.get("level"), most=90)
    return f"{name} — {level}" if name and level else name


def _without_marks(given: object) -> str:
    return _HIT.sub("", text(given, most=LONGEST_TEXT) or "")
