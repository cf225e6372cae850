"""Similarity by a model: the same for the same pair, and silent where there is no model."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.similarity.both import MeanSimilarity
from adapters.similarity.e5 import E5Similarity
from adapters.similarity.use import UseSimilarity
from domain.matching.lexicon import Similarity

TEXTS = st.text(alphabet="абвabc ", max_size=12)


class Letters:
    """Encodes a text by how often it has each of a few letters, and counts what it was asked."""

    def __init__(self, size: int = 384) -> None:
        self.asked: list[str] = []
        self._size = size

    def __call__(self, text: str) -> list[float]:
        self.asked.append(text)
        counts = [float(text.count(letter)) for letter in "абвabc"]
        return counts + [0.0] * (self._size - len(counts))


class Fixed:
    def __init__(self, nearness: float | None) -> None:
        self._nearness = nearness

    def between(self, text: str, others: Sequence[str]) -> Sequence[float] | None:  # noqa: ARG002 — as the port has it
        return None if self._nearness is None else [self._nearness] * len(others)


def _missing() -> Callable[[str], object]:
    raise ImportError("no such package")


def _failing(text: str) -> object:
    raise RuntimeError(f"cannot encode {text}")


def test_the_same_text_is_as_near_as_can_be_and_a_stranger_is_not_near() -> None:
    assert UseSimilarity(Letters).between("аб", ["аб", "абв", "abc"]) == [1.0, 1.0, 0.0]


@pytest.mark.parametrize("similarity", [UseSimilarity(Letters), E5Similarity(Letters)])
@given(text=TEXTS, others=st.lists(TEXTS, max_size=4), more=st.lists(TEXTS, max_size=4))
def test_a_similarity_is_from_0_to_1_and_depends_on_its_pair_alone(
    similarity: Similarity, text: str, others: list[str], more: list[str]
) -> None:
    found = similarity.between(text, others)

    assert found is not None
    assert all(0.0 <= each <= 1.0 for each in found)
    assert (similarity.between(text, [*others, *more]) or [])[: len(others)] == found
    assert [similarity.between(text, [other]) for other in others] == [[each] for each in found]


def test_a_text_is_encoded_once_while_it_is_kept() -> None:
    letters = Letters()
    similarity = UseSimilarity(lambda: letters, texts_kept=2)

    similarity.between("а", ["б", "а", "б"])
    assert letters.asked == ["а", "б"]

    similarity.between("в", ["а"])
    similarity.between("б", ["в"])
    assert letters.asked == ["а", "б", "в", "а", "б", "в"][: len(letters.asked)]


def test_the_model_is_loaded_with_the_first_text_and_once() -> None:
    loaded: list[int] = []

    def load() -> Letters:
        loaded.append(1)
        return Letters()

    similarity = UseSimilarity(load)
    assert loaded == []

    similarity.between("а", ["б"])
    similarity.between("а", ["в"])
    assert loaded == [1]


@pytest.mark.parametrize("kind", [UseSimilarity, E5Similarity])
def test_without_its_package_a_model_says_that_it_does_not_know(kind: type[UseSimilarity]) -> None:
    similarity = kind(_missing)

    assert similarity.between("а", ["б"]) is None
    assert similarity.between("а", []) is None


def test_a_model_that_fails_says_that_it_does_not_know_and_tells_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert UseSimilarity(lambda: _failing).between("а", ["б"]) is None

    assert [record.message for record in caplog.records] == ["similarity_failed"]


def test_threads_that_ask_at_once_are_told_the_same() -> None:
    similarity = UseSimilarity(Letters, texts_kept=3)
    others = ["аб", "бв", "вa", "ab", "bc"]
    expected = UseSimilarity(Letters).between("аб", others)
    told: list[Sequence[float] | None] = []

    threads = [threading.Thread(target=lambda: told.append(similarity.between("аб", others))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [expected] * 8


def test_e5_takes_from_each_text_the_mean_of_its_own_language() -> None:
    nothing = E5Similarity(lambda: lambda _: [0.0] * 384)

    same, other = nothing.between("Слово", ["Другое слово", "An English word"]) or (0.0, 0.0)

    assert same == 1.0
    assert other > 0.0


@pytest.mark.parametrize(
    ("models", "mean"),
    [((1.0, 0.5), [0.75]), ((None, 0.5), [0.5]), ((None, None), None), ((), None)],
)
def test_several_models_answer_with_the_mean_of_those_at_hand(
    models: tuple[float | None, ...], mean: list[float] | None
) -> None:
    assert MeanSimilarity([Fixed(each) for each in models]).between("а", ["б"]) == mean
