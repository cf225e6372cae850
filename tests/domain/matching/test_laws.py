"""The laws of the score, tried on whatever résumés and vacancies come."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matching.assessment import Aspect, Assessment, Verdict
from domain.matching.context import named_by_position
from domain.matching.requirements import Requirement
from domain.matching.scorer import MOST_REASONS, Scorer, best_first
from domain.matching.weighing import CAPS, SILENCE
from domain.resumes.content import Contact, Education, Experience, Money, ResumeContent, WorkFormat
from domain.vacancies.vacancy import ExperienceAsked, SalaryPeriod, SalaryRange, Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import CATALOGUE, MEASURES

T = TypeVar("T")
LAW = settings(max_examples=50, deadline=None, derandomize=True)
SCORER = Scorer(MEASURES)

NAMES = tuple(skill.name for skill in CATALOGUE)
COUNTED = tuple(skill.name for skill in CATALOGUE if not skill.generic)
TITLES = st.sampled_from(
    (
        "Разработчик Python",
        "Старший разработчик Python и Django",
        "Junior developer",
        "Тестировщик",
        "Ведущий водитель категория C",
        "Бухгалтер",
        "Флорист",
        "и",
    )
)
PLACES = st.sampled_from(("Казань", "Химки", "Подольск", "Московская область", "Минск", "Россия", "Выдуманск"))
FORMATS = st.sampled_from(WorkFormat)
AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)
CURRENCIES = st.sampled_from(("RUB", "USD", "XAU"))
STORIES = st.sampled_from(("", "Писала сервисы на Python.", "Вожу грузы по Казани.", "Считаю налоги в Excel."))


def _maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


RESUMES = st.builds(
    ResumeContent,
    desired_position=_maybe(TITLES),
    current_position=_maybe(TITLES),
    years_experience=_maybe(st.floats(min_value=0, max_value=50)),
    skills=st.lists(st.sampled_from((*NAMES, "вязание", "Docker и Redis")), max_size=6).map(tuple),
    salary=_maybe(st.builds(Money, amount=AMOUNTS, currency=CURRENCIES)),
    region=_maybe(PLACES),
    work_format=_maybe(FORMATS),
    experience=st.lists(st.builds(Experience, position=_maybe(TITLES), description=_maybe(STORIES)), max_size=2).map(
        tuple
    ),
    summary=_maybe(STORIES),
)
ASKS = st.dictionaries(st.sampled_from((*NAMES, "Фортран")), st.booleans(), max_size=6).map(
    lambda asked: tuple(Requirement(skill=name, must=must, words=name) for name, must in asked.items())
)
VACANCIES = st.builds(
    lambda **says: a_vacancy(**says),
    title=TITLES,
    asks=ASKS,
    experience=_maybe(st.builds(ExperienceAsked, least=st.floats(min_value=0, max_value=20), most=st.none())),
    salary=_maybe(
        st.builds(
            SalaryRange,
            from_=_maybe(AMOUNTS),
            to=_maybe(AMOUNTS),
            currency=CURRENCIES,
            gross=_maybe(st.booleans()),
            period=st.sampled_from(SalaryPeriod),
        )
    ),
    area=_maybe(PLACES),
    work_format=_maybe(FORMATS),
    responsibilities=STORIES,
    description=STORIES,
)


def _assessed(resume: ResumeContent, vacancy: Vacancy) -> Assessment:
    (assessment,) = SCORER.assess(resume, [vacancy])
    return assessment


def _known(assessment: Assessment, aspect: Aspect) -> bool:
    return next(part.known for part in assessment.parts if part.aspect is aspect)


@LAW
@given(RESUMES, VACANCIES)
def test_the_same_input_gives_the_same_output(resume: ResumeContent, vacancy: Vacancy) -> None:
    again = Scorer(MEASURES)

    assert repr(_assessed(resume, vacancy)) == repr(again.assess(replace(resume), [replace(vacancy)])[0])


@LAW
@given(RESUMES, st.lists(VACANCIES, min_size=2, max_size=4))
def test_a_score_depends_on_its_pair_alone(resume: ResumeContent, vacancies: list[Vacancy]) -> None:
    together = SCORER.assess(resume, vacancies)

    assert together == [_assessed(resume, vacancy) for vacancy in vacancies]


@LAW
@given(RESUMES, VACANCIES)
def test_a_score_is_whole_and_from_0_to_100(resume: ResumeContent, vacancy: Vacancy) -> None:
    assessment = _assessed(resume, vacancy)

    assert isinstance(assessment.score, int)
    assert 0 <= assessment.score <= 100
    assert assessment.skills_match is None or 0 <= assessment.skills_match <= 100
    assert all(0 <= part.points <= part.possible for part in assessment.parts)


@LAW
@given(RESUMES, VACANCIES, st.data())
def test_name_contacts_studies_and_gaps_change_nothing(
    resume: ResumeContent, vacancy: Vacancy, data: st.DataObject
) -> None:
    words = st.sampled_from(("Анна", "Борис", "Python", "Разработчик", "Казань", "anna@example.ru"))
    resume = replace(resume, region=resume.region or "Казань")
    other = replace(
        resume,
        contact=Contact(
            first_name=data.draw(words),
            last_name=data.draw(words),
            middle_name=data.draw(words),
            email=data.draw(words),
            phone="+79000000001",
            city=data.draw(PLACES),
        ),
        education=(Education(institution=data.draw(words), year=data.draw(st.integers(1950, 2026))),),
        experience=tuple(
            replace(job, company=data.draw(words), start="1980", end="1981", current=False) for job in resume.experience
        ),
    )

    assert _assessed(other, vacancy) == _assessed(resume, vacancy)


@LAW
@given(st.builds(Experience, position=TITLES, description=STORIES), VACANCIES)
def test_when_and_for_whom_a_job_was_held_changes_nothing(job: Experience, vacancy: Vacancy) -> None:
    recent = ResumeContent(desired_position="Разработчик", experience=(replace(job, start="2024-01", current=True),))
    long_ago = ResumeContent(
        desired_position="Разработчик", experience=(replace(job, company="Python", start="1980", end="1981"),)
    )

    assert _assessed(recent, vacancy) == _assessed(long_ago, vacancy)


@LAW
@given(RESUMES, VACANCIES, st.sampled_from(COUNTED), st.booleans())
def test_adding_a_skill_that_is_asked_never_lowers_the_score(
    resume: ResumeContent, vacancy: Vacancy, skill: str, must: bool
) -> None:
    asks = (*(each for each in vacancy.asks if each.skill != skill), Requirement(skill=skill, must=must, words=skill))
    vacancy = replace(vacancy, asks=asks)
    better = replace(resume, skills=(*resume.skills, skill))

    before, after = _assessed(resume, vacancy), _assessed(better, vacancy)

    assert after.score >= before.score
    assert (after.skills_match or 0) >= (before.skills_match or 0)
    assert skill in after.matched_skills


@LAW
@given(RESUMES, VACANCIES, st.sampled_from(COUNTED))
def test_adding_a_skill_that_was_missing_raises_the_match(resume: ResumeContent, vacancy: Vacancy, skill: str) -> None:
    vacancy = replace(vacancy, asks=(Requirement(skill=skill, must=True, words=skill),))
    # Positions and work prove skills, too.
    lacking = replace(resume, skills=(), current_position=None, experience=())

    before, after = _assessed(lacking, vacancy), _assessed(replace(lacking, skills=(skill,)), vacancy)

    assert (before.skills_match, after.skills_match) == (0, 100)


@LAW
@given(RESUMES, VACANCIES, TITLES)
def test_what_a_position_proves_is_as_good_as_what_is_listed(
    resume: ResumeContent, vacancy: Vacancy, position: str
) -> None:
    held = replace(resume, current_position=position)
    named = named_by_position(position, MEASURES)

    listed = replace(held, skills=(*held.skills, *(mention.skill for mention in named)))

    assert _assessed(listed, vacancy).score == _assessed(held, vacancy).score


@LAW
@given(RESUMES, VACANCIES, st.lists(st.sampled_from(("вязание", "ПК", "Python " * 50)), max_size=5))
def test_words_stuffed_into_the_skill_list_do_not_count_as_a_story(
    resume: ResumeContent, vacancy: Vacancy, stuffed: list[str]
) -> None:
    resume = replace(resume, skills=("Python",))
    vacancy = replace(vacancy, asks=())

    assert _assessed(replace(resume, skills=("Python", *stuffed)), vacancy) == _assessed(resume, vacancy)


@LAW
@given(
    RESUMES,
    VACANCIES,
    st.lists(st.sampled_from(NAMES), max_size=40),
    st.lists(st.sampled_from(("вязание", "синергия")), max_size=20),
    st.sampled_from((", ", " / ", " | ")),
)
def test_keywords_listed_in_the_texts_change_nothing(
    resume: ResumeContent, vacancy: Vacancy, skills: list[str], words: list[str], between: str
) -> None:
    bare = "\n".join((between.join(("Python", "Docker", *skills, "Redis", *words)), *skills))
    job = Experience(position="Повар", description="Жарю мясо.")
    honest = replace(resume, experience=(*resume.experience, job), summary="Люблю работу.")
    stuffed = replace(
        honest,
        experience=(*resume.experience, replace(job, description=f"Жарю мясо.\n{bare}")),
        summary=f"Люблю работу.\n{bare}",
    )

    assert _assessed(stuffed, vacancy) == _assessed(honest, vacancy)


@LAW
@given(RESUMES, VACANCIES)
def test_silence_about_years_earns_less_than_agreement(resume: ResumeContent, vacancy: Vacancy) -> None:
    vacancy = replace(vacancy, experience=ExperienceAsked(least=2), title="Флорист")
    told = _assessed(replace(resume, years_experience=2.0), vacancy)
    silent = _assessed(replace(resume, years_experience=None), vacancy)
    contrary = _assessed(replace(resume, years_experience=0.0), vacancy)

    points = [next(p.points for p in each.parts if p.aspect is Aspect.EXPERIENCE) for each in (told, silent, contrary)]

    assert points[0] > points[1] > points[2]
    assert not _known(silent, Aspect.EXPERIENCE)


@LAW
@given(RESUMES, VACANCIES, st.integers(min_value=1, max_value=10**6))
def test_silence_about_pay_earns_less_than_agreement(resume: ResumeContent, vacancy: Vacancy, amount: int) -> None:
    resume = replace(resume, salary=Money(amount=Decimal(amount), currency="RUB"))
    told = _assessed(resume, replace(vacancy, salary=SalaryRange(to=Decimal(amount))))
    silent = _assessed(resume, replace(vacancy, salary=None))
    contrary = _assessed(resume, replace(vacancy, salary=SalaryRange(to=Decimal(0))))

    assert told.score >= silent.score >= contrary.score
    assert not _known(silent, Aspect.SALARY)


@LAW
@given(RESUMES, VACANCIES)
def test_silence_is_never_told_as_a_requirement_met(resume: ResumeContent, vacancy: Vacancy) -> None:
    assessment = _assessed(resume, vacancy)

    for part in assessment.parts:
        if not part.known:
            assert part.points == round(SILENCE * part.possible, 2)
            assert not [line for line in assessment.lines if line.aspect is part.aspect and line.verdict is Verdict.MET]


@LAW
@given(RESUMES, VACANCIES)
def test_whoever_does_the_sum_told_gets_the_score(resume: ResumeContent, vacancy: Vacancy) -> None:
    assessment = _assessed(resume, vacancy)

    points = round(sum(part.points for part in assessment.parts), 2)
    for limit in assessment.limits:
        assert 0 <= limit.times <= 1
        points *= limit.times
    assert assessment.score == min([round(points), *(CAPS[cap] for cap in assessment.caps)])
    told_otherwise = {"other_profession": "role", "seniority_gap": "level", "experience_far_below": "experience"}
    assert {told_otherwise.get(cap, cap) for cap in assessment.caps} <= {limit.code for limit in assessment.limits}


@LAW
@given(RESUMES, VACANCIES)
def test_the_explanation_agrees_with_the_match(resume: ResumeContent, vacancy: Vacancy) -> None:
    assessment = _assessed(resume, vacancy)
    lines = [line for line in assessment.lines if line.aspect is Aspect.SKILLS]

    assert {line.subject for line in lines if line.verdict is Verdict.MET} == set(assessment.matched_skills)
    assert [line.subject for line in lines if line.verdict is Verdict.UNMET] == list(assessment.missing_skills)
    unknown = {line.subject for line in lines if line.verdict is Verdict.UNKNOWN}
    assert {*assessment.matched_skills, *assessment.missing_skills, *unknown} == {
        each.skill for each in vacancy.asks if each.skill in COUNTED
    }
    assert (assessment.skills_match is None) == (not lines)
    jobs = (*resume.experience, Experience(position=resume.current_position))
    told = "\n".join(filter(None, (text for job in jobs for text in (job.position, job.description))))
    met = [line.proof or "" for line in lines if line.verdict is Verdict.MET]
    assert all(proof in resume.skills or proof in told for proof in met)


@LAW
@given(RESUMES, VACANCIES)
def test_reasons_are_one_to_four(resume: ResumeContent, vacancy: Vacancy) -> None:
    assert 1 <= len(_assessed(resume, vacancy).reasons) <= MOST_REASONS


@LAW
@given(RESUMES, st.lists(VACANCIES, min_size=2, max_size=5))
def test_the_order_does_not_depend_on_the_order_of_arrival(resume: ResumeContent, vacancies: list[Vacancy]) -> None:
    named = [replace(vacancy, id=f"internal-{number}") for number, vacancy in enumerate(vacancies)]  # type: ignore[arg-type] # an id is a text
    pairs = list(zip(named, SCORER.assess(resume, named), strict=True))

    ordered = best_first(pairs)

    assert ordered == best_first(pairs[::-1])
    keys = [
        (-assessment.score, -round(sum(part.points for part in assessment.parts), 2), vacancy.id)
        for vacancy, assessment in ordered
    ]
    assert keys == sorted(keys)
