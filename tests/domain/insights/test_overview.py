"""A job search in numbers: each one is what its own question would be answered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.errors import NotFound
from domain.identifiers import VacancyId
from domain.insights.funnel import LEVELS, Funnel
from domain.insights.overview import AskedSkill, Insights, NoScores
from domain.insights.pay import Quartiles, Standing
from domain.insights.recommendations import Silence
from domain.matching.scorer import SCORER_VERSION
from domain.resumes.content import Language, LanguageLevel, Money
from domain.search.match import FilterReason, MatchState, Verdict
from domain.search.queue import LONGEST_QUEUE
from domain.vacancies.vacancy import SalaryRange
from tests.builders import ANNA, BORIS
from tests.domain.insights.marketing import asking, offer, recommended, welcome
from tests.domain.product import Product


def insights(product: Product) -> Insights:
    return product.application.show_insights(telegram_id=ANNA)


def judge(product: Product, vacancy_id: str, verdict: Verdict) -> None:
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=VacancyId(vacancy_id), verdict=verdict)


def names(asked: tuple[AskedSkill, ...]) -> dict[str, tuple[int, int, bool]]:
    return {each.demand.skill.name: (each.demand.must, each.demand.nice, each.held) for each in asked}


def test_who_has_not_searched_has_a_market_and_zeros(product: Product) -> None:
    offer(product, asking(1, "Python"))
    welcome(product)

    found = insights(product)

    assert found.searches == found.latest.funnel == Funnel()
    assert (found.latest.run_id, found.latest.finished_at, found.latest.silence) == (None, None, NoScores.NO_SEARCH)
    assert (found.latest.scores.counted, found.latest.scores.median, found.verdicts) == (0, None, 0)
    assert (found.market.vacancies, found.market.silence, found.scorer_version) == (1, None, SCORER_VERSION)


def test_without_a_resume_there_is_nothing_to_count(product: Product) -> None:
    product.welcome()

    with pytest.raises(NotFound, match="resume_not_found"):
        insights(product)
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.show_insights(telegram_id=BORIS)


def test_what_became_of_the_finds_of_the_latest_search_and_of_all(product: Product) -> None:
    welcome(product)
    product.keep(*(asking(each, "Python") for each in range(1, 7)))
    product.search()
    for verdict in (Verdict.LIKE, Verdict.DISLIKE, Verdict.APPLIED, None):
        card = product.next()
        if verdict is not None:
            judge(product, card.vacancy.id, verdict)
    product.keep(asking(7, "Python"))
    latest = product.search(sources=("internal",))

    found = insights(product)

    said = {"shown": 4, "liked": 1, "disliked": 1, "applied": 1}
    before = {FilterReason.ALREADY_SHOWN: 3, FilterReason.ALREADY_APPLIED: 1}
    assert found.latest.funnel == Funnel(found=7, filtered=before, queued=3, waiting=3)
    assert found.searches == Funnel(found=13, filtered=before, queued=9, waiting=3, superseded=2, **said)
    assert (found.latest.run_id, found.latest.finished_at) == (latest.id, latest.finished_at)
    assert found.latest.silence is None
    # What was shown before is no worse a match for it.
    assert found.latest.scores.counted == 7
    assert found.verdicts == 3


def test_the_numbers_of_the_latest_search_are_those_of_its_matches(product: Product) -> None:
    welcome(product)
    product.keep(asking(1, "Python"), asking(2, "Docker"), asking(3, "Java", title="Разработчик Java"))
    product.search()

    found = insights(product).latest.scores

    page = product.application.list_matches(telegram_id=ANNA, states=frozenset(MatchState), limit=9, offset=0)
    scores = sorted(match.assessment.score for match, _ in page.items)
    assert found.median == scores[1]
    assert found.reaching == {level: sum(score >= level for score in scores) for level in LEVELS}
    assert found.bands == tuple(sum(min(score // 10, 9) == band for score in scores) for band in range(10))


def test_a_search_under_way_or_failed_changes_nothing(product: Product) -> None:
    welcome(product)
    product.keep(asking(1, "Python"))
    product.search()
    before = insights(product)

    product.start(text="Python")

    assert insights(product) == before


def test_a_search_that_found_nothing_says_so(product: Product) -> None:
    welcome(product)
    run = product.search()

    latest = insights(product).latest

    assert (latest.run_id, latest.silence, latest.funnel) == (run.id, NoScores.NOTHING_FOUND, Funnel())


def test_what_did_not_fit_into_the_queue_was_found(product: Product) -> None:
    welcome(product)
    product.keep(*(asking(each, "Python") for each in range(LONGEST_QUEUE + 2)))
    run = product.search()

    found = insights(product)

    assert found.latest.funnel == found.searches
    assert found.latest.funnel.found == run.counts.found == LONGEST_QUEUE + 2
    assert found.latest.funnel.filtered == {FilterReason.BEYOND_LIMIT: 2}
    assert found.latest.scores.counted == LONGEST_QUEUE


def test_what_a_taste_moved_in_the_queue_is_counted(product: Product) -> None:
    welcome(product)
    product.keep(*(asking(each, "Python", title=f"Разработчик Python {each}") for each in range(1, 9)))
    product.search()
    judge(product, product.next().vacancy.id, Verdict.APPLIED)
    assert insights(product).latest.moved == 0

    product.clock.forward(timedelta(minutes=1))
    product.search(sources=("internal",))
    found = insights(product)
    product.application.forget_taste(telegram_id=ANNA)

    assert (found.verdicts, found.latest.moved) == (1, 7)
    assert insights(product).verdicts == 0


def test_the_market_is_the_one_of_the_recommendations(product: Product) -> None:
    offer(product, *(asking(each, "Python", "Docker") for each in range(1, 5)))
    offer(product, asking(5, "Excel", title="Тестировщик"), asking(6, "Excel", title="Водитель"))
    welcome(product)

    market, advised = insights(product).market, recommended(product)

    assert (market.vacancies, market.of_role) == (advised.market, advised.of_role) == (4, 4)
    assert [each.skill.name for each in market.missing] == [each.skill for each in advised.skills] == ["Docker"]


def test_skills_are_counted_by_how_they_are_asked_and_told_to_be_held_or_not(product: Product) -> None:
    offer(
        product,
        asking(1, "Python", "SQL", nice=("Docker",)),
        asking(2, "Python", "SQL", "Docker"),
        asking(3, "Python", "ПК", nice=("Docker",)),
    )
    welcome(product, skills=("Python", "PostgreSQL"))

    market = insights(product).market

    assert list(names(market.asked)) == ["Python", "Docker", "SQL"]
    assert names(market.asked) == {"Python": (3, 0, True), "Docker": (1, 2, False), "SQL": (2, 0, True)}
    assert [(each.skill.name, each.must, each.nice) for each in market.missing] == [("Docker", 1, 2)]


def test_a_language_held_is_missed_where_more_of_it_is_asked(product: Product) -> None:
    english = (Language(name="English", level=LanguageLevel.B1),)
    offer(product, *(asking(each, "Английский язык", level=LanguageLevel.B2) for each in (1, 2)))
    offer(product, asking(3, "Английский язык", level=LanguageLevel.A2))
    welcome(product, languages=english)

    market = insights(product).market

    assert names(market.asked) == {"Английский язык": (3, 0, True)}
    assert [(each.skill.name, each.must, each.level) for each in market.missing] == [
        ("Английский язык", 2, LanguageLevel.B2)
    ]


def test_the_skill_asked_most_comes_first(product: Product) -> None:
    every = ("Python", "Django", "SQL", "PostgreSQL", "Apache Kafka", "Redis", "Docker", "Excel")
    offer(product, *(asking(each, *every[:each]) for each in range(1, len(every) + 1)))
    welcome(product, skills=())

    market = insights(product).market

    assert [each.demand.skill.name for each in market.asked] == list(every)


def test_pay_is_that_of_the_role_and_the_wish_stands_in_it(product: Product) -> None:
    offer(
        product,
        *(asking(each, "Python", salary=SalaryRange(to=Decimal(each * 100_000))) for each in range(1, 6)),
        asking(6, "Python", salary=None),
        *(asking(each, title="Тестировщик", salary=SalaryRange(to=Decimal(1))) for each in range(7, 12)),
    )
    welcome(product, salary=Money(amount=Decimal(5_000), currency="USD"))

    pay = insights(product).market.pay

    assert (pay.telling, pay.quartiles) == (5, Quartiles(lower=200_000, median=300_000, upper=400_000))
    assert (pay.wished, pay.standing) == (450_000, Standing.ABOVE)


@pytest.mark.parametrize("salary", [None, Money(amount=Decimal(0), currency="RUB")])
def test_who_wishes_nothing_stands_nowhere(product: Product, salary: Money | None) -> None:
    offer(product, *(asking(each, "Python") for each in range(1, 6)))
    welcome(product, salary=salary)

    pay = insights(product).market.pay

    assert pay.quartiles is not None
    assert (pay.wished, pay.standing) == (None, None)


def test_pay_below_which_nothing_was_looked_for_is_told_with_it(product: Product) -> None:
    offer(product, asking(1, "Python"))
    welcome(product)
    assert insights(product).market.searched_from is None

    product.search(salary_from=Decimal(100_000))

    assert insights(product).market.searched_from == 100_000


def test_without_a_market_it_says_why(product: Product) -> None:
    welcome(product)
    nothing = insights(product).market
    product.keep(asking(1, "Excel", title="Водитель"))
    product.search()
    strangers = insights(product).market

    assert (nothing.silence, nothing.vacancies, nothing.asked, nothing.missing) == (Silence.NO_VACANCIES, 0, (), ())
    assert (strangers.silence, strangers.vacancies, strangers.of_role) == (Silence.OTHER_PROFESSIONS, 0, 0)
    assert (strangers.pay.telling, strangers.pay.quartiles) == (0, None)


def test_the_quality_is_the_one_that_its_own_question_is_answered(product: Product) -> None:
    welcome(product)

    assert insights(product).quality == product.application.show_quality(telegram_id=ANNA)
