"""The overlap of two texts in words, each weighed by how telling it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from domain.matching.lexicon import TermWeights


@dataclass(frozen=True, slots=True)
class Words:
    """The different stems of a text, and what they weigh together.

    There are as many of these as vacancies: a tuple takes a quarter of a set's memory.
    """

    stems: tuple[str, ...]
    weight: float


def weight_of(stems: Iterable[str], weights: TermWeights) -> float:
    """Return what the stems given weigh together."""
    # Exact: a plain sum of floats depends on its order, and the order of a set on the process.
    return fsum(map(weights.weight, stems))


def overlap(stems: frozenset[str], weight: float, words: Words, weights: TermWeights) -> float:
    """Return the weighted Dice overlap, 0 to 1, of stems, which weigh so much together, with the words of a text."""
    both = weight + words.weight
    return 2 * weight_of(stems.intersection(words.stems), weights) / both if both else 0.0
