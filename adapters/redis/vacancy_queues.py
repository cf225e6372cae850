"""Vacancies read ahead, in Redis."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar, cast

from redis import Redis, RedisError

from adapters.codec import plain, structured
from domain.identifiers import RunId, TelegramId
from domain.search.ports import Ahead
from domain.vacancies.vacancy import Vacancy

log = logging.getLogger(__name__)

T = TypeVar("T")

KEPT = timedelta(minutes=10)
"""How long what was read ahead is kept; so long at most is anything left of a person erased while Redis is away."""


class RedisVacancyQueues:
    """A list for each person. Redis away: nothing is read ahead, and it is not asked again for `pause` seconds."""

    def __init__(self, client: Redis, depth: int = 20, *, pause: float = 2.0) -> None:
        self.depth = depth
        self._pause = pause
        self._client = client
        self._away_until = 0.0

    def first(self, telegram_id: TelegramId) -> Ahead | None:
        text = self._asked(lambda: cast("str | None", self._client.lindex(_key(telegram_id), 0)), None)
        if text is None:
            return None
        try:
            run_id, vacancy = json.loads(text)
            return Ahead(run_id=RunId(run_id), vacancy=structured(vacancy, Vacancy))
        except Exception:
            # Another version of the program put it there, or nobody of ours: whatever is wrong with it, it is no loss.
            return None

    def drop_first(self, telegram_id: TelegramId) -> None:
        self._asked(lambda: self._client.lpop(_key(telegram_id)), None)

    def fill(self, telegram_id: TelegramId, run_id: RunId, vacancies: Sequence[Vacancy]) -> None:
        texts = [json.dumps([run_id, plain(each)], ensure_ascii=False) for each in vacancies[: self.depth]]
        self._asked(lambda: self._replace(_key(telegram_id), texts), None)

    def forget(self, telegram_id: TelegramId) -> None:
        self._asked(lambda: self._client.delete(_key(telegram_id)), None)

    def _replace(self, key: str, texts: list[str]) -> None:
        with self._client.pipeline(transaction=True) as together:
            together.delete(key)
            if texts:
                together.rpush(key, *texts)
                together.expire(key, KEPT)
            together.execute()

    def _asked(self, question: Callable[[], T], otherwise: T) -> T:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return question()
        except RedisError as error:
            self._away_until = time.monotonic() + self._pause
            log.warning("Redis does not answer, nothing is read ahead: %s", type(error).__name__)
            return otherwise


def _key(telegram_id: TelegramId) -> str:
    return f"job-assistant:ahead:{telegram_id}"
