"""The laws of a résumé's quality, tried on whatever résumés come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.insights.quality import Quality, QualityLine, quality_of
from domain.insights.rubric import Criterion
from domain.resumes.content import (
    Contact,
    Education,
    EducationLevel,
    Experience,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from tests.domain.instruments import CATALOGUE, MEASURES

T = TypeVar("T")
LAW = settings(max_examples=60, deadline=None, derandomize=True)

SENTENCES = (
    "Писала сервисы на Python и Django.",
    "Сократила расходы на 30 %.",
    "Я ответственный, коммуникабельный и пунктуальный.",
    "Built 4 services with Redis",
    "Team player, hard-working",
    "РАБОТАЛА С КЛИЕНТАМИ ПО ВСЕЙ РОССИИ",
    "слово " * 40,
    "• Веду склад; отвечаю за учёт в Excel",
    "",
)
NAMES = (*(skill.name for skill in CATALOGUE), "вязание", "Docker и Redis", "сервисы", "english")
MOMENTS = st.sampled_from(("2015", "2018-05", "2019", "2021-12", "2024-01", "2026-03", "2030-01"))
LEVELS = st.sampled_from(LanguageLevel)


def _maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=8).map("\n".join)
JOBS = st.builds(
    Experience,
    position=_maybe(st.sampled_from(("Разработчик Python", "Driver"))),
    company=_maybe(st.just("ООО «Вымысел»")),
    start=_maybe(MOMENTS),
    end=_maybe(MOMENTS),
    current=st.booleans(),
    description=_maybe(TEXTS),
)
RESUMES = st.builds(
    ResumeContent,
    contact=st.builds(Contact, email=_maybe(st.just("anna@example.ru"))),
    desired_position=_maybe(
        st.sampled_from(("Разработчик", "Бухгалтер, водитель или тестировщик", "Любая работа", "Сотрудник"))
    ),
    current_position=_maybe(st.just("Водитель")),
    years_experience=_maybe(st.floats(min_value=0, max_value=50)),
    skills=st.lists(st.sampled_from(NAMES), max_size=6).map(tuple)
    | st.integers(20, 35).map(lambda count: tuple(f"умение{number}" for number in range(count))),
    salary=_maybe(st.just(Money(amount=Decimal(100_000), currency="RUB"))),
    region=_maybe(st.just("Казань")),
    work_format=_maybe(st.sampled_from(WorkFormat)),
    languages=st.lists(
        st.builds(Language, name=st.sampled_from(("English", "German")), level=_maybe(LEVELS)), max_size=3
    ).map(tuple),
    education_level=_maybe(st.sampled_from(EducationLevel)),
    experience=st.lists(JOBS, max_size=5).map(tuple),
    education=st.lists(st.builds(Education, institution=_maybe(st.just("Вуз"))), max_size=1).map(tuple),
    summary=_maybe(TEXTS),
)
PERSONAL = st.sampled_from(
    (
        "Женщина, 34 года.",
        "Мне 55, замужем, двое детей",
        "Мужчина",
        "Гражданство: любое",
        "Married, one child.",
        "I am a woman.",
        "41, male",
    )
)


def _judged(content: ResumeContent) -> Quality:
    return quality_of(content, reachable=False, today=date(2026, 3, 2), measures=MEASURES)


@LAW
@given(RESUMES)
def test_a_score_is_whole_and_from_0_to_100(content: ResumeContent) -> None:
    quality = _judged(content)

    assert isinstance(quality.score, int)
    assert 0 <= quality.score <= 100
    assert all(0 <= line.points <= line.possible for line in quality.lines)


@LAW
@given(RESUMES)
def test_the_same_resume_gives_the_same_answer(content: ResumeContent) -> None:
    assert repr(_judged(content)) == repr(_judged(replace(content)))


@LAW
@given(RESUMES)
def test_what_is_lost_is_what_the_advice_would_bring(content: ResumeContent) -> None:
    quality = _judged(content)
    possible = sum(line.possible for line in quality.lines if line.applicable)

    for line in quality.lines:
        lost = 100 * (line.possible - line.points) / possible if line.applicable else 0
        # Each gain is rounded to a tenth.
        assert abs(lost - sum(advice.gain for advice in line.advice)) <= 0.06 * max(1, len(line.advice)) + 0.1


@LAW
@given(RESUMES, st.sampled_from(("Python", "Django", "Redis", "SQL", "сервисы")))
def test_adding_a_proven_skill_never_lowers_the_score(content: ResumeContent, skill: str) -> None:
    proven = replace(content, summary="\n".join(filter(None, [content.summary, f"Работаю с {skill}."])))

    assert _judged(replace(proven, skills=(*content.skills, skill))).score >= _judged(proven).score


@LAW
@given(
    RESUMES.filter(lambda content: content.experience),
    st.sampled_from(("Сократил потери на 30 %.", "Launched 3 shops.", "Перевезла 40 тонн, вдвое больше плана")),
    st.integers(0, 4),
)  # fmt: skip
def test_adding_a_result_with_a_figure_never_lowers_the_score(content: ResumeContent, result: str, which: int) -> None:
    jobs = list(content.experience)
    job = jobs[which % len(jobs)]
    jobs[which % len(jobs)] = replace(job, description="\n".join(filter(None, [job.description, result])))

    assert _judged(replace(content, experience=tuple(jobs))).score >= _judged(content).score


@LAW
@given(RESUMES, LEVELS)
def test_adding_a_language_with_its_level_never_lowers_the_score(content: ResumeContent, level: LanguageLevel) -> None:
    more = (*content.languages, Language(name="Spanish", level=level))

    assert _judged(replace(content, languages=more)).score >= _judged(content).score


@LAW
@given(RESUMES, LEVELS)
def test_telling_a_level_never_lowers_the_score(content: ResumeContent, level: LanguageLevel) -> None:
    told = tuple(replace(language, level=language.level or level) for language in content.languages)

    assert _judged(replace(content, languages=told)).score >= _judged(content).score


@LAW
@given(RESUMES, st.text(max_size=10), PERSONAL)
def test_name_age_sex_and_family_change_nothing(content: ResumeContent, name: str, personal: str) -> None:
    contact = replace(content.contact, first_name=name, last_name=name, middle_name=name)
    summary = "\n".join(filter(None, [content.summary, personal]))

    assert _judged(replace(content, contact=contact, summary=summary)) == _judged(content)


@LAW
@given(RESUMES)
def test_the_grammatical_gender_of_the_verbs_changes_nothing(content: ResumeContent) -> None:
    def in_masculine(text: str | None) -> str | None:
        return None if text is None else text.replace("Сократила", "Сократил").replace("Писала", "Писал")

    jobs = tuple(replace(job, description=in_masculine(job.description)) for job in content.experience)
    other = _judged(replace(content, experience=jobs, summary=in_masculine(content.summary)))

    # A text that is a letter shorter may be a trifle too short.
    assert _but_length(other) == _but_length(_judged(content))


def _but_length(quality: Quality) -> list[QualityLine]:
    return [line for line in quality.lines if line.criterion is not Criterion.LENGTH]


@LAW
@given(RESUMES, st.integers(1, 12))
def test_a_gap_between_jobs_changes_nothing(content: ResumeContent, years: int) -> None:
    recent = Experience(position="Driver", company="ООО «Вымысел»", start="2024-01", end="2025-12")
    older = Experience(position="Driver", company="ООО «Вымысел»", start="2022-01", end="2023-12")
    long_ago = replace(older, start=f"{2022 - years}-01", end=f"{2023 - years}-12")

    without = _judged(replace(content, experience=(recent, older)))

    assert _judged(replace(content, experience=(recent, long_ago))) == without
