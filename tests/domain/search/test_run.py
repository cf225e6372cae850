"""A run's way from queued to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Conflict
from domain.identifiers import ResumeId, RunId
from domain.search.filters import Filters
from domain.search.run import Counts, Outcome, RunStatus, SearchRun, SourceReport
from domain.work import MAX_FAILURES, MAX_INTERRUPTIONS
from tests.builders import ANNA, NOW, a_run

LATER = NOW + timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
HELD = (RunStatus.GATHERING, RunStatus.RANKING)
ENDED = (RunStatus.READY, RunStatus.FAILED, RunStatus.CANCELLED)


def _gathering() -> SearchRun:
    return a_run().claimed(until=LATER)


def test_a_run_starts_queued_and_sent() -> None:
    run = SearchRun.queued(id=RunId("run-1"), telegram_id=ANNA, number=3, filters=Filters(text="python"), at=NOW)

    assert (run.status, run.number, run.filters.text) == (RunStatus.QUEUED, 3, "python")
    assert (run.work.due_at, run.work.sent_at, run.created_at) == (NOW, NOW, NOW)
    assert run.under_way


def test_a_run_goes_from_gathering_over_ranking_to_ready() -> None:
    reports = (SourceReport(source="internal", outcome=Outcome.OK, found=3),)
    counts = Counts(found=3, queued=2, filtered={"closed": 1})

    gathering = _gathering()
    ranking = gathering.gathered(engine="builtin", sources=reports, until=NOW)
    ready = ranking.ready(at=LATER, resume_id=ResumeId("resume-1"), counts=counts)

    assert [run.status for run in (gathering, ranking, ready)] == ["gathering", "ranking", "ready"]
    assert (gathering.counts, ranking.counts) == (Counts(), Counts(found=3))
    assert (gathering.work.attempt, gathering.work.lease_until) == (1, LATER)
    assert (ready.engine, ready.sources) == ("builtin", reports)
    assert (ready.resume_id, ready.counts, ready.finished_at) == ("resume-1", counts, LATER)
    assert ready.work.lease_until is None


@pytest.mark.parametrize("status", [*HELD, *ENDED])
def test_only_a_queued_run_is_claimed(status: RunStatus) -> None:
    with pytest.raises(Conflict, match="run_not_queued"):
        a_run(status=status).claimed(until=LATER)


@pytest.mark.parametrize("status", [RunStatus.QUEUED, *ENDED])
@pytest.mark.parametrize(
    "end",
    [
        lambda run: run.gathered(engine="builtin", sources=(), until=NOW),
        lambda run: run.ready(at=NOW, resume_id="resume-1", counts=Counts()),
        lambda run: run.refused(at=NOW, reason="no_resume"),
        lambda run: run.set_back(at=NOW, reason="store_unavailable"),
        lambda run: run.interrupted(at=NOW),
    ],
    ids=["gathered", "ready", "refused", "set back", "interrupted"],
)
def test_nothing_becomes_of_a_run_that_nobody_holds(status: RunStatus, end: Callable[[SearchRun], Any]) -> None:
    with pytest.raises(Conflict, match="run_not_held"):
        end(a_run(status=status))


@pytest.mark.parametrize("status", [RunStatus.QUEUED, *HELD])
def test_a_run_under_way_may_be_cancelled(status: RunStatus) -> None:
    cancelled = a_run(status=status).cancelled(at=LATER)

    assert (cancelled.status, cancelled.finished_at) == (RunStatus.CANCELLED, LATER)
    assert not cancelled.under_way


@pytest.mark.parametrize("status", ENDED)
def test_a_finished_run_is_not_cancelled(status: RunStatus) -> None:
    with pytest.raises(Conflict, match="run_already_finished"):
        a_run(status=status).cancelled(at=LATER)


def test_a_refused_run_fails_at_once_with_its_reason() -> None:
    refused = _gathering().refused(at=LATER, reason="no_resume")

    assert (refused.status, refused.reason, refused.finished_at) == (RunStatus.FAILED, "no_resume", LATER)
    assert refused.work.lease_until is None


@pytest.mark.parametrize("status", HELD)
def test_an_interrupted_run_waits_for_another_worker(status: RunStatus) -> None:
    interrupted = a_run(status=status).interrupted(at=LATER)

    assert (interrupted.status, interrupted.reason, interrupted.finished_at) == (RunStatus.QUEUED, None, None)
    assert (interrupted.work.interruptions, interrupted.work.failures) == (1, 0)


def test_a_run_interrupted_too_often_fails_with_that_reason() -> None:
    run = a_run()
    for _ in range(MAX_INTERRUPTIONS):
        run = run.claimed(until=LATER).interrupted(at=NOW)
        assert run.status is RunStatus.QUEUED

    run = run.claimed(until=LATER).interrupted(at=LATER)

    assert (run.status, run.reason, run.finished_at) == (RunStatus.FAILED, "interrupted", LATER)
    assert (run.work.interruptions, run.work.failures) == (MAX_INTERRUPTIONS + 1, 0)


def test_a_run_that_fails_too_often_fails_with_the_last_reason() -> None:
    run = a_run()
    for _ in range(MAX_FAILURES - 1):
        run = run.claimed(until=LATER).set_back(at=NOW, reason="engine_unavailable")
        assert (run.status, run.reason) == (RunStatus.QUEUED, None)

    run = run.claimed(until=LATER).set_back(at=LATER, reason="store_unavailable")

    assert (run.status, run.reason, run.finished_at) == (RunStatus.FAILED, "store_unavailable", LATER)
    assert (run.work.failures, run.work.interruptions) == (MAX_FAILURES, 0)


def test_many_interruptions_leave_every_try_that_failures_have() -> None:
    run = a_run()
    for _ in range(MAX_INTERRUPTIONS):
        run = run.claimed(until=LATER).interrupted(at=NOW)

    run = run.claimed(until=LATER).set_back(at=NOW, reason="engine_unavailable")

    assert run.status is RunStatus.QUEUED


def _awaiting() -> SearchRun:
    return _gathering().handed_out(engine="n8n", until=LATER + MINUTE)


def test_a_run_handed_out_is_held_until_the_deadline_by_no_worker() -> None:
    run = _awaiting()

    assert (run.status, run.deadline, run.work.lease_until) == (RunStatus.GATHERING, LATER + MINUTE, LATER + MINUTE)
    assert run.engine == "n8n"
    assert (run.awaiting, _gathering().awaiting, a_run(deadline=LATER).awaiting) == (True, False, False)


def test_a_run_that_was_answered_is_queued_due_and_sent() -> None:
    run = _awaiting().answered(at=LATER)

    assert (run.status, run.deadline, run.work.lease_until) == (RunStatus.QUEUED, None, None)
    assert (run.work.due_at, run.work.sent_at, run.work.attempt) == (LATER, LATER, 1)
    with pytest.raises(Conflict, match="run_not_handed_out"):
        run.answered(at=LATER)


@pytest.mark.parametrize("ended", [SearchRun.answered, SearchRun.interrupted])
def test_an_outside_engine_is_named_until_a_worker_has_the_run(ended: Callable[..., SearchRun]) -> None:
    queued = ended(_awaiting(), at=LATER)

    assert queued.engine == "n8n"
    assert queued.claimed(until=LATER + MINUTE).engine is None


def test_the_silence_of_an_outside_engine_counts_for_nothing() -> None:
    run = _awaiting().interrupted(at=LATER)

    assert (run.status, run.deadline, run.work.due_at, run.work.sent_at) == (RunStatus.QUEUED, None, LATER, None)
    assert (run.work.interruptions, run.work.failures) == (0, 0)


@pytest.mark.parametrize(
    "leave",
    [
        lambda run: run.cancelled(at=LATER),
        lambda run: run.refused(at=LATER, reason="no_resume"),
        lambda run: run.handed_back(at=LATER),
        lambda run: run.postponed(at=LATER),
        lambda run: run.set_back(at=LATER, reason="engine_unavailable"),
        lambda run: replace(run, status=RunStatus.QUEUED).claimed(until=LATER),
    ],
    ids=["cancelled", "refused", "handed back", "postponed", "set back", "claimed"],
)
def test_only_a_run_that_is_handed_out_has_a_deadline(leave: Callable[[SearchRun], SearchRun]) -> None:
    assert leave(_awaiting()).deadline is None


def test_a_run_is_held_under_its_attempt_alone() -> None:
    run = _gathering()

    assert (run.held_under(1), run.held_under(2), run.cancelled(at=NOW).held_under(1)) == (True, False, False)


def test_only_a_ready_run_is_extended() -> None:
    report = SourceReport(source="hh", outcome=Outcome.OK, found=3)
    ready = a_run(status=RunStatus.READY, counts=Counts(found=1))

    extended = ready.extended(sources=(report,), counts=Counts(found=4))

    assert (extended.sources, extended.counts, extended.status) == ((report,), Counts(found=4), RunStatus.READY)
    with pytest.raises(Conflict, match="run_not_ready"):
        _gathering().extended(sources=(), counts=Counts())
