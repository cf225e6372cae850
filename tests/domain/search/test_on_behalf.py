"""What an outside engine asks on behalf of a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Conflict, Invalid, NotFound
from domain.identifiers import RunId, VacancyId
from domain.search.filters import Filters
from domain.search.run import Outcome, SearchRun, SourceReport
from domain.vacancies.arrival import Draft
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_run, a_vacancy
from tests.domain.outsiders import ScriptedSource
from tests.domain.product import Product, a_product


def _draft(number: str, **changes: Any) -> Draft:
    return Draft(
        **{"id": number, "source": "partner", "title": "Разработчик Python", "requirements": "Python", **changes}
    )


def _of_hh(number: int, **changes: Any) -> Vacancy:
    return a_vacancy(id=VacancyId(f"hh-{number}"), source="hh", title=f"Разработчик Python {number}", **changes)


def _kept(product: Product) -> dict[VacancyId, Vacancy]:
    with product.store() as tx:
        return dict(tx.vacancies.among([VacancyId(f"hh-{number}") for number in range(9)]))


def test_a_source_is_searched_by_the_resume_and_the_filters_of_the_search() -> None:
    hh = ScriptedSource("hh", (_of_hh(1), _of_hh(2), _of_hh(3)))
    product = a_product(sources=(hh,))
    resume = product.welcome_with_resume(desired_position="Бухгалтер")
    run = product.start(text="отчётность", sources=("hh", "internal"))

    gathered = product.application.search_source_for(source="hh", search_id=run.id, limit=2)

    assert hh.asked == [(resume.content, Filters(text="отчётность", sources=("hh",)))]
    assert hh.limits == [2]
    assert [each.id for each in gathered.vacancies] == ["hh-1", "hh-2"]
    assert gathered.reports == (SourceReport(source="hh", outcome=Outcome.OK, found=3),)


def test_the_resume_is_the_one_that_is_current_when_the_source_is_asked() -> None:
    hh = ScriptedSource("hh")
    product = a_product(sources=(hh,))
    product.welcome_with_resume(desired_position="Бухгалтер")
    run = product.start()
    product.submit(desired_position="Аудитор")

    product.application.search_source_for(source="hh", search_id=run.id, limit=2)

    assert [resume.desired_position for resume, _ in hh.asked] == ["Аудитор"]


def test_what_is_found_for_a_search_is_kept_and_by_filters_alone_it_is_not() -> None:
    product = a_product(sources=(ScriptedSource("hh", (_of_hh(1), _of_hh(2))),))
    product.welcome_with_resume()
    run = product.start()

    product.application.search_source(source="hh", filters=Filters(), limit=1)
    before = _kept(product)
    product.application.search_source_for(source="hh", search_id=run.id, limit=1)

    assert before == {}
    assert _kept(product) == {"hh-1": _of_hh(1)}


def test_a_find_seen_later_by_somebody_else_stays_as_they_saw_it() -> None:
    product = a_product(sources=(ScriptedSource("hh", (_of_hh(1, last_seen_at=NOW),)),))
    product.welcome_with_resume()
    newer = _of_hh(1, company="ООО «Другое»", last_seen_at=NOW + timedelta(hours=1))
    product.keep(newer)

    product.application.search_source_for(source="hh", search_id=product.start().id, limit=1)

    assert _kept(product) == {"hh-1": newer}


def test_a_source_that_is_not_set_up_is_told_of_a_search_too(product: Product) -> None:
    product.welcome_with_resume()

    gathered = product.application.search_source_for(source="trudvsem", search_id=product.start().id, limit=3)

    assert gathered.reports == (SourceReport(source="trudvsem", outcome=Outcome.NOT_CONFIGURED),)


def test_nothing_is_searched_or_ranked_for_a_search_nobody_knows(product: Product) -> None:
    nobodys = RunId("nobody's")

    with pytest.raises(NotFound, match="search_not_found"):
        product.application.search_source_for(source="internal", search_id=nobodys, limit=3)
    with pytest.raises(NotFound, match="search_not_found"):
        product.application.rank_for(search_id=nobodys, known=(), drafts=())


def test_nothing_is_searched_for_a_search_without_a_resume(product: Product) -> None:
    product.welcome()
    run: SearchRun = a_run()
    with product.store() as tx:
        tx.search_runs.add(run)

    with pytest.raises(Conflict, match="no_resume"):
        product.application.search_source_for(source="internal", search_id=run.id, limit=3)


def test_nothing_is_searched_or_ranked_for_a_search_that_another_one_replaced() -> None:
    hh = ScriptedSource("hh", (_of_hh(1),))
    product = a_product(sources=(hh,))
    product.welcome_with_resume()
    replaced = product.start()
    product.start(text="другое")

    with pytest.raises(Conflict, match="run_already_finished"):
        product.application.search_source_for(source="hh", search_id=replaced.id, limit=3)
    with pytest.raises(Conflict, match="run_already_finished"):
        product.application.rank_for(search_id=replaced.id, known=(), drafts=[_draft("1")])

    assert hh.asked == []


def test_what_comes_late_may_still_be_looked_for() -> None:
    hh = ScriptedSource("hh", (_of_hh(1),))
    product = a_product(sources=(hh,))
    product.welcome_with_resume()
    ready = product.search()

    gathered = product.application.search_source_for(source="hh", search_id=ready.id, limit=3)

    assert [each.id for each in gathered.vacancies] == ["hh-1"]


def test_a_source_nobody_knows_is_refused_before_the_search_is_looked_for(product: Product) -> None:
    with pytest.raises(Invalid):
        product.application.search_source_for(source="somewhere", search_id=RunId("nobody's"), limit=3)


def test_ranking_for_a_search_gives_the_numbers_of_that_search(product: Product) -> None:
    product.welcome_with_resume()
    product.application.store_vacancies(drafts=[_draft("1"), _draft("2", title="Водитель", requirements="Права")])
    run = product.search()

    ranking = product.application.rank_for(
        search_id=run.id, known=[VacancyId("partner-2"), VacancyId("partner-1")], drafts=()
    )

    assert [vacancy.id for vacancy, _ in ranking.ranked] == ["partner-1", "partner-2"]
    assert ranking.ranked[0][1] == product.next().match.assessment


def test_vacancies_we_hold_and_others_are_ranked_together_each_once(product: Product) -> None:
    product.welcome_with_resume()
    product.application.store_vacancies(drafts=[_draft("1", title="Водитель", requirements="")])
    held = VacancyId("partner-1")

    ranking = product.application.rank_for(
        search_id=product.start().id,
        known=[held, held, VacancyId("hh-404"), VacancyId("hh-404")],
        drafts=[_draft("2"), _draft("partner-1", title="Повар"), _draft("2")],
    )

    # What was sent whole says more than the id alone: it is what would be kept.
    assert [(vacancy.id, vacancy.title) for vacancy, _ in ranking.ranked] == [
        ("partner-2", "Разработчик Python"),
        ("partner-1", "Повар"),
    ]
    assert ranking.unknown == ("hh-404",)


def test_bad_drafts_are_left_out_and_told_by_their_index(product: Product) -> None:
    product.welcome_with_resume()

    ranking = product.application.rank_for(
        search_id=product.start().id,
        known=(),
        drafts=[_draft("1", url="x"), _draft("2"), _draft("9", source="hh"), replace(_draft("4"), id="hh-4")],
    )

    assert [vacancy.id for vacancy, _ in ranking.ranked] == ["partner-2"]
    assert ranking.errors == {
        0: {"url": ["not_a_web_address"]},
        2: {"source": ["built_in_source"]},
        3: {"id": ["built_in_source"]},
    }


def test_ranking_for_a_search_keeps_nothing(product: Product) -> None:
    product.welcome_with_resume()

    product.application.rank_for(search_id=product.start().id, known=(), drafts=[_draft("1")])

    with product.store() as tx:
        assert tx.vacancies.newest(at=NOW, limit=1) == []
