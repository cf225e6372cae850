"""Effects are the scorer's own, at less than its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.insights.effects import compared_once
from domain.matching.scorer import Scorer
from domain.matching.stories import told_in_vacancy
from tests.domain.insights.marketing import a_developer, asking
from tests.domain.instruments import MEASURES, WordStems


@dataclass
class NotingStems(WordStems):
    """Notes the texts it was given."""

    given: list[str] = field(default_factory=list)

    def stems(self, text: str) -> tuple[str, ...]:
        self.given.append(text)
        return super().stems(text)


@dataclass
class LengthsAlike:
    """Finds texts alike by their lengths, and notes the pairs it was given."""

    given: list[tuple[str, str]] = field(default_factory=list)
    model: str | None = "lengths-1"

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        self.given += [(text, other) for other in others]
        return [min(len(text), len(other)) / max(len(text), len(other)) for other in others]


def test_no_vacancy_is_read_and_no_pair_compared_twice() -> None:
    stems, similarity = NotingStems(), LengthsAlike()
    plain = Scorer(replace(MEASURES, stems=stems, similarity=similarity))
    market = [asking(1, "Docker"), asking(2, "Redis", title="Тестировщик"), asking(2, "Redis", title="Тестировщик")]
    resumes = [a_developer(summary="Пишу сервисы."), a_developer(summary="Пишу сервисы.", skills=("Docker",))]
    expected = [plain.assess(resume, market) for resume in resumes]
    stems.given.clear()
    similarity.given.clear()

    scorer = compared_once(plain)
    scores = [scorer.assess(resume, market) for resume in resumes] + [scorer.assess(resumes[0], market[1:])]

    assert scores == [*expected, expected[0][1:]]
    assert stems.given
    assert not {told_in_vacancy(vacancy) for vacancy in market} & set(stems.given)
    assert len(similarity.given) == len(set(similarity.given)) == 2
    assert scorer.measures.similarity.model == similarity.model


def test_without_a_model_nothing_is_remembered_of_it() -> None:
    plain = Scorer(MEASURES)
    market = [asking(1, "Docker")]

    assert compared_once(plain).assess(a_developer(), market) == plain.assess(a_developer(), market)
