"""How a search run is carried out by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotFound, Unavailable
from domain.handing_out.forgetting import forget_pages
from domain.handing_out.hand_out import OUTSIDE, HandOutStatus
from domain.identifiers import RunId
from domain.outside import Clock, WorkInHand
from domain.resumes.content import ResumeContent
from domain.resumes.resume import CurrentResume
from domain.resumes.use_cases import current_of
from domain.search.assessing import Assessed, AssessFinds
from domain.search.gathering import Gathered, Given, SearchEngine
from domain.search.keeping import keep_finds
from domain.search.offering import not_to_offer
from domain.search.queue import queue_up
from domain.search.run import NOBODY_ANSWERED, PASSING, SearchRun
from domain.transactions import Transaction, Transactions
from domain.work import CLOCKS_APART, LEASE, LONGEST, NOT_ITS_FAULT, Attempted

KEPT_WHOLE = 3
"""Of so many runs before the last everything found is kept; of earlier ones only what was shown."""


@dataclass(frozen=True)
class RunSearch:
    """Gather, rank, queue. `engines` are asked in their order; the first that answers is remembered.

    One that answers in its own time has the run until its deadline, and no worker waits for it.
    """

    transaction: Transactions
    clock: Clock
    assess: AssessFinds
    engines: Sequence[SearchEngine]
    in_hand: WorkInHand

    def __call__(self, *, run_id: RunId) -> Attempted:
        """Carry out a queued run; a repeated message, a cancelled run and an erased person change nothing."""
        now = self.clock.now()
        with self.transaction() as tx:
            run = tx.search_runs.claim(run_id, at=now + CLOCKS_APART, until=now + LEASE)
            resume = current_of(tx, run.telegram_id) if run is not None else None
        if run is None:
            return Attempted()
        if resume is None:
            return self._settle(run.refused(at=now, reason="no_resume"), "no_resume")
        with self.in_hand.held(
            renew=lambda: self._renew(run, claimed_at=now),
            hand_back=lambda: self._hand_back(run),
        ):
            return self._try(run, resume)

    def _try(self, run: SearchRun, resume: CurrentResume) -> Attempted:
        try:
            return self._carry_out(run, resume)
        except Unavailable as unavailable:
            return self._settle(_again(run, unavailable.code, at=self.clock.now()), unavailable.code)
        except Exception:
            # A fault of ours counts as a failure, lest the run be tried for ever.
            self._settle(run.set_back(at=self.clock.now(), reason="internal_error"))
            raise

    def _carry_out(self, run: SearchRun, resume: CurrentResume) -> Attempted:
        engine, gathered = self._gather(run, resume.content)
        while isinstance(gathered, Given):
            handed_out = self._hand_out(run, engine, gathered)
            if handed_out is not None:
                return handed_out
            # The answer was quicker than we.
            engine, gathered = self._gather(run, resume.content)
        # The lease anew: the one of the claim has run out when gathering took long.
        run = run.gathered(engine=engine, sources=gathered.reports, until=self.clock.now() + LEASE)
        if not any(report.answered for report in gathered.reports):
            return self._give_up(run)
        if self._settle(run) == Attempted():
            return Attempted()
        assessed = self.assess(run.telegram_id, resume.content, gathered.vacancies)
        return self._finish(run, resume, assessed)

    def _gather(self, run: SearchRun, resume: ResumeContent) -> tuple[str, Gathered | Given]:
        *preferred, last = self.engines
        for engine in preferred:
            with suppress(Unavailable):
                return engine.name, engine.gather(run, resume)
        return last.name, last.gather(run, resume)

    def _hand_out(self, run: SearchRun, engine: str, given: Given) -> Attempted | None:
        """Leave the run to the engine until its deadline; `None` where it has answered already, or never will."""
        with self.transaction() as tx:
            if not _hold_person(tx, run):
                return Attempted()
            current = tx.search_runs.find(run.id)
            if current is None or not current.held_under(run.work.attempt):
                return Attempted()
            hand_out = tx.hand_outs.find(run.id)
            if hand_out is not None and hand_out.status is not HandOutStatus.GIVEN:
                return None
            waiting = run.handed_out(engine=engine, until=given.until)
            settled = tx.search_runs.settle(waiting)
        return Attempted(waiting.status.value) if settled else Attempted()

    def _give_up(self, run: SearchRun) -> Attempted:
        """Settle a run for which nobody looked: "nothing found" would be a lie."""
        now, reason = self.clock.now(), NOBODY_ANSWERED
        passing = any(report.outcome in PASSING for report in run.sources)
        with self.transaction() as tx:
            if not _hold_person(tx, run):
                return Attempted()
            hand_out = tx.hand_outs.find(run.id)
            if hand_out is not None and hand_out.status is HandOutStatus.ANSWERED:
                # What an outside engine found has come meanwhile.
                ended = run.handed_back(at=now)
            elif passing:
                ended = run.set_back(at=now, reason=reason)
            else:
                ended = run.refused(at=now, reason=reason)
            settled = tx.search_runs.settle(ended)
        return Attempted(ended.status.value, reason) if settled else Attempted()

    def _settle(self, run: SearchRun, reason: str | None = None) -> Attempted:
        with self.transaction() as tx:
            settled = tx.search_runs.settle(run)
        return Attempted(run.status.value, reason) if settled else Attempted()

    def _hand_back(self, run: SearchRun) -> None:
        with self.transaction() as tx:
            # Held, as when the run is left to an outside engine: then it is not this worker's to hand back.
            current = tx.search_runs.find(run.id) if _hold_person(tx, run) else None
            if current is not None and not current.awaiting:
                tx.search_runs.settle(run.handed_back(at=self.clock.now()))

    def _renew(self, run: SearchRun, *, claimed_at: datetime) -> None:
        now = self.clock.now()
        if now - claimed_at < LONGEST:
            with self.transaction() as tx:
                tx.search_runs.renew(run.id, attempt=run.work.attempt, until=now + LEASE)

    def _finish(self, run: SearchRun, resume: CurrentResume, assessed: Assessed) -> Attempted:
        now = self.clock.now()
        with self.transaction() as tx:
            # Held, so that nothing is shown or judged between looking at what was seen and replacing the queue.
            if not _hold_person(tx, run):
                # Erased meanwhile: nobody waits for this.
                return Attempted()
            # Not as it was when the search began: the person may have told since where they work.
            told = current_of(tx, run.telegram_id) or resume
            excluded = not_to_offer(tx, run.telegram_id, told.content)
            matches, counts = queue_up(
                run,
                assessed.candidates,
                seen=excluded.seen,
                hidden_employers=excluded.hidden_employers,
                current_employers=excluded.current_employers,
                left_out=assessed.left_out,
                at=now,
            )
            ready = run.ready(at=now, resume_id=resume.revision.id, counts=counts, similarity=assessed.compared_by)
            if not tx.search_runs.settle(ready):
                return Attempted()
            keep_finds(tx, [each.vacancy for each in assessed.candidates])
            tx.matches.supersede(run.telegram_id)
            tx.matches.add(matches)
            tx.matches.drop_unseen(run.telegram_id, before_run=run.number - KEPT_WHOLE)
            _close_hand_out(tx, ready, at=now)
        return Attempted(ready.status.value)


def _hold_person(tx: Transaction, run: SearchRun) -> bool:
    """Return whether the person of a run still is there; held, if so."""
    try:
        tx.users.hold(run.telegram_id)
    except NotFound:
        return False
    return True


def _close_hand_out(tx: Transaction, ready: SearchRun, *, at: datetime) -> None:
    """Note what became of the results of an outside engine, if the run was handed out."""
    hand_out = tx.hand_outs.hold(ready.id)
    if hand_out is None:
        return
    if ready.engine == OUTSIDE:
        tx.hand_outs.save(hand_out.used(at=at))
        forget_pages(tx, hand_out.id)
    elif any(page.tells for page in tx.hand_outs.pages(hand_out.id)):
        # They came while another engine was at work: the sweep has them merged.
        tx.hand_outs.save(hand_out.late(at=at))


def _again(run: SearchRun, code: str, *, at: datetime) -> SearchRun:
    if code in NOT_ITS_FAULT:
        return run.postponed(at=at)
    return run.set_back(at=at, reason=code)
