"""Where résumés, uploads and files are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Resume
from domain.resumes.upload import Upload, UploadStatus


class Resumes(Protocol):
    def add(self, resume: Resume) -> None:
        """Keep a new revision of a person who exists; an upload's second raises `Conflict('upload_already_parsed')`."""

    def last_base(self, telegram_id: TelegramId) -> Resume | None:
        """Return the revision submitted last that is no edit, or `None`."""

    def last_statement(self, telegram_id: TelegramId) -> Resume | None:
        """Return the form or edit submitted last, or `None`."""

    def page(self, telegram_id: TelegramId, *, limit: int, offset: int) -> tuple[Sequence[Resume], int]:
        """Return revisions, the one submitted last first, and how many there are in all."""

    def all_of(self, telegram_id: TelegramId) -> Sequence[Resume]:
        """Return every revision of the person, in the order of submission."""

    def made_of(self, upload_id: UploadId) -> Resume | None:
        """Return the revision that the upload became, or `None`."""

    def keep_added(self, resume_id: ResumeId, added: ResumeContent) -> bool:
        """Keep what was added to a revision from outside; the rest of it stays as it is.

        Returns False, and changes nothing, when the revision is gone or something was added to it before.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFigures:
    """How many uploads are under way, by status; when the oldest fell due that waits for a worker; how many ended.

    What ended is counted by status and reason. What there is none of is left out.
    """

    under_way: Mapping[UploadStatus, int]
    oldest_due_at: datetime | None
    ended: Mapping[tuple[UploadStatus, str | None], int]


class Uploads(Protocol):
    def add(self, upload: Upload) -> None:
        """Keep a new upload. The person must exist."""

    def get(self, telegram_id: TelegramId, upload_id: UploadId) -> Upload:
        """Return the person's upload, or raise `NotFound('upload_not_found')`."""

    def find(self, upload_id: UploadId) -> Upload | None:
        """Return the upload, whoever's it is, or `None`."""

    def newest(
        self, *, statuses: frozenset[UploadStatus], reason: str | None, limit: int
    ) -> tuple[Sequence[Upload], int]:
        """Return everybody's uploads in these states, the newest first, and how many there are in all.

        With a `reason`, only those that failed because of it.
        """

    def with_bytes(self, telegram_id: TelegramId, sha256: str) -> Sequence[Upload]:
        """Return the person's uploads of these very bytes, the newest first."""

    def all_of(self, telegram_id: TelegramId) -> Sequence[Upload]:
        """Return every upload of the person, the oldest first."""

    def resubmit(self, upload_id: UploadId, *, submission: int) -> None:
        """Move the upload to another place in the order of submission, whatever its state."""

    def claim(self, upload_id: UploadId, *, at: datetime, until: datetime) -> Upload | None:
        """Take a queued upload that is due, atomically: one caller gets it, as `claimed`; all others get `None`."""

    def settle(self, upload: Upload) -> bool:
        """Write what became of a claimed upload, if its row still is `parsing` under the same attempt.

        Returns False, and changes nothing, when the row is gone or somebody else has it by now. The place in the order
        of submission is left as it is in the row.
        """

    def submission_of(self, upload_id: UploadId) -> int | None:
        """Return the upload's place in the order of submission as it is now, or `None` if it is gone."""

    def renew(self, upload_id: UploadId, *, attempt: int, until: datetime) -> bool:
        """Let a claimed upload be held until then, if its row still is held under that attempt; else return False.

        Nobody is waited for: where somebody is writing the row at this moment, it returns False, too.
        """

    def retry(self, upload: Upload) -> bool:
        """Write a failed upload as `retried`, if its row still is `failed` after that attempt; else return False."""

    def lost(self, *, before: datetime, limit: int) -> Sequence[Upload]:
        """Return uploads being parsed whose lease ended before then, the oldest first, no more than `limit`."""

    def to_send(self, *, at: datetime, sent_before: datetime, limit: int) -> Sequence[UploadId]:
        """Return due, queued uploads not sent since then, the oldest first, and note that they are sent now.

        No more than `limit`.
        """

    def figures(self, *, at: datetime, since: datetime) -> UploadFigures:
        """Return the figures as they are now; what ended is counted since then."""


class Files(Protocol):
    def put(self, upload_id: UploadId, content: bytes) -> None:
        """Keep the bytes of an upload."""

    def get(self, upload_id: UploadId) -> bytes | None:
        """Return the bytes of an upload, or `None` when they are no longer kept."""

    def kept(self, upload_id: UploadId) -> bool:
        """Return whether the bytes of an upload are still kept; if so, they are until this transaction ends."""

    def drop_finished(self, *, before: datetime) -> int:
        """Drop the bytes of uploads finished before then; return how many."""
