"""Ranking on request: a résumé and vacancies that need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Invalid, Unavailable
from domain.identifiers import VacancyId
from domain.matching.assessment import Assessment
from domain.matching.scorer import Scorer, best_first
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import Arrivals, Draft
from domain.vacancies.vacancy import Vacancy

_AT_ONCE = 50
"""How many vacancies are scored between two looks at the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Vacancies under their own ids, best first; `errors` maps the index of each bad draft to its fields' codes.

    `unknown` are ids asked for that we hold no vacancy of.
    """

    ranked: list[tuple[Vacancy, Assessment]]
    errors: dict[int, dict[str, list[str]]]
    unknown: tuple[VacancyId, ...] = ()


@dataclass(frozen=True)
class RankVacancies:
    """Score vacancies for a résumé, best first: the very score that a search gives.

    A caller who waits is answered `within` a time; `None`: however long it takes. All are scored or none: what was not
    encoded in time is not scored by words instead, since the number of a pair depends on that pair alone.
    """

    clock: Clock
    arrivals: Arrivals
    scorer: Scorer
    within: timedelta | None = None

    def __call__(self, *, resume: ResumeContent, drafts: Sequence[Draft]) -> Ranking:
        """Return the ranking of the good drafts, and what is wrong with the others.

        Raises `Unavailable('ranking_unfinished')` when the time is up; asked again, it goes on from there.
        """
        now = self.clock.now()
        vacancies: list[Vacancy] = []
        errors: dict[int, dict[str, list[str]]] = {}
        for index, draft in enumerate(drafts):
            try:
                vacancies.append(self.arrivals.vacancy(draft, id=VacancyId(draft.id), at=now))
            except Invalid as invalid:  # noqa: PERF203 — each draft is answered for itself
                errors[index] = invalid.errors
        return Ranking(ranked=self.best_first(resume, vacancies, since=now), errors=errors)

    def best_first(
        self, resume: ResumeContent, vacancies: Sequence[Vacancy], *, since: datetime
    ) -> list[tuple[Vacancy, Assessment]]:
        """Return the vacancies with what the scorer says of them; the time a caller has runs since then.

        Raises `Unavailable('ranking_unfinished')`.
        """
        assessed: list[tuple[Vacancy, Assessment]] = []
        while len(assessed) < len(vacancies):
            if self.within is not None and self.clock.now() - since > self.within:
                raise Unavailable("ranking_unfinished")
            some = vacancies[len(assessed) : len(assessed) + _AT_ONCE]
            assessed += zip(some, self.scorer.assess(resume, some), strict=True)
        return best_first(assessed)
