"""Where matches are kept, and how they are shown, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import NotFound
from domain.identifiers import RunId, VacancyId
from domain.matching.assessment import Reason
from domain.search.match import FilterReason, Match, MatchState, Shift, Verdict
from domain.search.ports import Tally
from domain.search.run import RunStatus
from domain.transactions import Transactions
from tests.builders import ANNA, BORIS, NOW, a_match, a_run, a_user, a_vacancy, an_assessment
from tests.contracts.threads import at_once

FIRST, SECOND, HIS = RunId("run-1"), RunId("run-2"), RunId("run-of-boris")
MINUTE = timedelta(minutes=1)


def _placed(place: int, **changes: object) -> Match:
    return a_match(vacancy_id=VacancyId(f"internal-{place}"), posting=f"posting {place}", place=place, **changes)


@pytest.fixture
def store(with_anna: Transactions) -> Transactions:
    """Return a store with two runs of Anna and one of Boris, none of which found anything."""
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        tx.search_runs.add(a_run(status=RunStatus.READY))
        tx.search_runs.add(a_run(id=SECOND, number=2, status=RunStatus.READY))
        tx.search_runs.add(a_run(id=HIS, telegram_id=BORIS, status=RunStatus.READY))
    return with_anna


def _add(store: Transactions, *matches: Match) -> None:
    with store() as tx:
        tx.matches.add(matches)


def _take(store: Transactions, run_id: RunId, *, minutes: int = 0, after: str | None = None) -> Match:
    with store() as tx:
        taken = tx.matches.take_next(run_id, at=NOW + minutes * MINUTE, after=after)
    assert taken is not None
    return taken


def _judge(store: Transactions, match: Match, verdict: Verdict) -> Match:
    judged = match.judged(verdict, at=NOW)
    with store() as tx:
        tx.matches.save(judged)
    return judged


def _states(matches: Iterable[Match]) -> dict[str, MatchState]:
    return {match.vacancy_id: match.state for match in matches}


@pytest.mark.parametrize(
    "match",
    [
        a_match(),
        a_match(
            employer=None,
            state=MatchState.FILTERED,
            filter_reason=FilterReason.SAME_POSTING,
            place=None,
            assessment=an_assessment(skills_match=None, lines=(), reasons=(), parts=(), caps=()),
        ),
        a_match(
            state=MatchState.APPLIED,
            shift=Shift(points=-3, reason=Reason(code="passed_skills", data={"names": ["Python"]})),
            forgotten=True,
            forgotten_before=1,
            served_after="none",
            verdicts=(MatchState.LIKED, MatchState.APPLIED),
            shown_at=NOW,
            judged_at=NOW + MINUTE,
        ),
    ],
    ids=["waiting", "filtered", "judged"],
)
def test_a_match_comes_back_as_added(store: Transactions, match: Match) -> None:
    _add(store, match)

    with store() as tx:
        assert tx.matches.all_of(ANNA) == [match]


def test_adding_no_matches_changes_nothing(store: Transactions) -> None:
    _add(store)

    with store() as tx:
        assert tx.matches.all_of(ANNA) == []


def test_matches_of_an_erased_person_are_not_kept(store: Transactions) -> None:
    with store() as tx:
        tx.users.erase(ANNA)

    with pytest.raises(NotFound, match="user_not_found"):
        _add(store, a_match())


def test_saving_replaces_what_is_known_of_a_match(store: Transactions) -> None:
    newer = replace(_placed(1), assessment=an_assessment(score=3), employer="другой", state=MatchState.SUPERSEDED)
    _add(store, _placed(1), _placed(2))

    with store() as tx:
        tx.matches.save(newer)

    with store() as tx:
        assert tx.matches.find(ANNA, newer.vacancy_id) == newer
        assert tx.matches.find(ANNA, VacancyId("internal-2")) == _placed(2)


def test_saving_a_match_that_is_gone_brings_nothing_back(store: Transactions) -> None:
    with store() as tx:
        tx.matches.save(a_match())

    with store() as tx:
        assert tx.matches.all_of(ANNA) == []


def test_matches_are_shown_in_the_order_of_the_queue(store: Transactions) -> None:
    _add(store, _placed(10), _placed(9), _placed(2, state=MatchState.FILTERED), _placed(3, run_id=SECOND))

    first = _take(store, FIRST, minutes=1, after="none")
    second = _take(store, FIRST, minutes=2)

    assert first == _placed(9).shown(at=NOW + MINUTE, after="none")
    assert second == _placed(10).shown(at=NOW + 2 * MINUTE, after=None)
    with store() as tx:
        assert tx.matches.take_next(FIRST, at=NOW, after=None) is None
        assert tx.matches.find(ANNA, first.vacancy_id) == first


def test_many_callers_get_each_match_once(store: Transactions) -> None:
    _add(store, *(_placed(place) for place in range(1, 31)))

    def take_two() -> list[Match | None]:
        taken = []
        for _ in range(2):
            with store() as tx:
                taken.append(tx.matches.take_next(FIRST, at=NOW, after=None))
        return taken

    taken = [match for pair in at_once(16, take_two) for match in pair]

    shown = [match.place for match in taken if match is not None]
    assert sorted(place or 0 for place in shown) == list(range(1, 31))
    assert taken.count(None) == 2


def test_a_posting_shown_in_one_run_is_not_shown_in_another(store: Transactions) -> None:
    _add(store, _placed(1), _placed(1, run_id=SECOND), _placed(2, run_id=SECOND))
    _take(store, FIRST)

    taken = _take(store, SECOND)

    assert taken.place == 2
    with store() as tx:
        passed_over = next(match for match in tx.matches.all_of(ANNA) if match.run_id == SECOND and match.place == 1)
        assert passed_over == _placed(
            1, run_id=SECOND, state=MatchState.FILTERED, filter_reason=FilterReason.ALREADY_SHOWN
        )


def test_one_posting_in_two_cities_is_shown_once_to_many_callers(store: Transactions) -> None:
    _add(store, *(replace(_placed(place), posting="one for all") for place in range(1, 9)))

    def take() -> Match | None:
        with store() as tx:
            return tx.matches.take_next(FIRST, at=NOW, after=None)

    taken = [match for match in at_once(16, take) if match is not None]

    assert len(taken) == 1
    with store() as tx:
        states = sorted(_states(tx.matches.all_of(ANNA)).values())
        assert states == [MatchState.FILTERED] * 7 + [MatchState.SHOWN]


def test_two_people_are_shown_the_same_posting(store: Transactions) -> None:
    _add(store, _placed(1), _placed(1, run_id=HIS, telegram_id=BORIS))

    _take(store, FIRST)

    assert _take(store, HIS).telegram_id == BORIS


def test_a_posting_found_closed_may_be_shown_once_it_is_open_again(store: Transactions) -> None:
    _add(store, _placed(1), _placed(1, run_id=SECOND))
    shown = _take(store, FIRST)
    with store() as tx:
        tx.matches.save(shown.found_closed())

    assert _take(store, SECOND).posting == shown.posting


def test_the_card_served_after_another_is_found_again(store: Transactions) -> None:
    _add(store, _placed(1), _placed(2), _placed(3))
    first = _take(store, FIRST, after="none")
    second = _take(store, FIRST, after=first.vacancy_id)
    _take(store, FIRST)

    with store() as tx:
        assert tx.matches.served_after(FIRST, "none") == first
        assert tx.matches.served_after(FIRST, first.vacancy_id) == second
        assert tx.matches.served_after(FIRST, second.vacancy_id) is None


def test_cards_of_other_runs_answer_no_question_of_this_one(store: Transactions) -> None:
    _add(store, _placed(1), _placed(2, run_id=SECOND))
    _take(store, FIRST, after="none")

    with store() as tx:
        assert tx.matches.served_after(SECOND, "none") is None


def test_a_card_found_closed_was_not_served(store: Transactions) -> None:
    _add(store, _placed(1))
    shown = _take(store, FIRST, after="none")

    with store() as tx:
        tx.matches.save(shown.found_closed())

    with store() as tx:
        assert tx.matches.served_after(FIRST, "none") is None
        assert tx.matches.shown_last(ANNA) is None
        assert tx.matches.seen(ANNA) == {}


def test_a_match_shown_is_found_before_the_latest(store: Transactions) -> None:
    _add(store, _placed(1), _placed(1, run_id=SECOND))
    vacancy_id = VacancyId("internal-1")
    with store() as tx:
        assert tx.matches.find(ANNA, vacancy_id) == _placed(1, run_id=SECOND)

    shown = _take(store, FIRST)

    with store() as tx:
        assert tx.matches.find(ANNA, vacancy_id) == shown
        assert tx.matches.find(BORIS, vacancy_id) is None
        assert tx.matches.find(ANNA, VacancyId("internal-9")) is None


def test_of_two_showings_of_a_reworded_vacancy_the_later_is_found(store: Transactions) -> None:
    _add(store, _placed(1), replace(_placed(1, run_id=SECOND), posting="reworded"))
    _take(store, FIRST, minutes=1)

    later = _take(store, SECOND, minutes=2)

    with store() as tx:
        assert tx.matches.find(ANNA, VacancyId("internal-1")) == later


def test_the_match_shown_last_is_known_whatever_was_said_of_it(store: Transactions) -> None:
    _add(store, _placed(1), _placed(2), _placed(3, run_id=HIS, telegram_id=BORIS))
    with store() as tx:
        assert tx.matches.shown_last(ANNA) is None

    _take(store, FIRST, minutes=1)
    second = _judge(store, _take(store, FIRST, minutes=2), Verdict.DISLIKE)
    _take(store, HIS, minutes=3)

    with store() as tx:
        assert tx.matches.shown_last(ANNA) == second


def test_of_matches_shown_at_one_instant_the_further_down_the_queue_is_the_last(store: Transactions) -> None:
    _add(store, _placed(1), _placed(2), _placed(3))
    for _ in range(3):
        last = _take(store, FIRST)

    with store() as tx:
        assert tx.matches.shown_last(ANNA) == last


def test_what_was_seen_is_known_by_posting_and_by_id_with_its_state(store: Transactions) -> None:
    _add(store, *(_placed(place) for place in range(1, 5)), _placed(5, run_id=HIS, telegram_id=BORIS))
    _take(store, FIRST)
    _judge(store, _take(store, FIRST), Verdict.LIKE)
    _judge(store, _take(store, FIRST), Verdict.APPLIED)
    _take(store, HIS)

    with store() as tx:
        assert tx.matches.seen(ANNA) == {
            "posting 1": MatchState.SHOWN,
            "internal-1": MatchState.SHOWN,
            "posting 2": MatchState.LIKED,
            "internal-2": MatchState.LIKED,
            "posting 3": MatchState.APPLIED,
            "internal-3": MatchState.APPLIED,
        }


def test_hidden_employers_are_those_not_let_back_in(store: Transactions) -> None:
    _add(
        store,
        _placed(1, employer="альфа"),
        _placed(2, employer="бета"),
        _placed(3, employer=None),
        _placed(4, employer="гамма"),
        _placed(5, employer="дельта", run_id=HIS, telegram_id=BORIS),
    )
    hidden = [_judge(store, _take(store, FIRST), Verdict.HIDE_EMPLOYER) for _ in range(3)]
    _judge(store, _take(store, HIS), Verdict.HIDE_EMPLOYER)
    _judge(store, hidden[1], Verdict.UNDO)

    with store() as tx:
        assert tx.matches.hidden_employers(ANNA) == frozenset({"альфа"})


def test_a_newer_run_supersedes_what_still_waits(store: Transactions) -> None:
    _add(
        store,
        _placed(1),
        _placed(2),
        _placed(3, state=MatchState.FILTERED, filter_reason=FilterReason.CLOSED),
        _placed(4, run_id=SECOND),
        _placed(5, run_id=HIS, telegram_id=BORIS),
    )
    _take(store, FIRST)

    with store() as tx:
        tx.matches.supersede(ANNA)

    with store() as tx:
        assert _states(tx.matches.all_of(ANNA)) == {
            "internal-1": MatchState.SHOWN,
            "internal-2": MatchState.SUPERSEDED,
            "internal-3": MatchState.FILTERED,
            "internal-4": MatchState.SUPERSEDED,
        }
        assert tx.matches.waiting(FIRST) == tx.matches.waiting(SECOND) == 0
        assert tx.matches.waiting(HIS) == 1


def test_what_waits_from_a_hidden_employer_is_withheld(store: Transactions) -> None:
    _add(
        store,
        _placed(1, employer="альфа"),
        _placed(2, employer="альфа"),
        _placed(3, employer="бета"),
        _placed(4, employer=None),
        _placed(5, employer="альфа", run_id=HIS, telegram_id=BORIS),
    )
    _take(store, FIRST)

    with store() as tx:
        tx.matches.withhold(ANNA, "альфа")

    with store() as tx:
        withheld = tx.matches.find(ANNA, VacancyId("internal-2"))
        assert withheld == _placed(
            2, employer="альфа", state=MatchState.FILTERED, filter_reason=FilterReason.EMPLOYER_HIDDEN
        )
        assert tx.matches.waiting(FIRST) == 2
        assert tx.matches.waiting(HIS) == 1
        assert set(tx.matches.seen(ANNA)) == {"posting 1", "internal-1"}


def test_what_was_withheld_is_offered_again_in_its_place(store: Transactions) -> None:
    _add(store, _placed(1, employer="альфа"), _placed(2, employer="бета"), _placed(3, employer="альфа"))
    with store() as tx:
        tx.matches.withhold(ANNA, "альфа")
        tx.matches.offer_again(FIRST, "альфа")

    with store() as tx:
        assert tx.matches.all_of(ANNA)[0] == _placed(1, employer="альфа")
    assert [_take(store, FIRST).place for _ in range(3)] == [1, 2, 3]


def test_what_was_filtered_out_for_another_reason_is_not_offered_again(store: Transactions) -> None:
    out = MatchState.FILTERED
    _add(
        store,
        _placed(1, state=out, filter_reason=FilterReason.CLOSED),
        replace(_placed(2, state=out, filter_reason=FilterReason.SAME_POSTING), place=None),
        replace(_placed(3, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN), place=None),
        _placed(4, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN, employer="бета"),
        _placed(5, state=MatchState.SUPERSEDED),
        _placed(6, state=out, filter_reason=FilterReason.EMPLOYER_HIDDEN, run_id=SECOND),
    )
    employer = a_match().employer
    assert employer is not None

    with store() as tx:
        tx.matches.offer_again(FIRST, employer)

    with store() as tx:
        assert tx.matches.waiting(FIRST) == tx.matches.waiting(SECOND) == 0


def test_the_matches_that_wait_are_counted(store: Transactions) -> None:
    _add(store, _placed(1), _placed(2), _placed(3, state=MatchState.SUPERSEDED), _placed(4, run_id=SECOND))
    _take(store, FIRST)

    with store() as tx:
        assert tx.matches.waiting(FIRST) == 1
        assert tx.matches.waiting(RunId("run-9")) == 0


def test_matches_are_paged_the_newest_run_first_and_best_first(store: Transactions) -> None:
    def scored(place: int, score: int, run_id: RunId) -> Match:
        return _placed(place, run_id=run_id, assessment=an_assessment(score=score))

    _add(store, scored(1, 99, FIRST), scored(5, 70, SECOND), scored(4, 70, SECOND), scored(6, 80, SECOND))
    _add(store, _placed(7, state=MatchState.SUPERSEDED), _placed(8, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        waiting, total = tx.matches.page(ANNA, states=frozenset({MatchState.WAITING}), limit=3, offset=0)
        rest, _ = tx.matches.page(ANNA, states=frozenset(MatchState), limit=3, offset=3)
        none = tx.matches.page(ANNA, states=frozenset(), limit=3, offset=0)
        assert [match.place for match in waiting] == [6, 4, 5]
        assert total == 4
        assert [match.place for match in rest] == [1, 7]
        assert none == ([], 0)


def test_every_match_of_a_person_is_returned(store: Transactions) -> None:
    _add(store, *(_placed(place, state=state) for place, state in enumerate(MatchState, start=1)))
    _add(store, _placed(1, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        assert sorted(_states(tx.matches.all_of(ANNA)).values()) == sorted(MatchState)


def _take_if_first(store: Transactions, number: int, *, last_seen_at: datetime = NOW) -> Match | None:
    with store() as tx:
        return tx.matches.take_if_first(
            FIRST, VacancyId(f"internal-{number}"), last_seen_at=last_seen_at, at=NOW, after="none"
        )


@pytest.fixture
def queue(store: Transactions) -> Transactions:
    """Return a store where three vacancies wait for Anna."""
    with store() as tx:
        tx.vacancies.save(a_vacancy(id=VacancyId(f"internal-{number}")) for number in (1, 2, 3))
    _add(store, _placed(2), _placed(1), _placed(3))
    return store


def test_what_is_coming_is_told_in_order(queue: Transactions) -> None:
    with queue() as tx:
        assert tx.matches.coming(FIRST, limit=2) == ["internal-1", "internal-2"]
        assert tx.matches.coming(SECOND, limit=2) == []


def test_the_first_in_line_is_shown_to_who_names_it(queue: Transactions) -> None:
    shown = _take_if_first(queue, 1)

    assert shown == _placed(1).shown(at=NOW, after="none")
    with queue() as tx:
        assert tx.matches.served_after(FIRST, "none") == shown
        assert tx.matches.coming(FIRST, limit=9) == ["internal-2", "internal-3"]


def test_nobody_jumps_the_queue_by_a_name(queue: Transactions) -> None:
    assert _take_if_first(queue, 2) is None
    assert _take_if_first(queue, 9) is None

    assert _take(queue, FIRST).vacancy_id == "internal-1"


def test_what_was_shown_is_not_shown_again_by_its_name(queue: Transactions) -> None:
    assert _take_if_first(queue, 1) is not None

    assert _take_if_first(queue, 1) is None


def test_a_vacancy_seen_since_is_not_shown_as_it_was(queue: Transactions) -> None:
    assert _take_if_first(queue, 1, last_seen_at=NOW - MINUTE) is None

    assert _take_if_first(queue, 1) is not None


def test_a_posting_shown_in_another_run_is_not_shown_by_its_name(queue: Transactions) -> None:
    _add(queue, replace(_placed(1), run_id=SECOND).shown(at=NOW, after=None))

    assert _take_if_first(queue, 1) is None
    assert _take(queue, FIRST).vacancy_id == "internal-2"


def test_of_many_who_name_the_first_one_gets_it(queue: Transactions) -> None:
    taken = at_once(8, lambda: _take_if_first(queue, 1))

    assert [each.vacancy_id for each in taken if each is not None] == ["internal-1"]


def test_what_was_never_shown_of_earlier_runs_is_dropped(store: Transactions) -> None:
    shown = _placed(1).shown(at=NOW, after=None)
    _add(store, shown, _placed(2), replace(_placed(3), state=MatchState.SUPERSEDED))
    _add(store, replace(_placed(4), run_id=SECOND), replace(_placed(5), run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        tx.matches.drop_unseen(ANNA, before_run=2)

    with store() as tx:
        assert {match.vacancy_id for match in tx.matches.all_of(ANNA)} == {"internal-1", "internal-4"}
        assert len(tx.matches.all_of(BORIS)) == 1


def _judged(number: int, state: MatchState, *, minutes: int = 0, **changes: object) -> Match:
    at = NOW + minutes * MINUTE
    return _placed(number, state=state, shown_at=NOW, judged_at=at, verdicts=(state,), **changes)


def test_verdicts_come_the_latest_first_and_of_one_instant_by_id(store: Transactions) -> None:
    _add(
        store,
        _judged(1, MatchState.LIKED, minutes=1),
        _judged(2, MatchState.DISLIKED, minutes=3, run_id=SECOND),
        _judged(4, MatchState.HIDDEN, minutes=2),
        _judged(3, MatchState.APPLIED, minutes=2),
        _placed(5),
        _placed(6, state=MatchState.SHOWN, shown_at=NOW),
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
    liked, hidden, shown = _judged(1, MatchState.LIKED), _judged(2, MatchState.HIDDEN), _placed(3)
    _add(store, liked, hidden, shown, _judged(1, MatchState.LIKED, run_id=HIS, telegram_id=BORIS))

    with store() as tx:
        tx.matches.forget_verdicts(ANNA)

    _judge(store, shown.shown(at=NOW, after=None), Verdict.LIKE)
    with store() as tx:
        assert tx.matches.verdicts(ANNA, limit=10) == {"internal-3": MatchState.LIKED}
        assert tx.matches.find(ANNA, liked.vacancy_id) == replace(liked, forgotten=True)
        assert tx.matches.hidden_employers(ANNA) == {hidden.employer}
        assert tx.matches.verdicts(BORIS, limit=10) == {"internal-1": MatchState.LIKED}


def test_a_verdict_forgotten_stays_so_when_the_one_after_it_is_taken_back(store: Transactions) -> None:
    liked = _judged(1, MatchState.LIKED)
    _add(store, liked)
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


def _scored(place: int, score: int, **changes: object) -> Match:
    return _placed(place, assessment=an_assessment(score=score), **changes)


def test_the_best_of_a_run_come_first_whatever_became_of_them(store: Transactions) -> None:
    _add(
        store,
        _scored(1, 70),
        _scored(2, 90, state=MatchState.FILTERED, filter_reason=FilterReason.CLOSED),
        _scored(4, 80, state=MatchState.SUPERSEDED),
        _scored(3, 80),
        _scored(5, 100, run_id=SECOND),
    )

    with store() as tx:
        assert tx.matches.best(FIRST, limit=3) == ["internal-2", "internal-3", "internal-4"]
        assert tx.matches.best(SECOND, limit=3) == ["internal-5"]
        assert tx.matches.best(HIS, limit=3) == []


def test_the_matches_of_a_person_are_counted_by_what_became_of_them(store: Transactions) -> None:
    out = MatchState.FILTERED
    _add(
        store,
        _placed(1),
        _placed(2, run_id=SECOND),
        _placed(3, state=out, filter_reason=FilterReason.CLOSED),
        _placed(4, state=out, filter_reason=FilterReason.SAME_POSTING),
        _placed(5, state=out, filter_reason=FilterReason.SAME_POSTING, run_id=SECOND),
        _placed(6, state=MatchState.SUPERSEDED),
        _placed(7, run_id=HIS, telegram_id=BORIS),
    )
    _judge(store, _take(store, FIRST), Verdict.LIKE)

    with store() as tx:
        assert tx.matches.tally(ANNA) == {
            (MatchState.LIKED, None): 1,
            (MatchState.WAITING, None): 1,
            (out, FilterReason.CLOSED): 1,
            (out, FilterReason.SAME_POSTING): 2,
            (MatchState.SUPERSEDED, None): 1,
        }
        assert tx.matches.tally(BORIS) == {(MatchState.WAITING, None): 1}


def test_the_matches_of_a_run_are_counted_by_score_as_well_and_by_whether_a_taste_moved_them(
    store: Transactions,
) -> None:
    moved, out = Shift(points=-2), (MatchState.FILTERED, FilterReason.CLOSED)
    waits = (MatchState.WAITING, None)
    _add(
        store,
        _scored(1, 80, shift=moved),
        _scored(2, 80),
        _scored(3, 79, shift=moved),
        _scored(4, 80, state=out[0], filter_reason=out[1]),
        _scored(5, 80, run_id=SECOND),
    )

    with store() as tx:
        tallies = tx.matches.tally_of_run(FIRST)
        assert sorted(tallies, key=lambda each: (each.score, each.count)) == [
            Tally(fate=waits, score=79, count=1, moved=1),
            Tally(fate=out, score=80, count=1, moved=0),
            Tally(fate=waits, score=80, count=2, moved=1),
        ]
        assert tx.matches.tally_of_run(HIS) == []


def test_who_has_found_nothing_has_nothing_to_count(store: Transactions) -> None:
    with store() as tx:
        assert tx.matches.tally(ANNA) == {}
