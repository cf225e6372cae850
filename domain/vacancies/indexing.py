"""How vacancies become findable by their terms."""

from __future__ import annotations

from dataclasses import dataclass

from domain.matching.measures import Measures
from domain.matching.retrieval import RETRIEVAL_VERSION, terms_of
from domain.transactions import Transactions

MOST_INDEXED = 500
"""How many vacancies one call indexes."""

_AT_ONCE = 100
"""How many in one transaction, which others may have to wait for."""


@dataclass(frozen=True)
class IndexVacancies:
    """Index what is not indexed yet: vacancies that came by another way than being posted, or before this version."""

    transaction: Transactions
    measures: Measures

    def __call__(self) -> int:
        """Return how many were indexed; fewer than `MOST_INDEXED`: nothing is left, or somebody else is at it."""
        indexed = 0
        while indexed < MOST_INDEXED and (more := self._some()):
            indexed += more
        return indexed

    def _some(self) -> int:
        with self.transaction() as tx:
            if not tx.hold_sweep():
                return 0
            found = tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=_AT_ONCE)
            tx.vacancies.index({each.id: terms_of(each, self.measures) for each in found}, version=RETRIEVAL_VERSION)
        return len(found)
