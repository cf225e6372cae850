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
from domain.search.match import MatchState
from domain.search.ports import Gathered, SearchEngine
from domain.search.queue import Candidate, candidates, queue_up
from domain.search.run import PASSING, SearchRun
from domain.search.shortlist import Shortlist
from domain.transactions import Transaction, Transactions
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.embedding import EncodeFirst
from domain.vacancies.twins import jobs_among
from domain.vacancies.vacancy import Vacancy, employer_key
from domain.work import CLOCKS_APART, LEASE, LONGEST, NOT_ITS_FAULT, Attempted

KEPT_WHOLE = 3
"""Of so many runs before the last everything found is kept; of earlier ones only what was shown."""

FEWEST_ENCODED = 300
ENCODING_TIME = timedelta(seconds=10)
"""Of what has no vectors yet, the best of a search get them within that time, and so many whatever it takes."""

REMEMBERED = 2_000
"""Of what a person was shown, and of what they applied to, so many of the latest are known again in other words."""


@dataclass(frozen=True)
class RunSearch:
    """Gather, rank, queue. `engines` are asked in their order; the first that answers is remembered.

    `shortlist` tells what to give vectors first.
    """

    transaction: Transactions
    clock: Clock
    scorer: Scorer
    encode_first: EncodeFirst
    engines: Sequence[SearchEngine]
    in_hand: WorkInHand
    shortlist: Shortlist

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
        if not any(report.answered for report in gathered.reports):
            # Nobody looked, so "nothing found" would be a lie.
            now, reason = self.clock.now(), "no_source_answered"
            passing = any(report.outcome in PASSING for report in gathered.reports)
            healing = run.set_back(at=now, reason=reason) if passing else None
            return self._settle(healing or run.refused(at=now, reason=reason), reason)
        if self._settle(run) == Attempted():
            return Attempted()
        jobs = self._jobs(run.telegram_id, gathered.vacancies)
        best_first = self.shortlist(resume.content, jobs, len(jobs))
        ready = self.encode_first(best_first, fewest=FEWEST_ENCODED, within=ENCODING_TIME)
        assessed, compared_by = self._assessed(resume.content, ready)
        taste = self._taste(run.telegram_id)
        found = candidates(assessed, self.scorer.measures, taste)
        return self._finish(run, resume, found, left_out=len(jobs) - len(ready), compared_by=compared_by)

    def _assessed(
        self, resume: ResumeContent, vacancies: Sequence[Vacancy]
    ) -> tuple[list[tuple[Vacancy, Assessment]], str | None]:
        """Return the vacancies with what the scorer says of them, and the model that compared."""
        witness = Witness(self.scorer.measures.similarity)
        scorer = replace(self.scorer, measures=replace(self.scorer.measures, similarity=witness))
        return list(zip(vacancies, scorer.assess(resume, vacancies), strict=True)), witness.compared_by

    def _jobs(self, telegram_id: TelegramId, found: Sequence[Vacancy]) -> Sequence[Vacancy]:
        """Return one vacancy for each job found, told as fully as it is known.

        One that the person was shown or applied to stands for the same job found under an id not heard of before.
        """
        ids = {each.id for each in found}
        with self.transaction() as tx:
            met = (
                *tx.matches.shown_lately(telegram_id, limit=REMEMBERED),
                *(each.vacancy_id for each in tx.job_applications.all_of(telegram_id)[-REMEMBERED:]),
            )
            stands_for = tx.vacancies.same_as((*ids, *met))
            # Our own were read from there a moment ago.
            of_boards = (each.id for each in found if each.source in BUILT_IN_SOURCES)
            known = tx.vacancies.among((*of_boards, *(stands_for[each] for each in ids if each in stands_for)))
            remembered = tx.vacancies.among({stands_for.get(each, each) for each in met} - ids - known.keys())
        return jobs_among(
            found,
            known=known,
            remembered=remembered,
            stands_for=stands_for,
            measures=self.scorer.measures,
            at=self.clock.now(),
        )

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
                seen={**tx.matches.seen(run.telegram_id), **_applied_to(tx, run.telegram_id)},
                hidden_employers=tx.matches.hidden_employers(run.telegram_id),
                current_employers=_current_employers(resume.content),
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


def _applied_to(tx: Transaction, telegram_id: TelegramId) -> dict[str, MatchState]:
    """Return what the person applied to, wherever they did, by the vacancies' ids and postings."""
    applied = tx.job_applications.vacancies(telegram_id)
    known = tx.vacancies.among(applied)
    ids = (*applied, *tx.vacancies.same_as(applied).values())
    return dict.fromkeys((*ids, *(each.posting for each in known.values())), MatchState.APPLIED)


def _current_employers(resume: ResumeContent) -> frozenset[str]:
    return frozenset(filter(None, (employer_key(held.company) for held in resume.experience if held.current)))


def _again(run: SearchRun, code: str, *, at: datetime) -> SearchRun:
    if code in NOT_ITS_FAULT:
        return run.postponed(at=at)
    return run.set_back(at=at, reason=code)


def _keep_finds(tx: Transaction, found: Sequence[Vacancy]) -> None:
    """Keep what was found, from the moment somebody may be offered it; what is known as it stands is not written."""
    seen = tx.vacancies.last_seen(vacancy.id for vacancy in found)
    fresh = [
        vacancy
        for vacancy in found
        if vacancy.id not in seen or vacancy.last_seen_at > seen[vacancy.id] or vacancy.links
    ]
    known = tx.vacancies.held(vacancy.id for vacancy in fresh)
    kept = (_up_to_date(vacancy, known.get(vacancy.id)) for vacancy in fresh)
    tx.vacancies.save(vacancy for vacancy in kept if vacancy != known.get(vacancy.id))


def _up_to_date(found: Vacancy, known: Vacancy | None) -> Vacancy:
    if known is None:
        return found
    # Another worker may have seen it later than we did.
    return known.joined(found) if known.last_seen_at > found.last_seen_at else found.glimpsed_again(known)
