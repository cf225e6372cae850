"""A model of a few letters, in place of one that must be installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError

from adapters.similarity.models import Encode, Model

LETTERS = "абвabc"


class Letters:
    """Encodes a text by how often it has each of a few letters, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> list[float]:
        self.asked.append(text)
        if "!" in text:
            raise ValueError(text)
        return [float(text.count(letter)) for letter in LETTERS]


def missing() -> str:
    raise PackageNotFoundError("libletters")


def a_model(
    load: Callable[[], Encode] = Letters,
    *,
    name: str = "letters",
    version: Callable[[], str] = lambda: "1",
    strangers: float = 0.1,
    twins: float = 0.6,
) -> Model:
    return Model(
        name=name,
        package=f"lib{name}",
        version=version,
        load=load,
        dimensions=len(LETTERS),
        strangers=strangers,
        twins=twins,
    )
