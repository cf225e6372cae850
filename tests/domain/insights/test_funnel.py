"""What became of what was found, and how its scores are spread."""

from __future__ import annotations

from domain.insights.funnel import Funnel, Scores, fates_in, funnel_of, scores_in
from domain.search.match import FilterReason, MatchState
from domain.search.ports import Fate, Tally

WAITS: Fate = (MatchState.WAITING, None)
TWICE: Fate = (MatchState.FILTERED, FilterReason.SAME_POSTING)
OTHER_WORK: Fate = (MatchState.FILTERED, FilterReason.NOT_YOUR_WORK)
BEFORE: Fate = (MatchState.FILTERED, FilterReason.ALREADY_SHOWN)


def scored(score: int, count: int = 1, fate: Fate = WAITS) -> Tally:
    return Tally(fate=fate, score=score, count=count, moved=0)


def test_every_find_is_in_one_stage_and_what_was_shown_stays_shown_whatever_was_said() -> None:
    fates: dict[Fate, int] = {
        WAITS: 1,
        (MatchState.SUPERSEDED, None): 2,
        (MatchState.SHOWN, None): 3,
        (MatchState.LIKED, None): 4,
        (MatchState.DISLIKED, None): 5,
        (MatchState.APPLIED, None): 6,
        (MatchState.HIDDEN, None): 7,
        TWICE: 8,
        BEFORE: 9,
    }

    assert funnel_of(fates, beyond_limit=0) == Funnel(
        found=45,
        filtered={FilterReason.ALREADY_SHOWN: 9, FilterReason.SAME_POSTING: 8},
        queued=28,
        waiting=1,
        superseded=2,
        shown=25,
        liked=4,
        disliked=5,
        applied=6,
        hidden=7,
    )


def test_what_was_counted_and_not_kept_was_found_too() -> None:
    assert funnel_of({WAITS: 1}, beyond_limit=3) == Funnel(
        found=4, filtered={FilterReason.BEYOND_LIMIT: 3}, queued=1, waiting=1
    )


def test_of_nothing_all_is_zero() -> None:
    assert funnel_of({}, beyond_limit=0) == Funnel()
    assert scores_in([]) == Scores(counted=0, bands=(0,) * 10, reaching={80: 0, 60: 0, 40: 0}, median=None)


def test_a_search_is_counted_whatever_the_score() -> None:
    assert fates_in([scored(80, 2), scored(20, 3), scored(80, 4, BEFORE)]) == {WAITS: 5, BEFORE: 4}


def test_scores_fall_into_bands_of_ten_and_the_last_one_holds_a_hundred() -> None:
    scores = scores_in([scored(each) for each in (0, 9, 10, 39, 40, 59, 60, 79, 80, 99, 100)])

    assert scores.bands == (2, 1, 0, 1, 1, 1, 1, 1, 1, 2)
    assert scores.reaching == {80: 3, 60: 5, 40: 7}
    assert scores.counted == sum(scores.bands) == 11


def test_the_middle_score_weighs_each_find() -> None:
    assert scores_in([scored(20), scored(60, 3), scored(90)]).median == 60
    assert scores_in([scored(20, 2), scored(61, 2)]).median == 40.5


def test_a_second_posting_counts_no_second_time_and_what_was_shown_before_does() -> None:
    scores = scores_in([scored(70), scored(90, 2, TWICE), scored(80, 1, BEFORE)])

    assert (scores.counted, scores.reaching[80]) == (2, 1)


def test_the_middle_score_is_that_of_the_persons_own_work() -> None:
    scores = scores_in([scored(70), scored(80), scored(90), scored(3, 9, OTHER_WORK)])

    assert (scores.counted, scores.median, scores.bands[0]) == (3, 80, 0)
