"""Vacancies, résumés, people and negotiations for the loopback hh.ru, made from the documented bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any
from zlib import crc32

from tests.boards.hh.areas import area_named
from tests.boards.hh.clock import written
from tests.boards.hh.examples import example
from tests.boards.hh.people import Account
from tests.boards.hh.vacancies import Vacancy

_numbers = count(200_000_001)

_DETAILS_ONLY = ("description", "key_skills", "languages", "driver_license_types", "branded_description")


def a_vacancy(
    *,
    id: str | None = None,  # noqa: A002 — hh.ru's name for it
    name: str = "Junior Go Developer",
    description: str = "<p>Пишем сервисы на <strong>Go</strong>.</p>",
    key_skills: Sequence[str] = ("Go", "SQL"),
    employer: str | None = "Пример, филиал",
    area: str = "1",
    salary: tuple[int | None, int | None] | None = (85_000, None),
    currency: str = "RUR",
    gross: bool = False,
    experience: str = "between1And3",
    schedule: str | None = "remote",
    work_format: Sequence[str] = ("REMOTE",),
    employment: str = "full",
    role: str = "96",
    published_at: datetime | str = "2025-04-23T18:55:44+0300",
    archived: bool = False,
    **changes: Any,
) -> Vacancy:
    """Return a vacancy as an item of a search and in full; ids count up by themselves.

    `changes` are keys of hh.ru's bodies with their values, put into both as they are (a description and its kin only
    into the full one, the snippet only into the item); `employer=None` is an anonymous one.
    """
    id_ = id or str(next(_numbers))
    moment = published_at if isinstance(published_at, str) else written(published_at)
    pay = None if salary is None else {"from": salary[0], "to": salary[1], "currency": currency, "gross": gross}
    shared: dict[str, Any] = {
        "id": id_,
        "name": name,
        "area": area_named(area),
        "salary": pay,
        "salary_range": pay and {**pay, "mode": {"id": "MONTH", "name": "За месяц"}, "frequency": None},
        "experience": _term("experience", experience),
        "schedule": schedule and _term("schedule", schedule),
        "work_format": [_term("work_format", one) for one in work_format],
        "employment": _term("employment", employment),
        "professional_roles": [_role(role)],
        "published_at": moment,
        "created_at": moment,
        "archived": archived,
        "url": f"https://api.hh.ru/vacancies/{id_}?host=hh.ru",
        "alternate_url": f"https://hh.ru/vacancy/{id_}",
        "apply_alternate_url": f"https://hh.ru/applicant/vacancy_response?vacancyId={id_}",
    }
    item = example("vacancies_search_live_2025-04")["items"][0] | shared
    item["snippet"] = {"requirement": None, "responsibility": re.sub("<[^>]+>", " ", description)[:200].strip()}
    details = example("vacancy_details") | shared
    details |= {"description": description, "key_skills": [{"name": skill} for skill in key_skills]}
    # The example ran out long ago.
    details |= {"initial_created_at": moment, "branded_description": None, "expires_at": None}
    for body in (item, details):
        body["employer"] = body["employer"] | _employer(employer)
    details |= {key: value for key, value in changes.items() if key != "snippet"}
    item |= {key: value for key, value in changes.items() if key not in _DETAILS_ONLY}
    return Vacancy(item=item, details=details)


def example_vacancies() -> list[Vacancy]:
    """Return the vacancies of the documented bodies, just as they are there."""
    live = example("vacancies_search_live_2025-04")["items"][0]
    old = example("vacancies_search")["items"][0]
    of_live = a_vacancy(id=live["id"], name=live["name"], role="40")
    return [Vacancy(item=old, details=example("vacancy_details")), Vacancy(item=live, details=of_live.details)]


def a_resume(
    *,
    id: str | None = None,  # noqa: A002 — hh.ru's name for it
    base: str = "resume_owner_live_2025-05_anonymised",
    **changes: Any,
) -> dict[str, Any]:
    """Return a whole résumé as its owner sees it: an example (`base`, its file) with these keys in place of its own."""
    resume: dict[str, Any] = example(base)
    if id is not None:
        resume |= {"id": id, "alternate_url": f"https://hh.ru/resume/{id}"}
    return resume | changes


def a_negotiation(
    vacancy: Vacancy | None = None,
    *,
    id: str | None = None,  # noqa: A002 — hh.ru's name for it
    resume: dict[str, Any] | None = None,
    state: str = "response",
    **changes: Any,
) -> dict[str, Any]:
    """Return what became of one application; without a vacancy it was deleted (`null`)."""
    negotiation: dict[str, Any] = example("negotiations_applicant")["items"][0]
    id_ = id or str(next(_numbers))
    negotiation |= {"id": id_, "url": f"https://api.hh.ru/negotiations/{id_}"}
    negotiation["state"] = _term("negotiations_state", state)
    negotiation["vacancy"] = vacancy and _short(vacancy)
    negotiation["resume"] = resume and {
        "id": resume["id"],
        "title": resume["title"],
        "url": f"https://api.hh.ru/resumes/{resume['id']}",
        "alternate_url": resume["alternate_url"],
    }
    negotiation["counters"] = {"messages": 1, "unread_messages": 0}
    return negotiation | changes


def an_applicant(login: str = "ivan", *, resumes: Sequence[dict[str, Any]] = (), **changes: Any) -> Account:
    """Return an applicant; `changes` are keys of `/me`."""
    me = example("me_applicant") | changes
    return Account(login=login, me=me, resumes=list(resumes))


def an_employer(login: str = "employer") -> Account:
    """Return an employer's account, which some sign in with by mistake. Its `/me` is ours but for the flags."""
    me = example("me_application") | {
        "auth_type": "employer",
        "is_employer": True,
        "is_application": False,
        "id": "87654321",
        "email": "hr@example.com",
        "first_name": "Мария",
        "middle_name": None,
        "last_name": "Кадрова",
        "employer": {"id": "1455", "name": "HeadHunter"},
    }
    return Account(login=login, me=me, kind="employer")


def _short(vacancy: Vacancy) -> dict[str, Any]:
    kept = (
        "id",
        "name",
        "area",
        "url",
        "alternate_url",
        "archived",
        "published_at",
        "created_at",
        "employer",
        "salary",
    )
    return {key: vacancy.item.get(key) for key in kept}


def _term(dictionary: str, id_: str) -> dict[str, str]:
    """Return an entry of a dictionary; one that hh.ru's abridged example lacks has its id for a name."""
    return {"id": id_, "name": _names(dictionary).get(id_, id_)}


@cache
def _names(dictionary: str) -> dict[str, str]:
    return {term["id"]: term["name"] for term in example("dictionaries")[dictionary]}


def _role(id_: str) -> dict[str, str]:
    return {"id": id_, "name": _roles().get(id_, "Другое")}


@cache
def _roles() -> dict[str, str]:
    categories = example("professional_roles")["categories"]
    return {role["id"]: role["name"] for category in categories for role in category["roles"]}


def _employer(name: str | None) -> dict[str, Any]:
    if name is None:
        # An anonymous employer has neither an id nor addresses.
        gone = dict.fromkeys(("id", "url", "alternate_url", "logo_urls", "vacancies_url"))
        return {**gone, "name": "Анонимный работодатель"}
    number = str(1_000_000 + crc32(name.encode()) % 9_000_000)
    site, api = f"https://hh.ru/employer/{number}", f"https://api.hh.ru/employers/{number}"
    listed = f"https://api.hh.ru/vacancies?employer_id={number}"
    return {"id": number, "name": name, "url": api, "alternate_url": site, "vacancies_url": listed}
