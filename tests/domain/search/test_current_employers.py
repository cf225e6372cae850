"""Jobs where a person works already are not offered, whenever they tell where that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.identifiers import VacancyId
from domain.resumes.content import Experience
from domain.search.match import FilterReason, MatchState, Verdict
from tests.builders import ANNA, NOW, a_resume_content, a_vacancy
from tests.domain.hh.given import sign_in, sync
from tests.domain.outsiders import ScriptedEngine
from tests.domain.product import Product, a_product

HERE = (Experience(company="ООО «Фирма 2»", current=True), Experience(company="Фирма 3"))
AT_HOME = a_resume_content(experience=HERE)
JOBS = [a_vacancy(id=f"hh-{number}", company=f"Фирма {number}") for number in range(1, 5)]


@pytest.fixture(params=[0, 3], ids=["store", "read ahead"])
def product(request: pytest.FixtureRequest) -> Product:
    """Return a product in which four vacancies wait for Anna, one of which was shown."""
    product = a_product(read_ahead=request.param)
    product.welcome_with_resume()
    product.keep(*JOBS)
    product.search()
    assert product.next().vacancy.id == "hh-1"
    return product


def fate_of(product: Product, number: int) -> tuple[MatchState, FilterReason | None]:
    with product.store() as tx:
        match = tx.matches.find(ANNA, VacancyId(f"hh-{number}"))
    assert match is not None
    return match.state, match.filter_reason


def by_edit(product: Product) -> None:
    product.edit(experience=HERE)


def by_form(product: Product) -> None:
    product.submit(experience=HERE)


def by_file(product: Product) -> None:
    upload = product.send(b"%PDF at home")
    product.reader.says[b"%PDF at home"] = AT_HOME
    product.parse(upload)


def by_hh(product: Product) -> None:
    product.hh.found = [replace(product.hh.found[0], content=AT_HOME)]
    sign_in(product)
    sync(product)


@pytest.mark.parametrize("tell", [by_edit, by_form, by_file, by_hh])
def test_an_employer_told_after_the_search_is_not_offered_any_more(
    product: Product, tell: Callable[[Product], None]
) -> None:
    tell(product)

    assert product.all_cards() == ["hh-3", "hh-4"]
    assert fate_of(product, 2) == (MatchState.FILTERED, FilterReason.CURRENT_EMPLOYER)


def test_a_file_read_late_does_not_say_where_the_person_works_now(product: Product) -> None:
    upload = product.send(b"%PDF at home")
    product.reader.says[b"%PDF at home"] = AT_HOME
    product.submit(summary="Ищу работу")

    product.parse(upload)

    assert product.all_cards() == ["hh-2", "hh-3", "hh-4"]


def test_an_employer_told_while_the_search_is_under_way_is_not_offered() -> None:
    engine = ScriptedEngine("builtin", tuple(JOBS))
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    engine.meanwhile = lambda: by_edit(product)

    product.search()

    assert product.all_cards() == ["hh-1", "hh-3", "hh-4"]


def test_a_job_that_was_left_lets_its_employer_back_in_to_the_place_it_had(product: Product) -> None:
    by_edit(product)

    product.edit(experience=())

    assert product.all_cards() == ["hh-2", "hh-3", "hh-4"]


def test_what_the_search_itself_left_out_comes_with_the_next_one() -> None:
    product = a_product()
    product.welcome_with_resume(experience=HERE)
    product.keep(*JOBS)
    product.search()

    product.edit(experience=())

    assert product.all_cards() == ["hh-1", "hh-3", "hh-4"]
    product.search(text="python")
    assert product.all_cards() == ["hh-2"]


def test_an_employer_that_is_hidden_too_stays_away_when_the_job_is_left(product: Product) -> None:
    product.keep(a_vacancy(id="hh-22", company="Фирма 2", title="Инженер Python", description="Другая работа"))
    product.search(text="python")
    shown = product.next().vacancy.id
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=shown, verdict=Verdict.HIDE_EMPLOYER)
    withheld = 2 if shown == "hh-22" else 22

    by_edit(product)
    assert fate_of(product, withheld)[1] is FilterReason.CURRENT_EMPLOYER
    product.edit(experience=())

    assert fate_of(product, withheld) == (MatchState.FILTERED, FilterReason.EMPLOYER_HIDDEN)
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=shown, verdict=Verdict.UNDO)
    assert fate_of(product, withheld)[0] is MatchState.WAITING


def test_what_was_applied_to_meanwhile_does_not_come_back(product: Product) -> None:
    by_edit(product)
    product.application.note_applications(telegram_id=ANNA, told={2: (("hh-2",), NOW)})

    product.edit(experience=())

    assert product.all_cards() == ["hh-3", "hh-4"]
    assert fate_of(product, 2) == (MatchState.FILTERED, FilterReason.ALREADY_APPLIED)
