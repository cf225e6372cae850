"""Everything the product can do, in one hand: what the entrypoints and the workers drive."""

from __future__ import annotations

from dataclasses import dataclass

from domain.figures import ShowFigures
from domain.handing_out.additions import TakeAdditions
from domain.handing_out.failures import NoteFailure
from domain.handing_out.late import MergeLate
from domain.handing_out.results import TakeResults
from domain.hh.sealing import CountLost, SealAnew
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
from domain.matching.use_cases import RankVacancies
from domain.resumes.files import ParseUpload, ShowUpload, SubmitFile
from domain.resumes.use_cases import EditResume, ListRevisions, ShowResume, SubmitResume
from domain.search.applying import NoteApplications
from domain.search.engine import SearchSource
from domain.search.on_behalf import RankFor, SearchSourceFor
from domain.search.running import RunSearch
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
from domain.users.use_cases import EraseAgain, EraseUser, ExportUser, SaveUser, ShowUser
from domain.vacancies.embedding import EmbedVacancies
from domain.vacancies.indexing import IndexVacancies
from domain.vacancies.use_cases import StoreVacancies


@dataclass(frozen=True, kw_only=True)
class Application:
    save_user: SaveUser
    show_user: ShowUser
    erase_user: EraseUser
    erase_again: EraseAgain
    export_user: ExportUser

    submit_resume: SubmitResume
    show_resume: ShowResume
    edit_resume: EditResume
    list_revisions: ListRevisions
    submit_file: SubmitFile
    show_upload: ShowUpload
    parse_upload: ParseUpload
    show_quality: ShowQuality
    recommend: Recommend
    show_insights: ShowInsights

    store_vacancies: StoreVacancies
    index_vacancies: IndexVacancies
    embed_vacancies: EmbedVacancies
    search_source: SearchSource
    search_source_for: SearchSourceFor
    rank_vacancies: RankVacancies
    rank_for: RankFor

    start_search: StartSearch
    run_search: RunSearch
    show_search: ShowSearch
    next_vacancy: NextVacancy
    show_current: ShowCurrent
    show_details: ShowDetails
    judge_vacancy: JudgeVacancy
    forget_taste: ForgetTaste
    list_matches: ListMatches

    take_results: TakeResults
    take_additions: TakeAdditions
    note_failure: NoteFailure
    merge_late: MergeLate

    note_applications: NoteApplications

    link_hh: LinkHh
    show_sign_in: ShowSignIn
    refuse_sign_in: RefuseSignIn
    import_from_hh: ImportFromHh
    show_hh: ShowHh
    sync_hh: SyncHh
    sync_applications: SyncApplications
    unlink_hh: UnlinkHh
    seal_anew: SealAnew
    count_lost: CountLost

    list_jobs: ListJobs
    show_job: ShowJob
    retry_job: RetryJob

    sweep_work: SweepWork
    drop_old_files: DropOldFiles
    drop_orphan_vectors: DropOrphanVectors
    drop_stale_answers: DropStaleAnswers
    show_figures: ShowFigures
