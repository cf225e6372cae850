"""What one more skill would bring: the scorer asked again about a résumé that has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.insights.demand import Demand
from domain.matching.assessment import Assessment
from domain.matching.lexicon import Similarity
from domain.matching.scorer import Scorer
from domain.resumes.content import Language, ResumeContent
from domain.vacancies.vacancy import Vacancy

FITTING = 60
"""The score from which a vacancy is worth an application."""

Assessed = tuple[Vacancy, Assessment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`total` is the sum of what the scores of the market would gain, `mean` the mean over all of it, in points.

    `newly_fitting` counts the vacancies whose score would reach `FITTING` by it.
    """

    total: int = 0
    mean: float = 0.0
    newly_fitting: int = 0


class ComparedOnce:
    """A similarity that remembers every pair it was given; for one question, since nothing is ever forgotten."""

    def __init__(self, similarity: Similarity) -> None:
        self._similarity = similarity
        self._known: dict[tuple[str, str], float | None] = {}

    @property
    def model(self) -> str | None:
        """What compares behind it."""
        return self._similarity.model

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:
        """Return what the similarity behind it does."""
        unknown = [other for other in dict.fromkeys(others) if (text, other) not in self._known]
        if unknown:
            found = self._similarity.between(text, unknown)
            if found is None:
                return None
            self._known |= {(text, other): nearness for other, nearness in zip(unknown, found, strict=True)}
        return [self._known[text, other] for other in others]


def compared_once(scorer: Scorer) -> Scorer:
    """Return a scorer that says the same, and compares no texts twice: only the skills change between its runs."""
    return replace(scorer, measures=replace(scorer.measures, similarity=ComparedOnce(scorer.measures.similarity)))


def effect_of(demand: Demand, content: ResumeContent, market: Sequence[Assessed], scorer: Scorer) -> Effect:
    """Return what the skill alone would bring, if it were true."""
    # With the skill come those it implies; who asks for none of them, scores the same.
    brings = scorer.measures.skills.implied((demand.skill.name,))
    touched = [(vacancy, before) for vacancy, before in market if _asks(vacancy, brings, scorer)]
    after = scorer.scores(_with(content, demand), [vacancy for vacancy, _ in touched])
    pairs = [(before.score, now.score) for (_, before), now in zip(touched, after, strict=True)]
    total = sum(now - before for before, now in pairs)
    return Effect(
        total=total,
        mean=round(total / len(market), 2),
        newly_fitting=sum(before < FITTING <= now for before, now in pairs),
    )


def _asks(vacancy: Vacancy, names: frozenset[str], scorer: Scorer) -> bool:
    if any(requirement.skill in names for requirement in vacancy.asks):
        return True
    return not names.isdisjoint(scorer.measures.titles.read(vacancy.title).technologies)


def _with(content: ResumeContent, demand: Demand) -> ResumeContent:
    if demand.level is not None:
        spoken = Language(name=demand.skill.name, level=demand.level)
        return replace(content, languages=(*content.languages, spoken))
    return replace(content, skills=(*content.skills, demand.skill.name))
