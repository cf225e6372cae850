"""A piece of work handed out to an outside automation, and how far it has got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict
from domain.identifiers import RunId, TelegramId, UploadId, VacancyId
from domain.search.run import MOST_SOURCES, Outcome, SourceReport
from domain.vacancies.arrival import BUILT_IN_SOURCES, INTERNAL
from domain.vacancies.vacancy import Vacancy
from domain.work import Work

OUTSIDE = "n8n"
"""The name of the engine that hands out."""

SILENT = "n8n_silent"
"""The reason of a hand-out that was not answered in time."""

UNUSED = "n8n_unused"
"""The reason of a hand-out that was answered, and whose search has ended without it."""

MOST_PAGES = 100
"""In so many pages a search is answered at most."""


class HandOutKind(str, Enum):
    SEARCH = "search"
    FILE = "file"


class HandOutStatus(str, Enum):
    """`answered`: every page is here. `late`: results wait to be merged, `merging`: a worker is at it."""

    GIVEN = "given"
    ANSWERED = "answered"
    LATE = "late"
    MERGING = "merging"
    USED = "used"
    FAILED = "failed"
    DROPPED = "dropped"


OUTSTANDING = frozenset({HandOutStatus.GIVEN, HandOutStatus.ANSWERED, HandOutStatus.LATE, HandOutStatus.MERGING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of results: the vacancies as they were ranked, best first, and what the sources answered.

    One that was used says no more which vacancies it brought.
    """

    number: int
    vacancy_ids: tuple[VacancyId, ...] = ()
    sources: tuple[SourceReport, ...] = ()
    used: bool = False

    @property
    def tells(self) -> bool:
        """Whether there is anything in it that was not used yet."""
        return not self.used and (bool(self.vacancy_ids) or any(report.answered for report in self.sources))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """Bears the id of the search run, or of the upload, that was handed out; that is done once at most.

    `execution_id` is how the automation names its own work, `None` while nobody has said. `pages` is how many pages of
    results there will be, `None` before the first. `reason` is the stable code of why it failed. `work` is that of
    merging what came late.
    """

    id: str
    kind: HandOutKind
    telegram_id: TelegramId
    status: HandOutStatus
    execution_id: str | None = None
    pages: int | None = None
    reason: str | None = None
    deadline: datetime
    work: Work
    created_at: datetime
    finished_at: datetime | None = None

    @classmethod
    def given(
        cls,
        *,
        id: RunId | UploadId,  # noqa: A002 — the field's own name
        kind: HandOutKind,
        telegram_id: TelegramId,
        deadline: datetime,
        at: datetime,
    ) -> HandOut:
        return cls(
            id=id,
            kind=kind,
            telegram_id=telegram_id,
            status=HandOutStatus.GIVEN,
            deadline=deadline,
            work=Work(due_at=at),
            created_at=at,
        )

    def accepted(self, execution_id: str | None) -> HandOut:
        """Return it as it is once the automation has taken it; results that came sooner have named theirs already."""
        return replace(self, execution_id=self.execution_id or execution_id)

    def may_be_of(self, execution_id: str | None) -> bool:
        """Whether what is told of it may come from the execution that has the work; one that is known names itself."""
        return self.execution_id is None or self.execution_id == execution_id

    def begun(self, *, execution_id: str | None, pages: int) -> HandOut:
        """Return it with a page come, of so many.

        Raises `Conflict('another_execution')` or `Conflict('other_pages')` for a page of other results. Where nobody
        has said which execution has the work any may answer, and the first to do so counts.
        """
        if not self.may_be_of(execution_id):
            raise Conflict("another_execution")
        if self.pages not in (None, pages):
            raise Conflict("other_pages")
        return replace(self, execution_id=self.execution_id or execution_id, pages=pages)

    def answered(self) -> HandOut:
        """Return it with every page come: also of one that was given up already."""
        if self.status not in (HandOutStatus.GIVEN, HandOutStatus.FAILED):
            raise Conflict("hand_out_not_given")
        return replace(self, status=HandOutStatus.ANSWERED, reason=None, finished_at=None)

    def failed(self, *, at: datetime, reason: str) -> HandOut:
        if self.status not in (HandOutStatus.GIVEN, HandOutStatus.ANSWERED):
            raise Conflict("hand_out_not_given")
        return replace(self, status=HandOutStatus.FAILED, reason=reason, finished_at=at)

    def missed(self, *, at: datetime) -> HandOut:
        """Return it given up after its time: nobody has answered, or nobody has used the answer."""
        return self.failed(at=at, reason=SILENT if self.status is HandOutStatus.GIVEN else UNUSED)

    def late(self, *, at: datetime) -> HandOut:
        """Return it with results that wait to be merged, due at once."""
        if self.status is HandOutStatus.DROPPED:
            raise Conflict("hand_out_dropped")
        work = Work(due_at=at, attempt=self.work.attempt)
        return replace(self, status=HandOutStatus.LATE, reason=None, work=work, finished_at=None)

    def sent(self, *, at: datetime) -> HandOut:
        return replace(self, work=self.work.sent(at=at))

    def used(self, *, at: datetime) -> HandOut:
        return replace(self, status=HandOutStatus.USED, reason=None, work=self.work.ended(), finished_at=at)

    def dropped(self, *, at: datetime) -> HandOut:
        """Return it as it is when nobody waits for it any more."""
        return replace(self, status=HandOutStatus.DROPPED, work=self.work.ended(), finished_at=at)

    def claimed(self, *, until: datetime) -> HandOut:
        if self.status is not HandOutStatus.LATE:
            raise Conflict("hand_out_not_late")
        return replace(self, status=HandOutStatus.MERGING, work=self.work.claimed(until=until))

    def interrupted(self, *, at: datetime) -> HandOut:
        """Return it late again after its worker died, or failed once that happened too often."""
        self._must_be_held()
        work = self.work.interrupted(at=at)
        if work.worn_out:
            return replace(self, status=HandOutStatus.FAILED, reason="interrupted", work=work, finished_at=at)
        return replace(self, status=HandOutStatus.LATE, work=work)

    def set_back(self, *, at: datetime, reason: str) -> HandOut:
        """Return it late again after a failure that may heal, or failed once there were too many."""
        self._must_be_held()
        work = self.work.set_back(at=at)
        if work.hopeless:
            return replace(self, status=HandOutStatus.FAILED, reason=reason, work=work, finished_at=at)
        return replace(self, status=HandOutStatus.LATE, work=work)

    def postponed(self, *, at: datetime) -> HandOut:
        """Return it late again without a mark against it: it could not be tried."""
        self._must_be_held()
        return replace(self, status=HandOutStatus.LATE, work=self.work.postponed(at=at))

    def handed_back(self, *, at: datetime) -> HandOut:
        """Return it late again at once: the worker that has it is about to end."""
        self._must_be_held()
        return replace(self, status=HandOutStatus.LATE, work=self.work.handed_back(at=at))

    def _must_be_held(self) -> None:
        if self.status is not HandOutStatus.MERGING:
            raise Conflict("hand_out_not_held")


def reports_in(pages: Iterable[Page], vacancies: Iterable[Vacancy]) -> tuple[SourceReport, ...]:
    """Return what each source answered by the pages, once; one that is not reported and gave something has answered.

    Our own vacancies bear the names of those who posted them: where the catalogue is reported it tells of them all.
    Where there are too many, our own sources come first and then those that answered.
    """
    told: dict[str, SourceReport] = {}
    for report in (each for page in pages for each in page.sources):
        before = told.get(report.source)
        if before is None or (report.answered, report.found) > (before.answered, before.found):
            told[report.source] = report
    gave: dict[str, int] = {}
    for vacancy in vacancies:
        if INTERNAL not in told or vacancy.source in BUILT_IN_SOURCES:
            gave[vacancy.source] = gave.get(vacancy.source, 0) + 1
    unreported = (
        SourceReport(source=name, outcome=Outcome.OK, found=count) for name, count in gave.items() if name not in told
    )
    reports = (*told.values(), *unreported)
    if len(reports) <= MOST_SOURCES:
        return reports
    ours = {INTERNAL, *BUILT_IN_SOURCES}
    return tuple(sorted(reports, key=lambda each: (each.source not in ours, not each.answered)))[:MOST_SOURCES]
