"""The whole product on the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from adapters.memory.outside import (
    CountingIds,
    FixedClock,
    OneAfterAnother,
    RecordingErasures,
    RecordingTasks,
    RecordingWorkInHand,
)
from adapters.memory.store import MemoryStore
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from domain.application import Application
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
from domain.identifiers import TelegramId, UploadId
from domain.insights.overview import ShowInsights
from domain.insights.quality import ShowQuality
from domain.insights.recommendations import Recommend
from domain.jobs import ListJobs, RetryJob, ShowJob
from domain.matching.lexicon import Similarity
from domain.matching.scorer import Scorer
from domain.matching.use_cases import RankVacancies
from domain.resumes.additions import Additions
from domain.resumes.content import ResumeContent
from domain.resumes.files import ParseUpload, ShowUpload, SubmitFile
from domain.resumes.resume import CurrentResume
from domain.resumes.upload import Upload
from domain.resumes.use_cases import EditResume, ListRevisions, ShowResume, SubmitResume
from domain.search.applying import NoteApplications
from domain.search.assessing import AssessFinds
from domain.search.engine import BuiltinEngine, Catalogue, SearchSource
from domain.search.filters import Filters
from domain.search.gathering import SearchEngine, VacancySource
from domain.search.on_behalf import RankFor, SearchSourceFor
from domain.search.run import SearchRun
from domain.search.running import RunSearch
from domain.search.shortlist import Shortlist
from domain.search.use_cases import (
    Card,
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
from domain.users.use_cases import EraseAgain, EraseUser, ExportUser, SaveUser, ShowUser
from domain.vacancies.arrival import Arrivals
from domain.vacancies.embedding import EmbedVacancies, EncodeFirst
from domain.vacancies.indexing import IndexVacancies
from domain.vacancies.use_cases import StoreVacancies
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, NOW, a_resume_content, a_user
from tests.domain.hh.scripted import ScriptedAccounts
from tests.domain.instruments import COURSES, MEASURES, PlainMarkup, measures_with
from tests.domain.nearby import LetterEncoder, ScriptedNearness
from tests.domain.outsiders import ScriptedReader

LARGEST_FILE = 2 * 2**20
KEEP_FILES = timedelta(days=7)
PATIENCE = timedelta(seconds=120)
AT_ONCE = 2
KNOWN_SOURCES = frozenset({"internal", "hh", "trudvsem"})


@dataclass(frozen=True, kw_only=True)
class Product:
    """An application with everything around it in a test's hand."""

    application: Application
    store: MemoryStore
    clock: FixedClock
    tasks: RecordingTasks
    reader: ScriptedReader
    in_hand: RecordingWorkInHand
    queues: MemoryVacancyQueues
    erasures: RecordingErasures
    near: ScriptedNearness
    encoder: LetterEncoder
    hh: ScriptedAccounts

    def welcome(self, telegram_id: TelegramId = ANNA, **changes: Any) -> None:
        """Let a person in who has no résumé yet."""
        with self.store() as tx:
            tx.users.save(replace(a_user(telegram_id=telegram_id), **changes))

    def welcome_with_resume(self, telegram_id: TelegramId = ANNA, **says: Any) -> CurrentResume:
        self.welcome(telegram_id)
        return self.submit(telegram_id, **says)

    def submit(self, telegram_id: TelegramId = ANNA, **says: Any) -> CurrentResume:
        """Give a résumé by the form."""
        content = a_resume_content(**says)
        return self.application.submit_resume(telegram_id=telegram_id, content=content).value

    def send(self, content: bytes, telegram_id: TelegramId = ANNA) -> Upload:
        """Give a résumé file."""
        return self.application.submit_file(telegram_id=telegram_id, filename="cv.pdf", content=content).value

    def parse(self, upload: Upload) -> Upload:
        """Let a worker get the upload's message; return the upload as it is then."""
        self.application.parse_upload(upload_id=upload.id)
        return self.upload(upload.id, upload.telegram_id)

    def upload(self, upload_id: UploadId, telegram_id: TelegramId = ANNA) -> Upload:
        return self.application.show_upload(telegram_id=telegram_id, upload_id=upload_id)[0]

    def current(self, telegram_id: TelegramId = ANNA) -> ResumeContent:
        return self.application.show_resume(telegram_id=telegram_id).content

    def edit(self, telegram_id: TelegramId = ANNA, **edit: Any) -> CurrentResume:
        """Correct the current résumé: the keywords are fields of the patch, `confirmed` and `denied` skills."""
        confirmed, denied = edit.pop("confirmed", None), edit.pop("denied", None)
        version = self.application.show_resume(telegram_id=telegram_id).version
        return self.application.edit_resume(
            telegram_id=telegram_id, version=version, patch=edit, confirmed_skills=confirmed, denied_skills=denied
        )

    def keep(self, *vacancies: Vacancy) -> None:
        """Put vacancies in the catalogue."""
        with self.store() as tx:
            tx.vacancies.save(vacancies)

    def start(self, telegram_id: TelegramId = ANNA, **filters: Any) -> SearchRun:
        return self.application.start_search(telegram_id=telegram_id, filters=Filters(**filters)).value

    def run(self, run: SearchRun) -> SearchRun:
        """Let a worker get the run's message; return the person's latest run as it is then."""
        self.application.run_search(run_id=run.id)
        return self.application.show_search(telegram_id=run.telegram_id)

    def search(self, telegram_id: TelegramId = ANNA, **filters: Any) -> SearchRun:
        """Start a search and carry it out."""
        return self.run(self.start(telegram_id, **filters))

    def next(self, after: str | None = None, telegram_id: TelegramId = ANNA) -> Card:
        """Return the next card; there must be one."""
        card = self.application.next_vacancy(telegram_id=telegram_id, after=after)
        assert isinstance(card, Card)
        return card

    def all_cards(self, telegram_id: TelegramId = ANNA) -> list[str]:
        """Take every card that is left; return the ids of the vacancies."""
        cards: list[str] = []
        while isinstance(card := self.application.next_vacancy(telegram_id=telegram_id), Card):
            cards.append(card.vacancy.id)
        assert card is None
        return cards


