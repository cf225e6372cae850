"""What the application is made of: every use case with its ports."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from adapters.documents.reader import ChildProcessReader
from adapters.hh.pace import EVERY
from adapters.job_boards import JobBoards
from adapters.lexicon.called import Called
from adapters.lexicon.courses import CourseProviders
from adapters.lexicon.currencies import ReferenceCurrencies
from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.places import PlaceGazetteer
from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.stems import SnowballStems
from adapters.lexicon.titles import TitleCatalogue
from adapters.lexicon.weights import ShippedWeights
from adapters.settings import Settings
from adapters.side_by_side import Threads
from adapters.similarity.encoder import Encoder
from adapters.similarity.matrix import StoryMatrix
from adapters.similarity.models import CHOICES
from adapters.similarity.similarity import VectorSimilarity
from adapters.system import RandomIds, SystemClock
from adapters.vault import CannotOpen, Vault
from domain.application import Application
from domain.evaluation.extraction import MeasureExtraction
from domain.figures import ShowFigures
from domain.handing_out.additions import TakeAdditions
from domain.handing_out.engine import OutsideEngine
from domain.handing_out.failures import NoteFailure
from domain.handing_out.files import HandOutFile
from domain.handing_out.late import MergeLate
from domain.handing_out.ports import Automation
from domain.handing_out.results import TakeResults
from domain.hh.bringing import BringFromHh
from domain.hh.sealing import CountLost, SealAnew
from domain.hh.tokens import TokensInHand
from domain.hh.use_cases import (
    ImportFromHh,
    LinkHh,
    RefuseSignIn,
    ShowHh,
    ShowSignIn,
    SyncApplications,
    SyncHh,
    UnlinkHh,
)
from domain.insights.overview import ShowInsights
from domain.insights.quality import ShowQuality
from domain.insights.recommendations import Recommend
from domain.jobs import ListJobs, RetryJob, ShowJob
from domain.matching.measures import Measures
from domain.matching.scorer import Scorer
from domain.matching.use_cases import RankVacancies
from domain.outside import Clock, Tasks, WorkInHand
from domain.resumes.additions import Additions
from domain.resumes.files import ParseUpload, ShowUpload, SubmitFile
from domain.resumes.reading import ResumeReader
from domain.resumes.use_cases import EditResume, ListRevisions, ShowResume, SubmitResume
from domain.search.applying import NoteApplications
from domain.search.assessing import AssessFinds
from domain.search.engine import BuiltinEngine, Catalogue, SearchSource
from domain.search.gathering import SearchEngine
from domain.search.on_behalf import RankFor, SearchSourceFor
from domain.search.ports import VacancyQueues
from domain.search.running import RunSearch
from domain.search.shortlist import Shortlist
from domain.search.use_cases import (
    ForgetTaste,
    JudgeVacancy,
    ListMatches,
    NextVacancy,
    ShowCurrent,
    ShowDetails,
    ShowSearch,
    StartSearch,
)
from domain.sweep import DropOldFiles, DropOrphanVectors, DropStaleAnswers, SweepWork
from domain.transactions import Transactions
from domain.users.ports import Erasures
from domain.users.use_cases import EraseAgain, EraseUser, ExportUser, SaveUser, ShowUser
from domain.vacancies.arrival import BUILT_IN_SOURCES, INTERNAL, Arrivals
from domain.vacancies.embedding import EmbedVacancies, EncodeFirst
from domain.vacancies.indexing import IndexVacancies
from domain.vacancies.use_cases import StoreVacancies

UNDERSTAND = "adapters.resume_parser:parse_resume"
RANKING_TIME = timedelta(minutes=1)
"""For so long a caller who has vacancies ranked may wait."""

RANKING_FOR_A_SEARCH = timedelta(seconds=12)
"""n8n waits for half a minute; encoding what is ranked between two looks at the clock may take a good while, too."""

KNOWN_SOURCES = BUILT_IN_SOURCES | {INTERNAL}


@lru_cache
def _skills() -> SkillCatalogue:
    return SkillCatalogue()


@lru_cache
def courses() -> CourseProviders:
    return CourseProviders(_skills())


@lru_cache
def _places() -> PlaceGazetteer:
    return PlaceGazetteer()


@lru_cache
def called() -> Called:
    """Return what names skills and places in a person's language."""
    return Called(_skills(), _places())


