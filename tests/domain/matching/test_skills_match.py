"""How much of what a vacancy asks a résumé holds, and in whose words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from domain.matching.assessment import Aspect, Assessment, Line, Verdict
from domain.matching.lexicon import Mention
from domain.matching.measures import Measures
from domain.matching.requirements import Requirement
from domain.matching.scorer import Scorer
from domain.resumes.content import Language, LanguageLevel, ResumeContent
from domain.vacancies.vacancy import Vacancy
from tests.builders import a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES, SkillList


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


def _line(assessment: Assessment, subject: str) -> Line:
    (line,) = (line for line in assessment.lines if line.subject == subject)
    return line


def _any_of(*names: str, must: bool = True) -> tuple[Requirement, ...]:
    return tuple(Requirement(skill=name, must=must, words=" или ".join(names), any_of=names) for name in names)


def test_nothing_recognisable_asked_is_no_match_at_all_rather_than_a_full_one() -> None:
    assessment = _assessed(a_resume_content(), _silent_vacancy(asks=_asking("Фортран", "ПК")))

    assert assessment.skills_match is None
    assert assessment.matched_skills == assessment.missing_skills == ()
    assert not any(line.aspect is Aspect.SKILLS for line in assessment.lines)


def test_skills_match_weighs_a_nice_to_have_at_two_fifths() -> None:
    resume = a_resume_content(skills=("Python",))

    assert _assessed(resume, _silent_vacancy(asks=_asking("Python", nice=("Redis",)))).skills_match == 71
    assert _assessed(resume, _silent_vacancy(asks=_asking("Redis", nice=("Python",)))).skills_match == 29
    assert _assessed(resume, _silent_vacancy(asks=_asking("Python", "Redis"))).skills_match == 50
    assert _assessed(resume, _silent_vacancy(asks=_asking("Redis"))).skills_match == 0


def test_a_skill_implied_by_another_counts_and_is_proved_by_it() -> None:
    assessment = _assessed(a_resume_content(skills=("постгрес",)), _silent_vacancy(asks=_asking("SQL", "PostgreSQL")))

    assert assessment.skills_match == 100
    assert _line(assessment, "SQL").proof == "постгрес"


def test_a_skill_does_not_imply_backwards() -> None:
    assert _assessed(a_resume_content(skills=("SQL",)), _silent_vacancy(asks=_asking("PostgreSQL"))).skills_match == 0


def test_a_generic_skill_is_not_counted() -> None:
    assessment = _assessed(a_resume_content(skills=("ПК",)), _silent_vacancy(asks=_asking("ПК", "Redis")))

    assert assessment.skills_match == 0
    assert assessment.missing_skills == ("Redis",)


def test_skills_written_together_are_told_apart() -> None:
    assessment = _assessed(
        a_resume_content(skills=("Docker и Redis", "вязание")), _silent_vacancy(asks=_asking("Docker", "Redis"))
    )

    assert assessment.matched_skills == ("Docker", "Redis")
    assert _line(assessment, "Redis").proof == "Docker и Redis"


def test_a_skill_told_outright_is_proved_by_its_own_words() -> None:
    assessment = _assessed(a_resume_content(skills=("Django", "python")), _silent_vacancy(asks=_asking("Python")))

    assert _line(assessment, "Python").proof == "python"


@pytest.mark.parametrize(
    ("language", "proof"),
    [
        (Language(name="English", level=LanguageLevel.B2), "English B2"),
        (Language(name="English"), "English"),
        (Language(name="Elvish", level=LanguageLevel.C2), None),
    ],
)
def test_a_language_known_counts_as_a_skill_and_shows_its_level(language: Language, proof: str | None) -> None:
    resume = a_resume_content(skills=(), languages=(language,))

    assessment = _assessed(resume, _silent_vacancy(asks=_asking("Английский язык")))

    assert _line(assessment, "Английский язык").proof == proof
    assert assessment.skills_match == (0 if proof is None else 100)


def test_a_language_listed_among_the_skills_is_proved_by_those_words() -> None:
    resume = a_resume_content(skills=("английский язык",), languages=(Language(name="English"),))

    assessment = _assessed(resume, _silent_vacancy(asks=_asking("Английский язык")))

    assert _line(assessment, "Английский язык").proof == "английский язык"


def test_each_requirement_has_its_line() -> None:
    assessment = _assessed(
        a_resume_content(skills=("Python",)), _silent_vacancy(asks=_asking("Python", nice=("Redis",)))
    )

    assert [line for line in assessment.lines if line.aspect is Aspect.SKILLS] == [
        Line(
            aspect=Aspect.SKILLS, subject="Python", verdict=Verdict.MET, must=True, asked="нужен Python", proof="Python"
        ),
        Line(aspect=Aspect.SKILLS, subject="Redis", verdict=Verdict.UNMET, must=False, asked="Redis плюс"),
    ]


def test_the_reasons_name_the_skills_and_count_all_of_them() -> None:
    names = ("Python", "Django", "SQL", "PostgreSQL", "Redis")
    missing = ("Apache Kafka", "Docker", "Excel", "Права категории C")
    assessment = _assessed(a_resume_content(skills=names), _silent_vacancy(asks=_asking(*names, nice=missing)))
    reasons = {reason.code: reason.data for reason in assessment.reasons}

    assert reasons["skills_matched"] == {"count": 5, "total": 9, "names": list(names[:4])}
    assert reasons["skills_missing"] == {"count": 4, "names": list(missing[:3])}


def test_any_one_of_several_alternatives_is_enough() -> None:
    vacancy = _silent_vacancy(asks=(*_any_of("Redis", "Docker"), *_asking("Python")))

    assessment = _assessed(a_resume_content(skills=("Docker", "Python")), vacancy)

    assert assessment.skills_match == 100
    assert assessment.matched_skills == ("Docker", "Python")
    assert assessment.missing_skills == ()


def test_alternatives_that_all_lack_count_once_and_the_first_is_missing() -> None:
    vacancy = _silent_vacancy(asks=(*_any_of("Redis", "Docker"), *_asking("Python")))

    assessment = _assessed(a_resume_content(skills=("Python",)), vacancy)

    assert assessment.skills_match == 50
    assert assessment.missing_skills == ("Redis",)


@pytest.mark.parametrize(
    ("held", "verdict", "share", "matched", "missing"),
    [
        (Language(name="English", level=LanguageLevel.C1), Verdict.MET, 100, ("Английский язык B2",), ()),
        (Language(name="English", level=LanguageLevel.B2), Verdict.MET, 100, ("Английский язык B2",), ()),
        (Language(name="English", level=LanguageLevel.B1), Verdict.UNMET, 0, (), ("Английский язык B2",)),
        (Language(name="English"), Verdict.UNKNOWN, 0, (), ()),
    ],
)
def test_a_level_asked_of_a_language_must_be_known_to_be_reached(
    held: Language, verdict: Verdict, share: int, matched: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    asks = (Requirement(skill="Английский язык", must=True, words="English B2", level=LanguageLevel.B2),)

    assessment = _assessed(a_resume_content(skills=(), languages=(held,)), _silent_vacancy(asks=asks))

    assert _line(assessment, "Английский язык B2").verdict is verdict
    assert assessment.skills_match == share
    assert (assessment.matched_skills, assessment.missing_skills) == (matched, missing)


def test_the_best_level_told_of_a_language_counts_wherever_it_is_told() -> None:
    resume = a_resume_content(
        skills=("English C1", "вязание B2"), languages=(Language(name="English", level=LanguageLevel.A2),)
    )
    asks = (Requirement(skill="Английский язык", must=True, words="English C1", level=LanguageLevel.C1),)

    assert _assessed(resume, _silent_vacancy(asks=asks)).skills_match == 100


def test_matched_skills_stand_in_the_order_of_the_résumé_and_missing_ones_as_they_are_asked() -> None:
    assessment = _assessed(
        a_resume_content(skills=("Redis", "Django")),
        _silent_vacancy(asks=_asking("Docker", "Python", "Redis", nice=("Apache Kafka", "Django"))),
    )

    assert assessment.matched_skills == ("Redis", "Django", "Python")
    assert assessment.missing_skills == ("Docker", "Apache Kafka")


def test_a_native_level_is_not_written_behind_the_name() -> None:
    asks = (Requirement(skill="Английский язык", must=True, words="native English", level=LanguageLevel.NATIVE),)

    assessment = _assessed(a_resume_content(skills=(), languages=()), _silent_vacancy(asks=asks))

    assert assessment.missing_skills == ("Английский язык",)


class _KnowsTrades(SkillList):
    """Takes the name of a trade for a skill, as the shipped catalogue does."""

    _TRADES = {"бухгалтер": "Excel", "разработчик": "Docker"}  # noqa: RUF012 — never changed

    def find(self, text: str) -> tuple[Mention, ...]:
        named = [(re.search(rf"\b{word}\b", text.casefold()), skill) for word, skill in self._TRADES.items()]
        trades = [Mention(skill=skill, start=at.start(), end=at.end(), words=at.group()) for at, skill in named if at]
        return tuple(sorted((*super().find(text), *trades), key=lambda each: each.start))


_TRADES = replace(MEASURES, skills=_KnowsTrades())


def test_whoever_has_held_the_role_has_the_skill_that_the_title_names_it_by() -> None:
    vacancy = _silent_vacancy(title="Разработчик Python", asks=_asking("Docker", "Python"))
    held = a_resume_content(current_position="Developer", skills=(), experience=(), summary=None)

    match = _assessed(held, vacancy, _TRADES)

    assert (_line(match, "Docker").verdict, _line(match, "Docker").proof) == (Verdict.MET, "Developer")
    assert _line(match, "Python").verdict is Verdict.UNMET
    assert match.matched_skills == ("Docker",)
    assert match.skills_match == 50


def test_a_role_that_is_only_wished_proves_nothing() -> None:
    vacancy = _silent_vacancy(title="Разработчик", asks=_asking("Docker"))
    wished = ResumeContent(desired_position="Developer", current_position="Accountant")

    assert _assessed(wished, vacancy, _TRADES).skills_match == 0


def test_a_role_held_proves_nothing_that_the_title_does_not_ask_by_it() -> None:
    vacancy = _silent_vacancy(title="Разработчик (нужен бухгалтер)", asks=_asking("Excel", "Redis"))
    held = a_resume_content(current_position="Developer", skills=(), experience=(), summary=None)

    assert _assessed(held, vacancy, _TRADES).skills_match == 0


def test_a_line_tells_what_the_title_alone_asks() -> None:
    title, text = Requirement(skill="Python", must=True, words="Developer Python"), _asking("Docker")
    lines = _assessed(ResumeContent(), _silent_vacancy(title="Developer Python", asks=(title, *text))).lines

    assert {line.subject: line.of_title for line in lines} == {"Python": True, "Docker": False}
