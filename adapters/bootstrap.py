"""The composition root: settings in, a working application out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from sqlalchemy import URL, Engine

from adapters import data_folder
from adapters.composition import called, compose, encoder, extraction, files_reader, lexicon, ranking
from adapters.data_folder import AlreadyRunning
from adapters.documents.reader import ChildProcessReader
from adapters.dramatiq.brokers import Brokers, brokers_in_process, brokers_on_redis
from adapters.dramatiq.middleware import NotedTasks
from adapters.dramatiq.queues import FILES, SEARCHES
from adapters.dramatiq.tasks import DramatiqTasks
from adapters.erasures import BadErasures, FileErasures, KeptErasures, kept_erasures
from adapters.job_boards import NOT_ASKED, REDIRECT_PATH, hh_trouble, trudvsem_trouble
from adapters.keys import KINDS_OF_KEYS, given_keys, keys_of, vault
from adapters.logs import configure_logs, pseudonym
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from adapters.metrics import Telemetry
from adapters.n8n.folder import SCRIPT as N8N_SCRIPT
from adapters.n8n.folder import write_folder
from adapters.n8n.installing import Done, Step, await_answers, put_in
from adapters.n8n.kit import Kit, kit, shipped
from adapters.n8n.probing import Probed, probe
from adapters.n8n.probing import Trouble as N8nTrouble
from adapters.n8n.public_api import ApiTrouble, PublicApi
from adapters.n8n.webhooks import N8nWebhooks
from adapters.redis.connection import answers, open_redis, shortcomings
from adapters.redis.vacancy_queues import RedisVacancyQueues
from adapters.settings import BadSetting, Settings, read_settings
from adapters.sql import migrate
from adapters.sql.clock import StoreClock
from adapters.sql.engine import check_url, open_engine, sqlite_url
from adapters.sql.store import SqlTransactions
from adapters.work_in_hand import ThreadedWorkInHand
from domain.application import Application
from domain.errors import Unavailable
from domain.handing_out.ports import Automation
from domain.identifiers import TelegramId, VacancyId

log = logging.getLogger(__name__)

_SOURCES_IN_STORE = 2
"""So many sources read the store in threads of their own, while the search that asks them waits."""

_OTHER_THREADS = 5
"""What sweeps, embeds, renews leases, checks and measures."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A started installation. `keys` are the valid ones by kind, `keys_made` the kinds of which we made them.

    `brokers` bring messages to the workers of this process, the spare ones last; `parts` are what readiness checks.
    """

    settings: Settings
    application: Application
    brokers: tuple[Brokers, ...]
    in_hand: ThreadedWorkInHand
    erasures: FileErasures
    clock: StoreClock
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

    def remember_erasures(self) -> None:
        """See that erasures can be remembered, from now on if they were not yet. Raises `BadSetting`."""
        try:
            self.erasures.begin()
        except OSError as error:
            file = self.settings.erasures_path
            raise BadSetting(f"ERASURES_FILE: {file} cannot be used ({error.strerror}).") from None

    def warm(self) -> None:
        """Load in advance what the first request, or the first piece of work, would wait for; then look about."""
        if self.works:
            self.files_reader.warm()
        lexicon(self.settings.similarity)
        if self.works:
            encoder(self.settings.similarity).load()
        self.look_for_lost_tokens()

    def look_for_lost_tokens(self) -> None:
        """Log how many people's tokens no key opens, if any: else nobody would know before these people sync."""
        try:
            lost = self.application.count_lost()
        except Unavailable:
            return
        if lost:
            log.error("tokens of %d person(s) for hh.ru are sealed with a key that TOKEN_ENCRYPTION_KEYS lacks", lost)

    def close(self) -> None:
        self.clock.close()
        self.files_reader.close()
        self.engine.dispose()
        self.telemetry.close()


def open_platform(environ: Mapping[str, str], *, works: bool = True) -> Platform:
    """Start an installation as the environment says; `works` tells whether this process is to have workers.

    Raises `BadSetting`.
    """
    settings = read_settings(environ)
    engine = open_engine(_store_url(settings), connections=_threads(settings))
    keys = keys_of(settings)
    telemetry = Telemetry(secret=keys["operator"][0], folder=settings.metrics_dir)
    url = settings.redis_url
    queues = MemoryVacancyQueues(depth=0) if url is None else RedisVacancyQueues(open_redis(url), telemetry.person)
    brokers = _brokers(settings, telemetry)
    reader = files_reader(settings)
    in_hand, clock = ThreadedWorkInHand(), StoreClock(engine)
    erasures = FileErasures(settings.erasures_path, person=telemetry.person, clock=clock)
    # Who has no workers must not keep messages for itself.
    tasks = DramatiqTasks(*(brokers if works or url is None else brokers[:1]))
    return Platform(
        settings=settings,
        application=compose(
            settings,
            SqlTransactions(engine),
            tasks,
            reader,
            queues=queues,
            in_hand=in_hand,
            erasures=erasures,
            clock=clock,
            vault=vault(settings),
            automation=automation(settings),
        ),
        brokers=brokers,
        in_hand=in_hand,
        erasures=erasures,
        clock=clock,
        keys=keys,
        keys_made=tuple(kind for kind in KINDS_OF_KEYS if not given_keys(settings)[kind]),
        parts={"store": lambda: _answers(engine)} | ({} if url is None else {"redis": lambda: answers(url)}),
        telemetry=telemetry,
        engine=engine,
        files_reader=reader,
        works=works,
    )


