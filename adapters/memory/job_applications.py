"""What people applied to, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.memory.tables import Tables
from domain.identifiers import TelegramId, VacancyId
from domain.search.applications import JobApplication


class MemoryJobApplications:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, applications: Iterable[JobApplication]) -> int:
        known, before = self._tables.job_applications, len(self._tables.job_applications)
        for each in applications:
            self._tables.must_know(each.telegram_id)
            known.setdefault((each.telegram_id, each.vacancy_id), each)
        return len(known) - before

    def vacancies(self, telegram_id: TelegramId) -> frozenset[VacancyId]:
        return frozenset(each.vacancy_id for each in self.all_of(telegram_id))

    def all_of(self, telegram_id: TelegramId) -> Sequence[JobApplication]:
        theirs = (each for each in self._tables.job_applications.values() if each.telegram_id == telegram_id)
        return sorted(theirs, key=lambda each: (each.applied_at, each.vacancy_id))
