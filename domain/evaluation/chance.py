"""Chance that falls the same way for the same seed, on every machine and under every Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

_BITS = 2**64 - 1


def drawn(seed: int) -> Iterator[int]:
    """Yield numbers of 64 bits without end: SplitMix64 (Steele, Lea, Flood, 2014)."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _BITS
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _BITS
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _BITS
        yield mixed ^ (mixed >> 31)


def shuffled(items: Sequence[Item], numbers: Iterator[int]) -> list[Item]:
    """Return the items in an order that the next numbers decide (Fisher and Yates)."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        chosen = next(numbers) % (last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return order
