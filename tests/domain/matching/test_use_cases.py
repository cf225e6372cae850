"""Ranking on request."""

from __future__ import annotations

from typing import Any

from domain.matching.scorer import Scorer
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import Draft
from tests.builders import NOW, a_resume_content
from tests.domain.instruments import MEASURES
from tests.domain.product import Product


def _draft(number: str, **changes: Any) -> Draft:
    return Draft(**{"id": number, "title": "Разработчик Python", "requirements": "Python", **changes})


def test_the_best_comes_first_under_its_own_id(product: Product) -> None:
    drafts = [_draft("b", title="Водитель"), _draft("hh-9"), _draft("a")]

    ranking = product.application.rank_vacancies(resume=a_resume_content(), drafts=drafts)

    assert [vacancy.id for vacancy, _ in ranking.ranked] == ["a", "hh-9", "b"]
    assert ranking.errors == {}


def test_a_bad_draft_is_answered_by_its_index_and_the_others_are_ranked(product: Product) -> None:
    drafts = [_draft("a", title=""), _draft("b"), _draft("c", url="x")]

    ranking = product.application.rank_vacancies(resume=a_resume_content(), drafts=drafts)

    assert [vacancy.id for vacancy, _ in ranking.ranked] == ["b"]
    assert ranking.errors == {0: {"title": ["bad_length"]}, 2: {"url": ["not_a_web_address"]}}


def test_nothing_given_ranks_nothing(product: Product) -> None:
    ranking = product.application.rank_vacancies(resume=a_resume_content(), drafts=[])

    assert (ranking.ranked, ranking.errors) == ([], {})


def test_the_score_is_the_one_a_search_gives(product: Product) -> None:
    draft = _draft("1", area="Казань", work_format=WorkFormat.REMOTE, experience="1-3")
    product.welcome_with_resume()
    product.application.store_vacancies(drafts=[draft])
    product.search()

    ((vacancy, assessment),) = product.application.rank_vacancies(resume=a_resume_content(), drafts=[draft]).ranked

    assert assessment == product.next().match.assessment
    assert [assessment] == Scorer(MEASURES).assess(a_resume_content(), [vacancy])


def test_ranking_keeps_nothing(product: Product) -> None:
    product.application.rank_vacancies(resume=a_resume_content(), drafts=[_draft("1")])

    with product.store() as tx:
        assert tx.vacancies.newest(at=NOW, limit=1) == []
