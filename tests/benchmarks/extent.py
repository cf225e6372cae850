"""How long and how often capacity is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Note = Callable[[str], None]
"""Tells whoever waits how far the measuring has got."""


@dataclass(frozen=True)
class Extent:
    """`seconds` and `rounds` are of requests, the others of jobs: `ladder` is how many workers there are in turn.

    Without `large_searches` no large catalogue is filled.
    """

    seconds: float
    rounds: int
    ladder: tuple[int, ...]
    files: int
    searches: int
    large_searches: int


WHOLE = Extent(seconds=3, rounds=3, ladder=(1, 2, 4, 4, 2, 1), files=80, searches=32, large_searches=8)
QUICK = Extent(seconds=0.7, rounds=1, ladder=(1, 2), files=20, searches=10, large_searches=0)
