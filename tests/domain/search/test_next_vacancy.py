"""One card at a time: the best first, each once, the same answer to the same question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Conflict, Invalid, NotFound, Unavailable
from domain.matching.assessment import Reason
from domain.matching.scorer import MOST_REASONS
from domain.search.match import FilterReason, Match, MatchState, Shift, Verdict
from domain.search.run import Outcome, RunStatus
from domain.search.use_cases import WEAK, Notice
from domain.work import MAX_FAILURES
from tests.builders import ANNA, BORIS, NOW, a_vacancy, an_assessment
from tests.domain.outsiders import ScriptedEngine, ScriptedSource
from tests.domain.product import Product, a_product

FIRST, SECOND, THIRD = (
    a_vacancy(id="internal-1", company="Первая"),
    a_vacancy(id="internal-2", company="Вторая"),
    a_vacancy(id="internal-3", company="Третья"),
)


@pytest.fixture
def searched(product: Product) -> Product:
    """A product where Anna has three equally good vacancies waiting."""
    product.welcome_with_resume()
    product.keep(FIRST, SECOND, THIRD)
    product.search()
    return product


def _matches(product: Product) -> dict[str, Match]:
    return {match.vacancy_id: match for match in product.application.export_user(telegram_id=ANNA).matches}


def test_cards_come_one_at_a_time_and_say_how_many_are_left(searched: Product) -> None:
    cards = [searched.next(), searched.next(), searched.next()]

    assert [card.vacancy for card in cards] == [FIRST, SECOND, THIRD]
    assert [card.remaining for card in cards] == [2, 1, 0]
    assert cards[0].match.state is MatchState.SHOWN
    assert cards[0].match.shown_at == NOW
    assert searched.application.next_vacancy(telegram_id=ANNA) is None


def test_the_same_question_gets_the_same_card(searched: Product) -> None:
    first = searched.next("none")
    assert searched.next("none") == first

    second = searched.next(first.vacancy.id)
    assert searched.next(first.vacancy.id) == second
    assert searched.next("none").vacancy == first.vacancy

    assert [first.vacancy, second.vacancy] == [FIRST, SECOND]
    assert searched.all_cards() == ["internal-3"]


def test_a_question_asked_again_after_the_verdict_gets_the_same_card(searched: Product) -> None:
    first = searched.next("none")
    searched.application.judge_vacancy(telegram_id=ANNA, vacancy_id=first.vacancy.id, verdict=Verdict.DISLIKE)

    again = searched.next("none")

    assert again.vacancy == FIRST
    assert again.match.state is MatchState.DISLIKED


def test_calls_without_a_question_go_on_between(searched: Product) -> None:
    searched.next("none")

    assert searched.next().vacancy == SECOND
    assert searched.next("internal-1").vacancy == THIRD
    assert searched.next("internal-1").vacancy == THIRD


@pytest.mark.parametrize("after", ["internal-2", "internal-99", "", "hh-1"])
def test_a_card_never_shown_is_no_question(searched: Product, after: str) -> None:
    searched.next("none")

    with pytest.raises(Invalid) as caught:
        searched.next(after)

    assert caught.value.errors == {"after": ["never_shown"]}
    assert searched.next().vacancy == SECOND


def test_the_cards_of_another_are_no_question(searched: Product) -> None:
    searched.welcome_with_resume(BORIS)
    searched.search(BORIS)
    searched.next("none")

    with pytest.raises(Invalid):
        searched.next("internal-1", BORIS)


def test_everybody_gets_the_same_vacancies(searched: Product) -> None:
    searched.welcome_with_resume(BORIS)
    searched.search(BORIS)
    searched.next()

    assert searched.all_cards(BORIS) == ["internal-1", "internal-2", "internal-3"]


def test_the_question_after_the_last_card_goes_on_to_find_nothing(searched: Product) -> None:
    searched.all_cards()

    assert searched.application.next_vacancy(telegram_id=ANNA, after="internal-3") is None


def test_the_run_is_returned_while_it_is_under_way(product: Product) -> None:
    product.welcome_with_resume()
    run = product.start()

    assert product.application.next_vacancy(telegram_id=ANNA) == run
    assert product.application.next_vacancy(telegram_id=ANNA, after="none") == run


def test_cards_of_an_earlier_search_are_not_served_while_a_new_one_is_under_way(searched: Product) -> None:
    searched.next()
    run = searched.start(text="python")

    assert searched.application.next_vacancy(telegram_id=ANNA, after="internal-1") == run


def test_who_never_searched_gets_no_card(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.next()
    product.welcome_with_resume()
    with pytest.raises(NotFound, match="no_search"):
        product.next()


def test_a_search_that_failed_says_so_with_its_reason() -> None:
    product = a_product(engines=(ScriptedEngine("builtin", error=Unavailable("engine_unavailable")),))
    product.welcome_with_resume()
    run = product.start()
    for _ in range(MAX_FAILURES):
        product.run(run)
        product.clock.forward(timedelta(hours=1))

    with pytest.raises(Conflict) as caught:
        product.next()

    assert caught.value.code == "search_failed"
    assert caught.value.data == {"reason": "engine_unavailable"}


def failing(*sources: ScriptedSource) -> Product:
    """Return a product whose search of these sources was given up a moment ago."""
    product = a_product(sources=sources)
    product.welcome_with_resume()
    run = product.start(sources=tuple(source.name for source in sources))
    for _ in range(MAX_FAILURES):
        product.clock.forward(timedelta(hours=1))
        run = product.run(run)
    assert run.status is RunStatus.FAILED
    return product


def test_a_search_that_no_source_answered_tells_what_each_said_and_when_to_try_again() -> None:
    product = failing(
        ScriptedSource("hh", outcome=Outcome.CAPTCHA), ScriptedSource("trudvsem", outcome=Outcome.GEO_BLOCKED)
    )
    with product.store() as tx:
        tx.boards.rest("hh", until=product.clock.now() + timedelta(minutes=10), because="captcha")
    product.clock.forward(timedelta(minutes=1))

    with pytest.raises(Conflict) as caught:
        product.next()

    assert caught.value.data == {
        "reason": "no_source_answered",
        "troubles": {"hh": "captcha", "trudvsem": "geo_blocked"},
        "heals": "yes",
    }
    assert caught.value.retry_after == 540


def test_of_several_sources_that_may_heal_the_first_to_do_so_counts() -> None:
    product = failing(
        ScriptedSource("hh", outcome=Outcome.CAPTCHA), ScriptedSource("trudvsem", outcome=Outcome.TIMEOUT)
    )
    with product.store() as tx:
        tx.boards.rest("hh", until=product.clock.now() + timedelta(minutes=10), because="captcha")

    waits = []
    for _ in range(2):
        with pytest.raises(Conflict) as caught:
            product.next()
        waits.append(caught.value.retry_after)
        product.clock.forward(timedelta(hours=1))

    assert waits == [30, 0]


def test_a_trouble_that_does_not_heal_is_not_worth_another_try(product: Product) -> None:
    product.welcome_with_resume()
    product.search(sources=("hh",))

    with pytest.raises(Conflict) as caught:
        product.next()

    assert (caught.value.data["heals"], caught.value.retry_after) == ("no", None)


def test_what_was_shown_never_comes_back_with_a_new_search(searched: Product) -> None:
    searched.next()
    searched.search(text="python")

    assert searched.all_cards() == ["internal-2", "internal-3"]


def test_what_was_shown_does_not_come_back_under_another_id(searched: Product) -> None:
    searched.next()
    searched.keep(a_vacancy(id="internal-9", company="ООО «Первая»"))

    searched.search(text="python")

    assert searched.all_cards() == ["internal-2", "internal-3"]


def test_what_was_shown_does_not_come_back_reworded(searched: Product) -> None:
    searched.next()
    searched.keep(a_vacancy(id="internal-1", company="Первая", description="Мы делаем то же, но другими словами."))

    searched.search(text="python")

    assert searched.all_cards() == ["internal-2", "internal-3"]


def test_what_waited_is_superseded_by_a_new_search_and_offered_by_it(searched: Product) -> None:
    before = searched.application.show_search(telegram_id=ANNA)
    searched.next()

    searched.search(text="python")

    states = {
        match.vacancy_id: match.state
        for match in searched.application.export_user(telegram_id=ANNA).matches
        if match.run_id == before.id
    }
    assert states == {
        "internal-1": MatchState.SHOWN,
        "internal-2": MatchState.SUPERSEDED,
        "internal-3": MatchState.SUPERSEDED,
    }


def test_the_last_card_of_an_earlier_search_is_a_question_to_the_new_one(searched: Product) -> None:
    searched.next("none")
    searched.search(text="python")

    second = searched.next("internal-1")

    assert second.vacancy == SECOND
    assert searched.next("internal-1") == second


def test_an_answer_lost_before_a_new_search_is_given_again(searched: Product) -> None:
    searched.next("none")
    lost = searched.next("internal-1")
    searched.search(text="python")

    assert searched.next("internal-1").vacancy == lost.vacancy
    assert searched.all_cards() == ["internal-3"]


def test_the_first_question_to_a_new_search_is_not_answered_from_the_old(searched: Product) -> None:
    searched.next("none")
    searched.search(text="python")

    assert searched.next("none").vacancy == SECOND


def test_one_posting_in_many_cities_is_one_card_the_best_one(product: Product) -> None:
    product.welcome_with_resume(region="Химки")
    product.keep(
        *(
            a_vacancy(id=f"internal-{area}", area=area, work_format=None, company="Сеть")
            for area in ("Москва", "Подольск", "Химки", "Казань")
        )
    )

    run = product.search()

    assert product.all_cards() == ["internal-Химки"]
    assert run.counts.filtered == {"same_posting": 3}


def test_a_vacancy_closed_while_it_waited_is_skipped_with_its_reason(searched: Product) -> None:
    searched.keep(a_vacancy(id="internal-1", company="Первая", closes_at=NOW))

    card = searched.next("none")

    assert card.vacancy == SECOND
    assert card.remaining == 1
    closed = _matches(searched)["internal-1"]
    assert (closed.state, closed.filter_reason, closed.shown_at) == (MatchState.FILTERED, FilterReason.CLOSED, None)
    assert searched.next("none") == card


def test_a_queue_that_closed_altogether_is_at_its_end(searched: Product) -> None:
    searched.clock.forward(timedelta(days=40))

    assert searched.application.next_vacancy(telegram_id=ANNA) is None
    assert {match.filter_reason for match in _matches(searched).values()} == {FilterReason.CLOSED}


def test_a_vacancy_that_was_found_closed_may_come_back_when_it_opens_again(searched: Product) -> None:
    searched.keep(a_vacancy(id="internal-1", company="Первая", closes_at=NOW))
    searched.next()
    searched.keep(FIRST)

    searched.search(text="python")

    assert searched.all_cards() == ["internal-1", "internal-3"]


def test_the_card_served_last_can_be_looked_at_again(searched: Product) -> None:
    searched.next()
    searched.clock.forward(timedelta(minutes=1))
    last = searched.next()
    before = searched.application.export_user(telegram_id=ANNA)

    assert searched.application.show_current(telegram_id=ANNA) == last
    assert searched.application.show_current(telegram_id=ANNA) == last
    assert searched.application.export_user(telegram_id=ANNA) == before


def test_there_is_no_last_card_before_the_first(searched: Product) -> None:
    with pytest.raises(NotFound, match="nothing_shown_yet"):
        searched.application.show_current(telegram_id=ANNA)
    with pytest.raises(NotFound, match="user_not_found"):
        searched.application.show_current(telegram_id=BORIS)


def test_details_are_shown_of_whatever_was_found(searched: Product) -> None:
    shown = searched.next()

    waiting = searched.application.show_details(telegram_id=ANNA, vacancy_id=THIRD.id)

    assert (waiting.vacancy, waiting.match.state) == (THIRD, MatchState.WAITING)
    assert searched.application.show_details(telegram_id=ANNA, vacancy_id=FIRST.id) == shown


def test_details_of_what_was_not_found_for_the_person_are_not_shown(searched: Product) -> None:
    searched.keep(a_vacancy(id="internal-9"))
    searched.welcome(BORIS)

    for telegram_id, vacancy_id in ((ANNA, "internal-9"), (BORIS, "internal-1")):
        with pytest.raises(NotFound, match="match_not_found"):
            searched.application.show_details(telegram_id=telegram_id, vacancy_id=a_vacancy(id=vacancy_id).id)


def test_details_are_shown_to_nobody_unknown(searched: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        searched.application.show_details(telegram_id=BORIS, vacancy_id=FIRST.id)


def test_matches_are_listed_by_state_with_their_vacancies(searched: Product) -> None:
    searched.next()
    every = frozenset(MatchState)

    page = searched.application.list_matches(telegram_id=ANNA, states=every, limit=2, offset=1)
    shown = searched.application.list_matches(
        telegram_id=ANNA, states=frozenset({MatchState.SHOWN}), limit=10, offset=0
    )

    assert [vacancy for _, vacancy in page.items] == [SECOND, THIRD]
    assert [match.vacancy_id for match, _ in page.items] == ["internal-2", "internal-3"]
    assert page.total == 3
    assert [vacancy for _, vacancy in shown.items] == [FIRST]
    assert shown.total == 1


def test_matches_of_nobody_are_not_listed(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.list_matches(telegram_id=ANNA, states=frozenset(MatchState), limit=1, offset=0)


def test_the_first_weak_card_says_that_those_behind_it_are_weak_and_no_other_does(searched: Product) -> None:
    with searched.store() as tx:
        for each, score in ((FIRST, WEAK), (SECOND, WEAK - 1), (THIRD, WEAK - 2)):
            tx.matches.save(replace(_matches(searched)[each.id], assessment=an_assessment(score=score)))

    cards = [searched.next(), searched.next(), searched.next()]

    assert [card.notice for card in cards] == [None, Notice.WEAK_FROM_HERE, None]
    assert cards[0].reasons == cards[0].match.reasons
    assert cards[1].reasons[-1] == Reason(code="weak_from_here")
    assert len(cards[1].reasons) <= MOST_REASONS
    # The same card says the same again.
    assert searched.application.show_details(telegram_id=ANNA, vacancy_id=SECOND.id).notice is cards[1].notice


def test_a_notice_leaves_the_reason_why_a_card_was_moved(searched: Product) -> None:
    reasons = tuple(Reason(code=f"reason_{number}") for number in range(MOST_REASONS))
    moved = Shift(points=2, reason=Reason(code="liked_role"))
    with searched.store() as tx:
        weak = an_assessment(score=0, reasons=reasons)
        tx.matches.save(replace(_matches(searched)[FIRST.id], assessment=weak, shift=moved))

    codes = [reason.code for reason in searched.next().reasons]

    assert codes == ["reason_0", "reason_1", "liked_role", "weak_from_here"]


def test_where_the_best_is_weak_the_first_card_says_so(searched: Product) -> None:
    with searched.store() as tx:
        tx.matches.save(replace(_matches(searched)[FIRST.id], assessment=an_assessment(score=0)))

    assert searched.next().notice is Notice.WEAK_FROM_HERE
