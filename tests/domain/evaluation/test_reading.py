"""What a score means, read off judged pairs."""

from __future__ import annotations

from domain.evaluation.reading import BANDS, Band, Scored, readings_of


def scored(grades: dict[str, int], scores: dict[str, int], group: str | None = None) -> Scored:
    return Scored(group=group, grades=grades, scores=scores)


def test_every_score_is_in_one_band() -> None:
    assert BANDS == ((80, 100), (60, 79), (40, 59), (0, 39))


def test_pairs_are_counted_by_grade_in_the_band_of_their_score() -> None:
    scores = {"a": 100, "b": 80, "c": 79, "d": 40, "e": 39, "f": 0, "g": 85}
    grades = {"a": 3, "b": 2, "c": 1, "d": 0, "e": 0, "f": 3}

    (everybody,) = readings_of([scored(grades, scores)])

    assert everybody.bands == (
        Band(least=80, most=100, graded=(0, 0, 1, 1), unjudged=1),
        Band(least=60, most=79, graded=(0, 1, 0, 0), unjudged=0),
        Band(least=40, most=59, graded=(1, 0, 0, 0), unjudged=0),
        Band(least=0, most=39, graded=(1, 0, 0, 1), unjudged=0),
    )


def test_shares_are_of_what_was_judged() -> None:
    band = Band(least=80, most=100, graded=(1, 0, 1, 2), unjudged=9)

    assert (band.judged, band.shares, band.relevant) == (4, (0.25, 0, 0.25, 0.5), 0.75)


def test_where_nothing_was_judged_there_are_no_shares() -> None:
    band = Band(least=80, most=100, graded=(0, 0, 0, 0), unjudged=9)

    assert (band.judged, band.shares, band.relevant) == (0, None, None)


def test_each_group_has_its_own_reading_and_all_together_one() -> None:
    scores = {"a": 90}
    people = [scored({"a": 3}, scores, "trades"), scored({"a": 0}, scores, "office"), scored({"a": 1}, scores)]

    readings = readings_of(people)

    assert [(each.group, each.resumes, each.bands[0].graded) for each in readings] == [
        (None, 3, (1, 1, 0, 1)),
        ("office", 1, (1, 0, 0, 0)),
        ("trades", 1, (0, 0, 0, 1)),
    ]


def test_a_grade_of_what_was_not_scored_counts_in_no_band() -> None:
    (everybody,) = readings_of([scored({"elsewhere": 3}, {"a": 90})])

    assert sum(band.judged for band in everybody.bands) == 0
