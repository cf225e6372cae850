"""Our ranking measured beside others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.evaluation.comparison import CompareRankings, Contender, JudgedResume, Placed
from domain.matching.lexicon import Similarity
from domain.matching.scorer import SCORER_VERSION, Scorer
from domain.matching.use_cases import RankVacancies
from domain.vacancies.arrival import Draft
from tests.builders import a_resume_content
from tests.domain.instruments import FixedSimilarity, NoSimilarity, measures_with
from tests.domain.product import Product

LEXICAL = {Contender.OURS, Contender.RANDOM, Contender.BM25}
DRAFTS = [
    Draft(id="v1", title="Водитель", requirements="Категория C"),
    Draft(id="v2", title="Разработчик Python", requirements="Python, Django"),
    Draft(id="v3", title="Python developer", requirements="Python, PostgreSQL"),
    Draft(id="v4", title="Бухгалтер", requirements="Excel"),
]
LANGUAGES = ["ru", "ru", "en", "ru"]


class OnlyFor:
    """Has a model for résumés of one position alone."""

    model = "only-1"

    def __init__(self, position: str) -> None:
        self._position = position

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        return [0.5] * len(others) if text.startswith(self._position) else None


def comparing(product: Product, similarity: Similarity | None = None) -> CompareRankings:
    rank: RankVacancies = product.application.rank_vacancies
    return CompareRankings(replace(rank, scorer=Scorer(measures_with(similarity or NoSimilarity()))))


def a_judged(
    number: str = "r1", *, language: str = "ru", grades: dict[str, int], group: str | None = None, **changes: Any
) -> JudgedResume:
    content = a_resume_content(**{"desired_position": "Разработчик Python", "skills": ("Python",), **changes})
    return JudgedResume(id=number, language=language, content=content, grades=grades, group=group)


def test_ours_is_measured_in_the_order_in_which_vacancies_are_offered(product: Product) -> None:
    resume = a_judged(grades={"v2": 3, "v3": 2, "v1": 0, "v4": 0})

    compared = comparing(product)(resumes=[resume], drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    ranked = product.application.rank_vacancies(resume=resume.content, drafts=DRAFTS).ranked
    (section,) = compared.sections
    (answer,) = compared.answers
    assert compared.scorer_version == SCORER_VERSION
    assert (section.languages, section.resumes, section.vacancies, section.left_out) == (None, 1, 4, 0)
    assert [placed.vacancy_id for placed in answer.first] == [vacancy.id for vacancy, _ in ranked][:3]
    assert answer.figures[Contender.OURS].ndcg == section.rows[Contender.OURS].measured.ndcg.mean == pytest.approx(1)
    assert section.rows[Contender.OURS].ours_above is None
    assert section.rows[Contender.OURS].judged == 1


def test_how_much_ours_is_above_another_is_counted_resume_by_resume(product: Product) -> None:
    good = a_judged("good", grades={"v2": 3})
    bad = a_judged("bad", grades={"v1": 3})

    compared = comparing(product)(resumes=[good, bad], drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    rows = compared.sections[0].rows
    ours, chance = rows[Contender.OURS], rows[Contender.RANDOM]
    assert set(rows) == LEXICAL
    assert chance.ours_above is not None
    assert chance.ours_above.ndcg.mean == pytest.approx(ours.measured.ndcg.mean - chance.measured.ndcg.mean)
    assert chance.ours_above.ndcg.low < chance.ours_above.ndcg.mean < chance.ours_above.ndcg.high
    assert chance.ours_above.mrr.mean == pytest.approx(ours.measured.mrr.mean - chance.measured.mrr.mean)
    assert chance.ours_above.precision.mean == pytest.approx(0)


def test_with_a_model_the_embedding_and_its_fusion_stand_beside_ours(product: Product) -> None:
    resume = a_judged(grades={"v2": 3})

    compared = comparing(product, FixedSimilarity(0.5))(
        resumes=[resume], drafts=DRAFTS, languages=LANGUAGES, pairs=False
    )

    rows = compared.sections[0].rows
    assert set(rows) == set(Contender)
    # What finds all equally near leaves the order to the ids: v1, v2.
    assert rows[Contender.EMBEDDING].measured.mrr.mean == pytest.approx(1 / 2)


def test_a_model_that_answers_for_some_alone_is_compared_for_nobody(product: Product) -> None:
    resumes = [a_judged("r1", grades={"v2": 3}), a_judged("r2", grades={"v1": 3}, desired_position="Водитель")]

    compared = comparing(product, OnlyFor("Водитель"))(resumes=resumes, drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    assert set(compared.sections[0].rows) == LEXICAL


def test_a_pair_of_languages_has_its_own_resumes_and_vacancies(product: Product) -> None:
    resumes = [
        a_judged("r1", language="ru", grades={"v2": 3, "v3": 3}),
        a_judged("r2", language="en", grades={"v2": 3, "v3": 0}),
    ]

    compared = comparing(product)(resumes=resumes, drafts=DRAFTS, languages=LANGUAGES, pairs=True)

    told = {each.languages: (each.resumes, each.vacancies, each.left_out) for each in compared.sections}
    assert list(told) == [None, ("en", "en"), ("ru", "ru"), ("en", "ru"), ("ru", "en")]
    assert told[("ru", "ru")] == told[("en", "ru")] == (1, 3, 0)
    assert told[("ru", "en")] == (1, 1, 0)
    assert told[("en", "en")] == (0, 1, 1)
    assert [dict(each.rows) for each in compared.sections if each.languages == ("en", "en")] == [{}]
    # Of what is left in the language nothing better could stand first.
    alone = next(each for each in compared.sections if each.languages == ("ru", "en"))
    assert alone.rows[Contender.BM25].measured.ndcg.mean == 1


def test_the_worst_come_first_with_what_they_miss(product: Product) -> None:
    many = [Draft(id=f"w{number:02}", title="Разработчик Python", requirements="Python") for number in range(12)]
    good, bad = a_judged("good", grades={"w00": 2}), a_judged("bad", grades={"w01": 1, "v4": 3, "elsewhere": 3})

    compared = comparing(product)(
        resumes=[good, bad], drafts=[*many, *DRAFTS], languages=["ru"] * len([*many, *DRAFTS]), pairs=False
    )

    first, second = compared.answers
    assert (first.resume_id, second.resume_id) == ("bad", "good")
    assert [placed.vacancy_id for placed in first.missed] == ["v4"]
    assert first.missed[0].place > 10
    assert (first.missed[0].title, first.missed[0].grade) == ("Бухгалтер", 3)
    assert second.missed == ()
    assert len(second.first) == 3
    assert Placed(place=1, vacancy_id="w00", title="Разработчик Python", grade=2) in second.first


def test_the_position_told_is_the_one_wished_for_or_else_the_present_one(product: Product) -> None:
    resumes = [
        a_judged("r1", grades={"v2": 1}),
        a_judged("r2", grades={"v2": 1}, desired_position=None, current_position="Водитель"),
    ]

    compared = comparing(product)(resumes=resumes, drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    assert {each.resume_id: each.position for each in compared.answers} == {
        "r1": "Разработчик Python",
        "r2": "Водитель",
    }


def test_where_nothing_is_worth_anything_nothing_is_measured(product: Product) -> None:
    compared = comparing(product)(resumes=[a_judged(grades={"v2": 0})], drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    (section,) = compared.sections
    assert (section.resumes, section.left_out, dict(section.rows), compared.answers) == (0, 1, {}, ())


def test_a_bad_draft_is_told_and_the_others_are_ranked(product: Product) -> None:
    drafts = [replace(DRAFTS[0], title=""), *DRAFTS[1:]]

    compared = comparing(product)(resumes=[a_judged(grades={"v2": 3})], drafts=drafts, languages=LANGUAGES, pairs=False)

    assert compared.errors == {0: {"title": ["bad_length"]}}
    assert compared.sections[0].vacancies == 3


def test_scores_are_read_for_all_and_for_each_group_told(product: Product) -> None:
    resumes = [
        a_judged("r1", grades={"v2": 3, "v1": 0}, group="software"),
        a_judged("r2", grades={"v1": 3}, desired_position="Водитель"),
    ]

    compared = comparing(product)(resumes=resumes, drafts=DRAFTS, languages=LANGUAGES, pairs=False)

    everybody, software = compared.readings
    assert [(each.group, each.resumes) for each in compared.readings] == [(None, 2), ("software", 1)]
    assert sum(band.judged for band in everybody.bands) == 3
    assert sum(band.judged + band.unjudged for band in software.bands) == 4
    ranked = product.application.rank_vacancies(resume=resumes[0].content, drafts=DRAFTS).ranked
    (score,) = (assessment.score for vacancy, assessment in ranked if vacancy.id == "v2")
    assert [band.least <= score <= band.most for band in software.bands] == [
        band.graded[3] == 1 for band in software.bands
    ]


def test_the_order_in_which_vacancies_come_changes_nothing(product: Product) -> None:
    resumes = [a_judged(grades={"v2": 3, "v3": 1})]

    there = comparing(product)(resumes=resumes, drafts=DRAFTS, languages=LANGUAGES, pairs=True)
    back = comparing(product)(resumes=resumes, drafts=DRAFTS[::-1], languages=LANGUAGES[::-1], pairs=True)

    assert there == back
