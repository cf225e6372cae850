"""How a search run is carried out by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import NotFound, Unavailable
from domain.identifiers import RunId, TelegramId
from domain.matching.assessment import Assessment
from domain.matching.scorer import Scorer
from domain.matching.witness import Witness
from domain.outside import Clock, WorkInHand
from domain.resumes.content import ResumeContent
from domain.resumes.resume import CurrentResume
from domain.resumes.use_cases import current_of
from domain.search.filters import Filters
from domain.search.learning import LEARNED_FROM, Taste, taste_of, traits_of
from domain.search.ports import Gathered, SearchEngine
from domain.search.queue import Candidate, candidates, queue_up
from domain.search.run import ANSWERED, PASSING, SearchRun
from domain.transactions import Transaction, Transactions
from domain.vacancies.embedding import EncodeFirst
from domain.vacancies.vacancy import Vacancy
from domain.work import CLOCKS_APART, LEASE, LONGEST, NOT_ITS_FAULT, Attempted

KEPT_WHOLE = 3
"""Of so many runs before the last everything found is kept; of earlier ones only what was shown."""

FEWEST_ENCODED = 300
ENCODING_TIME = timedelta(seconds=10)
"""Of what has no vectors yet, the best of a search get them within that time, and so many whatever it takes."""


@dataclass(frozen=True)
class RunSearch:
    """Gather, rank, queue. `engines` are asked in their order; the first that answers is remembered."""

    transaction: Transactions
    clock: Clock
    scorer: Scorer
    encode_first: EncodeFirst
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
            hand_back=lambda: self._settle(run.handed_back(at=self.clock.now())),
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
        engine, gathered = self._gather(resume.content, run.filters)
        # The lease anew: the one of the claim has run out when gathering took long.
        run = run.gathered(engine=engine, sources=gathered.reports, until=self.clock.now() + LEASE)
        outcomes = {report.outcome for report in gathered.reports}
        if not outcomes & ANSWERED:
            # Nobody looked, so "nothing found" would be a lie.
            now, reason = self.clock.now(), "no_source_answered"
            healing = run.set_back(at=now, reason=reason) if outcomes & PASSING else None
            return self._settle(healing or run.refused(at=now, reason=reason), reason)
        if self._settle(run) == Attempted():
            return Attempted()
        ready = self.encode_first(gathered.vacancies, fewest=FEWEST_ENCODED, within=ENCODING_TIME)
        assessed, compared_by = self._assessed(resume.content, ready)
        taste = self._taste(run.telegram_id)
        found = candidates(assessed, self.scorer.measures, taste)
        return self._finish(run, resume, found, left_out=len(gathered.vacancies) - len(ready), compared_by=compared_by)

    def _assessed(
        self, resume: ResumeContent, vacancies: Sequence[Vacancy]
    ) -> tuple[list[tuple[Vacancy, Assessment]], str | None]:
        """Return the vacancies with what the scorer says of them, and the model that compared."""
        witness = Witness(self.scorer.measures.similarity)
        scorer = replace(self.scorer, measures=replace(self.scorer.measures, similarity=witness))
        return list(zip(vacancies, scorer.assess(resume, vacancies), strict=True)), witness.compared_by

    def _taste(self, telegram_id: TelegramId) -> Taste | None:
        """Return what the person's verdicts tell, `None` before the first."""
        with self.transaction() as tx:
            verdicts = tx.matches.verdicts(telegram_id, limit=LEARNED_FROM)
            known = tx.vacancies.among(verdicts)
        judged = [
            (traits_of(known[each], self.scorer.measures), state) for each, state in verdicts.items() if each in known
        ]
        return taste_of(judged) if judged else None

    def _gather(self, resume: ResumeContent, filters: Filters) -> tuple[str, Gathered]:
        *preferred, last = self.engines
        for engine in preferred:
            with suppress(Unavailable):
                return engine.name, engine.gather(resume, filters)
        return last.name, last.gather(resume, filters)

    def _settle(self, run: SearchRun, reason: str | None = None) -> Attempted:
        with self.transaction() as tx:
            settled = tx.search_runs.settle(run)
        return Attempted(run.status.value, reason) if settled else Attempted()

    def _renew(self, run: SearchRun, *, claimed_at: datetime) -> None:
        now = self.clock.now()
        if now - claimed_at < LONGEST:
            with self.transaction() as tx:
                tx.search_runs.renew(run.id, attempt=run.work.attempt, until=now + LEASE)

    def _finish(
        self,
        run: SearchRun,
        resume: CurrentResume,
        found: Sequence[Candidate],
        *,
        left_out: int,
        compared_by: str | None,
    ) -> Attempted:
        now = self.clock.now()
        with self.transaction() as tx:
            try:
                # Held, so that nothing is shown or judged between looking at what was seen and replacing the queue.
                tx.users.hold(run.telegram_id)
            except NotFound:
                # Erased meanwhile: nobody waits for this.
                return Attempted()
            matches, counts = queue_up(
                run,
                found,
                seen=tx.matches.seen(run.telegram_id),
                hidden_employers=tx.matches.hidden_employers(run.telegram_id),
                left_out=left_out,
                at=now,
            )
            ready = run.ready(at=now, resume_id=resume.revision.id, counts=counts, similarity=compared_by)
            if not tx.search_runs.settle(ready):
                return Attempted()
            _keep_finds(tx, [each.vacancy for each in found])
            tx.matches.supersede(run.telegram_id)
            tx.matches.add(matches)
            tx.matches.drop_unseen(run.telegram_id, before_run=run.number - KEPT_WHOLE)
        return Attempted(ready.status.value)


def _again(run: SearchRun, code: str, *, at: datetime) -> SearchRun:
    if code in NOT_ITS_FAULT:
        return run.postponed(at=at)
    return run.set_back(at=at, reason=code)


def _keep_finds(tx: Transaction, found: Sequence[Vacancy]) -> None:
    """Keep what was found, from the moment somebody may be offered it; what is known as it stands is not written."""
    seen = tx.vacancies.last_seen(vacancy.id for vacancy in found)
    # Another worker may have seen one later than we did.
    fresh = [vacancy for vacancy in found if vacancy.id not in seen or vacancy.last_seen_at > seen[vacancy.id]]
    known = tx.vacancies.among(vacancy.id for vacancy in fresh)
    tx.vacancies.save(vacancy.seen_again(known[vacancy.id]) if vacancy.id in known else vacancy for vacancy in fresh)
