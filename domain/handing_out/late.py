"""How results that came after their search had been answered get into its queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotFound, Unavailable
from domain.handing_out.engine import delivered, ids_in
from domain.handing_out.forgetting import forget_pages
from domain.handing_out.hand_out import HandOut, Page, reports_in
from domain.identifiers import RunId, VacancyId
from domain.outside import Clock, WorkInHand
from domain.resumes.content import ResumeContent
from domain.resumes.use_cases import current_of
from domain.search.assessing import Assessed, AssessFinds
from domain.search.keeping import keep_finds
from domain.search.match import MatchState
from domain.search.merging import all_reports, merge
from domain.search.offering import not_to_offer
from domain.search.ports import VacancyQueues
from domain.search.queue import alike
from domain.search.run import RunStatus, SearchRun, SourceReport
from domain.transactions import Transaction, Transactions
from domain.vacancies.vacancy import Vacancy
from domain.work import CLOCKS_APART, LEASE, LONGEST, NOT_ITS_FAULT, Attempted


@dataclass(frozen=True, slots=True, kw_only=True)
class _ToMerge:
    """What is to be merged into the queue of a run: the pages, what they bring, and what waits in the queue."""

    run: SearchRun
    resume: ResumeContent
    pages: Sequence[Page]
    known: Mapping[VacancyId, Vacancy]
    waiting: Mapping[VacancyId, Vacancy]


@dataclass(frozen=True)
class MergeLate:
    """Put what is new of late results where it belongs among what still waits for the person."""

    transaction: Transactions
    clock: Clock
    assess: AssessFinds
    in_hand: WorkInHand
    queues: VacancyQueues

    def __call__(self, *, run_id: RunId) -> Attempted:
        """Merge; a repeated message, an outdated run and an erased person change nothing."""
        now = self.clock.now()
        with self.transaction() as tx:
            held = tx.hand_outs.claim(run_id, at=now + CLOCKS_APART, until=now + LEASE)
        if held is None:
            return Attempted()
        with self.in_hand.held(
            renew=lambda: self._renew(held, claimed_at=now),
            hand_back=lambda: self._settle(held.handed_back(at=self.clock.now())),
        ):
            return self._try(held)

    def _try(self, held: HandOut) -> Attempted:
        try:
            return self._merge(held)
        except Unavailable as unavailable:
            return self._settle(_again(held, unavailable.code, at=self.clock.now()), unavailable.code)
        except Exception:
            # A fault of ours counts as a failure, lest it be tried for ever.
            self._settle(held.set_back(at=self.clock.now(), reason="internal_error"))
            raise

    def _merge(self, held: HandOut) -> Attempted:
        with self.transaction() as tx:
            to_merge = _to_merge(tx, held)
            if to_merge is None:
                return _drop(tx, held, at=self.clock.now())
        found = delivered(
            to_merge.pages,
            to_merge.known,
            to_merge.run.filters,
            self.assess.scorer.measures,
            at=self.clock.now(),
        )
        assessed = self.assess(held.telegram_id, to_merge.resume, found, beside=to_merge.waiting)
        return self._finish(held, to_merge, assessed, reports_in(to_merge.pages, found))

    def _finish(self, held: HandOut, to_merge: _ToMerge, assessed: Assessed, late: Sequence[SourceReport]) -> Attempted:
        now, measures = self.clock.now(), self.assess.scorer.measures
        of_waiting = {each: alike(vacancy, measures) for each, vacancy in to_merge.waiting.items()}
        numbers = {page.number for page in to_merge.pages}
        with self.transaction() as tx:
            try:
                # Held, so that nothing is shown or judged, and no other search started, while places move.
                tx.users.hold(held.telegram_id)
            except NotFound:
                return Attempted()
            run = _waited_for(tx, held)
            if run is None:
                return _drop(tx, held, at=now)
            came_since = any(page.tells for page in tx.hand_outs.pages(held.id) if page.number not in numbers)
            ended = held.late(at=now) if came_since else held.used(at=now)
            if not tx.hand_outs.settle(ended):
                return Attempted()
            merged = merge(
                run,
                tx.matches.standing(run.id),
                assessed.candidates,
                not_to_offer(tx, run.telegram_id, to_merge.resume),
                alike=of_waiting,
                left_out=assessed.left_out,
                at=now,
            )
            keep_finds(tx, [each.vacancy for each in assessed.candidates])
            tx.matches.move(run.id, merged.places)
            tx.matches.add(merged.matches)
            tx.search_runs.save(run.extended(sources=all_reports(run.sources, late), counts=merged.counts))
            tx.hand_outs.mark_used(held.id, numbers)
        # What was read ahead may not be what comes next any more.
        self.queues.forget(held.telegram_id)
        return Attempted(ended.status.value)

    def _settle(self, held: HandOut, reason: str | None = None) -> Attempted:
        with self.transaction() as tx:
            settled = tx.hand_outs.settle(held)
        return Attempted(held.status.value, reason) if settled else Attempted()

    def _renew(self, held: HandOut, *, claimed_at: datetime) -> None:
        now = self.clock.now()
        if now - claimed_at < LONGEST:
            with self.transaction() as tx:
                tx.hand_outs.renew(held.id, attempt=held.work.attempt, until=now + LEASE)


def _to_merge(tx: Transaction, held: HandOut) -> _ToMerge | None:
    """Return what is to be merged, `None` where nobody waits for it any more."""
    run, resume = _waited_for(tx, held), current_of(tx, held.telegram_id)
    if run is None or resume is None:
        return None
    pages = [page for page in tx.hand_outs.pages(held.id) if not page.used]
    waiting = [each.vacancy_id for each in tx.matches.standing(run.id) if each.state is MatchState.WAITING]
    return _ToMerge(
        run=run,
        resume=resume.content,
        pages=pages,
        known=tx.vacancies.among(ids_in(pages)),
        waiting=tx.vacancies.among(waiting),
    )


def _waited_for(tx: Transaction, held: HandOut) -> SearchRun | None:
    """Return the run, if it is the one whose queue the person has."""
    run = tx.search_runs.latest(held.telegram_id)
    return run if run is not None and run.id == held.id and run.status is RunStatus.READY else None


def _drop(tx: Transaction, held: HandOut, *, at: datetime) -> Attempted:
    dropped = held.dropped(at=at)
    if not tx.hand_outs.settle(dropped):
        return Attempted()
    forget_pages(tx, held.id)
    return Attempted(dropped.status.value)


def _again(held: HandOut, code: str, *, at: datetime) -> HandOut:
    if code in NOT_ITS_FAULT:
        return held.postponed(at=at)
    return held.set_back(at=at, reason=code)
