"""How telling words are: inverse document frequencies shipped with the version."""

from __future__ import annotations

import json
from importlib.resources import files


class ShippedWeights:
    """Implements `TermWeights` from `data/term_weights.json`: a stem to its weight; one not listed weighs 1."""

    def __init__(self) -> None:
        text = files("adapters.lexicon").joinpath("data/term_weights.json").read_text("utf-8")
        self._weights: dict[str, float] = json.loads(text)

    def weight(self, stem: str) -> float:
        return self._weights.get(stem, 1.0)
