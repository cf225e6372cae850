"""Results, failures and the deadline at the same moment: one of them decides, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.outside import FixedClock, RecordingTasks
from domain.errors import Conflict, NotFound
from domain.handing_out.failures import NotedStatus, NoteFailure
from domain.handing_out.hand_out import HandOutStatus
from domain.handing_out.results import TakenStatus, TakeResults
from domain.identifiers import RunId, TelegramId
from domain.matching.scorer import Scorer
from domain.search.run import Outcome, RunStatus, SourceReport
from domain.transactions import Transactions
from domain.vacancies.arrival import Arrivals
from domain.vacancies.use_cases import StoreVacancies
from tests.builders import ANNA, NOW, a_hand_out, a_run, a_vacancy
from tests.contracts.threads import at_once, together
from tests.domain.instruments import MEASURES, PlainMarkup

UNTIL, LATER, SECOND = NOW + timedelta(minutes=5), NOW + timedelta(minutes=1), timedelta(seconds=1)
REPORTS = (SourceReport(source="hh", outcome=Outcome.OK, found=2),)


@pytest.fixture
def awaiting(with_anna: Transactions) -> Transactions:
    """Return a store with a run of Anna's that was handed out, and the vacancy that will be found."""
    with with_anna() as tx:
        tx.search_runs.add(a_run())
        run = tx.search_runs.claim(RunId("run-1"), at=NOW, until=UNTIL)
        assert run is not None
        tx.search_runs.settle(run.handed_out(engine="n8n", until=UNTIL))
        tx.hand_outs.add(a_hand_out(deadline=UNTIL, execution_id="2317"))
        tx.vacancies.save([a_vacancy()])
    return with_anna


def _take(store: Transactions, tasks: RecordingTasks) -> TakeResults:
    clock = FixedClock(LATER)
    scorer = Scorer(MEASURES)
    arrivals = Arrivals(markup=PlainMarkup(), skills=MEASURES.skills)
    return TakeResults(store, clock, tasks, StoreVacancies(store, clock, arrivals, scorer.measures))


def _deliver(take: TakeResults, page: int = 1, pages: int = 1, execution_id: str = "2317") -> TakenStatus:
    return take(
        search_id=RunId("run-1"),
        execution_id=execution_id,
        page=page,
        pages=pages,
        sources=REPORTS,
        known=[a_vacancy().id],
        drafts=[],
    ).status


def test_of_results_repeated_at_once_one_lets_the_run_be_ranked(awaiting: Transactions) -> None:
    tasks = RecordingTasks()
    take = _take(awaiting, tasks)

    statuses = at_once(8, lambda: _deliver(take))

    assert sorted(statuses) == [TakenStatus.REPEATED] * 7 + [TakenStatus.TAKEN]
    assert tasks.runs == ["run-1"]


def test_of_pages_that_come_at_once_the_last_lets_the_run_be_ranked(awaiting: Transactions) -> None:
    tasks = RecordingTasks()
    take = _take(awaiting, tasks)

    together(*(lambda page=page: _deliver(take, page, 6) for page in range(1, 7)))

    assert tasks.runs == ["run-1"]
    with awaiting() as tx:
        hand_out, run = tx.hand_outs.find("run-1"), tx.search_runs.latest(ANNA)
    assert hand_out is not None
    assert run is not None
    assert (hand_out.status, run.status) == (HandOutStatus.ANSWERED, RunStatus.QUEUED)


def test_of_executions_that_answer_at_once_where_none_was_told_one_counts(awaiting: Transactions) -> None:
    with awaiting() as tx:
        hand_out = tx.hand_outs.hold("run-1")
        assert hand_out is not None
        tx.hand_outs.save(replace(hand_out, execution_id=None))
    take = _take(awaiting, RecordingTasks())

    def deliver(page: int) -> str:
        try:
            return _deliver(take, page, 6, execution_id=f"{page}").value
        except Conflict as conflict:
            return conflict.code

    ends = together(*(lambda page=page: deliver(page) for page in range(1, 7)))

    assert sorted(ends) == ["another_execution"] * 5 + ["taken"]
    with awaiting() as tx:
        hand_out, pages = tx.hand_outs.find("run-1"), tx.hand_outs.pages("run-1")
    assert hand_out is not None
    assert [hand_out.execution_id] == [f"{each.number}" for each in pages]


def test_results_a_failure_and_the_deadline_at_once_leave_one_run_to_be_carried_out(awaiting: Transactions) -> None:
    tasks = RecordingTasks()
    take = _take(awaiting, tasks)
    note = NoteFailure(awaiting, FixedClock(LATER), tasks)

    def deliver() -> object:
        return _deliver(take)

    def fail() -> object:
        return note(execution_id="2317")

    def miss() -> object:
        with awaiting() as tx:
            for run in tx.search_runs.overdue(at=UNTIL + SECOND, limit=9):
                tx.search_runs.settle(run.interrupted(at=UNTIL))
        return None

    _, noted, _ = together(deliver, fail, miss)

    with awaiting() as tx:
        hand_out, run = tx.hand_outs.find("run-1"), tx.search_runs.latest(ANNA)
        pages = tx.hand_outs.pages("run-1")
    assert hand_out is not None
    assert run is not None
    assert (hand_out.status, len(pages)) == (HandOutStatus.ANSWERED, 1)
    assert noted in (NotedStatus.NOTED, NotedStatus.LATE)
    assert (run.status, run.deadline, run.work.attempt, run.work.interruptions) == (RunStatus.QUEUED, None, 1, 0)
    assert len(tasks.runs) <= 1


def test_results_and_an_erasure_at_once_leave_nothing_behind(awaiting: Transactions) -> None:
    take = _take(awaiting, RecordingTasks())

    def deliver() -> object:
        try:
            return _deliver(take)
        except NotFound:
            return None

    def erase() -> None:
        with awaiting() as tx:
            tx.users.erase(TelegramId(ANNA))

    together(deliver, deliver, erase)

    with awaiting() as tx:
        assert (tx.hand_outs.find("run-1"), tx.search_runs.find(RunId("run-1"))) == (None, None)
        assert tx.hand_outs.pages("run-1") == []
