"""How vacancies become findable by their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import DomainError
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.matching.retrieval import RETRIEVAL_VERSION, Field, Terms, terms_of
from domain.transactions import Transactions
from domain.vacancies.vacancy import Vacancy

MOST_INDEXED = 500
"""How many vacancies one call looks at."""

_AT_ONCE = 100
"""How many in one transaction."""

_NO_TERMS: Terms = dict.fromkeys(Field, frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What a call did: how many vacancies it indexed, and which cannot be; `more`: it should be called again at once.

    What cannot be indexed is found by no terms, and left alone until it is reworded or the version rises.
    """

    count: int = 0
    passed_over: tuple[VacancyId, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class IndexVacancies:
    """Index what is not indexed yet: vacancies that came by another way than being posted, or before this version.

    Several may do it at once. No lock is kept while terms are made, which takes long; the store sees to it that nobody
    writes what is no longer true, so that at worst two do the same work, and one of them in vain.
    """

    transaction: Transactions
    measures: Measures

    def __call__(self) -> Indexed:
        """Return what was done. Raises what went wrong where none of several vacancies could be indexed."""
        count, looked_at = 0, 0
        passed_over: tuple[VacancyId, ...] = ()
        while looked_at < MOST_INDEXED:
            with self.transaction() as tx:
                found = tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=_AT_ONCE)
            indexed, culprits = self._index(found)
            if len(culprits) == len(found) > 1:
                # That is hardly their fault: whatever it is, they are to be indexed when it is mended.
                raise culprits[0][1]
            self._pass_over([vacancy for vacancy, _ in culprits])
            count += indexed
            passed_over += tuple(vacancy.id for vacancy, _ in culprits)
            looked_at += len(found)
            if len(found) < _AT_ONCE:
                break
        return Indexed(count=count, passed_over=passed_over, more=looked_at >= MOST_INDEXED)

    def _index(self, found: Sequence[Vacancy]) -> tuple[int, list[tuple[Vacancy, Exception]]]:
        """Return how many were indexed, and those that cannot be, with the reason: one must not hold up the others."""
        try:
            return self._written([(each, terms_of(each, self.measures)) for each in found]), []
        except DomainError:
            raise
        except Exception as error:
            if len(found) == 1:
                return 0, [(found[0], error)]
        half = len(found) // 2
        (first, culprits), (second, more) = self._index(found[:half]), self._index(found[half:])
        return first + second, culprits + more

    def _pass_over(self, culprits: Sequence[Vacancy]) -> None:
        if culprits:
            self._written([(each, _NO_TERMS) for each in culprits])

    def _written(self, terms: Sequence[tuple[Vacancy, Terms]]) -> int:
        with self.transaction() as tx:
            return tx.vacancies.index_unchanged(terms, version=RETRIEVAL_VERSION)
