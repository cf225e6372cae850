"""How a person's verdicts order what they are offered from the next search on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.errors import NotFound
from domain.identifiers import TelegramId, VacancyId
from domain.resumes.content import WorkFormat
from domain.search.match import UNMOVED, Match, Verdict
from domain.vacancies.vacancy import ExperienceAsked, SalaryRange
from tests.builders import ANNA, BORIS, a_vacancy
from tests.domain.product import Product


@pytest.fixture
def searched(product: Product) -> Product:
    """A product where Anna was shown the first of six vacancies of one score; odd and even ones are of two kinds."""
    product.welcome_with_resume(work_format=None, salary=None)
    for number in range(1, 7):
        odd = number % 2 == 1
        product.keep(
            a_vacancy(
                id=f"internal-{number}",
                company=f"Вымысел {number}",
                title=f"Старший разработчик Python {number}",
                work_format=WorkFormat.OFFICE if odd else WorkFormat.FIELD,
                experience=ExperienceAsked(least=3 if odd else 1),
                salary=SalaryRange(to=Decimal(90_000 if odd else 500_000)),
            )
        )
    product.search()
    product.next()
    return product


def _judge(product: Product, verdict: Verdict, vacancy_id: str = "internal-1") -> None:
    product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=VacancyId(vacancy_id), verdict=verdict)


def _waiting(product: Product) -> list[Match]:
    """Search anew; return what waits then, in order."""
    run = product.search(sources=("internal",))
    export = product.application.export_user(telegram_id=ANNA)
    of_run = [match for match in export.matches if match.run_id == run.id and match.place is not None]
    return sorted(of_run, key=lambda match: match.place or 0)


def _ids(matches: list[Match]) -> list[str]:
    return [match.vacancy_id.removeprefix("internal-") for match in matches]


def test_without_verdicts_the_order_is_that_of_the_score(searched: Product) -> None:
    waiting = _waiting(searched)

    assert _ids(waiting) == ["2", "3", "4", "5", "6"]
    assert {match.shift for match in waiting} == {UNMOVED}


def test_what_is_like_a_vacancy_liked_comes_first_in_the_next_search(searched: Product) -> None:
    _judge(searched, Verdict.LIKE)

    waiting = _waiting(searched)

    assert _ids(waiting)[:2] == ["3", "5"]
    assert waiting[0].shift.points > waiting[-1].shift.points > 0
    assert waiting[0].reasons[-1].code == "liked_skills"


def test_what_is_like_a_vacancy_passed_on_comes_last(searched: Product) -> None:
    _judge(searched, Verdict.DISLIKE)

    waiting = _waiting(searched)

    assert _ids(waiting)[-2:] == ["3", "5"]
    assert waiting[-1].shift.points < 0
    assert waiting[-1].reasons[-1].code == "passed_skills"


def test_verdicts_change_no_score_and_no_skills_match(searched: Product) -> None:
    before = {match.vacancy_id: match.assessment for match in _waiting(searched)}

    _judge(searched, Verdict.LIKE)

    assert {match.vacancy_id: match.assessment for match in _waiting(searched)} == before


def test_a_verdict_taken_back_moves_nothing(searched: Product) -> None:
    _judge(searched, Verdict.LIKE)
    _judge(searched, Verdict.UNDO)

    assert {match.shift for match in _waiting(searched)} == {UNMOVED}


def test_one_persons_verdicts_move_nothing_for_another(searched: Product) -> None:
    searched.welcome_with_resume(BORIS)
    _judge(searched, Verdict.LIKE)

    searched.search(BORIS)

    assert searched.next(telegram_id=BORIS).match.shift == UNMOVED


def test_a_taste_forgotten_moves_nothing_until_the_next_verdict(searched: Product) -> None:
    _judge(searched, Verdict.LIKE)

    searched.application.forget_taste(telegram_id=ANNA)

    assert {match.shift for match in _waiting(searched)} == {UNMOVED}
    assert searched.next().vacancy.id == "internal-2"
    _judge(searched, Verdict.LIKE, "internal-2")
    assert _ids(_waiting(searched))[:2] == ["4", "6"]


def test_a_taste_forgotten_does_not_come_back_with_an_undo(searched: Product) -> None:
    _judge(searched, Verdict.LIKE)
    searched.application.forget_taste(telegram_id=ANNA)

    _judge(searched, Verdict.DISLIKE)
    _judge(searched, Verdict.UNDO)

    assert {match.shift for match in _waiting(searched)} == {UNMOVED}


def test_an_employer_hidden_stays_hidden_when_the_taste_is_forgotten(searched: Product) -> None:
    searched.keep(a_vacancy(id="internal-9", company="Вымысел 1", title="Разработчик Python 9"))
    _judge(searched, Verdict.HIDE_EMPLOYER)
    searched.application.forget_taste(telegram_id=ANNA)

    run = searched.search(sources=("internal",))

    assert run.counts.filtered == {"already_shown": 1, "employer_hidden": 1}


def test_verdicts_on_vacancies_that_are_gone_teach_nothing(searched: Product) -> None:
    _judge(searched, Verdict.LIKE)
    with searched.store() as tx:
        gone = tx.vacancies.get(VacancyId("internal-1"))
        tx.vacancies.save([a_vacancy(id=gone.id, title="Водитель", asks=(), company=None)])

    assert _waiting(searched)[0].reasons[-1].code != "liked_skills"


def test_the_taste_of_somebody_unknown_is_not_forgotten(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.application.forget_taste(telegram_id=TelegramId(1))
