"""What a person applied to elsewhere is never offered to them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.hh.ports import HhApplication
from domain.identifiers import TelegramId, VacancyId
from domain.search.applications import JobApplication, ToldBy
from domain.search.applying import Noted, vacancy_named
from domain.search.match import FilterReason, Match, MatchState, Verdict
from domain.users.hh_urls import HH_DOMAINS
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, NOW, a_match, a_vacancy
from tests.domain.hh.given import sign_in, sync
from tests.domain.product import Product, a_product

DAY = timedelta(days=1)


def a_job(number: int, **changes: object) -> Vacancy:
    return a_vacancy(**{"id": f"hh-{number}", "company": f"Фирма {number}", **changes})


JOBS = [a_job(number) for number in range(1, 6)]


@pytest.fixture(params=[0, 3], ids=["store", "read ahead"])
def product(request: pytest.FixtureRequest) -> Product:
    """Return a product in which five vacancies wait for Anna, without and with reading ahead."""
    product = a_product(read_ahead=request.param)
    product.welcome_with_resume()
    product.keep(*JOBS)
    product.search()
    return product


def note(product: Product, *names: str, at: datetime | None = None) -> Noted:
    """Give a list of what Anna applied to."""
    told = {line: ((name,), at) for line, name in enumerate(names, 2)}
    return product.application.note_applications(telegram_id=ANNA, told=told)


def state_of(product: Product, number: int) -> tuple[MatchState, FilterReason | None]:
    with product.store() as tx:
        match = tx.matches.find(ANNA, VacancyId(f"hh-{number}"))
    assert match is not None
    return match.state, match.filter_reason


@pytest.mark.parametrize("domain", sorted(HH_DOMAINS))
def test_a_page_of_every_domain_of_hh_names_a_vacancy(domain: str) -> None:
    assert vacancy_named(f"https://{domain}/vacancy/1") == vacancy_named(f"http://a.{domain}/vacancy/1?q") == "hh-1"
    assert vacancy_named(f"https://not{domain}/vacancy/1") is None
    assert vacancy_named(f"https://{domain.replace('.', 'x')}/vacancy/1") is None


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("hh-123", "hh-123"),
        (" partner-a.b:c_1 ", "partner-a.b:c_1"),
        ("https://hh.ru/vacancy/123", "hh-123"),
        ("http://spb.hh.ru/vacancy/123?from=search#top", "hh-123"),
        ("https://rabota.by/vacancy/5/", "hh-5"),
        ("https://hh.kz/vacancy/9", "hh-9"),
        (
            "https://trudvsem.ru/vacancy/card/1027700132195/8f1a2b3c-0000-11ee-9a1b-550c2d5a0000",
            "trudvsem-8f1a2b3c-0000-11ee-9a1b-550c2d5a0000",
        ),
        ("https://www.trudvsem.ru/vacancy/card/8f1a-1?x=1", "trudvsem-8f1a-1"),
        ("hh.ru/vacancy/123", "hh-123"),
        ("m.hh.ru/vacancy/123?from=x", "hh-123"),
        ("trudvsem.ru/vacancy/card/8f1a-1", "trudvsem-8f1a-1"),
        ("partner-слесарь", "partner-слесарь"),
        ("", None),
        ("Python-разработчик", None),
        ("1C-программист", None),
        ("hh-разработчик", None),
        ("hh-١٢", None),
        ("trudvsem-слесарь", None),
        ("evilhh.ru/vacancy/123", None),
        ("Python-разработчик в Яндекс", None),
        ("123", None),
        ("https://hh.ru/resume/123", None),
        ("https://evilhh.ru/vacancy/123", None),
        ("https://example.com/hh.ru/vacancy/123", None),
        ("x-" + "1" * 200, None),
    ],
)
def test_a_vacancy_is_named_by_its_id_or_its_page(told: str, named: str | None) -> None:
    assert vacancy_named(told) == named


def test_what_is_on_the_list_is_not_offered_any_more(product: Product) -> None:
    product.next()

    assert note(product, "https://hh.ru/vacancy/2", "hh-4") == Noted(new=2, known=0, errors={})

    assert product.all_cards() == ["hh-3", "hh-5"]
    assert state_of(product, 2) == (MatchState.APPLIED, None)


def test_nor_by_later_searches_under_its_id_or_another_of_its_posting(product: Product) -> None:
    again = replace(JOBS[1], id=VacancyId("trudvsem-2"), first_seen_at=NOW + DAY)
    note(product, "hh-2", "hh-77")
    product.keep(again, a_job(77))

    run = product.search(text="python")

    assert product.all_cards() == ["hh-1", "hh-3", "hh-4", "hh-5"]
    assert run.counts is not None
    assert run.counts.filtered["already_applied"] >= 2


def test_what_was_known_before_the_search_is_not_offered(product: Product) -> None:
    note(product, "hh-77")
    product.keep(a_job(77))

    product.search(text="python")

    assert "hh-77" not in product.all_cards()
    assert state_of(product, 77) == (MatchState.FILTERED, FilterReason.ALREADY_APPLIED)


def test_the_same_posting_under_another_id_waits_no_longer(product: Product) -> None:
    product.keep(replace(JOBS[1], id=VacancyId("zz-2")))
    product.next()

    note(product, "zz-2")

    assert product.all_cards() == ["hh-3", "hh-4", "hh-5"]
    assert state_of(product, 2) == (MatchState.FILTERED, FilterReason.ALREADY_APPLIED)


def test_what_was_applied_to_at_hh_is_not_offered_any_more(product: Product) -> None:
    product.hh.found = [replace(product.hh.found[0], content=product.current())]
    sign_in(product)
    product.next()
    product.hh.applied = [HhApplication(vacancy_id=VacancyId("hh-3"), applied_at=NOW - DAY)]

    assert sync(product).applied.noted == 1

    assert product.all_cards() == ["hh-2", "hh-4", "hh-5"]


def test_one_that_was_shown_is_marked_and_that_can_be_taken_back(product: Product) -> None:
    product.next()

    note(product, "hh-1")
    assert state_of(product, 1)[0] is MatchState.APPLIED
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=VacancyId("hh-1"), verdict=Verdict.UNDO)
    assert state_of(product, 1)[0] is MatchState.SHOWN
    assert note(product, "hh-1") == Noted(new=0, known=1, errors={})

    assert state_of(product, 1)[0] is MatchState.SHOWN


def test_an_employer_that_is_hidden_stays_hidden(product: Product) -> None:
    product.next()
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=VacancyId("hh-1"), verdict=Verdict.HIDE_EMPLOYER)

    note(product, "hh-1")

    assert state_of(product, 1)[0] is MatchState.HIDDEN


def test_an_employer_let_back_in_brings_nothing_that_was_applied_to_meanwhile(product: Product) -> None:
    for number, title in ((4, "Разработчик Python"), (5, "Инженер Python")):
        product.keep(a_job(number, company=JOBS[0].company, title=title, description=title))
    product.search(text="python")
    shown = product.next().vacancy.id
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=shown, verdict=Verdict.HIDE_EMPLOYER)
    withheld = sorted({"hh-1", "hh-4", "hh-5"} - {shown})

    note(product, withheld[0])
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=shown, verdict=Verdict.UNDO)

    left = product.all_cards()
    assert withheld[0] not in left
    assert state_of(product, int(withheld[0][-1])) == (MatchState.FILTERED, FilterReason.ALREADY_APPLIED)


def test_the_current_employer_is_not_offered(product: Product) -> None:
    (current, *_) = product.current().experience
    product.keep(a_job(8, title="Другая работа", requirements="Python"), a_vacancy(id="hh-9", company=current.company))

    product.search(text="python")

    assert "hh-9" not in product.all_cards()
    assert state_of(product, 9) == (MatchState.FILTERED, FilterReason.CURRENT_EMPLOYER)


@pytest.mark.parametrize("title", ["Python-разработчик", "go-разработчик", "front-end", "full-stack developer"])
def test_a_title_names_no_vacancy_and_is_never_noted(product: Product, title: str) -> None:
    assert note(product, title) == Noted(new=0, known=0, errors={2: "names_no_vacancy"})

    with product.store() as tx:
        assert tx.job_applications.all_of(ANNA) == []


def test_an_id_of_our_own_vacancies_names_one_that_we_know(product: Product) -> None:
    product.keep(a_vacancy(id="zz-1", source="zz", company="Другая"))

    assert note(product, "zz-1", "zz-2") == Noted(new=1, known=0, errors={3: "names_no_vacancy"})


def test_of_the_words_of_a_line_the_first_count_that_name_a_vacancy(product: Product) -> None:
    told = {2: (("https://example.com/1", "front-end", "https://hh.ru/vacancy/3", "hh-4"), None)}

    assert product.application.note_applications(telegram_id=ANNA, told=told) == Noted(new=1, known=0, errors={})

    assert product.all_cards() == ["hh-1", "hh-2", "hh-4", "hh-5"]


def test_a_list_is_taken_line_by_line(product: Product) -> None:
    told = {
        2: (("hh-1",), NOW - DAY),
        3: (("nothing",), None),
        4: ((), None),
        5: (("https://hh.ru/vacancy/1",), None),
        9: (("hh-500",), NOW + DAY),
    }

    noted = product.application.note_applications(telegram_id=ANNA, told=told)

    assert noted == Noted(new=2, known=0, errors={3: "names_no_vacancy", 4: "names_no_vacancy"})
    with product.store() as tx:
        (first, second) = tx.job_applications.all_of(ANNA)
    assert {first.vacancy_id, second.vacancy_id} == {"hh-1", "hh-500"}
    # Nobody applied in the future.
    assert JobApplication(telegram_id=ANNA, vacancy_id=VacancyId("hh-500"), applied_at=NOW, told_by=ToldBy.LIST) in (
        first,
        second,
    )


def test_a_stranger_gives_no_list(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.note_applications(telegram_id=TelegramId(1), told={1: (("hh-1",), None)})


@pytest.mark.parametrize(
    ("before", "after", "verdicts"),
    [
        (MatchState.WAITING, MatchState.APPLIED, ()),
        (MatchState.SUPERSEDED, MatchState.APPLIED, ()),
        (MatchState.SHOWN, MatchState.APPLIED, (MatchState.APPLIED,)),
        (MatchState.LIKED, MatchState.APPLIED, (MatchState.APPLIED,)),
        (MatchState.DISLIKED, MatchState.APPLIED, (MatchState.APPLIED,)),
    ],
)
def test_a_match_applied_to_elsewhere_says_so(
    before: MatchState, after: MatchState, verdicts: tuple[MatchState, ...]
) -> None:
    match = a_match(state=before)

    assert match.applied_elsewhere(at=NOW) == replace(match, state=after, verdicts=verdicts, judged_at=NOW)


@pytest.mark.parametrize(
    "match",
    [
        a_match(state=MatchState.APPLIED),
        a_match(state=MatchState.HIDDEN),
        a_match(state=MatchState.FILTERED, filter_reason=FilterReason.SAME_POSTING),
    ],
    ids=["applied", "hidden", "filtered"],
)
def test_a_match_that_will_not_be_offered_stays_as_it_is(match: Match) -> None:
    assert match.applied_elsewhere(at=NOW) == match
