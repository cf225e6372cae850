"""The vacancies that the loopback hh.ru has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Vacancy:
    """One vacancy as it stands in search results and as it is shown alone."""

    item: dict[str, Any]
    details: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.details["id"])

    @property
    def archived(self) -> bool:
        return bool(self.details["archived"])


class Vacancies:
    """Vacancies by id."""

    def __init__(self, vacancies: Iterable[Vacancy] = ()) -> None:
        self._by_id: dict[str, Vacancy] = {}
        self.add(*vacancies)

    def __iter__(self) -> Iterator[Vacancy]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, id_: str) -> Vacancy | None:
        return self._by_id.get(id_)

    def add(self, *vacancies: Vacancy) -> None:
        """Add them; one whose id is known takes the place of the former."""
        self._by_id.update((vacancy.id, vacancy) for vacancy in vacancies)

    def archive(self, id_: str) -> None:
        """Take a vacancy out of searches; it stays readable."""
        self._by_id[id_].details["archived"] = True
        self._by_id[id_].item["archived"] = True

    def remove(self, id_: str) -> None:
        """Let the vacancy be gone (404)."""
        del self._by_id[id_]

    def clear(self) -> None:
        self._by_id.clear()
