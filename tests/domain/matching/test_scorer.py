"""How a score is put together: parts, caps, reasons, order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.matching.assessment import Aspect, Assessment, Part, Verdict
from domain.matching.measures import Measures
from domain.matching.requirements import Requirement
from domain.matching.scorer import SCORER_VERSION, Scorer, best_first, without_lines
from domain.matching.weighing import CAPS, POSSIBLE, SILENCE
from domain.resumes.content import Experience, ResumeContent
from domain.vacancies.vacancy import ExperienceAsked, SalaryRange, Vacancy
from tests.builders import a_resume_content, a_vacancy, an_assessment
from tests.domain.instruments import MEASURES, FixedSimilarity, measures_with


def _assessed(resume: ResumeContent, vacancy: Vacancy, measures: Measures = MEASURES) -> Assessment:
    (assessment,) = Scorer(measures).assess(resume, [vacancy])
    return assessment


def _asking(*skills: str, nice: tuple[str, ...] = ()) -> tuple[Requirement, ...]:
    musts = tuple(Requirement(skill=name, must=True, words=f"нужен {name}") for name in skills)
    return musts + tuple(Requirement(skill=name, must=False, words=f"{name} плюс") for name in nice)


def _silent_vacancy(**changes: Any) -> Vacancy:
    silent: dict[str, Any] = {
        "salary": None,
        "area": None,
        "work_format": None,
        "experience": None,
        "responsibilities": "",
        "requirements": "",
        "description": "",
        "skills": (),
        "asks": (),
    }
    return a_vacancy(**(silent | changes))


def _points(assessment: Assessment) -> dict[Aspect, float]:
    return {part.aspect: part.points for part in assessment.parts}


def _part(points: float) -> Part:
    return Part(aspect=Aspect.ROLE, points=points, possible=40, known=True)


def test_a_perfect_pair_scores_a_hundred() -> None:
    resume = a_resume_content(
        desired_position="Разработчик Python",
        region="Казань",
        skills=("Python", "Docker"),
        experience=(Experience(position="Разработчик Python"),),
        summary=None,
    )
    vacancy = a_vacancy(
        experience=ExperienceAsked(least=3),
        asks=_asking("Python", "Docker"),
        work_format=None,
        responsibilities="Разработчик Python",
        requirements="",
        description="",
        skills=(),
    )
    assessment = _assessed(resume, vacancy, measures_with(FixedSimilarity(1.0)))

    assert assessment.score >= 97
    assert assessment.skills_match == 100
    assert assessment.caps == ()
    assert assessment.scorer_version == SCORER_VERSION


def test_the_parts_name_every_aspect_and_add_up_to_a_hundred_at_most() -> None:
    assessment = _assessed(a_resume_content(), a_vacancy())

    assert {part.aspect: part.possible for part in assessment.parts} == POSSIBLE
    assert sum(POSSIBLE.values()) == 100
    assert assessment.score <= round(sum(part.points for part in assessment.parts))


def test_silence_earns_its_share_and_is_told_apart() -> None:
    assessment = _assessed(ResumeContent(), _silent_vacancy())

    assert all(part.points == round(SILENCE * part.possible, 2) and not part.known for part in assessment.parts)
    assert assessment.score == round(100 * SILENCE)
    assert assessment.skills_match is None
    assert assessment.lines == ()
    assert [reason.code for reason in assessment.reasons] == ["little_is_known"]
    assert assessment.reasons[0].data == {"aspects": ["role", "skills", "experience", "place", "salary"]}


def test_a_missing_licence_caps_the_score() -> None:
    driver = a_resume_content(desired_position="Водитель", skills=("Docker",))
    vacancy = a_vacancy(title="Водитель", asks=_asking("Docker", "Docker", "Права категории C"), area=None)

    capped = _assessed(driver, vacancy, measures_with(FixedSimilarity(1.0)))

    assert capped.caps == ("licence_missing",)
    assert capped.score <= CAPS["licence_missing"] < sum(part.points for part in capped.parts)
    assert capped.reasons[0].code == "cap_licence_missing"


def test_who_has_worked_in_the_role_is_not_taken_to_lack_its_licence() -> None:
    vacancy = a_vacancy(title="Водитель", asks=_asking("Docker", "Права категории C"))
    resume = a_resume_content(desired_position="Водитель", current_position="Водитель", skills=("Docker",))

    assessment = _assessed(resume, vacancy)
    unsaid = [(line.verdict, line.proof) for line in assessment.lines if line.subject == "Права категории C"]

    assert assessment.caps == ()
    assert unsaid == [(Verdict.UNKNOWN, "Водитель")]
    assert assessment.missing_skills == ()
    assert assessment.skills_match == 50
    told = {reason.code: reason.data for reason in assessment.reasons}
    assert told["skills_matched"] == {"count": 1, "total": 2, "names": ["Docker"]}
    assert told["skills_unknown"] == {"count": 1, "names": ["Права категории C"]}


def test_a_licence_held_or_only_nice_to_have_caps_nothing() -> None:
    holder = a_resume_content(desired_position="Водитель", skills=("категория C",))
    other = a_resume_content(desired_position="Водитель", skills=())

    assert _assessed(holder, a_vacancy(title="Водитель", asks=_asking("Права категории C"))).caps == ()
    assert _assessed(other, a_vacancy(title="Водитель", asks=_asking(nice=("Права категории C",)))).caps == ()


def test_another_profession_caps_the_score() -> None:
    accountant = a_resume_content(desired_position="Бухгалтер")

    capped = _assessed(accountant, a_vacancy(title="Водитель", experience=None, asks=_asking("Python", "PostgreSQL")))

    assert capped.caps == ("other_profession",)
    assert capped.score <= CAPS["other_profession"]
    assert capped.score < sum(part.points for part in capped.parts)


def test_two_levels_of_seniority_apart_cap_the_score() -> None:
    vacancy = a_vacancy(title="Ведущий разработчик Python", experience=None)
    measures = measures_with(FixedSimilarity(1.0))

    far = _assessed(a_resume_content(desired_position="Middle разработчик Python"), vacancy, measures)
    near = _assessed(a_resume_content(desired_position="Старший разработчик Python"), vacancy, measures)

    assert far.caps == ("seniority_gap",)
    assert far.score <= CAPS["seniority_gap"] < sum(part.points for part in far.parts)
    assert near.caps == ()
    assert near.score > far.score


def test_of_several_caps_the_lowest_binds() -> None:
    intern = a_resume_content(desired_position="Стажёр бухгалтер", skills=())

    capped = _assessed(intern, a_vacancy(title="Ведущий водитель", asks=_asking("Права категории C")))

    assert capped.caps == ("licence_missing", "other_profession", "seniority_gap")
    assert capped.score <= min(CAPS.values())
    assert [reason.code for reason in capped.reasons[:3]] == [f"cap_{cap}" for cap in capped.caps]


def test_vacancies_under_one_limit_keep_their_order() -> None:
    accountant = a_resume_content(desired_position="Бухгалтер")
    few, many = (
        _assessed(accountant, a_vacancy(title="Водитель", experience=None, asks=_asking(*skills)))
        for skills in (("Docker", "Excel", "Python"), ("Python", "PostgreSQL"))
    )

    assert few.caps == many.caps == ("other_profession",)
    assert few.score < many.score


@pytest.mark.parametrize(
    ("cap", "code", "vacancy"),
    [
        ("far_away", "other_place", {"area": "Казань"}),
        ("pay_far_below", "salary_low", {"salary": SalaryRange(to=Decimal(50_000))}),
        ("experience_far_below", "experience_short", {"experience": ExperienceAsked(least=9)}),
    ],
)
def test_what_stands_in_the_way_limits_the_score_and_is_told_first_by_its_own_reason(
    cap: str, code: str, vacancy: dict[str, Any]
) -> None:
    resume = a_resume_content(region="Химки", years_experience=4, work_format=None)
    near = _silent_vacancy(title=resume.desired_position)

    free, limited = (_assessed(resume, each) for each in (near, replace(near, **vacancy)))

    assert limited.caps == (cap,)
    assert limited.score <= CAPS[cap]
    assert limited.score < free.score
    assert limited.reasons[0].code == code
    assert [reason.code for reason in limited.reasons].count(code) == 1


def test_every_limit_is_told_and_the_tightest_alone_multiplies() -> None:
    resume = a_resume_content(region="Химки", work_format=None)
    near = _silent_vacancy(title=resume.desired_position)

    assessment = _assessed(
        resume,
        replace(near, area="Казань", salary=SalaryRange(to=Decimal(50_000)), experience=ExperienceAsked(least=50)),
    )

    assert [(limit.code, limit.times) for limit in assessment.limits if limit.code != "level"] == [
        ("experience", 0.447),
        ("far_away", 1.0),
        ("pay_far_below", 1.0),
    ]


def test_a_floor_of_pay_alone_limits_nothing() -> None:
    near = _silent_vacancy(title=a_resume_content().desired_position, salary=SalaryRange(from_=Decimal(1)))

    assert _assessed(a_resume_content(), near).limits == ()


def test_reasons_are_few_and_keep_back_nothing_that_speaks_against() -> None:
    assessment = _assessed(a_resume_content(), a_vacancy())
    codes = [reason.code for reason in assessment.reasons]

    assert codes == ["role_fits", "skills_matched", "not_remote", "skills_missing"]


def test_similarity_is_asked_with_the_story_and_never_with_the_skill_list() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    class Listening:
        model = "listening-1"

        def between(self, text: str, others: Any) -> None:
            asked.append((text, tuple(others)))

    resume = ResumeContent(
        desired_position="Тестировщик",
        current_position="Стажёр",
        skills=("Redis",),
        experience=(Experience(position="Практикант", company="Тайна", description="Проверял кассы."),),
        summary="Внимателен.",
    )
    _assessed(
        resume,
        _silent_vacancy(title="Тестировщик", skills=("Redis",), description="Проверять."),
        measures_with(Listening()),
    )

    assert asked == [
        ("Тестировщик\nСтажёр\nПрактикант\nПроверял кассы.\nВнимателен.", ("Тестировщик\nRedis\nПроверять.",)),
    ]


def test_of_titles_similarity_is_asked_only_where_the_catalogue_does_not_know_one() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    class Listening:
        model = "listening-1"

        def between(self, text: str, others: Any) -> list[float]:
            asked.append((text, tuple(others)))
            return [0.5] * len(others)

    vacancies = [_silent_vacancy(title="Водитель"), _silent_vacancy(title="Флорист")]
    Scorer(measures_with(Listening())).assess(ResumeContent(desired_position="Водитель"), vacancies)

    assert [others for _, others in asked] == [("Водитель", "Флорист"), ("Флорист",)]


def test_similarity_is_not_asked_for_a_résumé_without_a_story() -> None:
    silent, told = FixedSimilarity(1.0), FixedSimilarity(0.0)

    assert _assessed(ResumeContent(), a_vacancy(), measures_with(silent)) == _assessed(
        ResumeContent(), a_vacancy(), measures_with(told)
    )


def test_every_vacancy_gets_its_own_assessment_in_the_order_given() -> None:
    vacancies = [a_vacancy(title="Водитель"), a_vacancy(), a_vacancy(title="Бухгалтер", asks=())]

    together = Scorer(MEASURES).assess(a_resume_content(), vacancies)

    assert together == [_assessed(a_resume_content(), vacancy) for vacancy in vacancies]
    assert Scorer(MEASURES).assess(a_resume_content(), []) == []


def test_the_best_comes_first_and_ties_are_broken_by_id() -> None:
    pairs = [
        (a_vacancy(id="internal-3"), an_assessment(score=50)),
        (a_vacancy(id="internal-2"), an_assessment(score=80)),
        (a_vacancy(id="internal-1"), an_assessment(score=50)),
    ]

    assert [vacancy.id for vacancy, _ in best_first(pairs)] == ["internal-2", "internal-1", "internal-3"]
    assert best_first(pairs[::-1]) == best_first(pairs)


def test_ties_are_broken_by_the_points_that_a_limit_cut() -> None:
    far = replace(an_assessment(score=55), parts=(_part(30.0),), caps=("seniority_gap",))
    near = replace(far, parts=(_part(39.5),))

    ordered = best_first([(a_vacancy(id="internal-1"), far), (a_vacancy(id="internal-2"), near)])

    assert [vacancy.id for vacancy, _ in ordered] == ["internal-2", "internal-1"]


@pytest.mark.parametrize(
    ("wished", "title", "data"),
    [
        (
            "Ведущий разработчик Python",
            "Junior разработчик Python",
            {"way": "lower", "offered": "junior", "own": "lead"},
        ),
        (
            "Junior разработчик Python",
            "Ведущий разработчик Python",
            {"way": "higher", "offered": "lead", "own": "junior"},
        ),
    ],
)
def test_the_limit_of_seniority_says_which_way_the_level_differs(wished: str, title: str, data: dict[str, str]) -> None:
    assessment = _assessed(a_resume_content(desired_position=wished), a_vacancy(title=title, experience=None))

    assert assessment.reasons[0].code == "cap_seniority_gap"
    assert assessment.reasons[0].data == data
    assert [limit.data for limit in assessment.limits if limit.code == "level"] == [data]
    assert "other_level" not in [reason.code for reason in assessment.reasons]


def test_a_limit_of_level_by_years_names_no_level() -> None:
    vacancy = _silent_vacancy(title="Разработчик Python", experience=ExperienceAsked(least=0))

    (limit,) = _assessed(a_resume_content(years_experience=8), vacancy).limits

    assert (limit.code, limit.data) == ("level", {"way": "lower", "offered": "years", "own": "years"})


def test_an_assessment_without_lines_keeps_all_the_rest() -> None:
    assessment = an_assessment()

    bare = without_lines(assessment)

    assert bare.lines == ()
    assert (bare.score, bare.parts, bare.reasons) == (assessment.score, assessment.parts, assessment.reasons)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1)])
def test_a_wish_for_no_pay_at_all_is_taken_for_silence(amount: Decimal) -> None:
    salary = a_resume_content().salary
    assert salary is not None
    wish = type(salary)(amount=amount, currency="RUB")

    assert _points(_assessed(a_resume_content(salary=wish), a_vacancy()))[Aspect.SALARY] == round(
        POSSIBLE[Aspect.SALARY] * SILENCE, 2
    )


def test_what_else_speaks_for_the_vacancy_comes_after_what_speaks_against_it() -> None:
    vacancy = a_vacancy(work_format=None, salary=None, asks=_asking("Python"))

    reasons = _assessed(a_resume_content(region="Казань", years_experience=1), vacancy).reasons

    assert [reason.code for reason in reasons] == ["experience_short", "role_fits", "skills_matched", "place_fits"]


def test_the_less_is_asked_the_less_the_match_tells() -> None:
    resume = a_resume_content(skills=("Python", "Docker", "Redis"))
    asked = ((), ("Python",), ("Python", "Docker"), ("Python", "Docker", "Redis"))

    assessed = [_assessed(resume, a_vacancy(asks=_asking(*names))) for names in asked]

    nothing, one, two, three = ({part.aspect: part.points for part in each.parts}[Aspect.SKILLS] for each in assessed)
    assert nothing < one < two == three == POSSIBLE[Aspect.SKILLS]
    assert one - nothing == two - one
