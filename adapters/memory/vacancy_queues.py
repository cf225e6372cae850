"""Vacancies read ahead, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from domain.identifiers import RunId, TelegramId
from domain.search.ports import Ahead
from domain.vacancies.vacancy import Vacancy


class MemoryVacancyQueues:
    """Reads `depth` vacancies ahead; 0, where the store is near enough, keeps nothing."""

    def __init__(self, depth: int = 0) -> None:
        self.depth = depth
        self._queues: dict[TelegramId, list[Ahead]] = {}
        self._lock = Lock()

    def first(self, telegram_id: TelegramId) -> Ahead | None:
        with self._lock:
            return next(iter(self._queues.get(telegram_id, ())), None)

    def drop_first(self, telegram_id: TelegramId) -> None:
        with self._lock:
            del self._queues.get(telegram_id, [])[:1]

    def fill(self, telegram_id: TelegramId, run_id: RunId, vacancies: Sequence[Vacancy]) -> None:
        with self._lock:
            self._queues[telegram_id] = [Ahead(run_id=run_id, vacancy=each) for each in vacancies[: self.depth]]

    def forget(self, telegram_id: TelegramId) -> None:
        with self._lock:
            self._queues.pop(telegram_id, None)
