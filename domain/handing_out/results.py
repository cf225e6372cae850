"""How the results of a search that was handed out are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.errors import Conflict, Invalid, NotFound
from domain.handing_out.hand_out import MOST_PAGES, HandOut, HandOutKind, HandOutStatus, Page
from domain.identifiers import RunId, VacancyId
from domain.outside import Clock, Tasks
from domain.search.run import RunStatus, SearchRun, SourceReport
from domain.transactions import Transaction, Transactions
from domain.vacancies.arrival import Draft
from domain.vacancies.use_cases import Arrival, Arrived, StoreVacancies


class TakenStatus(str, Enum):
    """`late`: the person has been answered, and what is new will be merged. `dropped`: nobody waits for it."""

    TAKEN = "taken"
    REPEATED = "repeated"
    LATE = "late"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a page of results. `complete`: every page has come. `unknown` are ids that we hold nothing of.

    `arrived` tells of each draft, in order. Both are empty where the page is not kept.
    """

    status: TakenStatus
    complete: bool
    unknown: tuple[VacancyId, ...] = ()
    arrived: tuple[Arrived, ...] = ()


@dataclass(frozen=True)
class TakeResults:
    """Take a page of results: vacancies that we know, by their ids, and drafts of those that we do not.

    The first page with its number counts; a repeat changes nothing. Pages of another execution than the one that has
    the search are refused.
    """

    transaction: Transactions
    clock: Clock
    tasks: Tasks
    store_vacancies: StoreVacancies

    def __call__(
        self,
        *,
        search_id: RunId,
        execution_id: str | None,
        page: int,
        pages: int,
        sources: Sequence[SourceReport],
        known: Sequence[VacancyId],
        drafts: Sequence[Draft],
    ) -> Taken:
        """Return what became of the page.

        Raises `NotFound('search_not_found')`, `Conflict('not_handed_out')`, `Invalid` for a page there cannot be; for
        one of other results than those that are expected `Conflict('another_execution')`, `Conflict('other_pages')`.
        """
        if not 1 <= pages <= MOST_PAGES:
            raise Invalid({"pages": ["out_of_range"]})
        if not 1 <= page <= pages:
            raise Invalid({"page": ["out_of_range"]})
        with self.transaction() as tx:
            run, hand_out = _handed_out(tx, search_id)
            refusal = _dropped(tx, run, hand_out)
            if refusal is None:
                refusal = _repeated(tx, hand_out.begun(execution_id=execution_id, pages=pages), page)
            held = tx.vacancies.last_seen(known)
        if refusal is not None:
            return refusal
        # Before the page is kept: what it names must be there when it is read.
        arrived = tuple(self.store_vacancies(drafts=drafts)) if drafts else ()
        ids = (
            *(each for each in known if each in held),
            *(VacancyId(each.id) for each in arrived if each.arrival is not Arrival.REFUSED),
        )
        kept = Page(number=page, vacancy_ids=tuple(dict.fromkeys(ids)), sources=tuple(sources))
        taken, requeued = self._take(search_id, execution_id, kept, pages)
        # Only now: a worker must never receive what is not committed.
        if requeued:
            self.tasks.run_search(search_id)
        if taken.status is TakenStatus.LATE:
            self.tasks.merge_late(search_id)
        if taken.status in (TakenStatus.REPEATED, TakenStatus.DROPPED):
            return taken
        return replace(taken, unknown=tuple(dict.fromkeys(each for each in known if each not in held)), arrived=arrived)

    def _take(self, search_id: RunId, execution_id: str | None, page: Page, pages: int) -> tuple[Taken, bool]:
        """Return what became of the page, and whether the run waits for a worker because of it."""
        now = self.clock.now()
        with self.transaction() as tx:
            run, hand_out = _handed_out(tx, search_id)
            gone = _dropped(tx, run, hand_out)
            if gone is not None:
                return gone, False
            hand_out = hand_out.begun(execution_id=execution_id, pages=pages)
            new = tx.hand_outs.put_page(hand_out.id, page)
            came = tx.hand_outs.pages(hand_out.id)
            complete = len(came) == pages
            if not new:
                return Taken(status=TakenStatus.REPEATED, complete=complete), False
            if run.status is RunStatus.READY:
                # A worker that is merging sees the page before it ends.
                if page.tells and hand_out.status is not HandOutStatus.MERGING:
                    hand_out = hand_out.late(at=now).sent(at=now)
            elif complete:
                hand_out = hand_out.answered()
            tx.hand_outs.save(hand_out)
            requeued = complete and _requeue(tx, run, came, at=now)
        late = run.status is RunStatus.READY
        return Taken(status=TakenStatus.LATE if late else TakenStatus.TAKEN, complete=complete), requeued


def _handed_out(tx: Transaction, search_id: RunId) -> tuple[SearchRun, HandOut]:
    """Return the search and its hand-out, held with the person, so that nobody erases one before the other is read."""
    run = tx.search_runs.find(search_id)
    if run is None:
        raise NotFound("search_not_found")
    try:
        tx.users.hold(run.telegram_id)
    except NotFound:
        raise NotFound("search_not_found") from None
    hand_out = tx.hand_outs.hold(search_id)
    if hand_out is None or hand_out.kind is not HandOutKind.SEARCH:
        raise Conflict("not_handed_out")
    # Read now: until the person was held, anything may have happened to it.
    return tx.search_runs.find(search_id) or run, hand_out


def _dropped(tx: Transaction, run: SearchRun, hand_out: HandOut) -> Taken | None:
    """Return what to answer where nobody waits for these results any more, `None` if somebody does."""
    latest = tx.search_runs.latest(run.telegram_id)
    outdated = latest is None or latest.id != run.id
    if not (outdated or run.status is RunStatus.CANCELLED or hand_out.status is HandOutStatus.DROPPED):
        return None
    return Taken(status=TakenStatus.DROPPED, complete=len(tx.hand_outs.pages(hand_out.id)) == hand_out.pages)


def _repeated(tx: Transaction, hand_out: HandOut, page: int) -> Taken | None:
    """Return what to answer where a page with that number has come, `None` if none has."""
    came = tx.hand_outs.pages(hand_out.id)
    if not any(each.number == page for each in came):
        return None
    return Taken(status=TakenStatus.REPEATED, complete=len(came) == hand_out.pages)


def _requeue(tx: Transaction, run: SearchRun, came: Sequence[Page], *, at: datetime) -> bool:
    """See that a run whose results are all here is ranked; return whether it waits for a worker now.

    One that a worker has at this moment finds them when it is through with the outside engine, or when it ends.
    """
    if run.awaiting:
        return tx.search_runs.settle(run.answered(at=at))
    useful = any(page.tells for page in came)
    return run.status is RunStatus.FAILED and useful and tx.search_runs.retry(run.retried(at=at))
