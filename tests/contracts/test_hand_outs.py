"""Where hand-outs and their results are kept, and how workers take what came late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from domain.errors import NotFound
from domain.handing_out.hand_out import HandOut, HandOutKind, HandOutStatus, Page
from domain.handing_out.ports import HandOutFigures
from domain.identifiers import VacancyId
from domain.search.run import Outcome, RunStatus, SourceReport
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import ANNA, BORIS, NOW, a_hand_out, a_run, a_user
from tests.contracts.threads import at_once

UNTIL, LATER, SECOND = NOW + timedelta(minutes=5), NOW + timedelta(minutes=1), timedelta(seconds=1)
REPORTS = (
    SourceReport(source="hh", outcome=Outcome.OK, found=2),
    SourceReport(source="internal", outcome=Outcome.RATE_LIMITED),
)
PAGE = Page(number=1, vacancy_ids=(VacancyId("hh-2"), VacancyId("hh-1")), sources=REPORTS)


def _numbered(number: int, **changes: Any) -> HandOut:
    return a_hand_out(**{"id": f"run-{number}", "created_at": NOW + number * SECOND, **changes})


def _late(number: int, **work: Any) -> HandOut:
    return _numbered(number, status=HandOutStatus.LATE, work=Work(**{"due_at": NOW, **work}))


def _add(store: Transactions, *hand_outs: HandOut) -> None:
    with store() as tx:
        for hand_out in hand_outs:
            tx.hand_outs.add(hand_out)


def _claimed(store: Transactions, hand_out: HandOut) -> HandOut:
    _add(store, hand_out)
    with store() as tx:
        claimed = tx.hand_outs.claim(hand_out.id, at=NOW, until=UNTIL)
    assert claimed is not None
    return claimed


def _found(store: Transactions, hand_out_id: str) -> HandOut | None:
    with store() as tx:
        return tx.hand_outs.find(hand_out_id)


@pytest.mark.parametrize(
    "hand_out",
    [
        a_hand_out(),
        a_hand_out(id="upload-1", kind=HandOutKind.FILE),
        a_hand_out(
            status=HandOutStatus.FAILED,
            execution_id="2317",
            pages=12,
            reason="n8n_silent",
            work=Work(due_at=LATER, sent_at=NOW, attempt=2, interruptions=1, failures=1, lease_until=UNTIL),
            finished_at=UNTIL,
        ),
    ],
    ids=["given", "file", "failed"],
)
def test_a_hand_out_comes_back_as_added(with_anna: Transactions, hand_out: HandOut) -> None:
    _add(with_anna, hand_out)

    with with_anna() as tx:
        assert tx.hand_outs.find(hand_out.id) == tx.hand_outs.hold(hand_out.id) == hand_out
        assert tx.hand_outs.all_of(ANNA) == [hand_out]


def test_nothing_is_found_where_nothing_was_handed_out(with_anna: Transactions) -> None:
    with with_anna() as tx:
        assert (
            tx.hand_outs.find("run-1")
            is tx.hand_outs.hold("run-1")
            is tx.hand_outs.by_execution("2317", since=NOW)
            is None
        )
        assert (list(tx.hand_outs.pages("run-1")), list(tx.hand_outs.all_of(ANNA))) == ([], [])


def test_what_is_a_strangers_is_not_kept(with_anna: Transactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        _add(with_anna, a_hand_out(telegram_id=BORIS))

    assert _found(with_anna, "run-1") is None


def test_saving_replaces_what_is_known_of_it_and_of_no_other(with_anna: Transactions) -> None:
    _add(with_anna, _numbered(1), _numbered(2))
    failed = _numbered(1).failed(at=LATER, reason="n8n_failed")

    with with_anna() as tx:
        tx.hand_outs.save(failed)
        tx.hand_outs.save(_numbered(3))

    with with_anna() as tx:
        assert tx.hand_outs.all_of(ANNA) == [failed, _numbered(2)]


def test_each_person_has_their_own_the_oldest_first(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    his = _numbered(3, telegram_id=BORIS)
    _add(with_anna, _numbered(2), his, _numbered(1))

    with with_anna() as tx:
        assert tx.hand_outs.all_of(ANNA) == [_numbered(1), _numbered(2)]
        assert tx.hand_outs.all_of(BORIS) == [his]


def test_it_is_found_by_its_execution_the_latest_first(with_anna: Transactions) -> None:
    _add(with_anna, *(_numbered(number, execution_id="2317") for number in (2, 3, 1)), _numbered(4))

    with with_anna() as tx:
        assert tx.hand_outs.by_execution("2317", since=NOW) == _numbered(3, execution_id="2317")
        assert tx.hand_outs.by_execution("2318", since=NOW) is None


def test_it_is_found_by_its_execution_as_long_as_its_deadline_is_not_long_ago(with_anna: Transactions) -> None:
    begun_anew = _numbered(2, execution_id="1", deadline=LATER)
    _add(with_anna, _numbered(1, execution_id="1", deadline=UNTIL), begun_anew)

    with with_anna() as tx:
        assert tx.hand_outs.by_execution("1", since=LATER) == begun_anew
        assert tx.hand_outs.by_execution("1", since=LATER + SECOND) == _numbered(1, execution_id="1", deadline=UNTIL)
        assert tx.hand_outs.by_execution("1", since=UNTIL + SECOND) is None


def test_pages_come_back_in_their_order(with_anna: Transactions) -> None:
    _add(with_anna, _numbered(1), _numbered(2))
    third = Page(number=3)

    with with_anna() as tx:
        assert tx.hand_outs.put_page("run-1", third) is True
        assert tx.hand_outs.put_page("run-2", replace(PAGE, sources=())) is True
        assert tx.hand_outs.put_page("run-1", PAGE) is True

    with with_anna() as tx:
        assert tx.hand_outs.pages("run-1") == [PAGE, third]


def test_the_first_page_with_a_number_counts(with_anna: Transactions) -> None:
    _add(with_anna, a_hand_out())
    with with_anna() as tx:
        tx.hand_outs.put_page("run-1", PAGE)

    with with_anna() as tx:
        assert tx.hand_outs.put_page("run-1", Page(number=1)) is False

    with with_anna() as tx:
        assert tx.hand_outs.pages("run-1") == [PAGE]


def test_of_one_page_at_once_from_many_one_is_kept(with_anna: Transactions) -> None:
    _add(with_anna, a_hand_out())

    def put() -> bool:
        with with_anna() as tx:
            tx.users.hold(ANNA)
            return tx.hand_outs.put_page("run-1", PAGE)

    assert sorted(at_once(8, put)) == [False] * 7 + [True]


def test_pages_that_were_used_say_no_more_what_they_brought(with_anna: Transactions) -> None:
    _add(with_anna, _numbered(1), _numbered(2))
    pages = [replace(PAGE, number=number) for number in (1, 2, 3)]
    with with_anna() as tx:
        for page in pages:
            tx.hand_outs.put_page("run-1", page)
            tx.hand_outs.put_page("run-2", page)

    with with_anna() as tx:
        tx.hand_outs.mark_used("run-1", [1, 3])
        tx.hand_outs.mark_used("run-2", [])

    with with_anna() as tx:
        used = [replace(pages[number], vacancy_ids=(), used=True) for number in (0, 2)]
        assert tx.hand_outs.pages("run-1") == [used[0], pages[1], used[1]]
        assert tx.hand_outs.pages("run-2") == pages


def _with_texts(store: Transactions) -> None:
    """Keep the texts of two files, one of them a second longer."""
    _add(store, *(_numbered(number, id=f"upload-{number}", kind=HandOutKind.FILE) for number in (1, 2)))
    with store() as tx:
        tx.hand_outs.put_text("upload-1", "Пишу\u00a0на «Python».\n\tДа.", until=LATER)
        tx.hand_outs.put_text("upload-2", "", until=LATER + SECOND)


def test_the_text_of_a_file_comes_back_as_kept_until_it_is_forgotten(with_anna: Transactions) -> None:
    _with_texts(with_anna)

    with with_anna() as tx:
        assert tx.hand_outs.text("upload-1") == "Пишу\u00a0на «Python».\n\tДа."
        assert (tx.hand_outs.text("upload-2"), tx.hand_outs.text("upload-3")) == ("", None)
        tx.hand_outs.forget_text("upload-1")
        tx.hand_outs.forget_text("upload-3")

    with with_anna() as tx:
        assert (tx.hand_outs.text("upload-1"), tx.hand_outs.text("upload-2")) == (None, "")
        assert tx.hand_outs.find("upload-1") is not None


def test_texts_are_forgotten_when_their_time_is_over(with_anna: Transactions) -> None:
    _with_texts(with_anna)

    with with_anna() as tx:
        forgotten = [tx.hand_outs.forget_texts(at=at) for at in (LATER, LATER + SECOND, LATER + SECOND)]

    with with_anna() as tx:
        assert forgotten == [0, 1, 0]
        assert (tx.hand_outs.text("upload-1"), tx.hand_outs.text("upload-2")) == (None, "")


def test_erasing_a_person_leaves_nothing_of_it(with_anna: Transactions) -> None:
    _add(with_anna, a_hand_out(execution_id="2317"))
    with with_anna() as tx:
        tx.hand_outs.put_page("run-1", PAGE)
        tx.hand_outs.put_text("run-1", "Анна", until=LATER)

    with with_anna() as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.hand_outs.find("run-1") is tx.hand_outs.by_execution("2317", since=NOW) is None
        assert tx.hand_outs.pages("run-1") == []
        assert tx.hand_outs.text("run-1") is None


def test_late_results_are_claimed_with_their_next_attempt(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, _late(1, attempt=1))

    work = Work(due_at=NOW, attempt=2, lease_until=UNTIL)
    assert claimed == _numbered(1, status=HandOutStatus.MERGING, work=work)
    assert _found(with_anna, "run-1") == claimed


@pytest.mark.parametrize("status", [status for status in HandOutStatus if status is not HandOutStatus.LATE])
def test_only_late_results_are_claimed(with_anna: Transactions, status: HandOutStatus) -> None:
    hand_out = a_hand_out(status=status)
    _add(with_anna, hand_out)

    with with_anna() as tx:
        assert tx.hand_outs.claim("run-1", at=NOW, until=UNTIL) is None
        assert tx.hand_outs.claim("run-9", at=NOW, until=UNTIL) is None

    assert _found(with_anna, "run-1") == hand_out


def test_late_results_not_yet_due_are_not_claimed(with_anna: Transactions) -> None:
    _add(with_anna, _late(1, due_at=LATER))

    with with_anna() as tx:
        assert tx.hand_outs.claim("run-1", at=LATER - SECOND, until=UNTIL) is None
        assert tx.hand_outs.claim("run-1", at=LATER, until=UNTIL) is not None


def test_of_many_workers_one_gets_them(with_anna: Transactions) -> None:
    _add(with_anna, _late(1))

    def claim() -> HandOut | None:
        with with_anna() as tx:
            return tx.hand_outs.claim("run-1", at=NOW, until=UNTIL)

    assert len([each for each in at_once(16, claim) if each is not None]) == 1


def test_what_is_held_is_settled_under_its_attempt_alone(with_anna: Transactions) -> None:
    slow = _claimed(with_anna, _late(1))
    with with_anna() as tx:
        assert tx.hand_outs.settle(slow.interrupted(at=LATER)) is True
        second = tx.hand_outs.claim("run-1", at=LATER, until=UNTIL)
    assert second is not None

    with with_anna() as tx:
        assert tx.hand_outs.settle(slow.used(at=LATER)) is False
        assert tx.hand_outs.settle(second.used(at=LATER)) is True
        assert tx.hand_outs.settle(second.used(at=UNTIL)) is False

    assert _found(with_anna, "run-1") == second.used(at=LATER)


def test_what_was_dropped_meanwhile_is_not_settled(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, _late(1))
    with with_anna() as tx:
        tx.hand_outs.save(claimed.dropped(at=NOW))

    with with_anna() as tx:
        assert tx.hand_outs.settle(claimed.used(at=LATER)) is False


def test_a_lease_is_renewed_by_whoever_has_it(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, _late(1))
    _add(with_anna, _late(2))

    with with_anna() as tx:
        assert tx.hand_outs.renew("run-1", attempt=1, until=UNTIL + SECOND) is True
        assert tx.hand_outs.renew("run-1", attempt=2, until=LATER) is False
        assert tx.hand_outs.renew("run-2", attempt=0, until=LATER) is False
        assert tx.hand_outs.renew("run-9", attempt=0, until=LATER) is False

    with with_anna() as tx:
        renewed = replace(claimed, work=replace(claimed.work, lease_until=UNTIL + SECOND))
        assert tx.hand_outs.all_of(ANNA) == [renewed, _late(2)]


def test_those_are_lost_whose_lease_ended_the_oldest_first(with_anna: Transactions) -> None:
    held = [_claimed(with_anna, _late(number)) for number in (3, 1, 2)]
    _add(with_anna, _late(4), _numbered(5))

    with with_anna() as tx:
        assert tx.hand_outs.lost(before=UNTIL, limit=9) == []
        assert tx.hand_outs.lost(before=UNTIL + SECOND, limit=2) == [held[1], held[2]]
        assert len(tx.hand_outs.lost(before=datetime.max.replace(tzinfo=timezone.utc), limit=9)) == 3


def test_what_is_late_and_due_is_sent_once_the_oldest_first(with_anna: Transactions) -> None:
    _add(
        with_anna,
        _late(2, sent_at=NOW - SECOND),
        _late(1),
        _late(3, sent_at=NOW + SECOND),
        _late(4, due_at=LATER),
        _numbered(5),
    )

    with with_anna() as tx:
        assert tx.hand_outs.to_send(at=NOW + 2 * SECOND, sent_before=NOW, limit=9) == ["run-1", "run-2"]
    with with_anna() as tx:
        assert tx.hand_outs.to_send(at=NOW + 2 * SECOND, sent_before=NOW, limit=9) == []
        assert tx.hand_outs.find("run-1") == _late(1, sent_at=NOW + 2 * SECOND)
        assert tx.hand_outs.to_send(at=LATER, sent_before=NOW, limit=9) == ["run-4"]


def test_files_are_overdue_that_nobody_has_answered_in_time(with_anna: Transactions) -> None:
    file = {"kind": HandOutKind.FILE, "deadline": LATER}
    _add(
        with_anna,
        _numbered(2, **file),
        _numbered(1, **file),
        _numbered(3, deadline=LATER),
        _numbered(4, **file, status=HandOutStatus.USED),
        _numbered(5, kind=HandOutKind.FILE, deadline=UNTIL),
    )

    with with_anna() as tx:
        assert tx.hand_outs.overdue(at=LATER, limit=9) == []
        assert [each.id for each in tx.hand_outs.overdue(at=LATER + SECOND, limit=9)] == ["run-1", "run-2"]
        assert [each.id for each in tx.hand_outs.overdue(at=LATER + SECOND, limit=1)] == ["run-1"]


@pytest.mark.parametrize("status", HandOutStatus)
@pytest.mark.parametrize("run", RunStatus)
def test_searches_are_overdue_that_ended_before_anything_came_of_them(
    with_anna: Transactions, run: RunStatus, status: HandOutStatus
) -> None:
    ended = run in (RunStatus.READY, RunStatus.FAILED, RunStatus.CANCELLED)
    with with_anna() as tx:
        tx.search_runs.add(a_run(status=run))
    hand_out = a_hand_out(status=status, deadline=LATER)
    _add(with_anna, hand_out, _numbered(9, deadline=LATER))

    with with_anna() as tx:
        assert tx.hand_outs.overdue(at=LATER, limit=9) == []
        open_ended = ended and status in (HandOutStatus.GIVEN, HandOutStatus.ANSWERED)
        assert tx.hand_outs.overdue(at=LATER + SECOND, limit=9) == ([hand_out] if open_ended else [])


def test_searches_are_under_way_that_are_given_and_have_time_left(with_anna: Transactions) -> None:
    _add(
        with_anna,
        _numbered(1, deadline=UNTIL),
        _numbered(2, deadline=LATER),
        _numbered(3, deadline=UNTIL, kind=HandOutKind.FILE),
        _numbered(4, deadline=UNTIL, status=HandOutStatus.ANSWERED),
        _numbered(5, deadline=UNTIL, status=HandOutStatus.FAILED),
    )

    with with_anna() as tx:
        assert [tx.hand_outs.under_way(at=at) for at in (NOW, LATER, UNTIL)] == [2, 1, 0]


def test_they_are_counted_by_kind_and_status_and_those_that_ended_by_reason(with_anna: Transactions) -> None:
    def ended(number: int, status: HandOutStatus, at: datetime = NOW, **changes: Any) -> HandOut:
        return _numbered(number, status=status, finished_at=at, **changes)

    _add(
        with_anna,
        _numbered(1),
        _numbered(2),
        _numbered(3, kind=HandOutKind.FILE),
        _late(4),
        ended(5, HandOutStatus.USED),
        ended(6, HandOutStatus.FAILED, reason="n8n_silent"),
        ended(7, HandOutStatus.FAILED, reason="n8n_silent"),
        ended(8, HandOutStatus.FAILED, NOW - SECOND, reason="n8n_silent"),
        ended(9, HandOutStatus.FAILED, reason="n8n_error", kind=HandOutKind.FILE),
    )

    with with_anna() as tx:
        figures = tx.hand_outs.figures(since=NOW)

    search, file = HandOutKind.SEARCH, HandOutKind.FILE
    assert figures == HandOutFigures(
        outstanding={
            (search, HandOutStatus.GIVEN): 2,
            (file, HandOutStatus.GIVEN): 1,
            (search, HandOutStatus.LATE): 1,
        },
        ended={
            (search, HandOutStatus.USED, None): 1,
            (search, HandOutStatus.FAILED, "n8n_silent"): 2,
            (file, HandOutStatus.FAILED, "n8n_error"): 1,
        },
    )
