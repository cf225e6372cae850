"""What verdicts do to matches, and what is learned from them."""

from __future__ import annotations

from dataclasses import replace

from domain.identifiers import VacancyId
from domain.search.match import FilterReason, Match, MatchState, Verdict
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_match
from tests.contracts.matches.given import FIRST, HIS, MINUTE, SECOND, add, judge, placed, take


def test_hidden_employers_are_those_not_let_back_in(store: Transactions) -> None:
    add(
        store,
        placed(1, employer="альфа"),
        placed(2, employer="бета"),
        placed(3, employer=None),
        placed(4, employer="гамма"),
        placed(5, employer="дельта", run_id=HIS, telegram_id=BORIS),
    )
    hidden = [judge(store, take(store, FIRST), Verdict.HIDE_EMPLOYER) for _ in range(3)]
    judge(store, take(store, HIS), Verdict.HIDE_EMPLOYER)
    judge(store, hidden[1], Verdict.UNDO)

    with store() as tx:
        assert tx.matches.hidden_employers(ANNA) == frozenset({"альфа"})


def test_what_waits_from_a_hidden_employer_is_withheld(store: Transactions) -> None:
    add(
        store,
        placed(1, employer="альфа"),
        placed(2, employer="альфа"),
        placed(3, employer="бета"),
        placed(4, employer=None),
        placed(5, employer="альфа", run_id=HIS, telegram_id=BORIS),
    )
    take(store, FIRST)

    with store() as tx:
        tx.matches.withhold(ANNA, "альфа")

    with store() as tx:
        withheld = tx.matches.find(ANNA, VacancyId("internal-2"))
        assert withheld == placed(
            2, employer="альфа", state=MatchState.FILTERED, filter_reason=FilterReason.EMPLOYER_HIDDEN
        )
        assert tx.matches.waiting(FIRST) == 2
        assert tx.matches.waiting(HIS) == 1
        assert set(tx.matches.seen(ANNA)) == {"posting 1", "internal-1"}


def test_what_was_withheld_is_offered_again_in_its_place(store: Transactions) -> None:
    add(store, placed(1, employer="альфа"), placed(2, employer="бета"), placed(3, employer="альфа"))
    with store() as tx:
        tx.matches.withhold(ANNA, "альфа")
        tx.matches.offer_again(FIRST, "альфа")

    with store() as tx:
        assert tx.matches.all_of(ANNA)[0] == placed(1, employer="альфа")
    assert [take(store, FIRST).place for _ in range(3)] == [1, 2, 3]


def test_what_was_filtered_out_for_another_reason_is_not_offered_again(store: Transactions) -> None:
    out = MatchState.FILTERED
    add(
        store,
        placed(1, state=out, filter_reason=FilterReason.CLOSED),
        replace(placed(2, state=out, filter_reason=FilterReason.SAME_POSTING), place=None),
        replace(placed(3, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN), place=None),
        placed(4, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN, employer="бета"),
        placed(5, state=MatchState.SUPERSEDED),
        placed(6, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN, run_id=SECOND),
    )
    employer = a_match().employer
    assert employer is not None

    with store() as tx:
        tx.matches.offer_again(FIRST, employer)

    with store() as tx:
        assert tx.matches.waiting(FIRST) == tx.matches.waiting(SECOND) == 0


def _judged(number: int, state: MatchState, *, minutes: int = 0, **changes: object) -> Match:
    at = NOW + minutes * MINUTE
    return placed(number, state=state, shown_at=NOW, judged_at=at, verdicts=(state,), **changes)


def test_verdicts_come_the_latest_first_and_of_one_instant_by_id(store: Transactions) -> None:
    add(
        store,
        _judged(1, MatchState.LIKED, minutes=1),
        _judged(2, MatchState.DISLIKED, minutes=3, run_id=SECOND),
        _judged(4, MatchState.HIDDEN, minutes=2),
        _judged(3, MatchState.APPLIED, minutes=2),
        placed(5),
        placed(6, state=MatchState.SHOWN, shown_at=NOW),
        _judged(7, MatchState.LIKED, run_id=HIS, telegram_id=BORIS),
    )

    with store() as tx:
        assert list(tx.matches.verdicts(ANNA, limit=10).items()) == [
            ("internal-2", MatchState.DISLIKED),
            ("internal-3", MatchState.APPLIED),
            ("internal-4", MatchState.HIDDEN),
            ("internal-1", MatchState.LIKED),
        ]
        assert list(tx.matches.verdicts(ANNA, limit=2)) == ["internal-2", "internal-3"]


