"""The stories of vacancies in memory: which are nearest, and how the matrix follows the store."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.memory.outside import FixedClock
from adapters.memory.store import MemoryStore
from adapters.similarity import matrix
from adapters.similarity.encoder import Encoder
from adapters.similarity.matrix import StoryMatrix
from adapters.similarity.models import Model
from domain.identifiers import VacancyId
from domain.vacancies.embedding import EmbedVacancies
from domain.vacancies.vacancy import Vacancy
from tests.adapters.similarity.models import Letters, a_model, missing
from tests.builders import NOW, a_vacancy

MINUTE = timedelta(minutes=1)


class Desk:
    """A store with a matrix over it."""

    def __init__(self, *models: Model) -> None:
        self.store, self.clock, self.encoder = MemoryStore(), FixedClock(NOW), Encoder(models or [a_model()])
        self.matrix = StoryMatrix(self.encoder, self.store, self.clock)

    def keep(self, **titles: str) -> None:
        """Keep vacancies that tell nothing but their titles, and embed them."""
        self.save(*(_vacancy(name, title) for name, title in titles.items()))
        while EmbedVacancies(self.store, self.clock, self.encoder)().more:
            pass

    def save(self, *vacancies: Vacancy) -> None:
        with self.store() as tx:
            tx.vacancies.save(vacancies)

    def nearest(self, text: str, limit: int = 10) -> Sequence[str]:
        return [each.removeprefix("internal-") for each in self.matrix.nearest(text, limit=limit)]


def _vacancy(name: str, title: str, **changes: Any) -> Vacancy:
    silent = {"skills": (), "asks": (), "requirements": "", "responsibilities": "", "description": ""}
    return a_vacancy(id=VacancyId(f"internal-{name}"), title=title, **{**silent, **changes})


def test_the_nearest_comes_first_and_ties_go_by_id() -> None:
    desk = Desk()
    desk.keep(d="абв", b="abc", c="аб", a="аб")

    assert desk.nearest("аб") == ["a", "c", "d", "b"]
    assert desk.nearest("аб", limit=2) == ["a", "c"]
    assert desk.nearest("аб", limit=1) == ["a"]


def test_what_several_models_say_is_averaged() -> None:
    class Latin:
        def __call__(self, text: str) -> list[float]:
            return [0.0, 0.0, 0.0, *(float(text.count(letter)) for letter in "abc")]

    desk = Desk(a_model(), a_model(Latin, name="latin"))
    desk.keep(both="аa", cyrillic="а", latin="a")

    assert desk.nearest("аa") == ["both", "latin", "cyrillic"]


def test_an_empty_catalogue_has_nothing_near() -> None:
    assert Desk().nearest("аб") == []


def test_without_a_model_nothing_is_near(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(a_model(version=missing))
    desk.keep(a="аб")

    assert desk.nearest("аб") == []
    with caplog.at_level(logging.WARNING):
        assert Desk().nearest("аб!") == []
    assert caplog.records[-1].message == "similarity_failed"


def test_what_comes_later_is_read_before_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "_AT_ONCE", 2)
    desk = Desk()
    desk.keep(a="аб", b="абв", c="abc")
    assert desk.nearest("аб") == ["a", "b", "c"]

    desk.clock.forward(10 * MINUTE)
    desk.keep(c="аб", d="ааб", e="бб", f="вв")

    assert desk.nearest("аб") == ["a", "c", "d", "b", "e", "f"]


def test_what_was_committed_late_is_not_missed() -> None:
    desk = Desk()
    desk.keep(a="аб")
    desk.nearest("аб")

    desk.clock.forward(-MINUTE)
    desk.keep(b="абв")
    desk.clock.forward(MINUTE)

    assert desk.nearest("аб") == ["a", "b"]


def test_what_has_closed_leaves_the_matrix_within_the_hour() -> None:
    desk = Desk()
    desk.keep(a="аб", b="абв")
    desk.nearest("аб")
    desk.save(_vacancy("a", "аб", closes_at=NOW))

    desk.clock.forward(59 * MINUTE)
    before = desk.nearest("аб")
    desk.clock.forward(MINUTE)

    assert (before, desk.nearest("аб")) == (["a", "b"], ["b"])


def test_a_vector_of_another_length_is_passed_over() -> None:
    desk = Desk()
    desk.keep(a="аб", b="абв")
    with desk.store() as tx:
        (story,) = [vector for each, vector in _stories(tx) if each == "internal-a"]
        tx.vectors._tables.vectors.update(
            {key: (vector[:-1], at) for key, (vector, at) in tx.vectors._tables.vectors.items() if vector == story}
        )

    assert desk.nearest("аб") == ["b"]


def _stories(tx: Any) -> Sequence[tuple[VacancyId, bytes]]:
    found: Sequence[tuple[VacancyId, bytes]] = tx.vectors.stories(
        model="letters-1", at=NOW, since=None, after=None, limit=100
    )
    return found


@settings(max_examples=30, deadline=None)
@given(titles=st.lists(st.text(alphabet="абвabc", min_size=1, max_size=8), min_size=1, max_size=30), data=st.data())
def test_the_order_is_that_of_the_cosines_whatever_the_blocks(titles: list[str], data: st.DataObject) -> None:
    desk = Desk()
    desk.keep(**{f"{number:02}": title for number, title in enumerate(titles)})
    text, limit = data.draw(st.sampled_from(titles)), data.draw(st.integers(1, 30))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix, "_BLOCK", data.draw(st.integers(1, 40)))
        found = desk.nearest(text, limit)

    mine = Letters()(text)
    cosines = {f"{number:02}": round(_cosine(mine, Letters()(title)), 2) for number, title in enumerate(titles)}
    assert len(found) == len(set(found)) == min(limit, len(titles))
    # To a byte a component, and no further.
    left_out = max((cosines[each] for each in cosines.keys() - set(found)), default=0.0)
    assert min(cosines[each] for each in found) >= left_out - 0.02


def _cosine(one: list[float], other: list[float]) -> float:
    lengths = sum(each * each for each in one) * sum(each * each for each in other)
    return sum(mine * theirs for mine, theirs in zip(one, other, strict=True)) / float(lengths**0.5)
