"""A person's verdicts, and what hiding an employer does to the queue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Conflict, NotFound
from domain.identifiers import TelegramId, VacancyId
from domain.search.match import FilterReason, Match, MatchState, Verdict
from tests.builders import ANNA, BORIS, NOW, a_vacancy
from tests.domain.product import Product


@pytest.fixture
def searched(product: Product) -> Product:
    """A product where Anna has five vacancies waiting, three of them of one employer."""
    product.welcome_with_resume()
    product.keep(
        a_vacancy(id="internal-1", company="ООО «Сеть»", title="Разработчик Python один"),
        a_vacancy(id="internal-2", company="Другие", title="Разработчик Python два"),
        a_vacancy(id="internal-3", company="Сеть", title="Разработчик Python три"),
        a_vacancy(id="internal-4", company="СЕТЬ", title="Разработчик Python четыре"),
        a_vacancy(id="internal-5", company=None, title="Разработчик Python пять"),
    )
    product.search()
    return product


def _judge(product: Product, number: int, verdict: Verdict, telegram_id: TelegramId = ANNA) -> Match:
    card = product.application.judge_vacancy(
        telegram_id=telegram_id, vacancy_id=VacancyId(f"internal-{number}"), verdict=verdict
    )
    assert card.vacancy.id == f"internal-{number}"
    return card.match


def _reasons(product: Product) -> set[FilterReason | None]:
    matches = product.application.export_user(telegram_id=ANNA).matches
    return {match.filter_reason for match in matches if match.state is MatchState.FILTERED}


def test_a_verdict_is_kept(searched: Product) -> None:
    searched.next()
    searched.clock.forward(timedelta(minutes=1))

    match = _judge(searched, 1, Verdict.LIKE)

    assert (match.state, match.judged_at) == (MatchState.LIKED, NOW + timedelta(minutes=1))
    assert searched.application.show_current(telegram_id=ANNA).match == match


@pytest.mark.parametrize("verdict", [Verdict.LIKE, Verdict.DISLIKE, Verdict.APPLIED])
def test_a_verdict_leaves_the_queue_as_it_is(searched: Product, verdict: Verdict) -> None:
    searched.next()

    _judge(searched, 1, verdict)

    assert searched.all_cards() == ["internal-2", "internal-3", "internal-4", "internal-5"]


def test_an_undo_takes_the_verdict_back(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.LIKE)

    assert _judge(searched, 1, Verdict.UNDO).state is MatchState.SHOWN

    with pytest.raises(Conflict, match="nothing_to_undo"):
        _judge(searched, 1, Verdict.UNDO)


def test_what_was_not_shown_is_not_judged(searched: Product) -> None:
    with pytest.raises(Conflict, match="not_shown_yet"):
        _judge(searched, 1, Verdict.LIKE)


def test_what_was_not_found_is_not_judged(searched: Product) -> None:
    searched.welcome(BORIS)

    with pytest.raises(NotFound, match="match_not_found"):
        _judge(searched, 9, Verdict.LIKE)
    with pytest.raises(NotFound, match="match_not_found"):
        _judge(searched, 1, Verdict.LIKE, BORIS)
    with pytest.raises(NotFound, match="user_not_found"):
        _judge(searched, 1, Verdict.LIKE, TelegramId(1))


def test_an_employer_hidden_is_not_offered_again_in_any_spelling(searched: Product) -> None:
    searched.next()

    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    assert searched.all_cards() == ["internal-2", "internal-5"]
    assert _reasons(searched) == {FilterReason.EMPLOYER_HIDDEN}


def test_what_is_withheld_has_no_position_among_the_cards(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)
    here = [searched.next().position, searched.next().position]
    searched.keep(a_vacancy(id="internal-6", company="Иные", title="Разработчик Python шесть"))
    searched.search(sources=("internal",))

    assert here == [2, 3]
    assert searched.next().position == 1
    details = searched.application.show_details(telegram_id=ANNA, vacancy_id=VacancyId("internal-3"))
    assert details.position is None


def test_an_employer_hidden_stays_hidden_in_the_next_search(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    run = searched.search(text="python")

    assert run.counts.filtered == {"already_shown": 1, "employer_hidden": 2}
    assert searched.all_cards() == ["internal-2", "internal-5"]


def test_an_employer_hidden_by_one_person_is_offered_to_others(searched: Product) -> None:
    searched.welcome_with_resume(BORIS)
    searched.search(BORIS)
    searched.next()

    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    assert len(searched.all_cards(BORIS)) == 5


def test_an_undo_brings_a_hidden_employer_back_to_its_place(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    _judge(searched, 1, Verdict.UNDO)

    assert searched.all_cards() == ["internal-2", "internal-3", "internal-4", "internal-5"]


def test_an_undo_in_a_later_search_brings_a_hidden_employer_back_too(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)
    searched.search(text="python")

    _judge(searched, 1, Verdict.UNDO)

    assert searched.all_cards() == ["internal-2", "internal-3", "internal-4", "internal-5"]


def test_another_verdict_instead_of_hiding_brings_the_employer_back(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    _judge(searched, 1, Verdict.LIKE)

    assert searched.all_cards() == ["internal-2", "internal-3", "internal-4", "internal-5"]


def test_an_undo_of_a_like_said_after_hiding_hides_the_employer_again(searched: Product) -> None:
    searched.next()
    for verdict in (Verdict.HIDE_EMPLOYER, Verdict.LIKE, Verdict.UNDO):
        match = _judge(searched, 1, verdict)

    assert match.state is MatchState.HIDDEN
    assert searched.all_cards() == ["internal-2", "internal-5"]


def test_an_employer_hidden_twice_comes_back_only_when_both_are_taken_back(searched: Product) -> None:
    for _ in range(3):
        searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)
    _judge(searched, 3, Verdict.HIDE_EMPLOYER)

    _judge(searched, 1, Verdict.UNDO)
    assert _reasons(searched) == {FilterReason.EMPLOYER_HIDDEN}

    _judge(searched, 3, Verdict.UNDO)
    assert searched.all_cards() == ["internal-4", "internal-5"]


def test_hiding_the_employer_of_a_vacancy_that_names_none_hides_that_vacancy_alone(searched: Product) -> None:
    searched.keep(a_vacancy(id="internal-6", company=None, title="Разработчик Python шесть"))
    searched.search(text="python")
    for _ in range(5):
        searched.next()

    assert _judge(searched, 5, Verdict.HIDE_EMPLOYER).state is MatchState.HIDDEN

    assert searched.all_cards() == ["internal-6"]


def test_the_same_verdict_twice_changes_nothing(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.HIDE_EMPLOYER)
    before = searched.application.export_user(telegram_id=ANNA)
    searched.clock.forward(timedelta(minutes=1))

    _judge(searched, 1, Verdict.HIDE_EMPLOYER)

    assert searched.application.export_user(telegram_id=ANNA) == before


def test_a_verdict_lasts_through_later_searches(searched: Product) -> None:
    searched.next()
    _judge(searched, 1, Verdict.APPLIED)

    run = searched.search(text="python")

    assert run.counts.filtered == {"already_applied": 1}
    assert _judge(searched, 1, Verdict.LIKE).state is MatchState.LIKED
