"""What the store in memory holds."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime

from domain.boards import BoardToken, KeptAnswer
from domain.errors import NotFound
from domain.handing_out.hand_out import HandOut, Page
from domain.hh.connection import HhConnection
from domain.hh.sign_in import SignIn
from domain.identifiers import ResumeId, RunId, TelegramId, UploadId, VacancyId
from domain.matching.retrieval import Terms
from domain.resumes.resume import Resume
from domain.resumes.upload import Upload
from domain.search.applications import JobApplication
from domain.search.match import Match
from domain.search.run import SearchRun
from domain.users.user import User
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True)
class KeptEmbedding:
    """Under which keys the vectors of a vacancy are, since when, and of which model."""

    model: str
    story_key: bytes
    title_key: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class BoardState:
    """What all share about one job board."""

    next_at: datetime | None = None
    rests_until: datetime | None = None
    rests_because: str | None = None
    token: BoardToken | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """Entities by their ids. They are frozen, so a shallow copy is a snapshot."""

    users: dict[TelegramId, User] = field(default_factory=dict)
    submissions: dict[TelegramId, int] = field(default_factory=dict)
    resumes: dict[ResumeId, Resume] = field(default_factory=dict)
    uploads: dict[UploadId, Upload] = field(default_factory=dict)
    files: dict[UploadId, bytes] = field(default_factory=dict)
    vacancies: dict[VacancyId, Vacancy] = field(default_factory=dict)
    twins: dict[VacancyId, VacancyId] = field(default_factory=dict)
    terms: dict[VacancyId, Terms] = field(default_factory=dict)
    indexed: dict[VacancyId, int] = field(default_factory=dict)
    vectors: dict[bytes, tuple[bytes, datetime]] = field(default_factory=dict)
    embedded: dict[VacancyId, str] = field(default_factory=dict)
    embeddings: dict[VacancyId, KeptEmbedding] = field(default_factory=dict)
    boards: dict[str, BoardState] = field(default_factory=dict)
    board_answers: dict[str, KeptAnswer] = field(default_factory=dict)
    search_runs: dict[RunId, SearchRun] = field(default_factory=dict)
    matches: dict[tuple[RunId, VacancyId], Match] = field(default_factory=dict)
    hand_outs: dict[str, HandOut] = field(default_factory=dict)
    delivered_pages: dict[tuple[str, int], Page] = field(default_factory=dict)
    handed_texts: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    job_applications: dict[tuple[TelegramId, VacancyId], JobApplication] = field(default_factory=dict)
    hh_connections: dict[TelegramId, HhConnection] = field(default_factory=dict)
    sign_ins: dict[TelegramId, SignIn] = field(default_factory=dict)

    def snapshot(self) -> Tables:
        return Tables(*(dict(getattr(self, each.name)) for each in fields(self)))

    def restore(self, snapshot: Tables) -> None:
        for each in fields(self):
            kept = getattr(self, each.name)
            kept.clear()
            kept.update(getattr(snapshot, each.name))

    def must_know(self, telegram_id: TelegramId) -> User:
        """Return the person, or raise `NotFound('user_not_found')`."""
        if telegram_id not in self.users:
            raise NotFound("user_not_found")
        return self.users[telegram_id]

    def drop_pages(self, hand_out_id: str) -> None:
        for key in [key for key in self.delivered_pages if key[0] == hand_out_id]:
            del self.delivered_pages[key]
