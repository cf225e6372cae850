"""The built-in engine and the sources it asks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from adapters.memory.outside import FixedClock
from adapters.memory.store import MemoryStore
from domain.errors import Invalid
from domain.resumes.content import ResumeContent
from domain.search.engine import BuiltinEngine, Catalogue, SearchSource
from domain.search.filters import Filters
from domain.search.run import Outcome, SourceReport
from tests.builders import NOW, a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES
from tests.domain.outsiders import ScriptedSource
from tests.domain.product import Product

RESUME = a_resume_content()
KNOWN = frozenset({"internal", "hh", "trudvsem"})


def test_every_source_is_asked_in_order_unless_the_person_names_some() -> None:
    one = ScriptedSource("internal", (a_vacancy(id="internal-1"),))
    other = ScriptedSource("hh", (a_vacancy(id="hh-1"), a_vacancy(id="hh-2")))

    gathered = BuiltinEngine((one, other)).gather(RESUME, Filters(text="python"))

    assert [vacancy.id for vacancy in gathered.vacancies] == ["internal-1", "hh-1", "hh-2"]
    assert gathered.reports == (
        SourceReport(source="internal", outcome=Outcome.OK, found=1),
        SourceReport(source="hh", outcome=Outcome.OK, found=2),
    )
    assert one.asked == other.asked == [(RESUME, Filters(text="python"))]


def test_a_source_not_named_is_not_asked() -> None:
    one, other = ScriptedSource("internal"), ScriptedSource("hh")

    gathered = BuiltinEngine((one, other)).gather(RESUME, Filters(sources=("hh",)))

    assert [report.source for report in gathered.reports] == ["hh"]
    assert one.asked == []


def test_a_source_named_that_is_not_configured_is_reported() -> None:
    gathered = BuiltinEngine((ScriptedSource("internal"),)).gather(RESUME, Filters(sources=("hh", "internal")))

    assert gathered.reports == (
        SourceReport(source="hh", outcome=Outcome.NOT_CONFIGURED),
        SourceReport(source="internal", outcome=Outcome.OK),
    )


def test_the_troubles_of_one_source_leave_the_others_alone() -> None:
    closed = ScriptedSource("hh", outcome=Outcome.GEO_BLOCKED)

    gathered = BuiltinEngine((closed, ScriptedSource("internal", (a_vacancy(),)))).gather(RESUME, Filters())

    assert [report.outcome for report in gathered.reports] == [Outcome.GEO_BLOCKED, Outcome.OK]
    assert len(gathered.vacancies) == 1


def test_a_vacancy_id_given_twice_is_gathered_once() -> None:
    sources = (ScriptedSource("internal", (a_vacancy(),)), ScriptedSource("hh", (a_vacancy(),)))

    assert len(BuiltinEngine(sources).gather(RESUME, Filters()).vacancies) == 1


def test_the_built_in_engine_has_its_name() -> None:
    assert BuiltinEngine(()).name == "builtin"
    assert BuiltinEngine(()).gather(RESUME, Filters()).reports == ()


def test_the_catalogue_gives_what_is_open_and_passes_the_filters(product: Product) -> None:
    product.keep(
        a_vacancy(id="internal-1"),
        a_vacancy(id="internal-2", closes_at=NOW),
        a_vacancy(id="internal-3", last_seen_at=NOW - timedelta(days=31)),
        a_vacancy(id="internal-4", salary=None, title="Водитель", skills=(), requirements="", asks=()),
    )
    catalogue = Catalogue(product.store, product.clock, MEASURES)

    everything = catalogue.find(RESUME, Filters())
    narrowed = catalogue.find(RESUME, Filters(text="python"))

    assert {vacancy.id for vacancy in everything.vacancies} == {"internal-1", "internal-4"}
    assert everything.reports == (SourceReport(source="internal", outcome=Outcome.OK, found=2),)
    assert {vacancy.id for vacancy in narrowed.vacancies} == {"internal-1"}


def test_a_catalogue_with_nothing_that_fits_says_so(product: Product) -> None:
    product.keep(a_vacancy())

    gathered = Catalogue(product.store, product.clock, MEASURES).find(RESUME, Filters(salary_from=Decimal(10**9)))

    assert gathered.vacancies == ()
    assert gathered.reports == (SourceReport(source="internal", outcome=Outcome.EMPTY),)


def test_only_so_many_of_the_newest_vacancies_are_weighed() -> None:
    store = MemoryStore()
    with store() as tx:
        tx.vacancies.save(
            a_vacancy(id=f"internal-{days}", published_at=NOW - timedelta(days=days)) for days in (3, 1, 2)
        )

    gathered = Catalogue(store, FixedClock(NOW), MEASURES, limit=2).find(RESUME, Filters())

    assert [vacancy.id for vacancy in gathered.vacancies] == ["internal-1", "internal-2"]


def test_one_source_is_searched_by_filters_alone() -> None:
    hh = ScriptedSource("hh", tuple(a_vacancy(id=f"hh-{number}") for number in range(5)))
    other = ScriptedSource("internal", (a_vacancy(),))

    gathered = SearchSource((other, hh), KNOWN)(
        source="hh", filters=Filters(text="python", sources=("internal",)), limit=3
    )

    assert [vacancy.id for vacancy in gathered.vacancies] == ["hh-0", "hh-1", "hh-2"]
    assert hh.asked == [(ResumeContent(), Filters(text="python", sources=("hh",)))]
    assert other.asked == []


def test_searching_a_source_not_configured_is_an_answer_too() -> None:
    gathered = SearchSource((), KNOWN)(source="trudvsem", filters=Filters(), limit=3)

    assert gathered.vacancies == ()
    assert gathered.reports == (SourceReport(source="trudvsem", outcome=Outcome.NOT_CONFIGURED),)


def test_searching_a_source_nobody_knows_is_an_error() -> None:
    with pytest.raises(Invalid) as caught:
        SearchSource((), KNOWN)(source="somewhere", filters=Filters(), limit=3)

    assert caught.value.errors == {"source": ["unknown_source"]}
