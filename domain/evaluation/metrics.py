"""What a ranking is worth to one person: nDCG, precision, reciprocal rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

HIGHEST_GRADE = 3

RELEVANT = 2
"""The least grade that is worth applying for."""

DEEP, FIRST = 10, 5
"""How far down nDCG and the share of judged vacancies look, and how far precision does."""

Grades = Mapping[str, int]
"""The grades from 0 of the vacancies judged for a person; a vacancy nobody judged counts as 0."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One ranking measured, each figure from 0 to 1: nDCG@10, P@5, reciprocal rank, judged@10."""

    ndcg: float
    precision: float
    reciprocal_rank: float
    judged: float


def figures_of(ranking: Sequence[str], grades: Grades) -> Figures:
    return Figures(
        ndcg=ndcg(ranking, grades, at=DEEP),
        precision=precision(ranking, grades, at=FIRST),
        reciprocal_rank=reciprocal_rank(ranking, grades),
        judged=judged(ranking, grades, at=DEEP),
    )


def averaged(many: Sequence[Figures]) -> Figures:
    """Return the mean of one or more."""
    number = len(many)
    return Figures(
        ndcg=sum(each.ndcg for each in many) / number,
        precision=sum(each.precision for each in many) / number,
        reciprocal_rank=sum(each.reciprocal_rank for each in many) / number,
        judged=sum(each.judged for each in many) / number,
    )


def in_order(scores: Scores) -> list[str]:
    """Return the ids, the highest score first, ties by id."""
    return sorted(scores, key=lambda each: (-scores[each], each))


def ndcg(ranking: Sequence[str], grades: Grades, *, at: int) -> float:
    """Return the gain 2^grade - 1 of the first `at`, discounted by log2 of the place + 1, as a share of the best order.

    Where nothing is worth anything there is no best order: 0.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:at])
    return _gain([grades.get(each, 0) for each in ranking[:at]]) / best if best else 0.0


def precision(ranking: Sequence[str], grades: Grades, *, at: int) -> float:
    """Return the share of relevant ones among the first `at`; a place that is not filled holds none."""
    return sum(_is_relevant(each, grades) for each in ranking[:at]) / at


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """Return 1 / the place of the first relevant one, or 0 where there is none."""
    return next((1 / place for place, each in enumerate(ranking, start=1) if _is_relevant(each, grades)), 0.0)


def judged(ranking: Sequence[str], grades: Grades, *, at: int) -> float:
    """Return the share of the first `at` that somebody judged; 1 where nothing is ranked."""
    first = ranking[:at]
    return sum(each in grades for each in first) / len(first) if first else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def _is_relevant(each: str, grades: Grades) -> bool:
    return grades.get(each, 0) >= RELEVANT