@lru_cache
def encoder(similarity: str) -> Encoder:
    """Return what encodes by the setting `SIMILARITY`, one a process; its models are loaded with the first text."""
    return Encoder(CHOICES[similarity])


def lexicon(similarity: str = Settings.similarity) -> Measures:
    """Return the measuring instruments, loaded once a process; loading takes about a second."""
    return _lexicon(similarity)


@lru_cache
def _lexicon(similarity: str) -> Measures:
    return replace(_instruments(), similarity=VectorSimilarity(encoder(similarity)))


@lru_cache
def _titles() -> TitleCatalogue:
    return TitleCatalogue(SnowballStems(), _skills())


@lru_cache
def _instruments() -> Measures:
    return Measures(
        stems=SnowballStems(),
        skills=_skills(),
        titles=_titles(),
        places=_places(),
        currencies=ReferenceCurrencies(),
        weights=ShippedWeights(),
        similarity=VectorSimilarity(encoder("none")),
    )


def ranking(settings: Settings) -> RankVacancies:
    """Return ranking alone, which needs no store."""
    measures = lexicon(settings.similarity)
    return RankVacancies(SystemClock(), Arrivals(HtmlMarkup(), measures.skills), Scorer(measures))


def extraction() -> MeasureExtraction:
    """Return the measuring of what is found in vacancies, which needs no store."""
    skills = _skills()
    return MeasureExtraction(SystemClock(), Arrivals(HtmlMarkup(), skills), skills)


def files_reader(settings: Settings) -> ChildProcessReader:
    return ChildProcessReader(
        UNDERSTAND,
        processes=settings.reader_processes,
        timeout=float(settings.reader_timeout),
        with_text=settings.n8n_configured and settings.n8n_resume_files,
    )


