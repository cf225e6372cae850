"""Vacancies read ahead, in Redis."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import cast

from redis import Redis, RedisError

from adapters.codec import plain, structured
from adapters.patience import Patience
from domain.identifiers import RunId, TelegramId
from domain.search.ports import Ahead
from domain.vacancies.vacancy import Vacancy

KEPT = timedelta(minutes=10)
"""How long what was read ahead is kept; so long at most is anything left of a person erased while Redis is away."""


class RedisVacancyQueues:
    """A list for each person, under what `name_of` lets stand for them.

    Redis away: nothing is read ahead, and it is not asked again for `pause` seconds.
    """

    def __init__(
        self, client: Redis, name_of: Callable[[TelegramId], str], depth: int = 20, *, pause: float = 2.0
    ) -> None:
        self._depth = depth
        self._name_of = name_of
        self._patience = Patience("Redis, which reads ahead,", RedisError, pause=pause)
        self._client = client

    @property
    def depth(self) -> int:
        # What could not be put there need not be read from the store either.
        return 0 if self._patience.exhausted else self._depth

    def first(self, telegram_id: TelegramId) -> Ahead | None:
        text = self._patience.ask(lambda: cast("str | None", self._client.lindex(self._key(telegram_id), 0)))
        if text is None:
            return None
        try:
            run_id, vacancy = json.loads(text)
            return Ahead(run_id=RunId(run_id), vacancy=structured(vacancy, Vacancy))
        except Exception:
            # Another version of the program put it there, or nobody of ours: whatever is wrong with it, it is no loss.
            return None

    def drop_first(self, telegram_id: TelegramId) -> None:
        self._patience.ask(lambda: self._client.lpop(self._key(telegram_id)))

    def fill(self, telegram_id: TelegramId, run_id: RunId, vacancies: Sequence[Vacancy]) -> None:
        texts = [json.dumps([run_id, plain(each)], ensure_ascii=False) for each in vacancies[: self._depth]]
        self._patience.ask(lambda: self._replace(self._key(telegram_id), texts))

    def forget(self, telegram_id: TelegramId) -> None:
        # Asked for in any case: it is an erased person whom it is about.
        with suppress(RedisError):
            self._client.delete(self._key(telegram_id))

    def _key(self, telegram_id: TelegramId) -> str:
        return f"job-assistant:ahead:{self._name_of(telegram_id)}"

    def _replace(self, key: str, texts: list[str]) -> None:
        with self._client.pipeline(transaction=True) as together:
            together.delete(key)
            if texts:
                together.rpush(key, *texts)
                together.expire(key, KEPT)
            together.execute()
