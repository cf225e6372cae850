"""Which of many vacancies, known by their outlines alone, are worth being read in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.matching.scorer import Scorer
from domain.resumes.content import ResumeContent
from domain.vacancies.vacancy import Vacancy


@dataclass(frozen=True)
class Shortlist:
    """Picks by the score. What outlines earn is provisional: whoever reads in full assesses anew."""

    scorer: Scorer

    def __call__(self, resume: ResumeContent, vacancies: Sequence[Vacancy], most: int) -> list[Vacancy]:
        """Return the best of them, no more than `most`, the best first; ties by id."""
        scores = self.scorer.scores(resume, vacancies)
        order = sorted(
            zip(scores, vacancies, strict=True), key=lambda pair: (-pair[0].score, -pair[0].points, pair[1].id)
        )
        return [vacancy for _, vacancy in order[:most]]
