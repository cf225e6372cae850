"""How often work is tried, and what ends it."""

from __future__ import annotations

from datetime import timedelta

from domain.work import MAX_FAILURES, MAX_INTERRUPTIONS, Work
from tests.builders import NOW

WORK = Work(due_at=NOW, sent_at=NOW)


def test_a_claim_counts_the_attempt_and_takes_the_lease() -> None:
    claimed = WORK.claimed(until=NOW + timedelta(minutes=3))

    assert claimed.attempt == 1
    assert claimed.lease_until == NOW + timedelta(minutes=3)
    assert (claimed.interruptions, claimed.failures) == (0, 0)


def test_an_interruption_is_not_a_failure_and_makes_the_work_due_at_once() -> None:
    later = NOW + timedelta(hours=1)

    interrupted = WORK.claimed(until=NOW).interrupted(at=later)

    assert (interrupted.interruptions, interrupted.failures) == (1, 0)
    assert interrupted.due_at == later
    assert interrupted.sent_at is None
    assert interrupted.lease_until is None
    assert interrupted.attempt == 1


def test_a_failure_is_not_an_interruption_and_makes_the_work_wait() -> None:
    failed = WORK.claimed(until=NOW).set_back(at=NOW)

    assert (failed.interruptions, failed.failures) == (0, 1)
    assert failed.due_at == NOW + timedelta(seconds=2)
    assert failed.sent_at is None
    assert failed.lease_until is None


def test_the_pause_grows_with_each_failure() -> None:
    once = WORK.set_back(at=NOW)
    twice = once.set_back(at=NOW)

    assert twice.due_at - NOW > once.due_at - NOW > timedelta()


def test_interruptions_do_not_lengthen_the_pause() -> None:
    shaken = WORK.interrupted(at=NOW).interrupted(at=NOW)

    assert shaken.set_back(at=NOW).due_at == WORK.set_back(at=NOW).due_at


def test_work_is_worn_out_only_past_the_limit_of_interruptions() -> None:
    work = WORK
    for _ in range(MAX_INTERRUPTIONS):
        work = work.interrupted(at=NOW)

    assert not work.worn_out
    assert work.interrupted(at=NOW).worn_out
    assert not work.interrupted(at=NOW).hopeless


def test_work_is_hopeless_at_the_last_failure_allowed() -> None:
    work = WORK
    for _ in range(MAX_FAILURES - 1):
        work = work.set_back(at=NOW)

    assert not work.hopeless
    assert work.set_back(at=NOW).hopeless
    assert not work.set_back(at=NOW).worn_out


def test_ended_work_holds_no_lease() -> None:
    assert WORK.claimed(until=NOW + timedelta(minutes=3)).ended().lease_until is None


def test_sending_notes_the_time_alone() -> None:
    later = NOW + timedelta(minutes=1)

    assert Work(due_at=NOW).sent(at=later) == Work(due_at=NOW, sent_at=later)
