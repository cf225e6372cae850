"""Résumés, uploads and files in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from adapters.memory.tables import Tables
from domain.errors import Conflict
from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Resume, ResumeSource

STATEMENTS = (ResumeSource.MANUAL, ResumeSource.EDITED)


class MemoryResumes:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, resume: Resume) -> None:
        self._tables.must_know(resume.telegram_id)
        if resume.upload_id is not None and self.made_of(resume.upload_id) is not None:
            raise Conflict("upload_already_parsed")
        self._tables.resumes[resume.id] = resume

    def last_base(self, telegram_id: TelegramId) -> Resume | None:
        return _last(each for each in self.all_of(telegram_id) if each.source is not ResumeSource.EDITED)

    def last_statement(self, telegram_id: TelegramId) -> Resume | None:
        return _last(each for each in self.all_of(telegram_id) if each.source in STATEMENTS)

    def page(self, telegram_id: TelegramId, *, limit: int, offset: int) -> tuple[Sequence[Resume], int]:
        newest_first = self.all_of(telegram_id)[::-1]
        return newest_first[offset : offset + limit], len(newest_first)

    def all_of(self, telegram_id: TelegramId) -> Sequence[Resume]:
        return sorted(
            (each for each in self._tables.resumes.values() if each.telegram_id == telegram_id),
            key=lambda each: each.submission,
        )

    def made_of(self, upload_id: UploadId) -> Resume | None:
        return next((each for each in self._tables.resumes.values() if each.upload_id == upload_id), None)

    def keep_added(self, resume_id: ResumeId, added: ResumeContent) -> bool:
        resume = self._tables.resumes.get(resume_id)
        if resume is None or resume.added is not None:
            return False
        self._tables.resumes[resume_id] = replace(resume, added=added)
        return True


def _last(in_order: Iterable[Resume]) -> Resume | None:
    return max(in_order, key=lambda each: each.submission, default=None)
