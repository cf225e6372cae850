"""What the loopback hh.ru tells anybody: dictionaries, areas, languages, professional roles, suggestions."""

from __future__ import annotations

from typing import Any

from tests.boards.hh import areas, errors
from tests.boards.hh.access import caller
from tests.boards.hh.cached import cached
from tests.boards.hh.examples import example
from tests.boards.hh.exchange import Answer, Request, as_json
from tests.boards.hh.world import HhRu

_SUGGESTED = ("companies", "educational_institutions", "positions", "skill_set", "vacancy_search_keyword")


def body(hh: HhRu, request: Request, name: str) -> Answer:
    """Answer with a whole dictionary: `dictionaries`, `areas`, `languages` or `professional_roles`."""
    caller(hh, request)
    return cached(hh, request, example(name))


def countries(hh: HhRu, request: Request) -> Answer:
    caller(hh, request)
    return cached(hh, request, [areas.area_named(area["id"]) for area in areas.tree()])


def area(hh: HhRu, request: Request, id_: str) -> Answer:
    caller(hh, request)
    found = areas.find_area(id_)
    if found is None:
        raise errors.not_found()
    return cached(hh, request, found)


def suggests(hh: HhRu, request: Request, name: str) -> Answer:
    """Answer with what contains the text asked about (areas: begins with it), of 2 to 3,000 characters."""
    caller(hh, request)
    text = (request.one("text") or "").casefold()
    if not 2 <= len(text) <= 3_000:
        raise errors.bad_argument("text")
    fits = str.startswith if name in ("areas", "area_leaves") else str.__contains__
    return as_json({"items": [item for item in _items(hh, request, name) if fits(item["text"].casefold(), text)]})


def _items(hh: HhRu, request: Request, name: str) -> list[dict[str, Any]]:
    if name in ("areas", "area_leaves"):
        return _areas(request, leaves_only=name == "area_leaves")
    if name == "professional_roles":
        roles = [role for category in example("professional_roles")["categories"] for role in category["roles"]]
        return [{"id": role["id"], "text": role["name"]} for role in roles]
    file = "positions" if name == "vacancy_positions" else name
    if file not in _SUGGESTED:
        return []
    items: list[dict[str, Any]] = example(f"suggests_{file}")["items"]
    if name == "skill_set":
        skills = dict.fromkeys(skill["name"] for one in hh.vacancies for skill in one.details["key_skills"])
        items += [{"id": str(number), "text": skill} for number, skill in enumerate(skills, start=10_001)]
    return items


def _areas(request: Request, *, leaves_only: bool) -> list[dict[str, Any]]:
    inside = request.one("area_id")
    among = areas.with_all_below(inside) if inside else None
    return [
        {"id": one["id"], "text": one["name"], "url": f"https://api.hh.ru/areas/{one['id']}"}
        for one in areas.all_areas()
        if (among is None or one["id"] in among) and not (leaves_only and one["areas"])
    ]
