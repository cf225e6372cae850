"""hh.ru's tree of areas, searched by the names of places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adapters.hh.fields import id_of, record
from domain.matching.lexicon import Place, Places

MOST_AREAS = 50_000
"""The real tree has about ten thousand."""

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_NOT_WORD = re.compile(r"[\W_]+")
_REGIONS = 1
"""Down to this depth the tree has countries, regions and the cities that are regions."""


@dataclass(frozen=True, slots=True)
class _Area:
    id: str
    name: str
    parent: _Area | None
    place: Place | None
    """Where it lies, as far as a region or a country tells."""


class Areas:
    """The areas of a tree as `GET /areas` answers it; what in it is no area is left out."""

    def __init__(self, tree: object, places: Places) -> None:
        self._places = places
        self._by_id: dict[str, _Area] = {}
        self._named: dict[str, list[_Area]] = defaultdict(list)
        self._inside: dict[str, list[str]] = defaultdict(list)
        for area in self._all(tree):
            self._by_id[area.id] = area
            self._named[_plain(area.name)].append(area)
            if area.parent is not None:
                self._inside[area.parent.id].append(area.id)

    def __len__(self) -> int:
        return len(self._by_id)

    def id_of(self, words: str) -> str | None:
        """Return the id of the place that the words name, else that of its region; `None` where neither is known."""
        place = self._places.find(words)
        if place is None:
            alike = self._named.get(_plain(words), [])
            return alike[0].id if len(alike) == 1 else None
        return self._of(place)

    def wider(self, id_: str) -> str | None:
        """Return the id of the area around, within the same country; `None` where there is none."""
        parent = self._by_id[id_].parent
        return parent.id if parent is not None and parent.place is not None else None

    def inside(self, id_: str) -> tuple[str, ...]:
        """Return the ids of the areas right below."""
        return tuple(self._inside.get(id_, ()))

    def _of(self, place: Place) -> str | None:
        if place.city is not None:
            for area in self._named.get(_plain(place.city), ()):
                if any(_holds(around, place) for around in _with_all_around(area)):
                    return area.id
        region = Place(city=None, region=place.region, country=place.country)
        wanted = [place, region] if place.region is not None else [region]
        return next((each.id for each in self._by_id.values() if each.place in wanted), None)

    def _all(self, tree: object) -> Iterator[_Area]:
        waiting: list[tuple[Any, _Area | None, int]] = [(node, None, 0) for node in _list(tree)]
        seen: set[str] = set()
        for node, parent, depth in waiting:
            id_, name = id_of(node), record(node).get("name")
            if id_ is None or id_ in seen or not isinstance(name, str) or len(seen) >= MOST_AREAS:
                continue
            seen.add(id_)
            area = _Area(id_, name, parent, self._places.find(name) if depth <= _REGIONS else None)
            yield area
            waiting += [(each, area, depth + 1) for each in _list(node.get("areas"))]


def _holds(area: _Area, place: Place) -> bool:
    around = area.place
    if around is None or around.country != place.country:
        return False
    return place.region is None or around.region == place.region


def _with_all_around(area: _Area | None) -> Iterator[_Area]:
    while area is not None:
        yield area
        area = area.parent


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(name: str) -> str:
    return _NOT_WORD.sub(" ", _IN_BRACKETS.sub(" ", name).casefold().replace("ё", "е")).strip()
