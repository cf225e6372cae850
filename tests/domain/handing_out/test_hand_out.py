"""A hand-out's way from given to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.errors import Conflict
from domain.handing_out.hand_out import HandOut, HandOutStatus, Page, reports_in
from domain.search.run import Outcome, SourceReport
from domain.work import MAX_FAILURES, MAX_INTERRUPTIONS
from tests.builders import NOW, a_hand_out, a_vacancy

LATER = NOW + timedelta(minutes=1)


def _merging() -> HandOut:
    return a_hand_out().late(at=NOW).claimed(until=LATER)


def test_it_is_given_and_nobody_has_said_anything() -> None:
    given = a_hand_out()

    assert (given.status, given.execution_id, given.pages, given.reason) == (HandOutStatus.GIVEN, None, None, None)


def test_nobody_but_the_execution_that_took_it_may_answer() -> None:
    taken = a_hand_out().accepted("execution-1")

    for other in ("execution-2", None):
        with pytest.raises(Conflict, match="another_execution"):
            taken.begun(execution_id=other, pages=2)
    assert taken.begun(execution_id="execution-1", pages=2).pages == 2


def test_where_nobody_has_said_who_took_it_the_first_to_answer_counts() -> None:
    begun = a_hand_out().accepted(None).begun(execution_id="execution-2", pages=2)

    assert (begun.execution_id, begun.pages) == ("execution-2", 2)
    assert begun.begun(execution_id="execution-2", pages=2) == begun
    with pytest.raises(Conflict, match="another_execution"):
        begun.begun(execution_id="execution-3", pages=2)


def test_every_page_tells_of_as_many_pages_as_the_first() -> None:
    begun = a_hand_out().begun(execution_id=None, pages=2)

    for pages in (1, 3):
        with pytest.raises(Conflict, match="other_pages"):
            begun.begun(execution_id=None, pages=pages)


def test_results_may_name_no_execution_where_nobody_knows_of_one() -> None:
    begun = a_hand_out().accepted(None).begun(execution_id=None, pages=2)

    assert begun.execution_id is None
    assert begun.begun(execution_id=None, pages=2) == begun


def test_results_quicker_than_the_answer_have_named_their_execution() -> None:
    taken = a_hand_out().begun(execution_id="execution-2", pages=1).accepted("execution-1")

    assert taken.execution_id == "execution-2"


def test_one_that_was_given_up_may_be_answered_after_all() -> None:
    failed = a_hand_out().failed(at=LATER, reason="n8n_silent")

    answered = failed.answered()

    assert (failed.status, failed.reason, failed.finished_at) == (HandOutStatus.FAILED, "n8n_silent", LATER)
    assert (answered.status, answered.reason, answered.finished_at) == (HandOutStatus.ANSWERED, None, None)


@pytest.mark.parametrize("status", [HandOutStatus.USED, HandOutStatus.DROPPED, HandOutStatus.LATE])
@pytest.mark.parametrize(
    "end", [lambda each: each.answered(), lambda each: each.failed(at=NOW, reason="n8n_failed")], ids=["answer", "fail"]
)
def test_what_has_ended_is_neither_answered_nor_failed(
    status: HandOutStatus, end: Callable[[HandOut], HandOut]
) -> None:
    with pytest.raises(Conflict, match="hand_out_not_given"):
        end(a_hand_out(status=status))


def test_nothing_is_late_for_what_nobody_waits_for() -> None:
    with pytest.raises(Conflict, match="hand_out_dropped"):
        a_hand_out().dropped(at=NOW).late(at=NOW)


def test_only_what_is_late_is_claimed() -> None:
    with pytest.raises(Conflict, match="hand_out_not_late"):
        a_hand_out().claimed(until=LATER)


def test_late_results_are_merged_under_an_attempt_and_then_used() -> None:
    merging = _merging()
    used = merging.used(at=LATER)

    assert (merging.status, merging.work.attempt, merging.work.lease_until) == (HandOutStatus.MERGING, 1, LATER)
    assert (used.status, used.finished_at, used.work.lease_until) == (HandOutStatus.USED, LATER, None)
    assert used.late(at=LATER).work.attempt == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda each: each.interrupted(at=NOW),
        lambda each: each.set_back(at=NOW, reason="internal_error"),
        lambda each: each.postponed(at=NOW),
        lambda each: each.handed_back(at=NOW),
    ],
    ids=["interrupted", "set back", "postponed", "handed back"],
)
def test_merging_that_does_not_end_is_late_again(end: Callable[[HandOut], HandOut]) -> None:
    assert end(_merging()).status is HandOutStatus.LATE
    with pytest.raises(Conflict, match="hand_out_not_held"):
        end(a_hand_out())


def test_merging_that_is_interrupted_too_often_fails_with_that_reason() -> None:
    late = a_hand_out().late(at=NOW)
    for _ in range(MAX_INTERRUPTIONS):
        late = late.claimed(until=LATER).interrupted(at=NOW)
        assert late.status is HandOutStatus.LATE

    late = late.claimed(until=LATER).interrupted(at=LATER)

    assert (late.status, late.reason, late.finished_at) == (HandOutStatus.FAILED, "interrupted", LATER)


def test_merging_that_fails_too_often_fails_with_the_last_reason() -> None:
    late = a_hand_out().late(at=NOW)
    for _ in range(MAX_FAILURES - 1):
        late = late.claimed(until=LATER).set_back(at=NOW, reason="internal_error")
        assert late.status is HandOutStatus.LATE

    late = late.claimed(until=LATER).set_back(at=LATER, reason="other")

    assert (late.status, late.reason, late.finished_at) == (HandOutStatus.FAILED, "other", LATER)


def test_a_page_tells_something_until_it_is_used() -> None:
    empty = SourceReport(source="hh", outcome=Outcome.EMPTY)
    closed = SourceReport(source="hh", outcome=Outcome.CLOSED_BY_PROVIDER)

    told = [
        Page(number=1, vacancy_ids=("hh-1",)).tells,  # type: ignore[arg-type]  # a vacancy's id
        Page(number=1, sources=(empty,)).tells,
        Page(number=1, sources=(closed,)).tells,
        Page(number=1, sources=(empty,), used=True).tells,
    ]

    assert told == [True, True, False, False]


def test_of_what_pages_say_of_a_source_the_most_counts_and_who_gave_has_answered() -> None:
    timeout = SourceReport(source="hh", outcome=Outcome.TIMEOUT)
    some, more = (SourceReport(source="hh", outcome=Outcome.OK, found=found) for found in (1, 2))
    pages = [Page(number=number, sources=(each,)) for number, each in enumerate((timeout, more, some), start=1)]
    given = [a_vacancy(id="acme-1", source="acme"), a_vacancy(id="acme-2", source="acme"), a_vacancy(source="hh")]

    reports = reports_in(pages, given)

    assert reports == (more, SourceReport(source="acme", outcome=Outcome.OK, found=2))
