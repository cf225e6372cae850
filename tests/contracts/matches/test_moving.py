"""How matches stand in the queue of their run, and are moved in it."""

from __future__ import annotations

from dataclasses import replace

from domain.matching.assessment import Reason
from domain.search.match import FilterReason, Match, MatchState, Shift
from domain.search.ports import Standing
from domain.transactions import Transactions
from tests.builders import ANNA, NOW, an_assessment
from tests.contracts.matches.given import FIRST, SECOND, add, placed, take


def test_matches_stand_in_the_order_of_their_places(store: Transactions) -> None:
    liked = Shift(points=4, reason=Reason(code="liked_area", data={"area": "Казань"}))
    hidden = {"state": MatchState.FILTERED, "filter_reason": FilterReason.EMPLOYER_HIDDEN}
    aside = {"state": MatchState.FILTERED, "filter_reason": FilterReason.NOT_YOUR_WORK}
    add(
        store,
        placed(3, shift=liked, assessment=an_assessment(score=60)),
        placed(1, employer=None),
        placed(2, **hidden),
        *(placed(number, run_id=SECOND) for number in (1, 2)),
    )
    add(store, *(_without_place(number, **aside) for number in (9, 8)))

    with store() as tx:
        standing = tx.matches.standing(FIRST)

    assert [(each.vacancy_id, each.place, each.filter_reason) for each in standing] == [
        ("internal-1", 1, None),
        ("internal-2", 2, FilterReason.EMPLOYER_HIDDEN),
        ("internal-3", 3, None),
        ("internal-8", None, FilterReason.NOT_YOUR_WORK),
        ("internal-9", None, FilterReason.NOT_YOUR_WORK),
    ]
    assert standing[2] == Standing(
        vacancy_id=placed(3).vacancy_id,
        posting="posting 3",
        employer=placed(3).employer,
        state=MatchState.WAITING,
        shown=False,
        filter_reason=None,
        place=3,
        score=60,
        rank=64,
    )
    assert standing[0].employer is None


def _without_place(number: int, **changes: object) -> Match:
    return replace(placed(number, **changes), place=None)


def test_matches_are_moved_and_those_without_a_place_are_filtered_out(store: Transactions) -> None:
    add(store, *(placed(number) for number in (1, 2, 3)), *(placed(number, run_id=SECOND) for number in (2, 3)))

    with store() as tx:
        tx.matches.move(FIRST, {placed(1).vacancy_id: 7, placed(2).vacancy_id: 5, placed(3).vacancy_id: None})
        tx.matches.move(FIRST, {})

    with store() as tx:
        places = {each.vacancy_id: (each.place, each.filter_reason) for each in tx.matches.standing(FIRST)}
        assert places == {
            "internal-2": (5, None),
            "internal-1": (7, None),
            "internal-3": (None, FilterReason.BEYOND_LIMIT),
        }
        assert [each.place for each in tx.matches.standing(SECOND)] == [2, 3]
        assert tx.matches.coming(FIRST, limit=9) == ["internal-2", "internal-1"]


def test_what_was_shown_is_not_moved(store: Transactions) -> None:
    add(store, placed(1), placed(2))
    shown = take(store, FIRST)

    with store() as tx:
        tx.matches.move(FIRST, {shown.vacancy_id: 9, placed(2).vacancy_id: 3})
        tx.matches.move(FIRST, {shown.vacancy_id: None})

    with store() as tx:
        assert tx.matches.find(ANNA, shown.vacancy_id) == placed(1).shown(at=NOW, after=None)
        assert [(each.place, each.shown) for each in tx.matches.standing(FIRST)] == [(1, True), (3, False)]
