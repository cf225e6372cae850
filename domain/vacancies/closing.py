"""How vacancies end of which their source says that nobody can apply any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.identifiers import VacancyId
from domain.outside import Clock
from domain.transactions import Transactions
from domain.vacancies.arrival import BUILT_IN_SOURCES
from domain.vacancies.vacancy import Link, Vacancy


@dataclass(frozen=True)
class CloseVacancies:
    """Mark vacancies as closed. Those nobody has heard of are passed over.

    A job that is posted elsewhere, too, loses but the page, and is closed once none is left.
    """

    transaction: Transactions
    clock: Clock

    def __call__(self, *, ids: Iterable[VacancyId]) -> int:
        """Return how many were open till now."""
        now, gone = self.clock.now(), frozenset(ids)
        with self.transaction() as tx:
            stands_for = tx.vacancies.same_as(gone)
            known = tx.vacancies.held((*gone, *stands_for.values())).values()
            were_open = [vacancy for vacancy in known if vacancy.is_open(at=now)]
            after = [_without(gone, vacancy, at=now) for vacancy in were_open]
            changed = [each for each, before in zip(after, were_open, strict=True) if each != before]
            if changed:
                tx.vacancies.save(changed)
        return sum(not each.is_open(at=now) for each in after)


def _without(gone: frozenset[VacancyId], vacancy: Vacancy, *, at: datetime) -> Vacancy:
    """Return the vacancy without the pages that are gone. Their ids stay: by them the job is known again."""
    if not gone & vacancy.every_id:
        return vacancy
    links = tuple(replace(link, url=None) if link.vacancy_id in gone else link for link in vacancy.links)
    if not any(link.vacancy_id not in gone and _is_left(link) for link in links):
        return vacancy.closed(at=at)
    return replace(vacancy, links=links, url=next(filter(None, (link.url for link in links)), None))


def _is_left(link: Link) -> bool:
    # Boards' vacancies have pages, unless these were taken away here; others need none.
    return link.url is not None or link.source not in BUILT_IN_SOURCES