def _threads(settings: Settings) -> int:
    """Return how many threads of this process may want the store at once, those of the spare workers included."""
    searching = _SOURCES_IN_STORE * settings.worker_threads
    return settings.api_threads + 2 * (settings.reader_processes + searching) + _OTHER_THREADS


def _brokers(settings: Settings, telemetry: Telemetry) -> tuple[Brokers, ...]:
    brokers: tuple[Brokers, ...] = (brokers_in_process(),)
    if settings.redis_url is not None:
        brokers = (brokers_on_redis(settings.redis_url), *brokers)
    for each in brokers:
        for broker in each.values():
            broker.add_middleware(NotedTasks(telemetry))
    return brokers


def migrate_store(settings: Settings) -> list[str]:
    """Bring the store to this version's tables; return the revisions applied.

    A store of a newer version is left as it is.
    """
    return _unless_newer(migrate.migrate, settings)


def pending_migrations(settings: Settings) -> list[str]:
    """Return the revisions that the store lacks; a store of a newer version lacks none."""
    return _unless_newer(migrate.pending, settings)


def automation(settings: Settings) -> Automation | None:
    """Return what work is handed out to, `None` where nothing is."""
    if settings.n8n_url is None or settings.n8n_token is None:
        return None
    return N8nWebhooks(settings.n8n_url, settings.n8n_token)


def n8n_kit(settings: Settings, *, queue_mode: bool) -> Kit:
    """Return what goes into an n8n of this installation. Raises `BadSetting` where the settings do not say enough."""
    url, token, secrets = settings.n8n_backend_url, settings.n8n_token, settings.n8n_callback_secret
    if url is None or token is None or not secrets:
        raise BadSetting(f"{', '.join(n8n_missing(settings))}: needed to install.")
    keys = settings.pipeline_keys
    if not keys:
        _store_url(settings)  # which makes the folder that keys are kept in
        keys = keys_of(settings)["pipeline"]
    return kit(token=token, pipeline_key=keys[0], callback_secret=secrets[0], backend_url=url, queue_mode=queue_mode)


def n8n_missing(settings: Settings) -> list[str]:
    """Return which settings that go into an n8n are missing, each with what it is."""
    wanted = {
        "N8N_BACKEND_URL (where n8n reaches this API)": settings.n8n_backend_url,
        "N8N_TOKEN (`openssl rand -hex 32` makes one)": settings.n8n_token,
        "N8N_CALLBACK_SECRET (likewise)": settings.n8n_callback_secret,
    }
    return [name for name, value in wanted.items() if not value]


def n8n_answers(settings: Settings) -> dict[str, Probed | N8nTrouble]:
    """Return what each of our workflows in n8n answers to a probe; nothing where n8n is not configured."""
    url, token = settings.n8n_url, settings.n8n_token
    if url is None or token is None:
        return {}
    return {each.answers_as: probe(url, token, each.answers_as) for each in shipped() if each.answers_as is not None}


def n8n_versions() -> dict[str, int]:
    """Return which version of each workflow that answers probes is shipped."""
    return {each.answers_as: each.version for each in shipped() if each.answers_as is not None}


def redis_shortcomings(settings: Settings) -> list[str] | None:
    """Return what is amiss with Redis: `silent`, `evicts`, `forgets`. `None`: none is configured."""
    if settings.redis_url is None:
        return None
    return shortcomings(settings.redis_url)


def _unless_newer(ask: Callable[[str | URL], list[str]], settings: Settings) -> list[str]:
    try:
        return ask(_store_url(settings))
    except migrate.UnknownRevision as error:
        # A release only adds to the tables, so that the one before goes on with them: while others are being replaced
        # by the newer one, and when that one is taken back.
        log.warning("the database is at revision %s, of a newer version than this one", error)
        return []


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


def _answers(engine: Engine) -> bool:
    try:
        with SqlTransactions(engine)() as tx:
            # Asks every column of a row that need not be there: an error where this version's table is missing.
            tx.vacancies.among([VacancyId("-")])
    except Unavailable:
        return False
    return True


__all__ = [
    "FILES",
    "N8N_SCRIPT",
    "NOT_ASKED",
    "REDIRECT_PATH",
    "SEARCHES",
    "AlreadyRunning",
    "ApiTrouble",
    "BadErasures",
    "BadSetting",
    "Done",
    "KeptErasures",
    "Kit",
    "N8nTrouble",
    "Platform",
    "Probed",
    "PublicApi",
    "Settings",
    "Step",
    "Telemetry",
    "automation",
    "await_answers",
    "called",
    "compose",
    "configure_logs",
    "encoder",
    "extraction",
    "files_reader",
    "hh_trouble",
    "kept_erasures",
    "lexicon",
    "migrate_store",
    "n8n_answers",
    "n8n_kit",
    "n8n_missing",
    "n8n_versions",
    "open_platform",
    "pending_migrations",
    "put_in",
    "ranking",
    "read_settings",
    "redis_shortcomings",
    "take_data_dir",
    "trudvsem_trouble",
    "write_folder",
]
