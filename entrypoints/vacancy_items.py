"""Vacancies as sources send them, read one by one: the good ones go on, each bad one keeps its errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from domain.vacancies.arrival import Draft
from entrypoints.api.problems import flat
from entrypoints.api.schemas.vacancies import NewVacancy

_SCHEMA = NewVacancy()


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
