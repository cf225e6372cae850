"""Chance with a seed, and intervals made with it."""

from __future__ import annotations

from itertools import islice

import pytest

from domain.evaluation.bootstrap import Estimate, difference, estimated, resamples
from domain.evaluation.chance import drawn, shuffled


def test_the_numbers_are_those_of_the_published_generator() -> None:
    assert list(islice(drawn(1234567), 3)) == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_a_shuffle_loses_nothing_and_every_order_comes_about_as_often() -> None:
    numbers = drawn(1)

    orders = ["".join(shuffled("abc", numbers)) for _ in range(6_000)]

    assert {"".join(sorted(order)) for order in orders} == {"abc"}
    assert all(900 < orders.count(order) < 1_100 for order in ("abc", "acb", "bac", "bca", "cab", "cba"))


def test_nothing_is_shuffled_into_nothing() -> None:
    assert shuffled([], drawn(1)) == []


def test_resamples_are_the_same_for_the_same_seed_and_draw_every_place() -> None:
    samples = resamples(5, number=100, seed=7)

    assert samples == resamples(5, number=100, seed=7) != resamples(5, number=100, seed=8)
    assert {len(sample) for sample in samples} == {5}
    assert {place for sample in samples for place in sample} == set(range(5))


def test_there_are_two_thousand_unless_told_otherwise() -> None:
    assert len(resamples(2)) == 2_000


def test_the_interval_leaves_out_the_outermost_in_forty_on_either_side() -> None:
    # Each sample is one place, so the sorted means are the values themselves.
    samples = [[place] for place in range(40)]

    found = estimated([float(place) for place in range(40)], samples)

    assert found == Estimate(mean=19.5, low=1.0, high=38.0)


def test_the_interval_is_about_two_standard_errors_wide_on_either_side() -> None:
    values = [0.0] * 50 + [1.0] * 50

    found = estimated(values, resamples(100))

    assert found.mean == 0.5
    assert (found.low, found.high) == pytest.approx((0.4, 0.6), abs=0.015)


def test_what_is_the_same_everywhere_is_certain() -> None:
    assert estimated([0.5] * 8, resamples(8)) == Estimate(mean=0.5, low=0.5, high=0.5)


def test_a_difference_that_is_the_same_for_everybody_is_certain_however_far_apart_they_are() -> None:
    ours, theirs = [0.25, 0.5, 1.0], [0.0, 0.25, 0.75]

    found = difference(ours, theirs, resamples(3))

    assert found == Estimate(mean=0.25, low=0.25, high=0.25)
    assert estimated(ours, resamples(3)).low < estimated(ours, resamples(3)).high