def test_verdicts_forgotten_stand_and_later_ones_are_not_forgotten(store: Transactions) -> None:
    liked, hidden, shown = _judged(1, MatchState.LIKED), _judged(2, MatchState.HIDDEN), placed(3)
    add(store, liked, hidden, shown, _judged(1, MatchState.LIKED, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        tx.matches.forget_verdicts(ANNA)

    judge(store, shown.shown(at=NOW, after=None), Verdict.LIKE)
    with store() as tx:
        assert tx.matches.verdicts(ANNA, limit=10) == {"internal-3": MatchState.LIKED}
        assert tx.matches.find(ANNA, liked.vacancy_id) == replace(liked, forgotten=True)
        assert tx.matches.hidden_employers(ANNA) == {hidden.employer}
        assert tx.matches.verdicts(BORIS, limit=10) == {"internal-1": MatchState.LIKED}


def test_a_verdict_forgotten_stays_so_when_the_one_after_it_is_taken_back(store: Transactions) -> None:
    liked = _judged(1, MatchState.LIKED)
    add(store, liked)
    with store() as tx:
        tx.matches.forget_verdicts(ANNA)

    for verdict in (Verdict.DISLIKE, Verdict.UNDO):
        with store() as tx:
            match = tx.matches.find(ANNA, liked.vacancy_id)
            assert match is not None
            tx.matches.save(match.judged(verdict, at=NOW))

    with store() as tx:
        assert tx.matches.verdicts(ANNA, limit=10) == {}
        found = tx.matches.find(ANNA, liked.vacancy_id)
        assert found is not None
        assert found.state is MatchState.LIKED


def test_postings_applied_to_elsewhere_wait_no_longer_not_even_behind_a_hidden_employer(store: Transactions) -> None:
    add(
        store,
        placed(1),
        placed(2, employer="альфа"),
        placed(3, employer="альфа"),
        placed(4),
        placed(2, run_id=HIS, telegram_id=BORIS),
    )
    shown = take(store, FIRST)
    with store() as tx:
        tx.matches.withhold(ANNA, "альфа")

    with store() as tx:
        tx.matches.withhold_applied(ANNA, {"posting 1", "posting 2", "posting 4"})
        tx.matches.withhold_applied(ANNA, frozenset())
        tx.matches.offer_again(FIRST, "альфа")

    with store() as tx:
        assert tx.matches.coming(FIRST, limit=9) == ["internal-3"]
        assert tx.matches.find(ANNA, shown.vacancy_id) == shown
        assert tx.matches.find(ANNA, VacancyId("internal-4")) == placed(
            4, state=MatchState.FILTERED, filter_reason=FilterReason.ALREADY_APPLIED
        )
        assert tx.matches.waiting(HIS) == 1


def test_what_waits_or_would_from_where_the_person_works_is_withheld(store: Transactions) -> None:
    add(
        store,
        placed(1, employer="альфа"),
        placed(2, employer="альфа"),
        placed(3, employer="бета"),
        placed(4, employer=None),
        placed(5, employer="гамма"),
        placed(6, employer="альфа", state=MatchState.FILTERED, filter_reason=FilterReason.CLOSED),
        placed(7, employer="альфа", run_id=HIS, telegram_id=BORIS),
    )
    shown = take(store, FIRST)
    with store() as tx:
        tx.matches.withhold(ANNA, "бета")

    with store() as tx:
        tx.matches.withhold_current(ANNA, frozenset())
        tx.matches.withhold_current(ANNA, {"альфа", "бета"})

    out = {"state": MatchState.FILTERED, "filter_reason": FilterReason.CURRENT_EMPLOYER}
    with store() as tx:
        assert tx.matches.find(ANNA, shown.vacancy_id) == shown
        assert tx.matches.find(ANNA, VacancyId("internal-2")) == placed(2, employer="альфа", **out)
        assert tx.matches.find(ANNA, VacancyId("internal-3")) == placed(3, employer="бета", **out)
        assert tx.matches.coming(FIRST, limit=9) == ["internal-4", "internal-5"]
        closed = tx.matches.find(ANNA, VacancyId("internal-6"))
        assert closed is not None
        assert closed.filter_reason is FilterReason.CLOSED
        assert tx.matches.waiting(HIS) == 1


def test_what_was_withheld_of_former_employers_is_offered_again_in_its_place(store: Transactions) -> None:
    never_in_line = {"state": MatchState.FILTERED, "filter_reason": FilterReason.CURRENT_EMPLOYER}
    add(
        store,
        placed(1, employer="альфа"),
        placed(2, employer="бета"),
        placed(3, employer="гамма"),
        placed(4, employer="альфа", run_id=SECOND),
        replace(placed(5, employer="альфа", **never_in_line), place=None),
        placed(6, employer="альфа", state=MatchState.FILTERED, filter_reason=FilterReason.EMPLOYER_HIDDEN),
    )
    with store() as tx:
        tx.matches.withhold_current(ANNA, {"бета"})
        assert tx.matches.offer_former(FIRST, current={"бета"}) == frozenset()
        tx.matches.withhold_current(ANNA, {"альфа", "гамма"})

    with store() as tx:
        assert tx.matches.offer_former(FIRST, current={"бета", "гамма"}) == {"альфа"}
        assert tx.matches.coming(FIRST, limit=9) == ["internal-1", "internal-6"]
        assert tx.matches.offer_former(FIRST, current=()) == {"бета", "гамма"}

    with store() as tx:
        assert tx.matches.coming(FIRST, limit=9) == ["internal-1", "internal-2", "internal-3", "internal-6"]
        assert tx.matches.waiting(SECOND) == 0
