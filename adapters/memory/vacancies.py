"""Vacancies in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from adapters.memory.tables import Tables
from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.vacancies.vacancy import Vacancy


class MemoryVacancies:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, vacancy_id: VacancyId) -> Vacancy:
        vacancy = self._tables.vacancies.get(vacancy_id)
        if vacancy is None:
            raise NotFound("vacancy_not_found")
        return vacancy

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        return {each: self._tables.vacancies[each] for each in ids if each in self._tables.vacancies}

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        return {each: vacancy.last_seen_at for each, vacancy in self.among(ids).items()}

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        wanted = set(fingerprints)
        first_seen_first = sorted(self._tables.vacancies.values(), key=lambda each: (each.first_seen_at, each.id))
        bearers: dict[str, list[VacancyId]] = {}
        for vacancy in first_seen_first:
            if (fingerprint := vacancy.fingerprint) in wanted:
                bearers.setdefault(fingerprint, []).append(vacancy.id)
        return bearers

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        self._tables.vacancies.update({vacancy.id: vacancy for vacancy in vacancies})

    def open(self, *, at: datetime, limit: int) -> Sequence[Vacancy]:
        by_id = sorted(self._open(at), key=lambda each: each.id)
        return sorted(by_id, key=lambda each: each.published_at or each.first_seen_at, reverse=True)[:limit]

    def count_open(self, *, at: datetime) -> int:
        return len(self._open(at))

    def _open(self, at: datetime) -> list[Vacancy]:
        return [each for each in self._tables.vacancies.values() if each.is_open(at=at)]
