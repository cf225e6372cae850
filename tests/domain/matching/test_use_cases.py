"""Ranking on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.memory.outside import FixedClock
from domain.errors import Unavailable
from domain.matching.scorer import Scorer
from domain.matching.use_cases import RankVacancies
from domain.resumes.content import WorkFormat
from domain.vacancies.arrival import Draft
from tests.builders import NOW, a_resume_content
from tests.domain.instruments import MEASURES, measures_with
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


class _Slow:
    """A model that takes a second for each text, unless it has met it."""

    model = "slow-1"

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self._met: set[str] = set()

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:  # noqa: ARG002 — as the port has it
        self._clock.forward(timedelta(seconds=len({*others} - self._met)))
        self._met |= {*others}
        return [0.5] * len(others)


def _slowly(product: Product, within: timedelta | None) -> RankVacancies:
    scorer = Scorer(measures_with(_Slow(product.clock)))
    return replace(product.application.rank_vacancies, clock=product.clock, scorer=scorer, within=within)


def test_who_waits_too_long_is_told_and_goes_on_from_there_when_asking_again(product: Product) -> None:
    drafts = [_draft(f"{number}", requirements=f"Python {number}") for number in range(130)]
    rank = _slowly(product, timedelta(seconds=60))

    with pytest.raises(Unavailable, match="ranking_unfinished"):
        rank(resume=a_resume_content(), drafts=drafts)
    ranked = rank(resume=a_resume_content(), drafts=drafts).ranked
    patiently = _slowly(product, None)(resume=a_resume_content(), drafts=drafts).ranked

    assert len(ranked) == 130
    assert [(each.id, told) for each, told in ranked] == [(each.id, told) for each, told in patiently]
