"""The measuring instruments that matching is given."""

from __future__ import annotations

from dataclasses import dataclass

from domain.matching.lexicon import Currencies, Places, Similarity, Skills, Stems, TermWeights, Titles


@dataclass(frozen=True)
class Measures:
    stems: Stems
    skills: Skills
    titles: Titles
    places: Places
    currencies: Currencies
    weights: TermWeights
    similarity: Similarity
