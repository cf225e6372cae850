"""Shapes in which use cases answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Saved(Generic[T]):
    """A thing kept; `new` is False when it had been there before."""

    value: T
    new: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and how many there are in all."""

    items: Sequence[T]
    total: int
