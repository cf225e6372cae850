"""Uploads and their bytes in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from adapters.codec import plain
from adapters.sql.columns import Timestamp
from adapters.sql.tables import files, uploads, users
from adapters.sql.work import WorkRows, work_columns, work_of
from adapters.sql.writing import owner_known, upsert
from domain.errors import NotFound
from domain.identifiers import TelegramId, UploadId
from domain.resumes.ports import UploadFigures
from domain.resumes.reading import FileType, FileWarning
from domain.resumes.upload import Upload, UploadStatus

_WORK = WorkRows(
    uploads,
    order="submission",
    queued=UploadStatus.QUEUED.value,
    held=[UploadStatus.PARSING.value],
    failed=UploadStatus.FAILED.value,
)

_IS_IT = uploads.c.id == bindparam("upload")
_OF_PERSON = uploads.c.telegram_id == bindparam("person")
_GET = select(uploads).where(_IS_IT, _OF_PERSON)
_ALL = select(uploads).where(_OF_PERSON).order_by(uploads.c.created_at, uploads.c.submission, uploads.c.id)
_WITH_BYTES = (
    select(uploads)
    .where(_OF_PERSON, uploads.c.sha256 == bindparam("digest"))
    .order_by(uploads.c.created_at.desc(), uploads.c.submission.desc(), uploads.c.id.desc())
)
_RESUBMIT = update(uploads).where(_IS_IT)
# Whoever asks is about to write a revision of this person in that place: both must stay until then. The person first,
# as whoever erases them begins there, too: in the other order each would wait for the other.
_KEEP_PERSON = (
    select(users.c.telegram_id)
    .where(users.c.telegram_id.in_(select(uploads.c.telegram_id).where(_IS_IT)))
    .with_for_update(read=True, key_share=True)
)
_SUBMISSION = select(uploads.c.submission).where(_IS_IT).with_for_update(key_share=True)

_ENDED = (
    select(uploads.c.status, uploads.c.reason, func.count().label("uploads"))
    .where(uploads.c.finished_at >= bindparam("since", type_=Timestamp))
    .group_by(uploads.c.status, uploads.c.reason)
)

# Held, since who asks counts on them.
_KEPT = select(files.c.upload_id).where(files.c.upload_id == bindparam("upload")).with_for_update(key_share=True)
_CONTENT = select(files.c.content).where(files.c.upload_id == bindparam("upload"))
# Skipping rows that others hold: they go with an erased person, and waiting for them could end in a deadlock.
_OF_FINISHED = (
    select(files.c.upload_id)
    .join(uploads, files.c.upload_id == uploads.c.id)
    .where(uploads.c.finished_at < bindparam("before", type_=Timestamp))
    .with_for_update(of=files, skip_locked=True)
)
_DROP_FINISHED = delete(files).where(files.c.upload_id.in_(_OF_FINISHED))


class SqlUploads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> None:
        with owner_known("user_not_found"):
            self._connection.execute(insert(uploads), _columns(upload))

    def get(self, telegram_id: TelegramId, upload_id: UploadId) -> Upload:
        row = self._connection.execute(_GET, {"upload": upload_id, "person": telegram_id}).one_or_none()
        if row is None:
            raise NotFound("upload_not_found")
        return _upload(row)

    def find(self, upload_id: UploadId) -> Upload | None:
        row = _WORK.find(self._connection, upload_id)
        return _upload(row) if row is not None else None

    def newest(
        self, *, statuses: frozenset[UploadStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[Upload], int]:
        states = [status.value for status in statuses]
        rows, total = _WORK.newest(self._connection, statuses=states, reason=reason, limit=limit)
        return [_upload(row) for row in rows], total

    def with_bytes(self, telegram_id: TelegramId, sha256: str) -> Sequence[Upload]:
        rows = self._connection.execute(_WITH_BYTES, {"person": telegram_id, "digest": sha256})
        return [_upload(row) for row in rows]

    def all_of(self, telegram_id: TelegramId) -> Sequence[Upload]:
        return [_upload(row) for row in self._connection.execute(_ALL, {"person": telegram_id})]

    def resubmit(self, upload_id: UploadId, *, submission: int) -> None:
        self._connection.execute(_RESUBMIT, {"upload": upload_id, "submission": submission})

    def claim(self, upload_id: UploadId, *, at: datetime, until: datetime) -> Upload | None:
        row = _WORK.due(self._connection, upload_id, at=at)
        if row is None:
            return None
        queued = _upload(row)
        claimed = queued.claimed(until=until)
        values = {"status": claimed.status.value, **work_columns(claimed.work)}
        won = _WORK.claim(self._connection, upload_id, attempt=queued.work.attempt, values=values)
        return claimed if won else None

    def settle(self, upload: Upload) -> bool:
        return _WORK.settle(self._connection, upload.id, attempt=upload.work.attempt, values=_progress(upload))

    def retry(self, upload: Upload) -> bool:
        return _WORK.retry(self._connection, upload.id, attempt=upload.work.attempt, values=_progress(upload))

    def submission_of(self, upload_id: UploadId) -> int | None:
        self._connection.execute(_KEEP_PERSON, {"upload": upload_id})
        return self._connection.scalar(_SUBMISSION, {"upload": upload_id})

    def renew(self, upload_id: UploadId, *, attempt: int, until: datetime) -> bool:
        return _WORK.renew(self._connection, upload_id, attempt=attempt, until=until)

    def lost(self, *, before: datetime, limit: int) -> Sequence[Upload]:
        return [_upload(row) for row in _WORK.lost(self._connection, before=before, limit=limit)]

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[UploadId]:
        ids = _WORK.to_send(self._connection, at=at, sent_before=sent_before, limit=limit)
        return [UploadId(each) for each in ids]

    def figures(self, *, at: datetime, since: datetime) -> UploadFigures:
        ended = self._connection.execute(_ENDED, {"since": since})
        return UploadFigures(
            under_way={UploadStatus(name): count for name, count in _WORK.under_way(self._connection).items()},
            oldest_due_at=_WORK.oldest_due(self._connection, at=at),
            ended={(UploadStatus(row.status), row.reason): row.uploads for row in ended},
        )


class SqlFiles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, upload_id: UploadId, content: bytes) -> None:
        statement = upsert(files, self._connection.dialect.name)
        with owner_known("upload_not_found"):
            self._connection.execute(statement, {"upload_id": upload_id, "content": content})

    def get(self, upload_id: UploadId) -> bytes | None:
        content = self._connection.scalar(_CONTENT, {"upload": upload_id})
        return bytes(content) if content is not None else None

    def kept(self, upload_id: UploadId) -> bool:
        return self._connection.scalar(_KEPT, {"upload": upload_id}) is not None

    def drop_finished(self, *, before: datetime) -> int:
        return self._connection.execute(_DROP_FINISHED, {"before": before}).rowcount


def _progress(upload: Upload) -> dict[str, Any]:
    """Return what may change in the life of an upload, but for its place in the order of submission."""
    return {
        "status": upload.status.value,
        "reason": upload.reason,
        "resume_id": upload.resume_id,
        "warnings": plain(upload.warnings) if upload.warnings else None,
        **work_columns(upload.work),
        "finished_at": upload.finished_at,
    }


def _columns(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "telegram_id": upload.telegram_id,
        "filename": upload.filename,
        "file_type": upload.file_type.value,
        "size": upload.size,
        "sha256": upload.sha256,
        "submission": upload.submission,
        "created_at": upload.created_at,
        **_progress(upload),
    }


def _upload(row: Row[Any]) -> Upload:
    return Upload(
        id=row.id,
        telegram_id=row.telegram_id,
        filename=row.filename,
        file_type=FileType(row.file_type),
        size=row.size,
        sha256=row.sha256,
        submission=row.submission,
        status=UploadStatus(row.status),
        reason=row.reason,
        resume_id=row.resume_id,
        warnings=tuple(FileWarning(each) for each in row.warnings or ()),
        work=work_of(row),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
