"""Documents are given for a speciality, licences come in kinds: one proves no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from domain.matching.assessment import Assessment, Line, Verdict
from domain.matching.lexicon import Mention, Skill
from domain.matching.licences import kinds_of
from domain.matching.requirements import Requirement, requirements_in
from domain.matching.scorer import Scorer
from domain.resumes.content import Experience, ResumeContent
from domain.vacancies.vacancy import Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES, SkillList

ACCREDITATION = "Медицинская аккредитация"
_ENTRIES = {
    each.name: each
    for each in (
        Skill(name=ACCREDITATION, category="licences", licence=True, implies=frozenset({"Медицинское образование"})),
        Skill(name="Медицинское образование", category="licences", licence=True),
        Skill(name="Терапия", category="medicine"),
        Skill(name="Хирургия", category="medicine"),
        Skill(name="Водительское удостоверение", category="licences", licence=True),
        *(
            Skill(
                name=f"Права {kind}",
                category="licences",
                licence=True,
                implies=frozenset({"Водительское удостоверение"}),
            )
            for kind in "BCD"
        ),
    )
}
_NAMES = {
    "аккредитация": ACCREDITATION,
    "терапия": "Терапия",
    "терапии": "Терапия",
    "хирургия": "Хирургия",
    "водительское удостоверение": "Водительское удостоверение",
    **{f"права {kind.casefold()}": f"Права {kind}" for kind in "BCD"},
}


class _Documents(SkillList):
    """Knows an accreditation, two of its specialities, and three kinds of a driving licence."""

    def find(self, text: str) -> tuple[Mention, ...]:
        named = re.finditer(rf"(?<!\w)(?:{'|'.join(_NAMES)})(?!\w)", text.casefold())
        return tuple(
            Mention(skill=_NAMES[one[0]], start=one.start(), end=one.end(), words=text[one.start() : one.end()])
            for one in named
        )

    def named(self, name: str) -> str | None:
        return _NAMES.get(name.casefold())

    def skill(self, name: str) -> Skill | None:
        return _ENTRIES.get(name)

    def implied(self, names: Iterable[str]) -> frozenset[str]:
        held = frozenset(names)
        return held.union(*(_ENTRIES[name].implies for name in held if name in _ENTRIES))


MEASURED = replace(MEASURES, skills=_Documents())


def _asked(text: str) -> Requirement:
    """Return the first licence that is asked for."""
    asked = requirements_in(title="", tags=(), requirements=text, skills=_Documents())
    return next(each for each in asked if each.skill == ACCREDITATION)


def _vacancy(text: str, title: str = "Флорист") -> Vacancy:
    asks = requirements_in(title="", tags=(), requirements=text, skills=_Documents())
    return a_vacancy(title=title, asks=asks, salary=None, area=None, work_format=None, experience=None)


def _assessed(resume: ResumeContent, vacancy: Vacancy) -> Assessment:
    (assessment,) = Scorer(MEASURED).assess(resume, [vacancy])
    return assessment


def _line(assessment: Assessment, name: str) -> Line:
    (line,) = (line for line in assessment.lines if line.subject.startswith(name))
    return line


@pytest.mark.parametrize(
    ("text", "specialities"),
    [
        ("Аккредитация", ()),
        ("Аккредитация «Терапия»", ("Терапия",)),
        ("Аккредитация по специальности «Терапия» или «Хирургия»", ("Терапия", "Хирургия")),
        ("Аккредитация по терапии", ("Терапия",)),
        ("Аккредитация: терапия, хирургия", ("Терапия", "Хирургия")),
        ("Аккредитация «Операционное дело»", ("Операционное дело",)),
        ("Аккредитация, опыт в терапии", ()),
        ("Аккредитация аккредитация", ()),
    ],
)
def test_the_specialities_of_a_document_are_those_beside_it(text: str, specialities: tuple[str, ...]) -> None:
    assert _asked(text).of == specialities


def test_a_speciality_is_read_in_a_tag_and_told_once_where_it_is_told_anywhere() -> None:
    tagged = requirements_in(title="", tags=("Аккредитация «Терапия»",), requirements="", skills=_Documents())
    twice = requirements_in(
        title="", tags=(), requirements="Аккредитация обязательна\nАккредитация «Терапия»", skills=_Documents()
    )

    assert {each.skill: each.of for each in tagged}[ACCREDITATION] == ("Терапия",)
    assert {each.skill: each.of for each in twice}[ACCREDITATION] == ("Терапия",)


@pytest.mark.parametrize(
    ("skills", "verdict", "caps"),
    [
        (("Аккредитация «Терапия»",), Verdict.MET, ()),
        (("Аккредитация «Хирургия»",), Verdict.UNMET, ("licence_missing",)),
        (("Аккредитация «Хирургия»", "Аккредитация «Терапия»"), Verdict.MET, ()),
        (("Аккредитация",), Verdict.UNKNOWN, ()),
        ((), Verdict.UNMET, ("licence_missing",)),
    ],
)
def test_a_document_of_another_speciality_is_not_the_one_asked_for(
    skills: tuple[str, ...], verdict: Verdict, caps: tuple[str, ...]
) -> None:
    resume = ResumeContent(desired_position="Флорист", skills=skills)

    assessment = _assessed(resume, _vacancy("Аккредитация «Терапия»"))

    line = _line(assessment, ACCREDITATION)
    assert (line.subject, line.verdict) == (f"{ACCREDITATION} (Терапия)", verdict)
    assert assessment.caps == caps


def test_a_speciality_told_of_in_the_experience_counts() -> None:
    job = Experience(description="Вела приём, моя аккредитация «Терапия» действует.")
    resume = ResumeContent(desired_position="Флорист", experience=(job,))

    assert _line(_assessed(resume, _vacancy("Аккредитация «Терапия»")), ACCREDITATION).verdict is Verdict.MET


def test_who_names_categories_lacks_those_not_named_whatever_position_was_held() -> None:
    named = ResumeContent(desired_position="Водитель", current_position="Водитель", skills=("Права B", "Права C"))
    vacancy = _vacancy("Права D", title="Водитель")

    assessment = _assessed(named, vacancy)

    assert _line(assessment, "Права D").verdict is Verdict.UNMET
    assert assessment.caps == ("licence_missing",)
    assert (assessment.reasons[0].code, assessment.reasons[0].data) == ("cap_licence_missing", {"names": ["Права D"]})
    assert [(limit.code, limit.data) for limit in assessment.limits] == [("licence_missing", {"names": ["Права D"]})]


@pytest.mark.parametrize("skills", [(), ("Водительское удостоверение",)])
def test_who_names_no_category_and_has_held_the_role_may_have_any(skills: tuple[str, ...]) -> None:
    resume = ResumeContent(desired_position="Водитель", current_position="Водитель", skills=skills)

    assessment = _assessed(resume, _vacancy("Права D", title="Водитель"))

    assert _line(assessment, "Права D").verdict is Verdict.UNKNOWN
    assert assessment.caps == ()


def test_a_licence_is_a_kind_of_those_it_implies_and_a_skill_of_none() -> None:
    assert kinds_of("Права D", _Documents()) == {"Водительское удостоверение"}
    assert kinds_of("Водительское удостоверение", _Documents()) == frozenset()
    assert kinds_of(ACCREDITATION, _Documents()) == frozenset()
    assert kinds_of("Терапия", _Documents()) == frozenset()
