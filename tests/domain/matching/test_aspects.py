"""Role, seniority and experience: what agrees, what contradicts, what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from domain.matching import aspects
from domain.matching.applicant import Applicant, measured
from domain.matching.assessment import Aspect, Finding, Verdict
from domain.matching.opening import Opening, opening_of
from domain.matching.requirements import Requirement
from domain.matching.role import OTHER_PROFESSION, Nearness, position_held, role, role_share
from domain.resumes.content import Experience, ResumeContent
from domain.vacancies.vacancy import ExperienceAsked, Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def _applicant(**says: Any) -> Applicant:
    return measured(ResumeContent(**says), MEASURES)


def _role(wished: str | None, title: str, *, nearness: float | None = 1.0, skills: tuple[str, ...] = ()) -> Finding:
    return _compared(
        _applicant(desired_position=wished, skills=skills),
        _silent_vacancy(title=title),
        Nearness(of_titles=nearness, of_texts=nearness),
    )


def _compared(applicant: Applicant, vacancy: Vacancy, nearness: Nearness) -> Finding:
    opening = opening_of(vacancy, MEASURES)
    return role(applicant, opening, vacancy, role_share(applicant, opening, nearness, MEASURES))


def _opening(**says: Any) -> Opening:
    return opening_of(a_vacancy(**says), MEASURES)


def _silent_vacancy(**says: Any) -> Vacancy:
    silent = {"asks": (), "skills": (), "requirements": "", "responsibilities": "", "description": ""}
    return a_vacancy(**{**silent, **says})


def _share(finding: Finding) -> float:
    assert finding.share is not None
    return finding.share


def _verdict(finding: Finding) -> Verdict | None:
    return finding.lines[0].verdict if finding.lines else None


def test_the_same_role_fits_and_is_proved_by_the_position_wished() -> None:
    finding = _role("Разработчик", "Developer")

    assert _share(finding) > 0.75
    assert (finding.lines[0].subject, finding.lines[0].verdict) == ("backend_developer", Verdict.MET)
    assert (finding.lines[0].aspect, finding.lines[0].must) == (Aspect.ROLE, True)
    assert (finding.lines[0].asked, finding.lines[0].proof) == ("Developer", "Разработчик")
    assert finding.reason is not None
    assert (finding.reason.code, finding.reason.data) == ("role_fits", {"wished": "Разработчик"})


def test_the_nearer_the_role_the_more_it_earns() -> None:
    same = _role("Разработчик", "Разработчик")
    other_technology = _role("Разработчик", "Разработчик Python")
    kin = _role("Тестировщик", "Разработчик")
    unrelated = _role("Бухгалтер", "Разработчик")

    assert _share(same) > _share(other_technology) > _share(kin) > _share(unrelated)
    assert [_verdict(finding) for finding in (same, other_technology, kin, unrelated)] == [
        Verdict.MET,
        Verdict.UNMET,
        Verdict.UNMET,
        Verdict.UNMET,
    ]


def test_a_title_of_several_roles_fits_by_any_of_them_and_best_by_the_first() -> None:
    first = _share(_role("Водитель / бухгалтер", "Водитель"))
    second = _share(_role("Водитель / бухгалтер", "Бухгалтер"))
    neither = _share(_role("Водитель / бухгалтер", "Разработчик"))

    assert first > second > neither
    assert _verdict(_role("Водитель / бухгалтер", "Бухгалтер")) is Verdict.MET


def test_a_developer_who_wishes_another_technology_than_is_asked_is_told_so() -> None:
    asks = (Requirement(skill="Django", must=True, words="Django"),)
    vacancy = _silent_vacancy(title="Разработчик", asks=asks)

    redis = _compared(_applicant(desired_position="Разработчик Redis"), vacancy, Nearness())
    django = _compared(_applicant(desired_position="Разработчик Django"), vacancy, Nearness())

    assert _share(redis) < _share(django)


def test_only_what_code_is_written_in_sets_developers_apart() -> None:
    assert _share(_role("Разработчик", "Разработчик Docker")) == _share(_role("Разработчик", "Разработчик"))
    assert _share(_role("Водитель", "Водитель Python")) == _share(_role("Водитель", "Водитель"))


def test_a_role_of_another_technology_says_so() -> None:
    finding = _role("Разработчик Redis", "Разработчик Python и Docker")

    assert (finding.lines[0].subject, finding.lines[0].proof) == ("technology", "Разработчик Redis")
    assert finding.reason is not None
    assert (finding.reason.code, finding.reason.data) == ("other_technology", {"names": ["Docker", "Python"]})


@pytest.mark.parametrize(
    ("wished", "title"),
    [("Тестировщик", "Разработчик Python"), ("Флорист", "Флорист салона"), ("Бухгалтер", "Флорист")],
)
def test_another_role_gives_no_reason_of_technology(wished: str, title: str) -> None:
    reason = _role(wished, title, nearness=0.0).reason

    assert reason is None or reason.code == "role_fits"


def test_a_technology_of_the_title_that_the_person_knows_costs_nothing() -> None:
    assert _role("Разработчик", "Разработчик Python", skills=("Django",)).share == 1.0


def test_the_position_held_stands_in_for_one_not_wished() -> None:
    finding = _compared(_applicant(current_position="Водитель"), _silent_vacancy(title="Водитель"), Nearness())

    assert finding.lines[0].proof == "Водитель"


def test_titles_outside_the_catalogue_are_compared_by_words_and_meaning() -> None:
    assert _role("Флорист салона", "флорист салона").share == 1.0
    assert _share(_role("Флорист", "Разработчик", nearness=0.0)) < OTHER_PROFESSION
    assert _share(_role("Флорист", "Цветочник", nearness=0.9)) > _share(_role("Флорист", "Цветочник", nearness=0.1))
    by_words = _role("Флорист салона", "Флорист магазина", nearness=None)
    assert by_words.lines[0].subject == "role"
    assert _share(by_words) == _share(_role("Флорист магазина", "Флорист салона", nearness=None))


def test_titles_without_a_single_word_have_nothing_in_common() -> None:
    assert _role("и", "и", nearness=0.0).share == 0.0
    assert _role("и", "и", nearness=None).share == 0.0


def test_without_a_model_the_words_of_the_stories_are_compared() -> None:
    applicant = _applicant(desired_position="Водитель", summary="вожу грузы")

    near = _compared(applicant, _silent_vacancy(title="Водитель", responsibilities="вожу грузы"), Nearness())
    far = _compared(applicant, _silent_vacancy(title="Driver", responsibilities="Прочее"), Nearness())

    assert near.share == 1.0
    assert far.share == 0.7


def test_a_model_that_reads_the_stories_weighs_more_than_their_words() -> None:
    applicant = _applicant(desired_position="Водитель", summary="вожу грузы")
    strange = _silent_vacancy(title="Driver", responsibilities="Прочее")
    same = _silent_vacancy(title="Водитель", responsibilities="вожу грузы")

    meant = _compared(applicant, strange, Nearness(of_texts=1.0))
    worded = _compared(applicant, same, Nearness(of_texts=0.0))

    assert _share(meant) > _share(worded)


def test_without_a_position_the_stories_alone_are_compared_and_nothing_is_claimed() -> None:
    applicant = _applicant(summary="вожу грузы")

    finding = _compared(applicant, _silent_vacancy(title="вожу грузы"), Nearness())

    assert finding.share == 1.0
    assert _verdict(finding) is Verdict.UNKNOWN
    assert finding.reason is None


def test_a_résumé_without_a_position_and_a_story_says_nothing_of_the_role() -> None:
    assert _compared(_applicant(), a_vacancy(), Nearness()) == Finding()


def test_a_similarity_is_quantised() -> None:
    share = _share(_role("Разработчик", "Разработчик", nearness=0.123456789))

    assert share == round(share, 3)


@pytest.mark.parametrize(
    ("says", "title", "held"),
    [
        ({"current_position": "Водитель"}, "Driver", "Водитель"),
        ({"experience": (Experience(position="Водитель"),)}, "Водитель", "Водитель"),
        ({"desired_position": "Водитель"}, "Водитель", None),
        ({"current_position": "Разработчик"}, "Тестировщик", None),
        ({"current_position": "Флорист"}, "Флорист", None),
    ],
)
def test_a_role_is_held_where_a_position_held_is_as_good_as_the_same(says: Any, title: str, held: str | None) -> None:
    assert position_held(_applicant(**says), _opening(title=title), MEASURES.titles) == held


@pytest.mark.parametrize(
    ("wished", "years", "title", "asked", "above"),
    [
        ("Старший разработчик", None, "Младший разработчик", None, -2),
        ("Стажёр разработчик", None, "Руководитель разработчиков", None, 5),
        ("Разработчик", 0.5, "Старший разработчик", None, 2),
        ("Разработчик", 1, "Старший разработчик", None, 1.3),
        ("Разработчик", 2.9, "Разработчик", 3, 0.8),
        ("Разработчик", 3, "Разработчик", 3, 0.1),
        ("Разработчик", 8, "Разработчик", 6, 0.2),
        ("Ведущий разработчик", None, "Разработчик", 0.5, -3),
        ("Ведущий разработчик", None, "Разработчик", 0, -3),
        ("Ведущий разработчик", None, "Разработчик", 1, -2.3),
        ("Старший разработчик", None, "Разработчик", None, 0),
        ("Разработчик", None, "Старший разработчик", None, 0),
        (None, 10, "Младший разработчик", None, -2),
        (None, None, "Младший разработчик", None, 0),
    ],
)
def test_levels_of_seniority_are_read_from_titles_and_else_from_years(
    wished: str | None, years: float | None, title: str, asked: float | None, above: float
) -> None:
    opening = _opening(title=title, experience=None if asked is None else ExperienceAsked(least=asked))

    assert aspects.gap(_applicant(desired_position=wished, years_experience=years), opening).levels == above


def test_up_to_some_years_asks_for_their_half() -> None:
    asked = _opening(title="Разработчик", experience=ExperienceAsked(least=0, most=3))

    assert aspects.gap(_applicant(desired_position="Разработчик", years_experience=1), asked).levels == 0


@pytest.mark.parametrize("years", [1, 2, 4, 7, 15])
def test_the_fewer_years_are_asked_the_more_it_limits_who_has_more_and_never_by_much(years: float) -> None:
    applicant = _applicant(desired_position="Разработчик", years_experience=years)
    asked = [each for each in (6, 5, 3, 1, 0) if each <= years]

    times = [
        aspects.gap(applicant, _opening(title="Разработчик", experience=ExperienceAsked(least=each))).times
        for each in asked
    ]

    assert times == sorted(times, reverse=True)
    assert times[0] == 1.0
    assert times[-1] > 0.9


def test_the_next_years_are_usual_and_limit_nothing() -> None:
    def times(years: float, least: float) -> float:
        applicant = _applicant(desired_position="Разработчик", years_experience=years)
        return aspects.gap(applicant, _opening(title="Разработчик", experience=ExperienceAsked(least=least))).times

    assert times(5, 1) == times(6, 1) == times(5, 3) == times(3, 3) == 1.0
    assert times(5, 0) < 1.0
    assert times(0, 0) == 1.0


def test_for_an_intern_nobody_asks_for_less_than_no_experience() -> None:
    opening = _opening(title="Разработчик", experience=ExperienceAsked(least=0))

    assert aspects.gap(_applicant(desired_position="Стажёр разработчик"), opening).times == 1.0


@pytest.mark.parametrize(
    ("wished", "title", "data"),
    [
        ("Разработчик", "Ведущий разработчик", {"way": "higher", "offered": "lead", "own": "middle"}),
        ("Ведущий разработчик", "Старший разработчик", {"way": "lower", "offered": "senior", "own": "lead"}),
    ],
)
def test_a_role_on_another_level_does_not_fit_as_it_is(wished: str, title: str, data: dict[str, str]) -> None:
    applicant = _applicant(desired_position=wished, years_experience=4)

    finding = _compared(applicant, a_vacancy(title=title), Nearness(of_texts=1.0))

    assert (finding.lines[0].subject, finding.lines[0].verdict) == ("level", Verdict.UNMET)
    assert finding.reason is not None
    assert (finding.reason.code, finding.reason.data) == ("other_level", data)


def test_years_alone_make_no_other_level_of_a_role() -> None:
    applicant = _applicant(desired_position="Ведущий разработчик")
    vacancy = a_vacancy(title="Разработчик", experience=ExperienceAsked(least=1))

    assert _verdict(_compared(applicant, vacancy, Nearness(of_texts=1.0))) is Verdict.MET


def test_enough_years_fit() -> None:
    finding = aspects.experience(
        _applicant(years_experience=5.5), a_vacancy(experience=ExperienceAsked(least=3, most=6))
    )

    assert finding.share == 1.0
    assert (finding.lines[0].verdict, finding.lines[0].asked, finding.lines[0].proof) == (Verdict.MET, "3-6", "5.5")
    assert (finding.lines[0].aspect, finding.lines[0].must) == (Aspect.EXPERIENCE, True)
    assert finding.reason is not None
    assert (finding.reason.code, finding.reason.data) == ("experience_fits", {"years": 5.5, "asked": 3})


def test_too_few_years_earn_their_part() -> None:
    finding = aspects.experience(_applicant(years_experience=1), a_vacancy(experience=ExperienceAsked(least=3)))

    assert finding.share == 0.333
    assert (finding.lines[0].verdict, finding.lines[0].asked, finding.lines[0].proof) == (Verdict.UNMET, "3+", "1")
    assert finding.reason is not None
    assert finding.reason.code == "experience_short"


def test_more_years_than_asked_harm_nobody() -> None:
    finding = aspects.experience(
        _applicant(years_experience=20), a_vacancy(experience=ExperienceAsked(least=1, most=3))
    )

    assert finding.share == 1.0


def test_no_experience_asked_suits_whoever_kept_silent() -> None:
    finding = aspects.experience(_applicant(), a_vacancy(experience=ExperienceAsked(least=0, most=0)))

    assert finding.share == 1.0
    assert finding.reason is None
    assert finding.lines[0].proof is None


@pytest.mark.parametrize(("years", "asked"), [(None, ExperienceAsked(least=1)), (5.0, None), (None, None)])
def test_silence_about_years_is_no_agreement(years: float | None, asked: ExperienceAsked | None) -> None:
    assert aspects.experience(_applicant(years_experience=years), a_vacancy(experience=asked)) == Finding()