def a_product(
    *,
    engines: Sequence[SearchEngine] | None = None,
    sources: Sequence[VacancySource] = (),
    consent_required: str | None = None,
    similarity: Similarity | None = None,
    read_ahead: int = 0,
    automation: Automation | None = None,
) -> Product:
    """Return the product with its clock at `NOW`; the built-in engine asks the catalogue and then `sources`.

    With an `automation` searches are handed out to it first, and files once they are read.
    """
    store, clock, tasks, reader = MemoryStore(), FixedClock(NOW), RecordingTasks(), ScriptedReader()
    ids, in_hand, queues = CountingIds(), RecordingWorkInHand(), MemoryVacancyQueues(depth=read_ahead)
    measures = MEASURES if similarity is None else measures_with(similarity)
    scorer, arrivals = Scorer(measures), Arrivals(markup=PlainMarkup(), skills=MEASURES.skills)
    erasures = RecordingErasures()
    accounts = ScriptedAccounts()
    tokens = TokensInHand(store, clock, accounts)
    bring = BringFromHh(store, clock, ids, accounts, tokens)
    near, encoder = ScriptedNearness(), LetterEncoder()
    builtin = BuiltinEngine((Catalogue(store, clock, MEASURES, near), *sources), OneAfterAnother())
    erase_user = EraseUser(store, queues, erasures, encoder, tokens)
    embed_vacancies = EmbedVacancies(store, clock, encoder)
    encode_first = EncodeFirst(embed_vacancies)
    rank_vacancies = RankVacancies(clock, arrivals, scorer)
    assess = AssessFinds(store, clock, scorer, encode_first, Shortlist(Scorer(MEASURES)))
    store_vacancies = StoreVacancies(store, clock, arrivals, MEASURES)
    if engines is None:
        n8n = (
            OutsideEngine(store, clock, automation, PATIENCE, AT_ONCE, ("hh", "internal"), MEASURES)
            if automation
            else None
        )
        engines = (builtin,) if n8n is None else (n8n, builtin)
    hand_out_file = HandOutFile(store, clock, automation, PATIENCE) if automation else None
    application = Application(
        save_user=SaveUser(store, clock, consent_required),
        show_user=ShowUser(store),
        erase_user=erase_user,
        erase_again=EraseAgain(store, erase_user),
        export_user=ExportUser(store),
        submit_resume=SubmitResume(store, clock, ids),
        show_resume=ShowResume(store),
        edit_resume=EditResume(store, clock, ids),
        list_revisions=ListRevisions(store),
        submit_file=SubmitFile(store, tasks, clock, ids, reader, LARGEST_FILE),
        show_upload=ShowUpload(store),
        parse_upload=ParseUpload(store, clock, ids, reader, in_hand, hand_out_file),
        show_quality=ShowQuality(store, clock, measures),
        recommend=Recommend(store, clock, scorer, encode_first, COURSES),
        show_insights=ShowInsights(store, clock, scorer, encode_first),
        store_vacancies=store_vacancies,
        index_vacancies=IndexVacancies(store, MEASURES),
        embed_vacancies=embed_vacancies,
        search_source=SearchSource(builtin, KNOWN_SOURCES),
        search_source_for=SearchSourceFor(store, builtin, KNOWN_SOURCES),
        rank_vacancies=rank_vacancies,
        rank_for=RankFor(store, rank_vacancies),
        start_search=StartSearch(store, tasks, clock, ids, KNOWN_SOURCES),
        run_search=RunSearch(store, clock, assess, engines, in_hand),
        show_search=ShowSearch(store),
        next_vacancy=NextVacancy(store, clock, queues),
        show_current=ShowCurrent(store),
        show_details=ShowDetails(store),
        judge_vacancy=JudgeVacancy(store, clock),
        forget_taste=ForgetTaste(store),
        list_matches=ListMatches(store),
        take_results=TakeResults(store, clock, tasks, store_vacancies),
        take_additions=TakeAdditions(
            store, clock, Additions(PlainMarkup(), MEASURES.skills, MEASURES.stems, MEASURES.places)
        ),
        note_failure=NoteFailure(store, clock, tasks),
        merge_late=MergeLate(store, clock, assess, in_hand, queues),
        note_applications=NoteApplications(store, clock),
        link_hh=LinkHh(store, clock, accounts),
        show_sign_in=ShowSignIn(store, clock, accounts),
        refuse_sign_in=RefuseSignIn(store, clock, accounts),
        import_from_hh=ImportFromHh(store, clock, accounts, bring),
        show_hh=ShowHh(store, clock, accounts),
        sync_applications=SyncApplications(bring),
        sync_hh=SyncHh(bring),
        unlink_hh=UnlinkHh(store, tokens),
        seal_anew=SealAnew(store, clock, accounts.seal_anew),
        count_lost=CountLost(store, lambda sealed: accounts.seal_anew(sealed) is not None),
        list_jobs=ListJobs(store),
        show_job=ShowJob(store),
        retry_job=RetryJob(store, clock),
        sweep_work=SweepWork(store, tasks, clock),
        drop_old_files=DropOldFiles(store, clock, KEEP_FILES),
        drop_orphan_vectors=DropOrphanVectors(store, clock),
        drop_stale_answers=DropStaleAnswers(store, clock),
        show_figures=ShowFigures(store, clock, encoder),
    )
    return Product(
        application=application,
        store=store,
        clock=clock,
        tasks=tasks,
        reader=reader,
        in_hand=in_hand,
        queues=queues,
        erasures=erasures,
        near=near,
        encoder=encoder,
        hh=accounts,
    )
