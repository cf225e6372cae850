"""What the store in memory holds."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime

from domain.errors import NotFound
from domain.identifiers import ResumeId, RunId, TelegramId, UploadId, VacancyId
from domain.matching.retrieval import Terms
from domain.resumes.resume import Resume
from domain.resumes.upload import Upload
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
class Tables:
    """Entities by their ids. They are frozen, so a shallow copy is a snapshot."""

    users: dict[TelegramId, User] = field(default_factory=dict)
    submissions: dict[TelegramId, int] = field(default_factory=dict)
    resumes: dict[ResumeId, Resume] = field(default_factory=dict)
    uploads: dict[UploadId, Upload] = field(default_factory=dict)
    files: dict[UploadId, bytes] = field(default_factory=dict)
    vacancies: dict[VacancyId, Vacancy] = field(default_factory=dict)
    terms: dict[VacancyId, Terms] = field(default_factory=dict)
    indexed: dict[VacancyId, int] = field(default_factory=dict)
    vectors: dict[bytes, tuple[bytes, datetime]] = field(default_factory=dict)
    embedded: dict[VacancyId, str] = field(default_factory=dict)
    embeddings: dict[VacancyId, KeptEmbedding] = field(default_factory=dict)
    search_runs: dict[RunId, SearchRun] = field(default_factory=dict)
    matches: dict[tuple[RunId, VacancyId], Match] = field(default_factory=dict)

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
