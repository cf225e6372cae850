"""One request for vacancies and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict
from domain.identifiers import ResumeId, RunId, TelegramId
from domain.search.filters import Filters
from domain.work import Work


class RunStatus(str, Enum):
    QUEUED = "queued"
    GATHERING = "gathering"
    RANKING = "ranking"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({RunStatus.QUEUED, RunStatus.GATHERING, RunStatus.RANKING})
HELD = frozenset({RunStatus.GATHERING, RunStatus.RANKING})


class Outcome(str, Enum):
    """What a source answered."""

    OK = "ok"
    EMPTY = "empty"
    NOT_CONFIGURED = "not_configured"
    NOT_APPROVED = "not_approved"
    CLOSED_BY_PROVIDER = "closed_by_provider"
    CAPTCHA = "captcha"
    RATE_LIMITED = "rate_limited"
    GEO_BLOCKED = "geo_blocked"
    TIMEOUT = "timeout"
    ERROR = "error"


ANSWERED = frozenset({Outcome.OK, Outcome.EMPTY})
PASSING = frozenset({Outcome.CAPTCHA, Outcome.RATE_LIMITED, Outcome.TIMEOUT, Outcome.ERROR})
"""Outcomes that a later try may better."""

NOBODY_ANSWERED = "no_source_answered"
"""Why a run failed all of whose sources had troubles."""

MOST_SOURCES = 20
"""So many sources at most have a report of what they answered that an outside engine hands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What one source answered, and how many vacancies it gave."""

    source: str
    outcome: Outcome
    found: int = 0

    @property
    def answered(self) -> bool:
        """Whether the source looked: what it found before it met a trouble counts as well."""
        return self.outcome in ANSWERED or self.found > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Of the vacancies found: how many were put in the queue, how many were filtered out, by reason."""

    found: int = 0
    queued: int = 0
    filtered: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun:
    """`number` counts the person's runs from 1; the one with the highest number is the one that counts.

    `engine` is the one that has gathered the vacancies, or the outside one that the run was left to, until a worker
    has it again. `similarity` is the model of meaning that compared, with its version; `None`: words alone, or nothing
    yet. `deadline` is until when an outside engine has time, `None` while none has the run.
    """

    id: RunId
    telegram_id: TelegramId
    number: int
    filters: Filters
    status: RunStatus
    engine: str | None = None
    resume_id: ResumeId | None = None
    sources: tuple[SourceReport, ...] = ()
    counts: Counts = field(default_factory=Counts)
    similarity: str | None = None
    reason: str | None = None
    deadline: datetime | None = None
    work: Work
    created_at: datetime
    finished_at: datetime | None = None

    @classmethod
    def queued(
        cls,
        *,
        id: RunId,  # noqa: A002 — the field's own name
        telegram_id: TelegramId,
        number: int,
        filters: Filters,
        at: datetime,
    ) -> SearchRun:
        return cls(
            id=id,
            telegram_id=telegram_id,
            number=number,
            filters=filters,
            status=RunStatus.QUEUED,
            work=Work(due_at=at).sent(at=at),
            created_at=at,
        )

    @property
    def under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def awaiting(self) -> bool:
        """Whether the run is held for an outside engine and not by a worker."""
        return self.status is RunStatus.GATHERING and self.deadline is not None

    def held_under(self, attempt: int) -> bool:
        return self.status in HELD and self.work.attempt == attempt

    def claimed(self, *, until: datetime) -> SearchRun:
        if self.status is not RunStatus.QUEUED:
            raise Conflict("run_not_queued")
        # Who had the run before has not answered it, or the worker is about to find that it has.
        work = self.work.claimed(until=until)
        return replace(self, status=RunStatus.GATHERING, engine=None, deadline=None, work=work)

    def handed_out(self, *, engine: str, until: datetime) -> SearchRun:
        """Return the run held for an outside engine, which answers in its own time; until then no worker has it."""
        self._must_be_held()
        return replace(self, engine=engine, deadline=until, work=replace(self.work, lease_until=until))

    def answered(self, *, at: datetime) -> SearchRun:
        """Return the run queued, due at once and sent: the outside engine has answered, or said that it never will."""
        if not self.awaiting:
            raise Conflict("run_not_handed_out")
        return replace(self, status=RunStatus.QUEUED, deadline=None, work=self.work.handed_back(at=at).sent(at=at))

    def gathered(self, *, engine: str, sources: tuple[SourceReport, ...], until: datetime) -> SearchRun:
        """Return the run with what the sources answered, held until then; what they found is all that counts so far."""
        self._must_be_held()
        work = replace(self.work, lease_until=until)
        found = Counts(found=sum(report.found for report in sources))
        return replace(self, status=RunStatus.RANKING, engine=engine, sources=sources, counts=found, work=work)

    def ready(self, *, at: datetime, resume_id: ResumeId, counts: Counts, similarity: str | None = None) -> SearchRun:
        self._must_be_held()
        ended = self._ended(at=at)
        return replace(ended, status=RunStatus.READY, resume_id=resume_id, counts=counts, similarity=similarity)

    def extended(self, *, sources: tuple[SourceReport, ...], counts: Counts) -> SearchRun:
        """Return the ready run with what came late: its sources and counts are these from then on."""
        if self.status is not RunStatus.READY:
            raise Conflict("run_not_ready")
        return replace(self, sources=sources, counts=counts)

    def interrupted(self, *, at: datetime) -> SearchRun:
        """Return the run queued again after its worker died, or failed once that happened too often.

        An outside engine that stayed silent counts for nothing.
        """
        self._must_be_held()
        if self.awaiting:
            return replace(self, status=RunStatus.QUEUED, deadline=None, work=self.work.handed_back(at=at))
        work = self.work.interrupted(at=at)
        if work.worn_out:
            return replace(self._ended(at=at), status=RunStatus.FAILED, reason="interrupted", work=work)
        return replace(self, status=RunStatus.QUEUED, work=work)

    def set_back(self, *, at: datetime, reason: str) -> SearchRun:
        """Return the run queued again after a failure that may heal, or failed once there were too many."""
        self._must_be_held()
        work = self.work.set_back(at=at)
        if work.hopeless:
            return replace(self._ended(at=at), status=RunStatus.FAILED, reason=reason, work=work)
        return replace(self, status=RunStatus.QUEUED, deadline=None, work=work)

    def postponed(self, *, at: datetime) -> SearchRun:
        """Return the run queued again without a mark against it: it could not be tried."""
        self._must_be_held()
        return replace(self, status=RunStatus.QUEUED, deadline=None, work=self.work.postponed(at=at))

    def handed_back(self, *, at: datetime) -> SearchRun:
        """Return the run queued again at once: the worker that has it is about to end."""
        self._must_be_held()
        return replace(self, status=RunStatus.QUEUED, deadline=None, work=self.work.handed_back(at=at))

    def refused(self, *, at: datetime, reason: str) -> SearchRun:
        self._must_be_held()
        return replace(self._ended(at=at), status=RunStatus.FAILED, reason=reason)

    def cancelled(self, *, at: datetime) -> SearchRun:
        if not self.under_way:
            raise Conflict("run_already_finished")
        return replace(self._ended(at=at), status=RunStatus.CANCELLED)

    def retried(self, *, at: datetime) -> SearchRun:
        """Return the failed run queued and due at once as if never tried; only its attempts are counted on."""
        if self.status is not RunStatus.FAILED:
            raise Conflict("job_not_failed")
        work = Work(due_at=at, attempt=self.work.attempt)
        return replace(self, status=RunStatus.QUEUED, reason=None, finished_at=None, work=work)

    def _ended(self, *, at: datetime) -> SearchRun:
        return replace(self, deadline=None, finished_at=at, work=self.work.ended())

    def _must_be_held(self) -> None:
        if self.status not in HELD:
            raise Conflict("run_not_held")
