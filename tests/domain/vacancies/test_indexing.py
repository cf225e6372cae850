"""Vacancies become findable: at once when they are posted, a little later when they came another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.memory.store import MemoryStore
from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.matching.lexicon import Title
from domain.matching.retrieval import RETRIEVAL_VERSION, query_for, terms_of
from domain.resumes.content import ResumeContent
from domain.vacancies.arrival import Draft
from domain.vacancies.indexing import MOST_INDEXED, Indexed, IndexVacancies
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_vacancy
from tests.domain.instruments import MEASURES, TitleList
from tests.domain.product import Product

DRIVER = query_for(ResumeContent(desired_position="Водитель"), None, MEASURES)


def _found(product: Product, *, limit: int = 10) -> list[str]:
    with product.store() as tx:
        return list(tx.vacancies.candidates(DRIVER, at=NOW, limit=limit))


def _unindexed(store: MemoryStore) -> int:
    with store() as tx:
        return len(tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=10_000))


def test_a_vacancy_posted_is_found_at_once(product: Product) -> None:
    product.application.store_vacancies(drafts=[Draft(id="1", title="Водитель"), Draft(id="2", title="Повар")])

    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == Indexed()


def test_a_vacancy_reworded_is_found_by_its_new_words(product: Product) -> None:
    product.application.store_vacancies(drafts=[Draft(id="1", title="Повар"), Draft(id="2", title="Водитель")])

    product.application.store_vacancies(drafts=[Draft(id="1", title="Водитель"), Draft(id="2", title="Повар")])

    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == Indexed()


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

    assert (before, indexed) == ([], Indexed(count=2))
    assert _found(product) == ["internal-1"]
    assert product.application.index_vacancies() == Indexed()


def test_what_was_indexed_by_an_earlier_version_is_indexed_anew(product: Product) -> None:
    product.keep(a_vacancy(title="Водитель"))
    with product.store() as tx:
        tx.vacancies.index({VacancyId("internal-1"): {}}, version=RETRIEVAL_VERSION - 1)

    assert product.application.index_vacancies().count == 1
    assert _found(product) == ["internal-1"]


def test_one_call_indexes_only_so_many(product: Product) -> None:
    product.keep(*(a_vacancy(id=f"internal-{number}") for number in range(MOST_INDEXED + 130)))

    assert product.application.index_vacancies() == Indexed(count=MOST_INDEXED, more=True)
    assert _unindexed(product.store) == 130
    assert product.application.index_vacancies() == Indexed(count=130)


class _Titles(TitleList):
    """Reads titles, but for those that begin with "Сбой"."""

    def read(self, title: str) -> Title:
        if title.startswith("Сбой"):
            raise ValueError(title)
        return super().read(title)


@pytest.fixture
def index(product: Product) -> IndexVacancies:
    """Return the use case of the product, which cannot make terms of some vacancies."""
    return IndexVacancies(product.store, replace(MEASURES, titles=_Titles()))


def _ids(*numbers: int) -> tuple[VacancyId, ...]:
    return tuple(VacancyId(f"internal-{number}") for number in numbers)


def _many(count: int, **titles: str) -> list[Vacancy]:
    """Return that many drivers wanted; the titles are those of some of them, by their numbers after an n."""
    return [a_vacancy(id=f"internal-{number}", title=titles.get(f"n{number}", "Водитель")) for number in range(count)]


def test_vacancies_that_cannot_be_indexed_hold_up_no_other(product: Product, index: IndexVacancies) -> None:
    product.keep(*_many(250, n3="Сбой", n4="Сбой", n77="Сбой", n249="Сбой"))

    indexed = index()

    assert indexed == Indexed(count=246, passed_over=_ids(3, 4, 77, 249))
    assert len(_found(product, limit=1_000)) == 246
    assert index() == Indexed()


def test_one_that_cannot_be_indexed_is_passed_over_even_by_itself(product: Product, index: IndexVacancies) -> None:
    product.keep(a_vacancy(title="Сбой"))

    assert index() == Indexed(passed_over=_ids(1))
    assert _found(product) == []


def test_what_was_passed_over_is_indexed_once_it_is_reworded(product: Product, index: IndexVacancies) -> None:
    product.keep(a_vacancy(title="Сбой"))
    index()

    product.keep(a_vacancy(title="Водитель"))

    assert index() == Indexed(count=1)
    assert _found(product) == ["internal-1"]


def test_where_none_of_several_can_be_indexed_it_is_not_their_fault(product: Product, index: IndexVacancies) -> None:
    product.keep(*_many(2, n0="Сбой 0", n1="Сбой 1"))

    with pytest.raises(ValueError, match="Сбой 0"):
        index()

    assert _unindexed(product.store) == 2


class _Meanwhile(TitleList):
    """Reads titles while something else happens."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens = happens

    def read(self, title: str) -> Title:
        self._happens()
        return super().read(title)


def test_what_is_reworded_while_its_terms_are_made_is_indexed_by_its_new_words(product: Product) -> None:
    product.keep(a_vacancy(title="Повар"))
    meanwhile = _Meanwhile(lambda: product.keep(a_vacancy(title="Водитель")))

    assert IndexVacancies(product.store, replace(MEASURES, titles=meanwhile))() == Indexed()
    assert _found(product) == []

    product.application.index_vacancies()
    assert _found(product) == ["internal-1"]


def test_a_store_that_does_not_answer_is_nobodys_fault(product: Product) -> None:
    product.keep(a_vacancy())

    def gone() -> None:
        raise Unavailable("store_unavailable")

    with pytest.raises(Unavailable, match="store_unavailable"):
        IndexVacancies(product.store, replace(MEASURES, titles=_Meanwhile(gone)))()

    assert _unindexed(product.store) == 1
