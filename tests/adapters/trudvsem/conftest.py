"""Работа России on loopback and the source that asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.composition import lexicon
from adapters.lexicon.titles import TitleCatalogue
from domain.matching.measures import Measures
from tests.boards.trudvsem import Board, running_board


@pytest.fixture(scope="session")
def measures() -> Measures:
    return lexicon("none")


@pytest.fixture(scope="session")
def titles(measures: Measures) -> TitleCatalogue:
    assert isinstance(measures.titles, TitleCatalogue)
    return measures.titles


@pytest.fixture
def board() -> Iterator[Board]:
    with running_board(Board()) as board:
        yield board
