"""A résumé file on its way to becoming a revision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict
from domain.identifiers import ResumeId, TelegramId, UploadId
from domain.resumes.reading import FileType, FileWarning
from domain.work import Work


class UploadStatus(str, Enum):
    QUEUED = "queued"
    PARSING = "parsing"
    PARSED = "parsed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file given by a person. `size` is in bytes; `reason` is the stable code of why it failed.

    `warnings` are what the person should know though it was read.
    """

    id: UploadId
    telegram_id: TelegramId
    filename: str
    file_type: FileType
    size: int
    sha256: str
    submission: int
    status: UploadStatus
    reason: str | None = None
    resume_id: ResumeId | None = None
    warnings: tuple[FileWarning, ...] = ()
    work: Work
    created_at: datetime
    finished_at: datetime | None = None

    @property
    def under_way(self) -> bool:
        return self.status in (UploadStatus.QUEUED, UploadStatus.PARSING)

    def submitted_again(self, *, submission: int) -> Upload:
        """Return the upload moved to the end of the order: the person sent the same bytes once more."""
        return replace(self, submission=submission)

    def claimed(self, *, until: datetime) -> Upload:
        if self.status is not UploadStatus.QUEUED:
            raise Conflict("upload_not_queued")
        return replace(self, status=UploadStatus.PARSING, work=self.work.claimed(until=until))

    def interrupted(self, *, at: datetime) -> Upload:
        """Return the upload queued again after its worker died, or failed once that happened too often."""
        self._must_be_parsing()
        work = self.work.interrupted(at=at)
        if work.worn_out:
            return replace(self._ended(at=at), status=UploadStatus.FAILED, reason="interrupted", work=work)
        return replace(self, status=UploadStatus.QUEUED, work=work)

    def set_back(self, *, at: datetime, reason: str) -> Upload:
        """Return the upload queued again after a failure that may heal, or failed once there were too many."""
        self._must_be_parsing()
        work = self.work.set_back(at=at)
        if work.hopeless:
            return replace(self._ended(at=at), status=UploadStatus.FAILED, reason=reason, work=work)
        return replace(self, status=UploadStatus.QUEUED, work=work)

    def postponed(self, *, at: datetime) -> Upload:
        """Return the upload queued again without a mark against it: nobody had time for it."""
        self._must_be_parsing()
        return replace(self, status=UploadStatus.QUEUED, work=self.work.postponed(at=at))

    def handed_back(self, *, at: datetime) -> Upload:
        """Return the upload queued again at once: the worker that has it is about to end."""
        self._must_be_parsing()
        return replace(self, status=UploadStatus.QUEUED, work=self.work.handed_back(at=at))

    def refused(self, *, at: datetime, reason: str) -> Upload:
        self._must_be_parsing()
        return replace(self._ended(at=at), status=UploadStatus.FAILED, reason=reason)

    def parsed(self, *, at: datetime, resume_id: ResumeId, warnings: tuple[FileWarning, ...] = ()) -> Upload:
        self._must_be_parsing()
        return replace(self._ended(at=at), status=UploadStatus.PARSED, resume_id=resume_id, warnings=warnings)

    def retried(self, *, at: datetime) -> Upload:
        """Return the failed upload queued and due at once as if never tried; only its attempts are counted on."""
        if self.status is not UploadStatus.FAILED:
            raise Conflict("job_not_failed")
        work = Work(due_at=at, attempt=self.work.attempt)
        return replace(self, status=UploadStatus.QUEUED, reason=None, finished_at=None, work=work)

    def _ended(self, *, at: datetime) -> Upload:
        return replace(self, finished_at=at, work=self.work.ended())

    def _must_be_parsing(self) -> None:
        if self.status is not UploadStatus.PARSING:
            raise Conflict("upload_not_parsing")
