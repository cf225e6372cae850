"""The tree of areas that the loopback hh.ru has: a small part of the real one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.boards.hh.examples import example


def tree() -> list[dict[str, Any]]:
    """Return `[{"id", "name", "parent_id", "areas"}]`."""
    found: list[dict[str, Any]] = example("areas")
    return found


@cache
def _by_id() -> dict[str, dict[str, Any]]:
    return {area["id"]: area for area in _flat(tree())}


def find_area(id_: str) -> dict[str, Any] | None:
    return _by_id().get(id_)


def area_named(id_: str) -> dict[str, str]:
    """Return the area as it stands in vacancies and résumés; raise `KeyError` when the tree lacks it."""
    return {"id": id_, "name": _by_id()[id_]["name"], "url": f"https://api.hh.ru/areas/{id_}"}


def all_areas() -> list[dict[str, Any]]:
    return list(_by_id().values())


def with_all_below(id_: str) -> set[str]:
    """Return the ids of an area and of all in it; empty when there is no such area."""
    area = find_area(id_)
    return {one["id"] for one in _flat([area])} if area else set()


def _flat(areas: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for area in areas:
        yield area
        yield from _flat(area["areas"])
