"""How sure a mean is: the bootstrap over queries (Efron, 1979), paired where two rankings are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.evaluation.chance import drawn

RESAMPLES = 2_000
SEED = 20_260_301

_OUTSIDE = 0.025

Resamples = Sequence[Sequence[int]]
"""Places of queries, drawn with replacement. The same ones for all that is compared: that pairs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean or another figure, and the bounds within which it is in 95 of 100 resamples."""

    mean: float
    low: float
    high: float


def resamples(size: int, *, number: int = RESAMPLES, seed: int = SEED) -> Resamples:
    """Return so many samples of `size` queries out of `size`, always the same for the same seed."""
    numbers = drawn(seed)
    return [[next(numbers) % size for _ in range(size)] for _ in range(number)]


def estimated(values: Sequence[float], samples: Resamples) -> Estimate:
    """Return the mean of the values, one for each query, with its interval (percentiles)."""
    return estimated_over(lambda places: _mean([values[place] for place in places]), len(values), samples)


def estimated_over(figure: Callable[[Sequence[int]], float], size: int, samples: Resamples) -> Estimate:
    """Return a figure of all `size` places together, such as a ratio of sums, with its interval (percentiles)."""
    figures = sorted(map(figure, samples))
    outside = int(len(figures) * _OUTSIDE)
    return Estimate(mean=figure(range(size)), low=figures[outside], high=figures[-1 - outside])


def difference(ours: Sequence[float], theirs: Sequence[float], samples: Resamples) -> Estimate:
    """Return how much the first are above the second, query by query, with the interval of that difference."""
    return estimated([one - other for one, other in zip(ours, theirs, strict=True)], samples)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
