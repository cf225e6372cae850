"""What an outside engine asks us on behalf of a search: it names the search, and is told nothing of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import Conflict, Invalid, NotFound
from domain.identifiers import RunId, VacancyId
from domain.matching.use_cases import Ranking, RankVacancies
from domain.resumes.content import ResumeContent
from domain.resumes.use_cases import current_of
from domain.search.engine import BuiltinEngine
from domain.search.gathering import Gathered
from domain.search.keeping import keep_finds
from domain.search.run import RunStatus, SearchRun
from domain.transactions import Transaction, Transactions
from domain.vacancies.arrival import Draft, vacancy_id
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True)
class SearchSourceFor:
    """Search one source as the built-in engine would for this search, and keep what is found.

    Kept, because what the outside engine hands in later are ids of vacancies that we hold.
    """

    transaction: Transactions
    engine: BuiltinEngine
    known_sources: frozenset[str]

    def __call__(self, *, source: str, search_id: RunId, limit: int) -> Gathered:
        """Return up to `limit` vacancies and the source's report; `not_configured` is a report, too.

        Raises `NotFound('search_not_found')`, `Conflict` for a search that was cancelled or has no résumé, `Invalid`
        for a source nobody knows.
        """
        if source not in self.known_sources:
            raise Invalid({"source": ["unknown_source"]})
        with self.transaction() as tx:
            run, resume = _searched_with(tx, search_id)
        gathered = self.engine.ask(resume, replace(run.filters, sources=(source,)), limit=limit)
        found = tuple(gathered.vacancies)[:limit]
        with self.transaction() as tx:
            keep_finds(tx, found)
        return replace(gathered, vacancies=found)


@dataclass(frozen=True)
class RankFor:
    """Score vacancies for the résumé of a search, best first: those we hold by their ids, others as they arrive."""

    transaction: Transactions
    rank: RankVacancies

    def __call__(self, *, search_id: RunId, known: Sequence[VacancyId], drafts: Sequence[Draft]) -> Ranking:
        """Return the ranking of what is good, under the ids that the catalogue has or would give, each once.

        Raises `NotFound('search_not_found')`, `Conflict` for a search that was cancelled or has no résumé,
        `Unavailable('ranking_unfinished')`.
        """
        began = self.rank.clock.now()
        with self.transaction() as tx:
            _, resume = _searched_with(tx, search_id)
            held = tx.vacancies.among(known)
        found: dict[VacancyId, Vacancy] = {each: held[each] for each in known if each in held}
        errors: dict[int, dict[str, list[str]]] = {}
        for index, draft in enumerate(drafts):
            try:
                id_ = vacancy_id(draft)
                found[id_] = self.rank.arrivals.vacancy(draft, id=id_, at=began)
            except Invalid as invalid:  # noqa: PERF203 — each draft is answered for itself
                errors[index] = invalid.errors
        return Ranking(
            ranked=self.rank.best_first(resume, list(found.values()), since=began),
            errors=errors,
            unknown=tuple(each for each in dict.fromkeys(known) if each not in held),
        )


def _searched_with(tx: Transaction, search_id: RunId) -> tuple[SearchRun, ResumeContent]:
    """Return the search and the person's résumé as it is now, which the built-in engine would ask by, too."""
    run = tx.search_runs.find(search_id)
    if run is None:
        raise NotFound("search_not_found")
    if run.status is RunStatus.CANCELLED:
        # Nobody waits for it, and boards are asked no more often than need be.
        raise Conflict("run_already_finished")
    current = current_of(tx, run.telegram_id)
    if current is None:
        raise Conflict("no_resume")
    return run, current.content
