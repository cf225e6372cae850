"""Vacancies as sources send them, read one by one: the good ones go on, each bad one keeps its errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from domain.identifiers import VacancyId
from domain.vacancies.arrival import Draft
from entrypoints.api.problems import flat
from entrypoints.api.schemas.vacancies import KnownVacancy, NewVacancy

_SCHEMA = NewVacancy()
_KNOWN = KnownVacancy()


@dataclass
class ReadItems:
    """`drafts` holds the good ones in order; `errors` maps the index of each bad one to its fields' codes."""

    drafts: list[Draft] = field(default_factory=list)
    errors: dict[int, dict[str, list[str]]] = field(default_factory=dict)


def read_items(items: Iterable[Any]) -> ReadItems:
    read = ReadItems()
    for index, item in enumerate(items):
        try:
            read.drafts.append(_SCHEMA.load(item))
        except ma.ValidationError as error:  # noqa: PERF203 — each item is answered for itself
            read.errors[index] = flat(error.messages)
    return read


@dataclass
class ReadFinds:
    """What an outside engine found: ids of vacancies that we hold, and whole vacancies of sources of its own.

    `known` maps each id to the places of its items, `places` tells those of the drafts; `errors` are by place, too.
    """

    known: dict[VacancyId, list[int]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    errors: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    def refused(
        self, *, unknown: Iterable[VacancyId], drafts: Mapping[int, Mapping[str, Sequence[str]]]
    ) -> dict[int, dict[str, list[str]]]:
        """Return the errors of all bad items by place, with the ids nobody knows and the drafts refused (by index)."""
        errors = dict(self.errors)
        for each in unknown:
            errors |= {place: {"vacancy_id": ["unknown_vacancy"]} for place in self.known[each]}
        for index, told in drafts.items():
            errors[self.places[index]] = {name: list(codes) for name, codes in told.items()}
        return dict(sorted(errors.items()))


def read_finds(items: Iterable[Any]) -> ReadFinds:
    read = ReadFinds()
    for place, item in enumerate(items):
        try:
            if isinstance(item, Mapping) and item.get("vacancy_id") not in (None, ""):
                known = VacancyId(_KNOWN.load(item)["vacancy_id"])
                read.known.setdefault(known, []).append(place)
            else:
                read.drafts.append(_SCHEMA.load(item))
                read.places.append(place)
        except ma.ValidationError as error:  # noqa: PERF203 — each item is answered for itself
            read.errors[place] = flat(error.messages)
    return read
