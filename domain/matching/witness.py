"""A similarity that notes whether it told anything."""

from __future__ import annotations

from collections.abc import Sequence

from domain.matching.lexicon import Similarity


class Witness:
    """Says what the similarity behind it does; for one comparison of a résumé with vacancies."""

    def __init__(self, similarity: Similarity) -> None:
        self._similarity = similarity
        self._told = False

    @property
    def model(self) -> str | None:
        """What compares behind it."""
        return self._similarity.model

    @property
    def compared_by(self) -> str | None:
        """The model, if it told of two texts at least how near they are; `None`: words alone compared."""
        return self.model if self._told else None

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:
        """Return what the similarity behind it does."""
        found = self._similarity.between(text, others)
        self._told = self._told or any(each is not None for each in found or ())
        return found
