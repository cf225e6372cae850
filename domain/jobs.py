"""Accepted work as an operator sees it: listed, looked at, tried anew when it failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.errors import Conflict, NotFound
from domain.identifiers import RunId, TelegramId, UploadId
from domain.outcomes import Page
from domain.outside import Clock
from domain.resumes.upload import Upload, UploadStatus
from domain.search.run import RunStatus, SearchRun
from domain.transactions import Transaction, Transactions
from domain.work import Work


class JobKind(str, Enum):
    FILE = "file"
    SEARCH = "search"


STATUSES = tuple(dict.fromkeys([*(each.value for each in UploadStatus), *(each.value for each in RunStatus)]))
"""Every status that a job of one kind or the other can have."""

NOT_DONE = tuple(
    status
    for status in STATUSES
    if status not in (UploadStatus.PARSED.value, RunStatus.READY.value, RunStatus.CANCELLED.value)
)
"""Those that an operator may have to do with: what waits, what is worked on, what failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An upload or a search run as work. `status` is one of its kind's; `reason` is the stable code of its failure."""

    kind: JobKind
    id: str
    telegram_id: TelegramId
    status: str
    reason: str | None
    work: Work
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class ListJobs:
    """Return jobs of all people, the newest first; `None` for a kind or a reason means any."""

    transaction: Transactions

    def __call__(
        self, *, kind: JobKind | None, statuses: Iterable[str], reason: str | None, limit: int, offset: int
    ) -> Page[Job]:
        wanted = frozenset(statuses)
        # Of each kind as many as there would be if the other kind had none in front of them.
        reach = offset + limit
        found: list[Upload | SearchRun] = []
        total = 0
        with self.transaction() as tx:
            if kind is not JobKind.SEARCH:
                of_files = frozenset(status for status in UploadStatus if status.value in wanted)
                uploads, count = tx.uploads.newest(statuses=of_files, reason=reason, limit=reach)
                found += uploads
                total += count
            if kind is not JobKind.FILE:
                of_searches = frozenset(status for status in RunStatus if status.value in wanted)
                runs, count = tx.search_runs.newest(statuses=of_searches, reason=reason, limit=reach)
                found += runs
                total += count
        found.sort(key=lambda each: each.created_at, reverse=True)
        return Page([_job(each) for each in found[offset:reach]], total)


@dataclass(frozen=True)
class ShowJob:
    """Return the job of either kind, or raise `NotFound('job_not_found')`."""

    transaction: Transactions

    def __call__(self, *, job_id: str) -> Job:
        with self.transaction() as tx:
            return _job(_found(tx, job_id))


@dataclass(frozen=True)
class RetryJob:
    """Queue a failed job anew, its interruptions and failures counted from zero; the next sweep sends it."""

    transaction: Transactions
    clock: Clock

    def __call__(self, *, job_id: str) -> Job:
        """Return the job as it is then.

        Raises `NotFound('job_not_found')` and `Conflict`: `job_not_failed`, `file_gone` when the bytes are no longer
        kept, `not_the_latest_search` when the person has started another since.
        """
        now = self.clock.now()
        with self.transaction() as tx:
            person = _found(tx, job_id).telegram_id
            try:
                # Held, so that they neither start another search nor leave meanwhile.
                tx.users.hold(person)
            except NotFound:
                raise NotFound("job_not_found") from None
            # Read now: until the person was held, anything may have happened to it.
            failed = _found(tx, job_id)
            retried = failed.retried(at=now)
            if not (_retry_file(tx, retried) if isinstance(retried, Upload) else _retry_search(tx, retried)):
                raise Conflict("job_not_failed")
            return _job(retried)


def _retry_file(tx: Transaction, upload: Upload) -> bool:
    if not tx.files.kept(upload.id):
        raise Conflict("file_gone")
    return tx.uploads.retry(upload)


def _retry_search(tx: Transaction, run: SearchRun) -> bool:
    latest = tx.search_runs.latest(run.telegram_id)
    # What an old run finds would take the place of the queue that a newer one has made.
    if latest is None or latest.id != run.id:
        raise Conflict("not_the_latest_search")
    return tx.search_runs.retry(run)


def _found(tx: Transaction, job_id: str) -> Upload | SearchRun:
    found = tx.uploads.find(UploadId(job_id)) or tx.search_runs.find(RunId(job_id))
    if found is None:
        raise NotFound("job_not_found")
    return found


def _job(of: Upload | SearchRun) -> Job:
    return Job(
        kind=JobKind.FILE if isinstance(of, Upload) else JobKind.SEARCH,
        id=of.id,
        telegram_id=of.telegram_id,
        status=of.status.value,
        reason=of.reason,
        work=of.work,
        created_at=of.created_at,
        finished_at=of.finished_at,
    )
