"""The built-in engine: asks our own sources, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.matching.retrieval import query_for
from domain.matching.stories import sought_with
from domain.outside import Asked, Clock, SideBySide
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters, lets_through
from domain.search.gathering import Gathered, NearVacancies, VacancySource
from domain.search.run import Outcome, SearchRun, SourceReport
from domain.transactions import Transactions
from domain.vacancies.arrival import INTERNAL
from domain.vacancies.vacancy import Vacancy

_AT_ONCE = 500
"""How many vacancies are read in one transaction."""

_SMOOTHING = 60
"""How little the first places of a ranking count more than those after them; the usual number."""


@dataclass(frozen=True)
class BuiltinEngine:
    """Gathers from the configured sources; one asked for that is not configured is reported, never left out.

    Who names none asks for all the sources there might be, those `known_sources` that are not configured included. No
    source waits for another, and none is waited for any longer than its patience.
    """

    sources: Sequence[VacancySource]
    side_by_side: SideBySide
    name: str = "builtin"
    known_sources: frozenset[str] = frozenset()

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered:
        return self.ask(resume, run.filters)

    def ask(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        """Return everything the sources gave, each vacancy id once; `limit` is for each of them."""
        configured = {source.name: source for source in self.sources}
        asked = tuple(dict.fromkeys(filters.sources or (*configured, *sorted(self.known_sources))))
        answers = self.side_by_side(
            {name: _asking(configured[name], resume, filters, limit) for name in asked if name in configured}
        )
        reports: list[SourceReport] = []
        found: dict[str, Vacancy] = {}
        for name in asked:
            answer = answers.get(name)
            if isinstance(answer, Gathered):
                reports += answer.reports
                found |= {vacancy.id: vacancy for vacancy in answer.vacancies}
            elif name not in configured:
                reports.append(SourceReport(source=name, outcome=Outcome.NOT_CONFIGURED))
            else:
                outcome = Outcome.TIMEOUT if answer is None else Outcome.ERROR
                reports.append(SourceReport(source=name, outcome=outcome))
        return Gathered(vacancies=tuple(found.values()), reports=tuple(reports))


def _asking(source: VacancySource, resume: ResumeContent, filters: Filters, limit: int | None) -> Asked[Gathered]:
    return Asked(lambda: source.find(resume, filters, limit=limit), source.patience)


@dataclass(frozen=True)
class Catalogue:
    """The source `internal`: vacancies that were posted to us.

    First come those found by the terms of the résumé and of the text typed, and, where none was typed, those nearest
    in meaning to the résumé: by turns, the best first. Then the newest. `limit` bounds how many are handed on to be
    weighed, `most_read` how many are read for that: filters that let fewer than one in five through may leave some
    out.
    """

    transaction: Transactions
    clock: Clock
    measures: Measures
    near: NearVacancies
    limit: int = 2_000
    most_read: int = 10_000
    name: str = INTERNAL
    patience: float = 60.0

    def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        now, most = self.clock.now(), self.limit if limit is None else min(limit, self.limit)
        fitting: list[Vacancy] = []
        in_order = islice(self._ids(resume, filters, now), self.most_read)
        while len(fitting) < most and (ids := list(islice(in_order, _AT_ONCE))):
            with self.transaction() as tx:
                known = tx.vacancies.among(ids)
            read = (known[each] for each in ids if each in known)
            fitting += (each for each in read if each.is_open(at=now) and lets_through(filters, each, self.measures))
        found = tuple(fitting[:most])
        outcome = Outcome.OK if found else Outcome.EMPTY
        return Gathered(
            vacancies=found,
            reports=(SourceReport(source=self.name, outcome=outcome, found=len(found)),),
        )

    def _ids(self, resume: ResumeContent, filters: Filters, now: datetime) -> Iterator[VacancyId]:
        """Yield the candidates, and the newest vacancies only when these are not enough."""
        query = query_for(resume, filters.text, self.measures)
        with self.transaction() as tx:
            by_terms = tx.vacancies.candidates(query, at=now, limit=self.most_read)
        candidates = united(by_terms, self._near(resume, filters))
        yield from candidates
        with self.transaction() as tx:
            newest = tx.vacancies.newest(at=now, limit=self.most_read)
        yielded = set(candidates)
        yield from (each for each in newest if each not in yielded)

    def _near(self, resume: ResumeContent, filters: Filters) -> Sequence[VacancyId]:
        # The words of a text typed must all be there, so that meaning could add nothing.
        sought = sought_with(resume, self.measures) if filters.text is None else ""
        return self.near.nearest(sought, limit=self.most_read) if sought else []


def united(*rankings: Sequence[VacancyId]) -> list[VacancyId]:
    """Return what the rankings hold, each once, by the sum of the inverses of its places; ties by id.

    Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009), which needs no scores that could be compared.
    """
    shares: dict[VacancyId, float] = {}
    for ranking in rankings:
        for place, each in enumerate(ranking, start=1):
            shares[each] = shares.get(each, 0.0) + 1 / (_SMOOTHING + place)
    return sorted(shares, key=lambda each: (-shares[each], each))


@dataclass(frozen=True)
class SearchSource:
    """Search one source by filters alone: what an outside engine asks us for, since we alone hold keys and pace."""

    engine: BuiltinEngine
    known_sources: frozenset[str]

    def __call__(self, *, source: str, filters: Filters, limit: int) -> Gathered:
        """Return up to `limit` vacancies and the source's report of these; `not_configured` is a report, too.

        Raises `Invalid` for a source nobody knows.
        """
        if source not in self.known_sources:
            raise Invalid({"source": ["unknown_source"]})
        asked = replace(filters, sources=(source,))
        gathered = self.engine.ask(ResumeContent(), asked, limit=limit)
        handed_on = tuple(gathered.vacancies)[:limit]
        # A source may have found more than it was asked for.
        reports = tuple(replace(each, found=len(handed_on)) for each in gathered.reports)
        return Gathered(vacancies=handed_on, reports=reports)
