"""The composition root: settings in, a working application out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from sqlalchemy import URL, Engine

from adapters import data_folder
from adapters.composition import compose, files_reader, lexicon, ranking
from adapters.data_folder import AlreadyRunning
from adapters.documents.reader import ChildProcessReader
from adapters.dramatiq.brokers import Brokers, brokers_in_process, brokers_on_redis
from adapters.dramatiq.middleware import NotedTasks
from adapters.dramatiq.tasks import DramatiqTasks
from adapters.logs import configure_logs, pseudonym
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from adapters.metrics import Telemetry
from adapters.redis.connection import answers, open_redis, shortcomings
from adapters.redis.vacancy_queues import RedisVacancyQueues
from adapters.settings import BadSetting, Settings, read_settings
from adapters.sql import migrate
from adapters.sql.engine import check_url, open_engine, sqlite_url
from adapters.sql.store import SqlTransactions
from adapters.work_in_hand import ThreadedWorkInHand
from domain.application import Application
from domain.errors import Unavailable
from domain.identifiers import TelegramId, VacancyId

_OTHER_THREADS = 4
"""What sweeps, renews leases, checks and measures."""

KINDS_OF_KEYS = ("bot", "pipeline", "operator")


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A started installation. `keys` are the valid ones by kind, `keys_made` the kinds of which we made them.

    `brokers` bring messages to the workers of this process, the spare ones last; `parts` are what readiness checks.
    """

    settings: Settings
    application: Application
    brokers: tuple[Brokers, ...]
    in_hand: ThreadedWorkInHand
    keys: Mapping[str, tuple[str, ...]]
    keys_made: tuple[str, ...]
    parts: Mapping[str, Callable[[], bool]]
    telemetry: Telemetry
    engine: Engine
    files_reader: ChildProcessReader
    works: bool

    def pseudonyms_of(self, telegram_id: TelegramId) -> frozenset[str]:
        """Return what may stand for a person in the logs, under any of the operator's keys."""
        return frozenset(pseudonym(key, telegram_id) for key in self.keys["operator"])

    def warm(self) -> None:
        """Load in advance what the first request, or the first piece of work, would wait for."""
        if self.works:
            self.files_reader.warm()
        lexicon()

    def close(self) -> None:
        self.files_reader.close()
        self.engine.dispose()
        self.telemetry.close()


def open_platform(environ: Mapping[str, str], *, works: bool = True) -> Platform:
    """Start an installation as the environment says; `works` tells whether this process is to have workers.

    Raises `BadSetting`.
    """
    settings = read_settings(environ)
    engine = open_engine(_store_url(settings), connections=_threads(settings))
    keys = _keys(settings)
    telemetry = Telemetry(secret=keys["operator"][0], folder=settings.metrics_dir)
    redis = open_redis(settings.redis_url) if settings.redis_url is not None else None
    queues = RedisVacancyQueues(redis) if redis is not None else MemoryVacancyQueues(depth=0)
    brokers = _brokers(settings, telemetry)
    reader = files_reader(settings)
    in_hand = ThreadedWorkInHand()
    # Who has no workers must not keep messages for itself.
    tasks = DramatiqTasks(*(brokers if works or settings.redis_url is None else brokers[:1]))
    return Platform(
        settings=settings,
        application=compose(settings, SqlTransactions(engine), tasks, reader, queues=queues, in_hand=in_hand),
        brokers=brokers,
        in_hand=in_hand,
        keys=keys,
        keys_made=tuple(kind for kind in KINDS_OF_KEYS if not _given_keys(settings)[kind]),
        parts={"store": lambda: _answers(engine)} | ({"redis": lambda: answers(redis)} if redis is not None else {}),
        telemetry=telemetry,
        engine=engine,
        files_reader=reader,
        works=works,
    )


def _threads(settings: Settings) -> int:
    """Return how many threads of this process may want the store at once, those of the spare workers included."""
    return settings.api_threads + 2 * (settings.reader_processes + settings.worker_threads) + _OTHER_THREADS


def _brokers(settings: Settings, telemetry: Telemetry) -> tuple[Brokers, ...]:
    brokers: tuple[Brokers, ...] = (brokers_in_process(),)
    if settings.redis_url is not None:
        brokers = (brokers_on_redis(settings.redis_url), *brokers)
    for each in brokers:
        for broker in each.values():
            broker.add_middleware(NotedTasks(telemetry))
    return brokers


def migrate_store(settings: Settings) -> list[str]:
    """Bring the store to this version's tables; return the revisions applied."""
    with _known_revision():
        return migrate.migrate(_store_url(settings))


def pending_migrations(settings: Settings) -> list[str]:
    """Return the revisions that the store lacks."""
    with _known_revision():
        return migrate.pending(_store_url(settings))


def redis_shortcomings(settings: Settings) -> list[str] | None:
    """Return what is amiss with Redis: `silent`, `evicts`, `forgets`. `None`: none is configured."""
    if settings.redis_url is None:
        return None
    with open_redis(settings.redis_url) as redis:
        return shortcomings(redis)


@contextmanager
def _known_revision() -> Iterator[None]:
    try:
        yield
    except migrate.UnknownRevision as error:
        raise BadSetting(f"the database is at revision {error}, of a newer version than this one.") from None


def take_data_dir(settings: Settings, *, alone: bool) -> AbstractContextManager[object]:
    """Take the data folder of embedded mode until the block ends; raise `AlreadyRunning`."""
    return data_folder.take(settings.data_dir, alone=alone) if settings.embedded else nullcontext()


def _store_url(settings: Settings) -> str | URL:
    if settings.database_url is None:
        data_folder.make(settings.data_dir)
        return sqlite_url(settings.data_dir / data_folder.DATABASE)
    try:
        check_url(settings.database_url)
    except ValueError as error:
        raise BadSetting(f"DATABASE_URL: {error}") from None
    return settings.database_url


def _given_keys(settings: Settings) -> dict[str, tuple[str, ...]]:
    return {"bot": settings.bot_keys, "pipeline": settings.pipeline_keys, "operator": settings.operator_keys}


def _keys(settings: Settings) -> dict[str, tuple[str, ...]]:
    given = _given_keys(settings)
    missing = tuple(kind for kind in KINDS_OF_KEYS if not given[kind])
    if missing and not settings.embedded:
        names = ", ".join(f"{kind.upper()}_KEYS" for kind in missing)
        raise BadSetting(f"{names}: keys are required when DATABASE_URL is set.")
    made = data_folder.kept_keys(settings.data_dir, missing) if missing else {}
    return {kind: given[kind] or (made[kind],) for kind in KINDS_OF_KEYS}


def _answers(engine: Engine) -> bool:
    try:
        with SqlTransactions(engine)() as tx:
            # Asks every column of a row that need not be there: an error where this version's table is missing.
            tx.vacancies.among([VacancyId("-")])
    except Unavailable:
        return False
    return True


__all__ = [
    "AlreadyRunning",
    "BadSetting",
    "Platform",
    "Settings",
    "Telemetry",
    "compose",
    "configure_logs",
    "files_reader",
    "lexicon",
    "migrate_store",
    "open_platform",
    "pending_migrations",
    "ranking",
    "read_settings",
    "redis_shortcomings",
    "take_data_dir",
]
