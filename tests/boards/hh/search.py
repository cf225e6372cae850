"""How the loopback hh.ru finds vacancies by the parameters of `GET /vacancies`; those it does not know it ignores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from tests.boards.hh import areas, errors
from tests.boards.hh.clock import read
from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Request
from tests.boards.hh.text_query import Test, matcher, words_of
from tests.boards.hh.vacancies import Vacancy

_FIELDS = ("name", "company_name", "description")
_TERMS = {  # The parameter, and where the dictionary example is abridged, what the reference adds to it.
    "experience": (),
    "employment": (),
    "schedule": (),
    "employment_form": (),
    "work_format": (),
    "work_schedule_by_days": (
        *("FIVE_ON_TWO_OFF", "SIX_ON_ONE_OFF", "FOUR_ON_FOUR_OFF", "FOUR_ON_THREE_OFF", "FOUR_ON_TWO_OFF"),
        *("THREE_ON_THREE_OFF", "THREE_ON_TWO_OFF", "TWO_ON_TWO_OFF", "TWO_ON_ONE_OFF", "ONE_ON_THREE_OFF"),
        *("ONE_ON_TWO_OFF", "WEEKEND", "FLEXIBLE", "OTHER"),
    ),
    "working_hours": (*(f"HOURS_{hours}" for hours in (*range(2, 13), 24)), "FLEXIBLE", "OTHER"),
}


def search(vacancies: Iterable[Vacancy], request: Request, *, now: datetime) -> list[Vacancy]:
    """Return the vacancies that fit, in the order asked for; raise `ApiError` for a value that makes no sense."""
    tests = [
        *_by_text(request),
        *_by_area(request),
        *_by_terms(request),
        *_by_people(request),
        *_by_pay(request),
        *_by_time(request, now),
    ]
    found = [vacancy for vacancy in vacancies if all(test(vacancy) for test in tests)]
    return _ordered(found, request)


_Tests = Iterable[Callable[[Vacancy], bool]]


def _texts(vacancy: Vacancy) -> dict[str, str]:
    skills = " ".join(skill["name"] for skill in vacancy.details["key_skills"])
    snippet = " ".join(filter(None, (vacancy.item.get("snippet") or {}).values()))
    description = re.sub("<[^>]+>", " ", f"{vacancy.details['description']} . {skills} . {snippet}")
    name, company = vacancy.item["name"], vacancy.item["employer"]["name"]
    return {"name": name, "company_name": company, "description": description}


def _by_text(request: Request) -> _Tests:
    fields = tuple(_known(request, "search_field", _FIELDS)) or _FIELDS
    if text := request.one("text"):
        wanted = matcher(text)
        # hh.ru's "magic": a town in the text is taken for a filter, unless that is forbidden.
        towns = _towns_in(text) if request.one("no_magic") != "true" else {}
        if towns:
            rest = matcher(" ".join(word for word in text.split() if word.casefold() not in towns))
            yield lambda vacancy: _is_in(vacancy, towns) and rest(_texts(vacancy), fields)
        else:
            yield lambda vacancy: wanted(_texts(vacancy), fields)
    for word in filter(None, (word.strip() for word in (request.one("excluded_text") or "").split(","))):
        yield _without(matcher(f'"{word}"'))


def _without(unwanted: Test) -> Callable[[Vacancy], bool]:
    return lambda vacancy: not unwanted(_texts(vacancy), _FIELDS)


def _towns_in(text: str) -> dict[str, set[str]]:
    known = {area["name"].casefold(): area["id"] for area in areas.all_areas()}
    return {word: areas.with_all_below(known[word]) for word in words_of(text) if word in known}


def _is_in(vacancy: Vacancy, towns: dict[str, set[str]]) -> bool:
    return any(vacancy.item["area"]["id"] in ids for ids in towns.values())


def _by_area(request: Request) -> _Tests:
    wanted: set[str] = set()
    for id_ in request.query.get("area", []):
        if not (inside := areas.with_all_below(id_)):
            raise errors.bad_argument("area")
        wanted |= inside
    if wanted:
        yield lambda vacancy: vacancy.item["area"]["id"] in wanted


def _by_terms(request: Request) -> _Tests:
    """Compare dictionary terms; values of one parameter are alternatives."""
    for parameter, more in _TERMS.items():
        if parameter not in request.query:
            continue
        terms = [term["id"] for term in example("dictionaries")[parameter]]
        if wanted := _known(request, parameter, (*terms, *more)):
            yield _with_any(parameter, wanted)


def _with_any(key: str, wanted: set[str]) -> Callable[[Vacancy], bool]:
    return lambda vacancy: not wanted.isdisjoint(_ids(vacancy, key))


def _by_people(request: Request) -> _Tests:
    if roles := set(request.query.get("professional_role", [])):
        yield _with_any("professional_roles", roles)
    if employers := set(request.query.get("employer_id", [])):
        yield lambda vacancy: vacancy.item["employer"]["id"] in employers
    if others := set(request.query.get("excluded_employer_id", [])):
        yield lambda vacancy: vacancy.item["employer"]["id"] not in others


def _by_pay(request: Request) -> _Tests:
    """Keep ranges that reach the salary asked for, or come near; with no salary told only unless that is demanded."""
    if request.one("only_with_salary") == "true":
        yield lambda vacancy: _top(vacancy) is not None
    if (salary := request.one("salary")) is not None:
        if not salary.isascii() or not salary.isdigit():
            raise errors.bad_argument("salary")
        rates = _rates()
        currency = request.one("currency") or "RUR"
        if currency not in rates:
            raise errors.bad_argument("currency")
        least = int(salary) / rates[currency]
        yield lambda vacancy: (top := _top(vacancy)) is None or top >= least


def _top(vacancy: Vacancy) -> float | None:
    """Return the most that is paid, in roubles; an open end is taken for half as much again."""
    pay = vacancy.item.get("salary_range") or vacancy.item.get("salary")
    if pay is None:
        return None
    top = pay["to"] or (pay["from"] or 0) * 1.5
    return float(top / _rates()[pay["currency"]])


@cache
def _rates() -> dict[str, float]:
    return {one["code"]: one["rate"] for one in example("dictionaries")["currency"]}


def _by_time(request: Request, now: datetime) -> _Tests:
    period, since, until = request.one("period"), request.one("date_from"), request.one("date_to")
    if period is not None:
        if not period.isascii() or not period.isdigit() or int(period) == 0 or since or until:
            raise errors.bad_argument("period")
        start = now - timedelta(days=int(period))
        yield lambda vacancy: _published(vacancy) >= start
    if since is not None:
        first = _moment("date_from", since)
        yield lambda vacancy: _published(vacancy) >= first
    if until is not None:
        # A bare date means the whole day. That is our guess: hh.ru does not say.
        last = _moment("date_to", until) + (timedelta(days=1, seconds=-1) if len(until) == 10 else timedelta())
        yield lambda vacancy: _published(vacancy) <= last


def _moment(parameter: str, text: str) -> datetime:
    """Read a date or a time, rounded down to five minutes."""
    try:
        moment = read(text)
    except ValueError:
        raise errors.bad_argument(parameter) from None
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0)


def _published(vacancy: Vacancy) -> datetime:
    return read(vacancy.item["published_at"])


def _ordered(found: list[Vacancy], request: Request) -> list[Vacancy]:
    """Order as asked; by relevance, hits in the title stand first, then the newest."""
    orders = [order["id"] for order in example("dictionaries")["vacancy_search_order"]]
    order = request.one("order_by") or "relevance"
    if order not in orders:
        raise errors.bad_argument("order_by")
    newest = sorted(found, key=_published, reverse=True)
    if order in ("salary_desc", "salary_asc"):
        with_pay = [vacancy for vacancy in newest if _top(vacancy) is not None]
        without = [vacancy for vacancy in newest if _top(vacancy) is None]
        return sorted(with_pay, key=lambda vacancy: _top(vacancy) or 0, reverse=order == "salary_desc") + without
    if order == "relevance" and (text := request.one("text")):
        wanted = matcher(text)
        return sorted(newest, key=lambda vacancy: not wanted(_texts(vacancy), ("name",)))
    return newest


def _known(request: Request, parameter: str, terms: Sequence[str]) -> set[str]:
    """Return the values of a parameter, all of which the dictionary must know."""
    values = set(request.query.get(parameter, []))
    if not values <= set(terms):
        raise errors.bad_argument(parameter)
    return values


def _ids(vacancy: Vacancy, key: str) -> set[str]:
    """Return the ids that stand under the key, in the item or else in the whole vacancy: one, a list or nothing."""
    held: Any = vacancy.item.get(key) or vacancy.details.get(key) or []
    return {one["id"] for one in (held if isinstance(held, list) else [held])}
