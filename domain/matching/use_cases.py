"""Ranking on request: a résumé and vacancies that need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.assessment import Assessment
from domain.matching.scorer import Scorer, best_first
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import Arrivals, Draft
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Vacancies under their own ids, best first; `errors` maps the index of each bad draft to its fields' codes."""

    ranked: list[tuple[Vacancy, Assessment]]
    errors: dict[int, dict[str, list[str]]]


@dataclass(frozen=True)
class RankVacancies:
    """Score vacancies for a résumé, best first: the very score that a search gives."""

    clock: Clock
    arrivals: Arrivals
    scorer: Scorer

    def __call__(self, *, resume: ResumeContent, drafts: Sequence[Draft]) -> Ranking:
        """Return the ranking of the good drafts, and what is wrong with the others."""
        now = self.clock.now()
        vacancies: list[Vacancy] = []
        errors: dict[int, dict[str, list[str]]] = {}
        for index, draft in enumerate(drafts):
            try:
                vacancies.append(self.arrivals.vacancy(draft, id=VacancyId(draft.id), at=now))
            except Invalid as invalid:  # noqa: PERF203 — each draft is answered for itself
                errors[index] = invalid.errors
        assessed = zip(vacancies, self.scorer.assess(resume, vacancies), strict=True)
        return Ranking(ranked=best_first(list(assessed)), errors=errors)
