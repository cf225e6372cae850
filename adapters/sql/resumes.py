"""Revisions of résumés in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from adapters.codec import plain, structured, structured_or_none
from adapters.sql.tables import resumes
from adapters.sql.writing import owner_known
from domain.errors import Conflict
from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Corrections, Resume, ResumeSource

_OF_PERSON = resumes.c.telegram_id == bindparam("person")
_NEWEST_FIRST = select(resumes).where(_OF_PERSON).order_by(resumes.c.submission.desc())
_LAST_BASE = _NEWEST_FIRST.where(resumes.c.source != ResumeSource.EDITED.value).limit(1)
_LAST_STATEMENT = _NEWEST_FIRST.where(
    resumes.c.source.in_([ResumeSource.MANUAL.value, ResumeSource.EDITED.value])
).limit(1)
_PAGE = _NEWEST_FIRST.limit(bindparam("most")).offset(bindparam("skipped"))
_COUNT = select(func.count()).select_from(resumes).where(_OF_PERSON)
_ALL = select(resumes).where(_OF_PERSON).order_by(resumes.c.submission)
_MADE_OF = select(resumes).where(resumes.c.upload_id == bindparam("upload"))
_KEEP_ADDED = update(resumes).where(resumes.c.id == bindparam("revision"), resumes.c.added.is_(None))
_IS_MADE_OF = select(resumes.c.id).where(resumes.c.upload_id == bindparam("upload"))


class SqlResumes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, resume: Resume) -> None:
        if resume.upload_id is not None and self._is_made_of(resume.upload_id):
            raise Conflict("upload_already_parsed")
        with owner_known("user_not_found"):
            self._connection.execute(insert(resumes), _columns(resume))

    def last_base(self, telegram_id: TelegramId) -> Resume | None:
        return self._one(_LAST_BASE, person=telegram_id)

    def last_statement(self, telegram_id: TelegramId) -> Resume | None:
        return self._one(_LAST_STATEMENT, person=telegram_id)

    def page(self, telegram_id: TelegramId, *, limit: int, offset: int) -> tuple[Sequence[Resume], int]:
        rows = self._connection.execute(_PAGE, {"person": telegram_id, "most": limit, "skipped": offset})
        total = self._connection.scalar(_COUNT, {"person": telegram_id}) or 0
        return [_resume(row) for row in rows], total

    def all_of(self, telegram_id: TelegramId) -> Sequence[Resume]:
        return [_resume(row) for row in self._connection.execute(_ALL, {"person": telegram_id})]

    def made_of(self, upload_id: UploadId) -> Resume | None:
        return self._one(_MADE_OF, upload=upload_id)

    def keep_added(self, resume_id: ResumeId, added: ResumeContent) -> bool:
        kept = self._connection.execute(_KEEP_ADDED.values(added=plain(added)), {"revision": resume_id})
        return kept.rowcount > 0

    def _is_made_of(self, upload_id: UploadId) -> bool:
        return self._connection.scalar(_IS_MADE_OF, {"upload": upload_id}) is not None

    def _one(self, statement: Select[Any], **values: Any) -> Resume | None:
        row = self._connection.execute(statement, values).one_or_none()
        return _resume(row) if row is not None else None


def _columns(resume: Resume) -> dict[str, Any]:
    return {
        "id": resume.id,
        "telegram_id": resume.telegram_id,
        "source": resume.source.value,
        "submission": resume.submission,
        "content": plain(resume.content),
        "corrections": plain(resume.corrections),
        "added": plain(resume.added),
        "upload_id": resume.upload_id,
        "created_at": resume.created_at,
    }


def _resume(row: Row[Any]) -> Resume:
    return Resume(
        id=row.id,
        telegram_id=row.telegram_id,
        source=ResumeSource(row.source),
        submission=row.submission,
        content=structured(row.content, ResumeContent),
        corrections=structured_or_none(row.corrections, Corrections),
        added=structured_or_none(row.added, ResumeContent),
        upload_id=row.upload_id,
        created_at=row.created_at,
    )
