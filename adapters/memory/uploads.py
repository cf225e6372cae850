"""Uploads and their bytes in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.tables import Tables
from adapters.memory.work import WorkRows
from domain.errors import NotFound
from domain.identifiers import TelegramId, UploadId
from domain.resumes.ports import UploadFigures
from domain.resumes.upload import Upload, UploadStatus


class MemoryUploads:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = tables.uploads
        self._work = WorkRows(
            tables.uploads,
            queued=UploadStatus.QUEUED,
            failed=UploadStatus.FAILED,
            held=[UploadStatus.PARSING],
            order=lambda upload: upload.submission,
        )

    def add(self, upload: Upload) -> None:
        self._tables.must_know(upload.telegram_id)
        self._rows[upload.id] = upload

    def get(self, telegram_id: TelegramId, upload_id: UploadId) -> Upload:
        upload = self._rows.get(upload_id)
        if upload is None or upload.telegram_id != telegram_id:
            raise NotFound("upload_not_found")
        return upload

    def find(self, upload_id: UploadId) -> Upload | None:
        return self._rows.get(upload_id)

    def newest(
        self, *, statuses: frozenset[UploadStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[Upload], int]:
        return self._work.newest(statuses=statuses, reason=reason, limit=limit)

    def with_bytes(self, telegram_id: TelegramId, sha256: str) -> Sequence[Upload]:
        return [each for each in reversed(self.all_of(telegram_id)) if each.sha256 == sha256]

    def all_of(self, telegram_id: TelegramId) -> Sequence[Upload]:
        return self._work.oldest_first(each for each in self._rows.values() if each.telegram_id == telegram_id)

    def resubmit(self, upload_id: UploadId, *, submission: int) -> None:
        upload = self._rows.get(upload_id)
        if upload is not None:
            self._rows[upload_id] = upload.submitted_again(submission=submission)

    def claim(self, upload_id: UploadId, *, at: datetime, until: datetime) -> Upload | None:
        return self._work.claim(upload_id, at=at, until=until)

    def settle(self, upload: Upload) -> bool:
        return self._replace(self._work.held(upload.id, attempt=upload.work.attempt), upload)

    def submission_of(self, upload_id: UploadId) -> int | None:
        upload = self._rows.get(upload_id)
        return upload.submission if upload is not None else None

    def renew(self, upload_id: UploadId, *, attempt: int, until: datetime) -> bool:
        return self._work.renew(upload_id, attempt=attempt, until=until)

    def retry(self, upload: Upload) -> bool:
        return self._replace(self._work.failed(upload.id, attempt=upload.work.attempt), upload)

    def lost(self, *, before: datetime, limit: int) -> Sequence[Upload]:
        return self._work.lost(before=before, limit=limit)

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[UploadId]:
        return [each.id for each in self._work.to_send(at=at, sent_before=sent_before, limit=limit)]

    def figures(self, *, at: datetime, since: datetime) -> UploadFigures:
        return UploadFigures(
            under_way=Counter(each.status for each in self._rows.values() if each.under_way),
            oldest_due_at=self._work.oldest_due_at(at=at),
            ended=Counter((each.status, each.reason) for each in self._work.ended_since(since)),
        )

    def _replace(self, row: Upload | None, upload: Upload) -> bool:
        if row is not None:
            # The place in the order is the row's own: it may have been moved meanwhile.
            self._rows[upload.id] = replace(upload, submission=row.submission)
        return row is not None


class MemoryFiles:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, upload_id: UploadId, content: bytes) -> None:
        if upload_id not in self._tables.uploads:
            raise NotFound("upload_not_found")
        self._tables.files[upload_id] = content

    def get(self, upload_id: UploadId) -> bytes | None:
        return self._tables.files.get(upload_id)

    def kept(self, upload_id: UploadId) -> bool:
        return upload_id in self._tables.files

    def drop_finished(self, *, before: datetime) -> int:
        finished = [upload_id for upload_id in self._tables.files if self._finished(upload_id, before)]
        for upload_id in finished:
            del self._tables.files[upload_id]
        return len(finished)

    def _finished(self, upload_id: UploadId, before: datetime) -> bool:
        finished_at = self._tables.uploads[upload_id].finished_at
        return finished_at is not None and finished_at < before
