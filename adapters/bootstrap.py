"""The composition root: settings in, a working application out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import dramatiq
from dramatiq.brokers.stub import StubBroker
from sqlalchemy import URL, Engine

from adapters import data_folder
from adapters.data_folder import AlreadyRunning
from adapters.documents.reader import ChildProcessReader
from adapters.dramatiq.tasks import DramatiqTasks
from adapters.lexicon.currencies import ReferenceCurrencies
from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.places import PlaceGazetteer
from adapters.lexicon.similarity import NoSimilarity
from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.stems import SnowballStems
from adapters.lexicon.titles import TitleCatalogue
from adapters.lexicon.weights import ShippedWeights
from adapters.settings import BadSetting, Settings, read_settings
from adapters.sql import migrate
from adapters.sql.engine import check_url, open_engine, sqlite_url
from adapters.sql.store import SqlTransactions
from adapters.system import RandomIds, SystemClock
from domain.application import Application
from domain.errors import Unavailable
from domain.matching.measures import Measures
from domain.matching.scorer import Scorer
from domain.matching.use_cases import RankVacancies
from domain.outside import Tasks
from domain.resumes.files import ParseUpload, ShowUpload, SubmitFile
from domain.resumes.reading import ResumeReader
from domain.resumes.use_cases import EditResume, ListRevisions, ShowResume, SubmitResume
from domain.search.engine import BuiltinEngine, Catalogue, SearchSource
from domain.search.running import RunSearch
from domain.search.use_cases import (
    JudgeVacancy,
    ListMatches,
    NextVacancy,
    ShowCurrent,
    ShowDetails,
    ShowSearch,
    StartSearch,
)
from domain.sweep import DropOldFiles, SweepWork
from domain.transactions import Transactions
from domain.users.use_cases import EraseUser, ExportUser, SaveUser, ShowUser
from domain.vacancies.arrival import BUILT_IN_SOURCES, INTERNAL, Arrivals
from domain.vacancies.use_cases import StoreVacancies

UNDERSTAND = "adapters.resume_parser:parse_resume"
KNOWN_SOURCES = BUILT_IN_SOURCES | {INTERNAL}
KINDS_OF_KEYS = ("bot", "pipeline")


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A started installation. `keys` are the valid ones by kind, `keys_made` the kinds of which we made them.

    `parts` are what readiness checks.
    """

    settings: Settings
    application: Application
    broker: dramatiq.Broker
    keys: Mapping[str, tuple[str, ...]]
    keys_made: tuple[str, ...]
    parts: Mapping[str, Callable[[], bool]]
    engine: Engine
    files_reader: ChildProcessReader

    def warm(self) -> None:
        """Load in advance what the first request would wait for."""
        self.files_reader.warm()
        lexicon()

    def close(self) -> None:
        self.files_reader.close()
        self.engine.dispose()


@lru_cache
def lexicon() -> Measures:
    """Return the measuring instruments, loaded once a process; loading takes about a second."""
    stems, skills = SnowballStems(), SkillCatalogue()
    return Measures(
        stems=stems,
        skills=skills,
        titles=TitleCatalogue(stems, skills),
        places=PlaceGazetteer(),
        currencies=ReferenceCurrencies(),
        weights=ShippedWeights(),
        similarity=NoSimilarity(),
    )


def ranking() -> RankVacancies:
    """Return ranking alone, which needs no store."""
    measures = lexicon()
    return RankVacancies(SystemClock(), Arrivals(HtmlMarkup(), measures.skills), Scorer(measures))


def files_reader(settings: Settings) -> ChildProcessReader:
    return ChildProcessReader(UNDERSTAND, processes=settings.reader_processes, timeout=float(settings.reader_timeout))


def open_platform(environ: Mapping[str, str]) -> Platform:
    """Start an installation as the environment says. Raises `BadSetting`."""
    settings = read_settings(environ)
    engine = open_engine(_store_url(settings))
    # In-process: messages live as long as the process, and the sweep sends again what is lost.
    broker = StubBroker()
    reader = files_reader(settings)
    return Platform(
        settings=settings,
        application=compose(settings, SqlTransactions(engine), DramatiqTasks(broker), reader),
        broker=broker,
        keys=_keys(settings),
        keys_made=tuple(kind for kind in KINDS_OF_KEYS if not _given_keys(settings)[kind]),
        parts={"store": lambda: _answers(engine)},
        engine=engine,
        files_reader=reader,
    )


def migrate_store(settings: Settings) -> list[str]:
    """Bring the store to this version's tables; return the revisions applied."""
    with _known_revision():
        return migrate.migrate(_store_url(settings))


def pending_migrations(settings: Settings) -> list[str]:
    """Return the revisions that the store lacks."""
    with _known_revision():
        return migrate.pending(_store_url(settings))


@contextmanager
def _known_revision() -> Iterator[None]:
    try:
        yield
    except migrate.UnknownRevision as error:
        raise BadSetting(f"the database is at revision {error}, of a newer version than this one.") from None


def compose(settings: Settings, transaction: Transactions, tasks: Tasks, reader: ResumeReader) -> Application:
    """Return the application over the given store, task queue and reader."""
    clock, ids, measures = SystemClock(), RandomIds(), lexicon()
    arrivals, scorer = Arrivals(HtmlMarkup(), measures.skills), Scorer(measures)
    sources = (Catalogue(transaction, clock, measures),)
    return Application(
        save_user=SaveUser(transaction, clock, settings.consent_version),
        show_user=ShowUser(transaction),
        erase_user=EraseUser(transaction),
        export_user=ExportUser(transaction),
        submit_resume=SubmitResume(transaction, clock, ids),
        show_resume=ShowResume(transaction),
        edit_resume=EditResume(transaction, clock, ids),
        list_revisions=ListRevisions(transaction),
        submit_file=SubmitFile(transaction, tasks, clock, ids, reader, settings.max_upload_mb * 2**20),
        show_upload=ShowUpload(transaction),
        parse_upload=ParseUpload(transaction, clock, ids, reader),
        store_vacancies=StoreVacancies(transaction, clock, arrivals),
        search_source=SearchSource(sources, KNOWN_SOURCES),
        rank_vacancies=RankVacancies(clock, arrivals, scorer),
        start_search=StartSearch(transaction, tasks, clock, ids, KNOWN_SOURCES),
        run_search=RunSearch(transaction, clock, scorer, (BuiltinEngine(sources),)),
        show_search=ShowSearch(transaction),
        next_vacancy=NextVacancy(transaction, clock),
        show_current=ShowCurrent(transaction),
        show_details=ShowDetails(transaction),
        judge_vacancy=JudgeVacancy(transaction, clock),
        list_matches=ListMatches(transaction),
        sweep_work=SweepWork(transaction, tasks, clock),
        drop_old_files=DropOldFiles(transaction, clock, timedelta(days=settings.retention_days)),
    )


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
    return {"bot": settings.bot_keys, "pipeline": settings.pipeline_keys}


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
            tx.vacancies.count_open(at=SystemClock().now())
    except Unavailable:
        return False
    return True


__all__ = [
    "AlreadyRunning",
    "BadSetting",
    "Platform",
    "compose",
    "files_reader",
    "lexicon",
    "migrate_store",
    "open_platform",
    "pending_migrations",
    "ranking",
    "read_settings",
    "take_data_dir",
]
