"""Where vacancies are kept, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.identifiers import VacancyId
from domain.vacancies.vacancy import Vacancy


class Vacancies(Protocol):
    def get(self, vacancy_id: VacancyId) -> Vacancy:
        """Return the vacancy, or raise `NotFound('vacancy_not_found')`."""

    def among(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, Vacancy]:
        """Return those of the vacancies that are known."""

    def last_seen(self, ids: Iterable[VacancyId]) -> Mapping[VacancyId, datetime]:
        """Return when those of the vacancies that are known were last seen; cheaper than the vacancies themselves."""

    def same_job(self, fingerprints: Iterable[str]) -> Mapping[str, Sequence[VacancyId]]:
        """Return, by fingerprint, the ids of the vacancies that bear it, the first seen first."""

    def save(self, vacancies: Iterable[Vacancy]) -> None:
        """Insert the vacancies, or replace what is known of them."""

    def open(self, *, at: datetime, limit: int) -> Sequence[Vacancy]:
        """Return vacancies open at that time, the last published (else: first seen) first, ties by id."""

    def count_open(self, *, at: datetime) -> int:
        """Return how many vacancies are open at that time."""
