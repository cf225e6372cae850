"""What vacancies found are worth to a person: each job once, assessed, in the order of their taste."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.identifiers import TelegramId, VacancyId
from domain.matching.assessment import Assessment
from domain.matching.scorer import Scorer
from domain.matching.witness import Witness
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.search.learning import LEARNED_FROM, Taste, taste_of, traits_of
from domain.search.queue import Candidate, candidates
from domain.search.shortlist import Shortlist
from domain.transactions import Transactions
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.embedding import EncodeFirst
from domain.vacancies.twins import jobs_among
from domain.vacancies.vacancy import Vacancy

FEWEST_ENCODED = 300
ENCODING_TIME = timedelta(seconds=10)
"""Of what has no vectors yet, the best of a search get them within that time, and so many whatever it takes."""

REMEMBERED = 2_000
"""Of what a person was shown, and of what they applied to, so many of the latest are known again in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """Candidates, best first; how many were left out for want of time; the model that compared, `None`: words alone."""

    candidates: list[Candidate]
    left_out: int
    compared_by: str | None


@dataclass(frozen=True)
class AssessFinds:
    """`shortlist` tells what to give vectors first. Takes its time: no work for inside a transaction."""

    transaction: Transactions
    clock: Clock
    scorer: Scorer
    encode_first: EncodeFirst
    shortlist: Shortlist

    def __call__(
        self,
        telegram_id: TelegramId,
        resume: ResumeContent,
        found: Sequence[Vacancy],
        *,
        beside: Iterable[VacancyId] = (),
    ) -> Assessed:
        """Return what was found as candidates; one that is the same job as one of those `beside` bears its id."""
        jobs = self._jobs(telegram_id, found, beside)
        best_first = self.shortlist(resume, jobs, len(jobs))
        ready = self.encode_first(best_first, fewest=FEWEST_ENCODED, within=ENCODING_TIME)
        assessed, compared_by = self._assessed(resume, ready)
        in_order = candidates(assessed, self.scorer.measures, self._taste(telegram_id))
        return Assessed(candidates=in_order, left_out=len(jobs) - len(ready), compared_by=compared_by)

    def _assessed(
        self, resume: ResumeContent, vacancies: Sequence[Vacancy]
    ) -> tuple[list[tuple[Vacancy, Assessment]], str | None]:
        """Return the vacancies with what the scorer says of them, and the model that compared."""
        witness = Witness(self.scorer.measures.similarity)
        scorer = replace(self.scorer, measures=replace(self.scorer.measures, similarity=witness))
        return list(zip(vacancies, scorer.assess(resume, vacancies), strict=True)), witness.compared_by

    def _jobs(
        self, telegram_id: TelegramId, found: Sequence[Vacancy], beside: Iterable[VacancyId]
    ) -> Sequence[Vacancy]:
        """Return one vacancy for each job found, told as fully as it is known.

        One that the person was shown or applied to stands for the same job found under an id not heard of before.
        """
        ids = {each.id for each in found}
        with self.transaction() as tx:
            met = (
                *beside,
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
