"""The semantic similarity of an installation without a model."""

from __future__ import annotations

from collections.abc import Sequence


class NoSimilarity:
    """Implements `Similarity` by saying that it does not know: the scorer then compares words."""

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:  # noqa: ARG002 — as the port has it
        return None
