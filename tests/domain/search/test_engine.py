"""The built-in engine and the sources it asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from adapters.memory.outside import FixedClock, OneAfterAnother
from adapters.memory.store import MemoryStore
from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.requirements import Requirement
from domain.matching.retrieval import RETRIEVAL_VERSION, terms_of
from domain.matching.stories import sought_with
from domain.resumes.content import ResumeContent
from domain.search.engine import BuiltinEngine, Catalogue, SearchSource, united
from domain.search.filters import Filters
from domain.search.gathering import Gathered, VacancySource
from domain.search.run import Outcome, SourceReport
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES
from tests.domain.nearby import ScriptedNearness
from tests.domain.outsiders import ScriptedSource
from tests.domain.product import Product

RESUME = a_resume_content()
KNOWN = frozenset({"internal", "hh", "trudvsem"})


def engine_of(sources: Sequence[VacancySource]) -> BuiltinEngine:
    return BuiltinEngine(sources, OneAfterAnother())


def test_every_source_is_asked_in_order_unless_the_person_names_some() -> None:
    one = ScriptedSource("internal", (a_vacancy(id="internal-1"),))
    other = ScriptedSource("hh", (a_vacancy(id="hh-1"), a_vacancy(id="hh-2")))

    gathered = engine_of((one, other)).ask(RESUME, Filters(text="python"))

    assert [vacancy.id for vacancy in gathered.vacancies] == ["internal-1", "hh-1", "hh-2"]
    assert gathered.reports == (
        SourceReport(source="internal", outcome=Outcome.OK, found=1),
        SourceReport(source="hh", outcome=Outcome.OK, found=2),
    )
    assert one.asked == other.asked == [(RESUME, Filters(text="python"))]


def test_a_source_not_named_is_not_asked() -> None:
    one, other = ScriptedSource("internal"), ScriptedSource("hh")

    gathered = engine_of((one, other)).ask(RESUME, Filters(sources=("hh",)))

    assert [report.source for report in gathered.reports] == ["hh"]
    assert one.asked == []


def test_a_source_named_that_is_not_configured_is_reported() -> None:
    gathered = engine_of((ScriptedSource("internal"),)).ask(RESUME, Filters(sources=("hh", "internal")))

    assert gathered.reports == (
        SourceReport(source="hh", outcome=Outcome.NOT_CONFIGURED),
        SourceReport(source="internal", outcome=Outcome.OK),
    )


def test_sources_that_are_not_configured_are_reported_to_those_who_name_none() -> None:
    source = ScriptedSource("internal", (a_vacancy(),))
    engine = BuiltinEngine((source,), OneAfterAnother(), known_sources=KNOWN)

    assert engine.ask(RESUME, Filters()).reports == (
        SourceReport(source="internal", outcome=Outcome.OK, found=1),
        SourceReport(source="hh", outcome=Outcome.NOT_CONFIGURED),
        SourceReport(source="trudvsem", outcome=Outcome.NOT_CONFIGURED),
    )
    assert [each.source for each in engine.ask(RESUME, Filters(sources=("internal",))).reports] == ["internal"]


def test_the_troubles_of_one_source_leave_the_others_alone() -> None:
    closed = ScriptedSource("hh", outcome=Outcome.GEO_BLOCKED)

    gathered = engine_of((closed, ScriptedSource("internal", (a_vacancy(),)))).ask(RESUME, Filters())

    assert [report.outcome for report in gathered.reports] == [Outcome.GEO_BLOCKED, Outcome.OK]
    assert len(gathered.vacancies) == 1


def test_a_source_that_is_not_back_in_time_is_reported_and_the_others_are_served() -> None:
    slow = ScriptedSource("hh", (a_vacancy(id="hh-1"),), patience=0)

    gathered = engine_of((slow, ScriptedSource("internal", (a_vacancy(),)))).ask(RESUME, Filters())

    assert gathered.reports == (
        SourceReport(source="hh", outcome=Outcome.TIMEOUT),
        SourceReport(source="internal", outcome=Outcome.OK, found=1),
    )
    assert [vacancy.id for vacancy in gathered.vacancies] == ["internal-1"]


def test_a_fault_in_one_source_leaves_the_others_alone() -> None:
    broken = ScriptedSource("hh", error=ValueError("a fault of ours"))

    gathered = engine_of((broken, ScriptedSource("internal", (a_vacancy(),)))).ask(RESUME, Filters())

    assert [report.outcome for report in gathered.reports] == [Outcome.ERROR, Outcome.OK]
    assert len(gathered.vacancies) == 1


def test_a_source_named_twice_is_asked_once() -> None:
    source = ScriptedSource("internal")

    engine_of((source,)).ask(RESUME, Filters(sources=("internal", "internal")))

    assert len(source.asked) == 1


def test_a_vacancy_id_given_twice_is_gathered_once() -> None:
    sources = (ScriptedSource("internal", (a_vacancy(),)), ScriptedSource("hh", (a_vacancy(),)))

    assert len(engine_of(sources).ask(RESUME, Filters()).vacancies) == 1


def test_the_built_in_engine_has_its_name() -> None:
    assert engine_of(()).name == "builtin"
    assert engine_of(()).ask(RESUME, Filters()).reports == ()


def test_the_catalogue_gives_what_is_open_and_passes_the_filters(product: Product) -> None:
    product.keep(
        a_vacancy(id="internal-1"),
        a_vacancy(id="internal-2", closes_at=NOW),
        a_vacancy(id="internal-3", last_seen_at=NOW - timedelta(days=31)),
        a_vacancy(id="internal-4", salary=None, title="Водитель", skills=(), requirements="", asks=()),
    )
    catalogue = Catalogue(product.store, product.clock, MEASURES, product.near)

    everything = catalogue.find(RESUME, Filters())
    narrowed = catalogue.find(RESUME, Filters(text="python"))

    assert {vacancy.id for vacancy in everything.vacancies} == {"internal-1", "internal-4"}
    assert everything.reports == (SourceReport(source="internal", outcome=Outcome.OK, found=2),)
    assert {vacancy.id for vacancy in narrowed.vacancies} == {"internal-1"}


def test_a_catalogue_with_nothing_that_fits_says_so(product: Product) -> None:
    product.keep(a_vacancy())

    gathered = Catalogue(product.store, product.clock, MEASURES, product.near).find(
        RESUME, Filters(salary_from=Decimal(10**9))
    )

    assert gathered.vacancies == ()
    assert gathered.reports == (SourceReport(source="internal", outcome=Outcome.EMPTY),)


def _catalogue_of(*vacancies: Vacancy, near: ScriptedNearness | None = None, **bounds: Any) -> Catalogue:
    store = MemoryStore()
    with store() as tx:
        tx.vacancies.save(vacancies)
        tx.vacancies.index({each.id: terms_of(each, MEASURES) for each in vacancies}, version=RETRIEVAL_VERSION)
    return Catalogue(store, FixedClock(NOW), MEASURES, near or ScriptedNearness(), **bounds)


def _posted(name: str, *, days_ago: int = 0, **changes: Any) -> Vacancy:
    return a_vacancy(id=VacancyId(f"internal-{name}"), published_at=NOW - timedelta(days=days_ago), **changes)


def _other(name: str, **changes: Any) -> Vacancy:
    """Return a vacancy that has nothing in common with the résumé."""
    return _posted(name, **{"title": "Водитель", "skills": (), "asks": (), "requirements": "", **changes})


def _ids(gathered: Gathered) -> list[str]:
    return [vacancy.id.removeprefix("internal-") for vacancy in gathered.vacancies]


def test_without_a_resume_the_newest_vacancies_come_first_and_only_so_many() -> None:
    catalogue = _catalogue_of(_posted("3", days_ago=3), _posted("1", days_ago=1), _posted("2", days_ago=2), limit=2)

    assert _ids(catalogue.find(ResumeContent(), Filters())) == ["1", "2"]


def test_what_suits_the_resume_comes_before_what_is_newer() -> None:
    catalogue = _catalogue_of(
        _other("new", days_ago=1), _posted("suits", days_ago=9), _other("newer"), _other("old", days_ago=8), limit=3
    )

    assert _ids(catalogue.find(RESUME, Filters())) == ["suits", "newer", "new"]


def test_what_is_not_indexed_yet_is_found_among_the_newest(product: Product) -> None:
    product.keep(a_vacancy())

    assert _ids(Catalogue(product.store, product.clock, MEASURES, product.near).find(RESUME, Filters())) == ["1"]


def test_vacancies_kept_of_other_sources_are_not_the_catalogues_to_offer(product: Product) -> None:
    product.keep(a_vacancy(id="hh-1", source="hh"), a_vacancy(id="partner-1", source="partner"))

    gathered = Catalogue(product.store, product.clock, MEASURES, product.near).find(RESUME, Filters())

    assert [vacancy.id for vacancy in gathered.vacancies] == ["partner-1"]


def test_what_filters_leave_out_is_made_up_for_by_reading_on() -> None:
    here = [_posted(f"here{number:03}", days_ago=9, area="Казань") for number in range(3)]
    elsewhere = [_posted(f"away{number:03}", area="Минск", work_format=None) for number in range(700)]
    catalogue = _catalogue_of(*here, *elsewhere, limit=3)

    assert _ids(catalogue.find(RESUME, Filters(region="Казань"))) == ["here000", "here001", "here002"]


def test_no_more_than_so_many_are_read() -> None:
    away = [_posted(f"{number}", area="Минск", work_format=None) for number in range(6)]
    catalogue = _catalogue_of(*away, _other("here", area="Казань", days_ago=1), most_read=6)

    assert _ids(catalogue.find(RESUME, Filters(region="Казань"))) == []
    assert _ids(catalogue.find(ResumeContent(), Filters(region="Казань", text="водитель"))) == ["here"]


def test_a_text_typed_decides_on_what_is_wanted_and_the_resume_on_the_order() -> None:
    with_skill = _other("skill", asks=(Requirement(skill="PostgreSQL", must=True, words="PostgreSQL"),))
    catalogue = _catalogue_of(_other("plain"), with_skill, _posted("python"), most_read=2)

    assert _ids(catalogue.find(RESUME, Filters(text="водитель"))) == ["skill", "plain"]


def test_what_is_near_in_meaning_comes_by_turns_with_what_shares_terms_and_before_the_newest() -> None:
    near = ScriptedNearness(("internal-near", "internal-python", "internal-unknown"))
    catalogue = _catalogue_of(
        _other("newer"), _posted("python", days_ago=9), _other("near", days_ago=9), _other("new", days_ago=1), near=near
    )

    found = catalogue.find(RESUME, Filters())

    assert _ids(found) == ["python", "near", "newer", "new"]
    assert near.asked == [sought_with(RESUME, MEASURES)]


def test_what_is_near_in_meaning_must_be_open_and_pass_the_filters_too() -> None:
    near = ScriptedNearness(("internal-closed", "internal-away", "internal-here"))
    catalogue = _catalogue_of(
        _other("closed", closes_at=NOW),
        _other("away", area="Минск", work_format=None),
        _other("here", area="Казань"),
        near=near,
    )

    assert _ids(catalogue.find(RESUME, Filters(region="Казань"))) == ["here"]


def test_neither_a_text_typed_nor_silence_is_looked_for_by_meaning() -> None:
    near = ScriptedNearness(("internal-1",))
    catalogue = _catalogue_of(_other("1"), near=near)

    catalogue.find(RESUME, Filters(text="python"))
    catalogue.find(ResumeContent(), Filters())

    assert near.asked == []


def test_rankings_are_united_by_their_places() -> None:
    one, other = [VacancyId(each) for each in "abcd"], [VacancyId(each) for each in "cea"]

    assert united(one, other) == ["a", "c", "b", "e", "d"]
    assert united(one) == one
    assert united(one, []) == one
    assert united() == []


def test_one_source_is_searched_by_filters_alone() -> None:
    hh = ScriptedSource("hh", tuple(a_vacancy(id=f"hh-{number}") for number in range(5)))
    other = ScriptedSource("internal", (a_vacancy(),))

    gathered = SearchSource(engine_of((other, hh)), KNOWN)(
        source="hh", filters=Filters(text="python", sources=("internal",)), limit=3
    )

    assert [vacancy.id for vacancy in gathered.vacancies] == ["hh-0", "hh-1", "hh-2"]
    assert gathered.reports == (SourceReport(source="hh", outcome=Outcome.OK, found=3),)
    assert hh.asked == [(ResumeContent(), Filters(text="python", sources=("hh",)))]
    assert hh.limits == [3]
    assert other.asked == []


def test_no_more_of_our_own_is_handed_on_than_is_asked_for() -> None:
    catalogue = _catalogue_of(*(_posted(str(number), days_ago=number) for number in range(5)), limit=3)

    found = [catalogue.find(ResumeContent(), Filters(), limit=limit).vacancies for limit in (None, 2, 9)]

    assert [len(each) for each in found] == [3, 2, 3]


def test_searching_a_source_not_configured_is_an_answer_too() -> None:
    gathered = SearchSource(engine_of(()), KNOWN)(source="trudvsem", filters=Filters(), limit=3)

    assert gathered.vacancies == ()
    assert gathered.reports == (SourceReport(source="trudvsem", outcome=Outcome.NOT_CONFIGURED),)


def test_searching_a_source_nobody_knows_is_an_error() -> None:
    with pytest.raises(Invalid) as caught:
        SearchSource(engine_of(()), KNOWN)(source="somewhere", filters=Filters(), limit=3)

    assert caught.value.errors == {"source": ["unknown_source"]}