def compose(
    settings: Settings,
    transaction: Transactions,
    tasks: Tasks,
    reader: ResumeReader,
    *,
    queues: VacancyQueues,
    in_hand: WorkInHand,
    erasures: Erasures,
    clock: Clock,
    vault: Vault | None = None,
    automation: Automation | None = None,
    hh_every: timedelta = EVERY,
) -> Application:
    """Return the application over the given outside world.

    Without a `vault` nobody can sign in elsewhere; without an `automation` all searches are carried out here. Two
    requests to hh.ru are `hh_every` apart.
    """
    ids, meanings = RandomIds(), encoder(settings.similarity)
    # Vectors kept are the same as those made anew, so that the score is the one of `ranking`.
    measures = replace(lexicon(settings.similarity), similarity=VectorSimilarity(meanings, transaction))
    arrivals, scorer = Arrivals(HtmlMarkup(), measures.skills), Scorer(measures)
    boards = JobBoards(settings, transaction, clock, vault, hh_every)
    catalogue = Catalogue(transaction, clock, measures, StoryMatrix(meanings, transaction, clock))
    # By words alone: what is to be encoded at all is asked before anything is.
    shortlist = Shortlist(replace(scorer, measures=_instruments()))
    outside = boards.sources(arrivals=arrivals, measures=measures, titles=_titles(), shortlist=shortlist)
    builtin = BuiltinEngine((catalogue, *outside), Threads(), known_sources=KNOWN_SOURCES)
    engines: tuple[SearchEngine, ...] = (builtin,)
    hand_out_file = None
    if automation is not None:
        patience = timedelta(seconds=settings.n8n_seconds)
        known = tuple(sorted(KNOWN_SOURCES))
        n8n = OutsideEngine(transaction, clock, automation, patience, settings.n8n_at_once, known, measures)
        engines = (n8n, builtin)
        if settings.n8n_resume_files:
            hand_out_file = HandOutFile(transaction, clock, automation, patience)
    accounts = boards.accounts()
    tokens = TokensInHand(transaction, clock, accounts)
    bring = BringFromHh(transaction, clock, ids, accounts, tokens)
    erase_user = EraseUser(transaction, queues, erasures, meanings, tokens)
    embed_vacancies = EmbedVacancies(transaction, clock, meanings)
    encode_first = EncodeFirst(embed_vacancies)
    rank_vacancies = RankVacancies(clock, arrivals, scorer, RANKING_TIME)
    assess = AssessFinds(transaction, clock, scorer, encode_first, shortlist)
    store_vacancies = StoreVacancies(transaction, clock, arrivals, measures)
    return Application(
        save_user=SaveUser(transaction, clock, settings.consent_version),
        show_user=ShowUser(transaction),
        erase_user=erase_user,
        erase_again=EraseAgain(transaction, erase_user),
        export_user=ExportUser(transaction),
        submit_resume=SubmitResume(transaction, clock, ids),
        show_resume=ShowResume(transaction),
        edit_resume=EditResume(transaction, clock, ids),
        list_revisions=ListRevisions(transaction),
        submit_file=SubmitFile(transaction, tasks, clock, ids, reader, settings.max_upload_mb * 2**20),
        show_upload=ShowUpload(transaction),
        parse_upload=ParseUpload(transaction, clock, ids, reader, in_hand, hand_out_file),
        show_quality=ShowQuality(transaction, clock, measures),
        recommend=Recommend(transaction, clock, scorer, encode_first, courses()),
        show_insights=ShowInsights(transaction, clock, scorer, encode_first),
        store_vacancies=store_vacancies,
        index_vacancies=IndexVacancies(transaction, measures),
        embed_vacancies=embed_vacancies,
        search_source=SearchSource(builtin, KNOWN_SOURCES),
        search_source_for=SearchSourceFor(transaction, builtin, KNOWN_SOURCES),
        rank_vacancies=rank_vacancies,
        rank_for=RankFor(transaction, replace(rank_vacancies, within=RANKING_FOR_A_SEARCH)),
        start_search=StartSearch(transaction, tasks, clock, ids, KNOWN_SOURCES),
        run_search=RunSearch(transaction, clock, assess, engines, in_hand),
        show_search=ShowSearch(transaction),
        next_vacancy=NextVacancy(transaction, clock, queues),
        show_current=ShowCurrent(transaction),
        show_details=ShowDetails(transaction),
        judge_vacancy=JudgeVacancy(transaction, clock),
        forget_taste=ForgetTaste(transaction),
        list_matches=ListMatches(transaction),
        take_results=TakeResults(transaction, clock, tasks, store_vacancies),
        take_additions=TakeAdditions(
            transaction, clock, Additions(HtmlMarkup(), measures.skills, measures.stems, measures.places)
        ),
        note_failure=NoteFailure(transaction, clock, tasks),
        merge_late=MergeLate(transaction, clock, assess, in_hand, queues),
        note_applications=NoteApplications(transaction, clock),
        link_hh=LinkHh(transaction, clock, accounts),
        show_sign_in=ShowSignIn(transaction, clock, accounts),
        refuse_sign_in=RefuseSignIn(transaction, clock, accounts),
        import_from_hh=ImportFromHh(transaction, clock, accounts, bring),
        show_hh=ShowHh(transaction, clock, accounts),
        sync_hh=SyncHh(bring),
        sync_applications=SyncApplications(bring),
        unlink_hh=UnlinkHh(transaction, tokens),
        seal_anew=SealAnew(transaction, clock, lambda sealed: _sealed_anew(vault, sealed)),
        count_lost=CountLost(transaction, lambda sealed: vault is not None and vault.opens(sealed)),
        list_jobs=ListJobs(transaction),
        show_job=ShowJob(transaction),
        retry_job=RetryJob(transaction, clock),
        sweep_work=SweepWork(transaction, tasks, clock),
        drop_old_files=DropOldFiles(transaction, clock, timedelta(days=settings.retention_days)),
        drop_orphan_vectors=DropOrphanVectors(transaction, clock),
        drop_stale_answers=DropStaleAnswers(transaction, clock),
        show_figures=ShowFigures(transaction, clock, meanings),
    )


def _sealed_anew(vault: Vault | None, sealed: str) -> str | None:
    """Return it sealed under the first key, `None` where no key opens it."""
    try:
        return vault.seal_anew(sealed) if vault is not None else None
    except CannotOpen:
        return None
