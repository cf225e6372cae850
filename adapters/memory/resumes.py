"""Résumés, uploads and files in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from domain.errors import Conflict, NotFound
from domain.identifiers import TelegramId, UploadId
from domain.resumes.resume import Resume, ResumeSource
from domain.resumes.upload import Upload, UploadStatus

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


def _last(in_order: Iterable[Resume]) -> Resume | None:
    return max(in_order, key=lambda each: each.submission, default=None)


class MemoryUploads:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, upload: Upload) -> None:
        self._tables.must_know(upload.telegram_id)
        self._tables.uploads[upload.id] = upload

    def get(self, telegram_id: TelegramId, upload_id: UploadId) -> Upload:
        upload = self._tables.uploads.get(upload_id)
        if upload is None or upload.telegram_id != telegram_id:
            raise NotFound("upload_not_found")
        return upload

    def with_bytes(self, telegram_id: TelegramId, sha256: str) -> Sequence[Upload]:
        return [each for each in reversed(self.all_of(telegram_id)) if each.sha256 == sha256]

    def all_of(self, telegram_id: TelegramId) -> Sequence[Upload]:
        return self._oldest_first(each for each in self._tables.uploads.values() if each.telegram_id == telegram_id)

    def resubmit(self, upload_id: UploadId, *, submission: int) -> None:
        upload = self._tables.uploads.get(upload_id)
        if upload is not None:
            self._tables.uploads[upload_id] = upload.submitted_again(submission=submission)

    def claim(self, upload_id: UploadId, *, at: datetime, until: datetime) -> Upload | None:
        upload = self._tables.uploads.get(upload_id)
        if upload is None or upload.status is not UploadStatus.QUEUED or upload.work.due_at > at:
            return None
        claimed = self._tables.uploads[upload_id] = upload.claimed(until=until)
        return claimed

    def settle(self, upload: Upload) -> bool:
        row = self._tables.uploads.get(upload.id)
        if row is None or row.status is not UploadStatus.PARSING or row.work.attempt != upload.work.attempt:
            return False
        self._tables.uploads[upload.id] = replace(upload, submission=row.submission)
        return True

    def submission_of(self, upload_id: UploadId) -> int | None:
        upload = self._tables.uploads.get(upload_id)
        return upload.submission if upload is not None else None

    def lost(self, *, before: datetime) -> Sequence[Upload]:
        return self._oldest_first(
            each
            for each in self._tables.uploads.values()
            if each.status is UploadStatus.PARSING
            and each.work.lease_until is not None
            and each.work.lease_until < before
        )

    def to_send(self, *, at: datetime, sent_before: datetime) -> Sequence[UploadId]:
        due = self._oldest_first(
            each
            for each in self._tables.uploads.values()
            if each.status is UploadStatus.QUEUED
            and each.work.due_at <= at
            and (each.work.sent_at is None or each.work.sent_at <= sent_before)
        )
        for each in due:
            self._tables.uploads[each.id] = replace(each, work=each.work.sent(at=at))
        return [each.id for each in due]

    def _oldest_first(self, uploads: Iterable[Upload]) -> list[Upload]:
        return sorted(uploads, key=lambda each: (each.created_at, each.submission, each.id))


class MemoryFiles:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, upload_id: UploadId, content: bytes) -> None:
        if upload_id not in self._tables.uploads:
            raise NotFound("upload_not_found")
        self._tables.files[upload_id] = content

    def get(self, upload_id: UploadId) -> bytes | None:
        return self._tables.files.get(upload_id)

    def drop_finished(self, *, before: datetime) -> int:
        finished = [upload_id for upload_id in self._tables.files if self._finished(upload_id, before)]
        for upload_id in finished:
            del self._tables.files[upload_id]
        return len(finished)

    def _finished(self, upload_id: UploadId, before: datetime) -> bool:
        finished_at = self._tables.uploads[upload_id].finished_at
        return finished_at is not None and finished_at < before
