"""The score of a résumé, made of the rubric's lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.insights.quality import JUDGES, ShowQuality
from domain.insights.rubric import POSSIBLE, QUALITY_VERSION, Criterion
from domain.resumes.content import ResumeContent
from tests.builders import ANNA
from tests.domain.insights.judging import a_good_resume, a_job, judged
from tests.domain.instruments import MEASURES
from tests.domain.product import Product

OF_WORK = {Criterion.EXPERIENCE, Criterion.RESULTS, Criterion.PROOF, Criterion.DATES, Criterion.LENGTH}


def show_quality(product: Product) -> ShowQuality:
    return ShowQuality(product.store, product.clock, MEASURES)


def test_the_rubric_has_a_hundred_points_and_a_judge_for_each_line() -> None:
    assert sum(POSSIBLE.values()) == 100
    assert list(JUDGES) == list(POSSIBLE) == list(Criterion)


def test_a_resume_without_fault_has_a_hundred_and_no_advice() -> None:
    quality = judged(a_good_resume())

    assert quality.score == 100
    assert [line for line in quality.lines if line.advice] == []
    assert quality.version == QUALITY_VERSION


def test_a_resume_that_says_nothing_has_next_to_none() -> None:
    quality = judged(ResumeContent())

    assert quality.score == 0
    assert {line.criterion for line in quality.lines if line.applicable} == {
        Criterion.CONTACTS, Criterion.TARGET, Criterion.CONDITIONS, Criterion.SKILLS, Criterion.LANGUAGES,
        Criterion.EDUCATION,
    }  # fmt: skip


def test_what_does_not_apply_to_a_first_resume_costs_nothing() -> None:
    student = a_good_resume(experience=(), years_experience=0, summary="Пишу курсовую о базах данных.")

    quality = judged(student)

    assert quality.score == 100
    assert {line.criterion for line in quality.lines if not line.applicable} == OF_WORK


@pytest.mark.parametrize("says", [{"years_experience": 3}, {"current_position": "Сторож"}])
def test_whoever_says_they_worked_is_judged_by_it(says: dict[str, object]) -> None:
    quality = judged(a_good_resume(**{"experience": (), "years_experience": None, **says}))

    assert {line.criterion for line in quality.lines if not line.points} == OF_WORK | {Criterion.READABILITY}


def test_each_advice_tells_what_it_would_bring() -> None:
    lacking = a_good_resume(salary=None, languages=())
    quality = judged(lacking)

    assert quality.score == 92
    assert [(advice.code, advice.gain) for line in quality.lines for advice in line.advice] == [
        ("salary_missing", 3.0),
        ("languages_missing", 5.0),
    ]


def test_the_gain_is_in_points_of_the_score_not_of_the_line() -> None:
    student = a_good_resume(experience=(), years_experience=None, languages=())

    (advice,) = (advice for line in judged(student).lines for advice in line.advice)

    assert advice.gain == round(100 * 5 / 37, 1)
    assert judged(student).score == 100 - round(100 * 5 / 37)


def test_of_one_line_the_most_gainful_advice_comes_first() -> None:
    jobs = (a_job("Вёл 3 отдела и 2 склада."), a_job(), a_job())

    (line,) = (line for line in judged(a_good_resume(experience=jobs)).lines if line.criterion is Criterion.RESULTS)

    assert [advice.code for advice in line.advice] == ["results_missing", "outcomes_missing"]
    assert sum(advice.gain for advice in line.advice) == pytest.approx(line.possible - line.points, abs=0.11)


def test_advice_that_brings_nothing_is_not_given() -> None:
    short = "Вёл дела. " * 400
    text = short + " ".join(["слово"] * 36)

    quality = judged(a_good_resume(experience=(a_job(text[-4000:]),), summary=short))

    assert "sentences_long" not in {advice.code for line in quality.lines for advice in line.advice}


def test_the_quality_of_the_resume_that_counts_is_shown(product: Product) -> None:
    product.welcome_with_resume(languages=())

    before = show_quality(product)(telegram_id=ANNA)
    product.edit(languages=a_good_resume().languages)
    after = show_quality(product)(telegram_id=ANNA)

    assert after.score == before.score + 5


def test_the_profile_says_how_to_reach_a_person(product: Product) -> None:
    product.welcome_with_resume(contact=ResumeContent().contact)

    quality = show_quality(product)(telegram_id=ANNA)

    assert quality.lines[0].points == POSSIBLE[Criterion.CONTACTS]


def test_the_clock_says_what_is_still_to_come(product: Product) -> None:
    product.welcome_with_resume(experience=(a_job(start="2026-04"),), years_experience=None)
    before = show_quality(product)(telegram_id=ANNA)

    product.clock.forward(timedelta(days=60))
    after = show_quality(product)(telegram_id=ANNA)

    assert [line.criterion for line, then in zip(before.lines, after.lines, strict=True) if line != then] == [
        Criterion.DATES
    ]


def test_without_a_resume_there_is_no_quality(product: Product) -> None:
    with pytest.raises(NotFound) as nobody:
        show_quality(product)(telegram_id=ANNA)
    product.welcome()
    with pytest.raises(NotFound) as nothing:
        show_quality(product)(telegram_id=ANNA)

    assert (nobody.value.code, nothing.value.code) == ("user_not_found", "resume_not_found")
