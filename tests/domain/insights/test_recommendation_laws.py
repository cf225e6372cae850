"""The laws of recommendations, tried on whatever markets come."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.insights.demand import unmet
from domain.insights.effects import FITTING, effect_of
from domain.insights.held import found_elsewhere, listed
from domain.matching.applicant import measured
from domain.matching.scorer import Scorer
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy
from tests.domain.insights.marketing import a_developer, asking
from tests.domain.instruments import CATALOGUE, MEASURES

LAW = settings(max_examples=60, deadline=None, derandomize=True)
NAMES = [each.name for each in CATALOGUE]
SCORER = Scorer(MEASURES)

skill_sets = st.lists(st.sampled_from(NAMES), max_size=4, unique=True)
titles = st.sampled_from(
    ["Разработчик", "Разработчик Python", "Django developer", "Тестировщик", "Водитель", "Флорист"]
)
resumes = st.builds(
    lambda skills, wish, summary: a_developer(skills=tuple(skills), desired_position=wish, summary=summary),
    skill_sets,
    titles,
    st.sampled_from([None, "Знаю PostgreSQL и Docker.", "Всякое."]),
)


@st.composite
def markets(draw: st.DrawFn) -> list[Vacancy]:
    return [
        asking(number, *draw(skill_sets), nice=tuple(draw(skill_sets)), title=draw(titles))
        for number in range(draw(st.integers(1, 6)))
    ]


@LAW
@given(content=resumes, market=markets())
def test_leaving_out_vacancies_that_do_not_ask_changes_no_effect(content: ResumeContent, market: list[Vacancy]) -> None:
    before = SCORER.assess(content, market)
    for demand in unmet(market, measured(content, MEASURES), MEASURES.skills):
        after = SCORER.assess(a_developer_with(content, demand.skill.name), market)

        effect = effect_of(demand, content, list(zip(market, before, strict=True)), SCORER)

        gains = [now.score - then.score for then, now in zip(before, after, strict=True)]
        assert min(gains) >= 0
        assert effect.total == sum(gains)
        assert effect.mean == round(sum(gains) / len(market), 2)
        assert effect.newly_fitting == sum(
            then.score < FITTING <= now.score for then, now in zip(before, after, strict=True)
        )


@LAW
@given(content=resumes, market=markets())
def test_nothing_held_is_missing_and_nothing_listed_is_found_elsewhere(
    content: ResumeContent, market: list[Vacancy]
) -> None:
    held = measured(content, MEASURES).skills

    demands = unmet(market, measured(content, MEASURES), MEASURES.skills)

    assert not {each.skill.name for each in demands} & held.keys()
    assert not found_elsewhere(content, MEASURES.skills).keys() & listed(content, MEASURES.skills)
    assert all(0 < each.asked <= 2 * len(market) for each in demands)


def a_developer_with(content: ResumeContent, skill: str) -> ResumeContent:
    return a_developer(
        skills=(*content.skills, skill), desired_position=content.desired_position, summary=content.summary
    )
