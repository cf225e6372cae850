"""The built-in engine: asks our own sources, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Invalid
from domain.matching.measures import Measures
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters, lets_through
from domain.search.ports import Gathered, VacancySource
from domain.search.run import Outcome, SourceReport
from domain.transactions import Transactions
from domain.vacancies.arrival import INTERNAL
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True)
class BuiltinEngine:
    """Gathers from the configured sources; one asked for that is not configured is reported, never left out."""

    sources: Sequence[VacancySource]
    name: str = "builtin"

    def gather(self, resume: ResumeContent, filters: Filters) -> Gathered:
        """Return everything the sources gave, each vacancy id once."""
        configured = {source.name: source for source in self.sources}
        reports: list[SourceReport] = []
        found: dict[str, Vacancy] = {}
        for name in filters.sources or tuple(configured):
            if name not in configured:
                reports.append(SourceReport(source=name, outcome=Outcome.NOT_CONFIGURED))
                continue
            gathered = configured[name].find(resume, filters)
            reports += gathered.reports
            found |= {vacancy.id: vacancy for vacancy in gathered.vacancies}
        return Gathered(vacancies=tuple(found.values()), reports=tuple(reports))


@dataclass(frozen=True)
class Catalogue:
    """The source `internal`: vacancies that were posted to us. `limit` bounds how many are weighed, newest first."""

    transaction: Transactions
    clock: Clock
    measures: Measures
    limit: int = 5_000
    name: str = INTERNAL

    def find(self, resume: ResumeContent, filters: Filters) -> Gathered:  # noqa: ARG002 — as the port has it
        with self.transaction() as tx:
            on_offer = tx.vacancies.open(at=self.clock.now(), limit=self.limit)
        fitting = tuple(vacancy for vacancy in on_offer if lets_through(filters, vacancy, self.measures))
        outcome = Outcome.OK if fitting else Outcome.EMPTY
        return Gathered(
            vacancies=fitting,
            reports=(SourceReport(source=self.name, outcome=outcome, found=len(fitting)),),
        )


@dataclass(frozen=True)
class SearchSource:
    """Search one source by filters alone: what an outside engine asks us for, since we alone hold keys and pace."""

    sources: Sequence[VacancySource]
    known_sources: frozenset[str]

    def __call__(self, *, source: str, filters: Filters, limit: int) -> Gathered:
        """Return up to `limit` vacancies and the source's report; `not_configured` is a report, too.

        Raises `Invalid` for a source nobody knows.
        """
        if source not in self.known_sources:
            raise Invalid({"source": ["unknown_source"]})
        asked = replace(filters, sources=(source,))
        gathered = BuiltinEngine(self.sources).gather(ResumeContent(), asked)
        return replace(gathered, vacancies=tuple(gathered.vacancies)[:limit])
