"""The first ten are not ten of one employer."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.search.match import FilterReason, Shift
from domain.search.queue import (
    FIRST_ONES,
    LOOKED_OVER,
    MOST_ALIKE,
    TOO_MUCH_BETTER,
    Candidate,
    candidates,
    queue_up,
    varied,
)
from tests.builders import NOW, a_run, a_vacancy, an_assessment
from tests.domain.instruments import MEASURES


def _found(number: int, company: str | None, score: int = 50, points: int = 0, title: str | None = None) -> Candidate:
    vacancy = a_vacancy(id=f"internal-{number:03}", company=company, title=title or f"Вакансия {number}")
    (candidate,) = candidates([(vacancy, an_assessment(score=score))], MEASURES)
    return Candidate(
        vacancy=vacancy,
        assessment=candidate.assessment,
        shift=Shift(points=points),
        posting=candidate.posting,
        employer=candidate.employer,
        alike=candidate.alike,
    )


def _companies(letters: str) -> list[Candidate]:
    """Return candidates of one score, the letters their employers."""
    return [_found(number, letter) for number, letter in enumerate(letters)]


def _letters(found: list[Candidate]) -> str:
    return "".join(each.vacancy.company or "-" for each in found)


@st.composite
def _queues(draw: st.DrawFn) -> list[Candidate]:
    told = st.tuples(st.sampled_from(["A", "B", "C", "D", "E", None]), st.integers(0, 100), st.integers(-8, 8))
    drawn = draw(st.lists(told, max_size=45))
    ranked = sorted(drawn, key=lambda each: -(each[1] + each[2]))
    return [
        _found(number, company, score, points, title="Водитель" if number % 2 else None)
        for number, (company, score, points) in enumerate(ranked)
    ]


@given(_queues())
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_nothing_is_added_and_nobody_goes_far(found: list[Candidate]) -> None:
    after = varied(found)

    assert sorted(each.vacancy.id for each in after) == sorted(each.vacancy.id for each in found)
    assert after[LOOKED_OVER:] == found[LOOKED_OVER:]
    assert all(abs(place - after.index(each)) < LOOKED_OVER for place, each in enumerate(found))
    assert varied(found) == after


@given(_queues())
@settings(max_examples=150, deadline=None)
def test_nothing_gives_way_to_what_is_ten_points_worse(found: list[Candidate]) -> None:
    place = {each.vacancy.id: number for number, each in enumerate(varied(found))}

    for better, worse in combinations(found, 2):
        if place[better.vacancy.id] > place[worse.vacancy.id]:
            assert better.assessment.score - worse.assessment.score < TOO_MUCH_BETTER
            assert better.rank - worse.rank < TOO_MUCH_BETTER


@given(_queues())
@settings(max_examples=150, deadline=None)
def test_what_is_alike_keeps_its_order(found: list[Candidate]) -> None:
    for alike in {each.alike for each in found}:
        assert [each for each in varied(found) if each.alike == alike] == [
            each for each in found if each.alike == alike
        ]


@given(_queues())
@settings(max_examples=150, deadline=None)
def test_only_what_is_too_much_in_the_first_ten_gives_way(found: list[Candidate]) -> None:
    after = varied(found)

    place = {each.vacancy.id: number for number, each in enumerate(after)}
    for before, behind in combinations(found, 2):
        if place[before.vacancy.id] > place[behind.vacancy.id]:
            earlier = Counter(each.alike for each in after[: place[behind.vacancy.id]])
            assert earlier[before.alike] >= MOST_ALIKE


@given(st.lists(st.integers(0, 100), max_size=45))
@settings(max_examples=60, deadline=None)
def test_where_all_employers_differ_the_order_stays(scores: list[int]) -> None:
    found = [_found(number, f"Вымысел {number}", score) for number, score in enumerate(sorted(scores, reverse=True))]

    assert varied(found) == found


def test_of_the_first_ten_no_more_than_three_are_of_one_employer() -> None:
    assert _letters(varied(_companies("AAAAAAAAAAAABBBBCDEFGH"))) == "AAABBBCDEFAAAAAAAAABGH"


def test_where_there_are_no_others_one_employer_fills_the_rest() -> None:
    assert _letters(varied(_companies("AAAAAAAAAAAAB"))) == "AAABAAAAAAAAA"
    assert _letters(varied(_companies("A" * 12))) == "A" * 12
    assert varied([]) == []


def test_what_is_beyond_the_first_thirty_is_not_fetched() -> None:
    assert _letters(varied(_companies("A" * 30 + "BCDEFGH"))) == "A" * 30 + "BCDEFGH"


def test_one_ten_points_better_does_not_give_way() -> None:
    ours = [_found(number, "A", 60) for number in range(5)]

    assert _letters(varied([*ours, _found(5, "B", 51)])) == "AAABAA"
    assert _letters(varied([*ours, _found(5, "B", 50)])) == "AAAAAB"


def test_one_that_taste_has_put_ten_points_ahead_does_not_give_way_either() -> None:
    ours = [_found(number, "A", 50, points=8) for number in range(5)]

    assert _letters(varied([*ours, _found(5, "B", 50, points=-1)])) == "AAABAA"
    assert _letters(varied([*ours, _found(5, "B", 50, points=-2)])) == "AAAAAB"


def test_one_of_too_low_a_score_is_not_overtaken_by_the_next_that_is_not() -> None:
    ours = [_found(number, "A", 60, points=-8) for number in range(5)]

    found = [*ours, _found(5, "B", 45, points=6), _found(6, "C", 51)]

    assert _letters(varied(found)) == "AAAAABC"


def test_where_no_employer_is_named_titles_of_the_same_words_are_alike() -> None:
    titles = ["Водитель такси", "Такси, водитель", "водитель такси", "Такси-водитель", "Водитель автобуса"]

    after = varied([_found(number, None, title=title) for number, title in enumerate(titles)])

    assert [each.vacancy.title for each in after] == [*titles[:3], titles[4], titles[3]]


def test_one_title_of_many_employers_is_variety_enough() -> None:
    found = [_found(number, f"Вымысел {number}", title="Водитель") for number in range(FIRST_ONES + 1)]

    assert varied(found) == found


def test_a_queue_is_varied_and_a_place_withheld_is_not() -> None:
    found = [_found(number, company) for number, company in enumerate("AAHAAB")]

    matches, counts = queue_up(a_run(), found, seen={}, hidden_employers=frozenset({"h"}), at=NOW)

    assert [(match.place, match.employer, match.filter_reason) for match in matches] == [
        (1, "a", None),
        (2, "a", None),
        (3, "h", FilterReason.EMPLOYER_HIDDEN),
        (4, "a", None),
        (5, "b", None),
        (6, "a", None),
    ]
    assert [match.vacancy_id for match in matches][4:] == ["internal-005", "internal-004"]
    assert counts.queued == 5
