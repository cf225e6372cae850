"""What is done with the catalogue of vacancies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.matching.retrieval import RETRIEVAL_VERSION, terms_of
from domain.outside import Clock
from domain.transactions import Transactions
from domain.vacancies.arrival import Arrivals, Draft, vacancy_id
from domain.vacancies.sightings import seen_again
from domain.vacancies.vacancy import Vacancy

MOST_AT_ONCE = 1_000


class Arrival(str, Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What became of one draft. `same_as` names the vacancy seen first that is the same job, if there is one."""

    id: str
    arrival: Arrival
    same_as: VacancyId | None = None
    errors: dict[str, list[str]] | None = None


@dataclass(frozen=True)
class StoreVacancies:
    """Put drafts into the catalogue: the good ones go in, each bad one is answered with its errors."""

    transaction: Transactions
    clock: Clock
    arrivals: Arrivals
    measures: Measures

    def __call__(self, *, drafts: Sequence[Draft]) -> list[Arrived]:
        """Return what became of each draft, in order; of two with one id the later counts."""
        made = [self._made(draft) for draft in drafts]
        fresh = {vacancy.id: vacancy for vacancy in made if isinstance(vacancy, Vacancy)}
        terms = {vacancy.id: terms_of(vacancy, self.measures) for vacancy in fresh.values()}
        with self.transaction() as tx:
            known = tx.vacancies.held(fresh)
            kept = {
                each: seen_again(vacancy, known[each]) if each in known else vacancy for each, vacancy in fresh.items()
            }
            tx.vacancies.save(kept.values())
            # What says the same is found as before. What other places say more is indexed with what waits for it.
            reworded = (
                each
                for each, vacancy in kept.items()
                if each not in known or not (vacancy.links or vacancy.says_the_same(known[each]))
            )
            tx.vacancies.index({each: terms[each] for each in reworded}, version=RETRIEVAL_VERSION)
            twins = tx.vacancies.same_job(vacancy.fingerprint for vacancy in kept.values())
        # Of two drafts with one id both are told what became of the one that counts.
        counted = [kept[each.id] if isinstance(each, Vacancy) else each for each in made]
        return [_told(draft, each, known, twins) for draft, each in zip(drafts, counted, strict=True)]

    def _made(self, draft: Draft) -> Vacancy | Invalid:
        try:
            return self.arrivals.vacancy(draft, id=vacancy_id(draft), at=self.clock.now())
        except Invalid as invalid:
            return invalid


def _told(
    draft: Draft,
    made: Vacancy | Invalid,
    known: Mapping[VacancyId, Vacancy],
    twins: Mapping[str, Sequence[VacancyId]],
) -> Arrived:
    if isinstance(made, Invalid):
        return Arrived(id=draft.id, arrival=Arrival.REFUSED, errors=made.errors)
    first = twins[made.fingerprint][0]
    before = known.get(made.id)
    if before is None:
        arrival = Arrival.CREATED
    else:
        arrival = Arrival.UNCHANGED if before.says_the_same(made) else Arrival.UPDATED
    return Arrived(id=made.id, arrival=arrival, same_as=first if first != made.id else None)
