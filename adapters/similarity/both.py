"""Several models asked at once."""

from __future__ import annotations

from collections.abc import Sequence

from domain.matching.lexicon import Similarity


class MeanSimilarity:
    """Implements `Similarity` by the mean of those models that are at hand; `None` when none is."""

    def __init__(self, models: Sequence[Similarity]) -> None:
        self._models = tuple(models)

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """Return a number from 0 to 1 for each of the other texts, or `None` when no model is at hand."""
        said = [found for model in self._models if (found := model.between(text, others)) is not None]
        return [round(sum(each) / len(each), 3) for each in zip(*said, strict=True)] if said else None
