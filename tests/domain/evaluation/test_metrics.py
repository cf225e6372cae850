"""What a ranking is worth."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.evaluation.metrics import (
    Figures,
    averaged,
    figures_of,
    in_order,
    judged,
    ndcg,
    precision,
    reciprocal_rank,
)

LAW = settings(max_examples=100, deadline=None, derandomize=True)
GRADED = st.dictionaries(
    st.text(alphabet="abcdefghij", min_size=1, max_size=2), st.integers(0, 3), min_size=1, max_size=15
).filter(lambda grades: any(grades.values()))
RANKED = GRADED.flatmap(lambda grades: st.tuples(st.just(grades), st.permutations(sorted(grades))))

GRADES = {"a": 3, "b": 2, "c": 1}


def perfect(grades: dict[str, int]) -> list[str]:
    return sorted(grades, key=lambda each: (-grades[each], each))


def perfect_pair(pair: list[str], grades: dict[str, int]) -> list[str]:
    return sorted(pair, key=lambda each: -grades[each])


def test_gains_grow_with_the_grade_and_shrink_with_the_place() -> None:
    value = ndcg(["b", "a", "x", "c"], GRADES, at=10)

    assert value == pytest.approx((3 + 7 / log2(3) + 1 / log2(5)) / (7 + 3 / log2(3) + 1 / 2))
    assert value == pytest.approx(0.835448, abs=1e-6)


def test_what_stands_beyond_the_places_looked_at_counts_neither_way() -> None:
    assert ndcg(["a", "x", "b"], GRADES, at=1) == 1
    assert ndcg(["x", "a", "b"], GRADES, at=1) == 0


def test_where_nothing_is_worth_anything_no_order_is_good() -> None:
    assert ndcg(["a", "b"], {"a": 0}, at=10) == 0


def test_precision_counts_those_worth_applying_for_and_an_empty_place_holds_none() -> None:
    assert precision(["a", "c", "b", "x", "y", "a2"], GRADES, at=5) == pytest.approx(2 / 5)
    assert precision(["a"], GRADES, at=5) == pytest.approx(1 / 5)


def test_the_reciprocal_rank_is_that_of_the_first_one_worth_applying_for() -> None:
    assert reciprocal_rank(["x", "c", "b", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "c"], GRADES) == 0


def test_a_vacancy_graded_0_is_judged_and_one_without_a_grade_is_not() -> None:
    assert judged(["a", "x", "z", "y"], {"a": 1, "z": 0}, at=3) == pytest.approx(2 / 3)
    assert judged(["a"], {"a": 0}, at=10) == 1
    assert judged([], {"a": 1}, at=10) == 1


def test_ties_are_broken_by_id() -> None:
    assert in_order({"b": 1.0, "c": 2.0, "a": 1.0}) == ["c", "a", "b"]


def test_figures_look_ten_and_five_places_down() -> None:
    ranking = [*"pqrst", "a", "b", "c", "u", "v", "w"]

    found = figures_of(ranking, GRADES | {"p": 0})

    assert found == Figures(ndcg=ndcg(ranking, GRADES, at=10), precision=0.0, reciprocal_rank=1 / 6, judged=0.4)


def test_the_mean_is_taken_figure_by_figure() -> None:
    one = Figures(ndcg=0.2, precision=0.4, reciprocal_rank=1.0, judged=0.5)
    other = Figures(ndcg=0.4, precision=0.0, reciprocal_rank=0.5, judged=1.0)

    mean = averaged([one, other])

    assert (mean.ndcg, mean.precision, mean.reciprocal_rank, mean.judged) == pytest.approx((0.3, 0.2, 0.75, 0.75))


@LAW
@given(GRADED)
def test_the_best_order_is_worth_1(grades: dict[str, int]) -> None:
    assert ndcg(perfect(grades), grades, at=10) == pytest.approx(1)


@LAW
@given(RANKED)
def test_no_order_is_above_the_best_and_the_reverse_of_the_best_is_below_none(
    ranked: tuple[dict[str, int], list[str]],
) -> None:
    grades, ranking = ranked
    worst = ndcg(perfect(grades)[::-1], grades, at=10)

    assert worst - 1e-9 <= ndcg(ranking, grades, at=10) <= 1 + 1e-9


@LAW
@given(RANKED, st.data())
def test_moving_a_better_one_up_never_lowers_anything(
    ranked: tuple[dict[str, int], list[str]], data: st.DataObject
) -> None:
    grades, ranking = ranked
    places = sorted(data.draw(st.lists(st.integers(0, len(ranking) - 1), min_size=2, max_size=2)))
    pair = [ranking[place] for place in places]
    better, worse = list(ranking), list(ranking)
    for place, up, down in zip(places, perfect_pair(pair, grades), perfect_pair(pair, grades)[::-1], strict=True):
        better[place], worse[place] = up, down

    above, below = figures_of(better, grades), figures_of(worse, grades)

    assert above.ndcg >= below.ndcg - 1e-9
    assert above.precision >= below.precision
    assert above.reciprocal_rank >= below.reciprocal_rank


@LAW
@given(RANKED, st.lists(st.sampled_from("vwxyz"), unique=True))
def test_an_irrelevant_tail_changes_nothing(ranked: tuple[dict[str, int], list[str]], tail: list[str]) -> None:
    grades, ranking = ranked
    before, after = figures_of(ranking, grades), figures_of([*ranking, *tail], grades)

    assert (after.ndcg, after.precision, after.reciprocal_rank) == (
        before.ndcg,
        before.precision,
        before.reciprocal_rank,
    )
