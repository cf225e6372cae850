"""What a person applied to, wherever they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from domain.identifiers import TelegramId, VacancyId


class ToldBy(str, Enum):
    """Who says that the person applied: hh.ru, or a list that the person gave."""

    HH = "hh"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobApplication:
    """An application of a person to a vacancy, which may be one that we know nothing else of."""

    telegram_id: TelegramId
    vacancy_id: VacancyId
    applied_at: datetime
    told_by: ToldBy


class JobApplications(Protocol):
    def add(self, applications: Iterable[JobApplication]) -> int:
        """Keep those that are new, of a person who exists; return how many were. What is known stays as it is."""

    def vacancies(self, telegram_id: TelegramId) -> frozenset[VacancyId]:
        """Return everything that the person applied to."""

    def all_of(self, telegram_id: TelegramId) -> Sequence[JobApplication]:
        """Return every application of the person, the earliest first, ties by id."""
