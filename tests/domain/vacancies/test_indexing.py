"""Vacancies become findable: at once when they are posted, a little later when they came another way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adapters.memory.store import MemoryStore, MemoryTransaction
from domain.identifiers import VacancyId
from domain.matching.retrieval import RETRIEVAL_VERSION, query_for, terms_of
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import Draft
from domain.vacancies.indexing import MOST_INDEXED, IndexVacancies
from tests.builders import NOW, a_vacancy
from tests.domain.instruments import MEASURES
from tests.domain.product import Product

DRIVER = query_for(ResumeContent(desired_position="Водитель"), None, MEASURES)


def _found(product: Product) -> list[str]:
    with product.store() as tx:
        return list(tx.vacancies.candidates(DRIVER, at=NOW, limit=10))


def _unindexed(store: MemoryStore) -> int:
    with store() as tx:
        return len(tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10_000))


def test_a_vacancy_posted_is_found_at_once(product: Product) -> None:
    product.application.store_vacancies(drafts=[Draft(id="1", title="Водитель"), Draft(id="2", title="Повар")])

    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == 0


def test_a_vacancy_reworded_is_found_by_its_new_words(product: Product) -> None:
    product.application.store_vacancies(drafts=[Draft(id="1", title="Повар"), Draft(id="2", title="Водитель")])

    product.application.store_vacancies(drafts=[Draft(id="1", title="Водитель"), Draft(id="2", title="Повар")])

    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == 0


def test_a_vacancy_posted_again_as_it_was_is_not_indexed_anew(product: Product) -> None:
    product.keep(a_vacancy(id=VacancyId("internal-1")))
    product.application.index_vacancies()
    draft = Draft(id="1", title="Водитель")
    product.application.store_vacancies(drafts=[draft])
    with product.store() as tx:
        tx.vacancies.index({VacancyId("internal-1"): terms_of(a_vacancy(title="Повар"), MEASURES)}, version=1)

    product.application.store_vacancies(drafts=[draft])

    assert _found(product) == []


def test_what_came_another_way_is_indexed_when_its_turn_comes(product: Product) -> None:
    product.keep(a_vacancy(title="Водитель"), a_vacancy(id="internal-2"), a_vacancy(id="hh-3", source="hh"))
    before = _found(product)

    indexed = product.application.index_vacancies()

    assert (before, indexed) == ([], 2)
    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == 0


def test_what_was_indexed_by_an_earlier_version_is_indexed_anew(product: Product) -> None:
    product.keep(a_vacancy(title="Водитель"))
    with product.store() as tx:
        tx.vacancies.index({VacancyId("internal-1"): {}}, version=RETRIEVAL_VERSION - 1)

    assert product.application.index_vacancies() == 1
    assert _found(product) == ["internal-1"]


def test_one_call_indexes_only_so_many(product: Product) -> None:
    product.keep(*(a_vacancy(id=f"internal-{number}") for number in range(MOST_INDEXED + 130)))

    assert product.application.index_vacancies() == MOST_INDEXED
    assert _unindexed(product.store) == 130
    assert product.application.index_vacancies() == 130


@dataclass(frozen=True)
class _SweptByAnother:
    """A store in which somebody else holds the lock of the periodic work."""

    store: MemoryStore

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self.store() as tx:
            tx.hold_sweep = lambda: False  # type: ignore[method-assign]  # what another's lock amounts to
            yield tx


def test_while_somebody_else_is_at_it_nothing_is_done(product: Product) -> None:
    product.keep(a_vacancy())

    assert IndexVacancies(_SweptByAnother(product.store), MEASURES)() == 0
    assert _unindexed(product.store) == 1
