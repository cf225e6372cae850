"""What a score means: how the pairs of each band of scores were judged, for everybody and for each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.evaluation.metrics import HIGHEST_GRADE, RELEVANT, Grades
from domain.insights.funnel import LEVELS

BANDS = tuple(zip((*LEVELS, 0), (100, *(level - 1 for level in LEVELS)), strict=True))
"""The scores from and to, both included, that are read alike, the highest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One judged résumé, the group of professions that it is of if somebody says so, and the score of each vacancy."""

    group: str | None
    grades: Grades
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The pairs with a score `least` to `most`: how many were judged with each grade from 0 on, how many by nobody."""

    least: int
    most: int
    graded: tuple[int, ...]
    unjudged: int

    @property
    def judged(self) -> int:
        return sum(self.graded)

    @property
    def shares(self) -> tuple[float, ...] | None:
        """The share of each grade from 0 on; `None` where nothing was judged."""
        return tuple(count / self.judged for count in self.graded) if self.judged else None

    @property
    def relevant(self) -> float | None:
        """The share of pairs worth applying for; `None` where nothing was judged."""
        return sum(self.graded[RELEVANT:]) / self.judged if self.judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The bands, the highest first, of a group of résumés; of all of them where it is `None`."""

    group: str | None
    resumes: int
    bands: tuple[Band, ...]


def readings_of(everybody: Sequence[Scored]) -> tuple[Reading, ...]:
    """Return the reading of all, then that of each group by its name."""
    groups = sorted({each.group for each in everybody if each.group is not None})
    of_groups = (_reading(group, [each for each in everybody if each.group == group]) for group in groups)
    return (_reading(None, everybody), *of_groups)


def _reading(group: str | None, resumes: Sequence[Scored]) -> Reading:
    pairs = [pair for each in resumes for pair in _pairs(each)]
    return Reading(group=group, resumes=len(resumes), bands=tuple(_band(*bounds, pairs) for bounds in BANDS))


def _pairs(resume: Scored) -> Iterator[tuple[int, int | None]]:
    """Yield the score and the grade of each pair, `None` where nobody judged it."""
    for name, score in resume.scores.items():
        yield score, resume.grades.get(name)


def _band(least: int, most: int, pairs: Sequence[tuple[int, int | None]]) -> Band:
    grades = Counter(grade for score, grade in pairs if least <= score <= most)
    return Band(
        least=least,
        most=most,
        graded=tuple(grades[grade] for grade in range(HIGHEST_GRADE + 1)),
        unjudged=grades[None],
    )
