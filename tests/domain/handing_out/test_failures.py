"""How a failure of the automation becomes known, and what it changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import NotFound
from domain.handing_out.failures import KNOWN_BY_EXECUTION, NotedStatus
from domain.handing_out.hand_out import HandOutKind, HandOutStatus
from domain.identifiers import RunId, UploadId
from domain.search.run import RunStatus
from tests.builders import NOW, a_hand_out
from tests.domain.handing_out.given import ErasedBetween, Handing
from tests.domain.product import PATIENCE


def test_a_search_that_failed_there_is_carried_out_here_at_once(handing: Handing) -> None:
    run = handing.hand_out()

    noted = handing.product.application.note_failure(execution_id="execution-1", search_id=run.id)

    assert noted is NotedStatus.NOTED
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_failed")
    assert handing.product.tasks.runs == [run.id]
    run = handing.work_through(run)
    assert (run.status, run.engine, run.work.interruptions) == (RunStatus.READY, "builtin", 0)


def test_the_id_of_the_execution_alone_is_enough(handing: Handing) -> None:
    run = handing.hand_out()

    assert handing.product.application.note_failure(execution_id="execution-1") is NotedStatus.NOTED
    assert handing.handed(run).status is HandOutStatus.FAILED


def test_the_id_of_the_search_alone_is_enough_where_nobody_knows_the_execution(handing: Handing) -> None:
    handing.automation.execution_id = None
    run = handing.hand_out()

    assert handing.product.application.note_failure(execution_id=None, search_id=run.id) is NotedStatus.NOTED


@pytest.mark.parametrize(
    ("execution", "search"), [("execution-9", None), (None, None), ("execution-1", RunId("run-of-nobody"))]
)
def test_what_is_not_known_may_be_told_again(handing: Handing, execution: str | None, search: RunId | None) -> None:
    handing.hand_out()
    before = handing.held()

    with pytest.raises(NotFound, match="execution_not_found"):
        handing.product.application.note_failure(execution_id=execution, search_id=search)

    assert (handing.held(), handing.product.tasks.runs) == (before, [])


def test_an_execution_of_long_ago_is_not_the_one_that_has_its_id_now(handing: Handing) -> None:
    old = handing.plan_b()
    handing.product.clock.forward(KNOWN_BY_EXECUTION)
    seen: list[str] = []

    def fail() -> None:
        with pytest.raises(NotFound) as told:
            handing.product.application.note_failure(execution_id="execution-1")
        seen.append(told.value.code)

    # Before the id of the new one is written down.
    handing.automation.meanwhile = fail
    run = handing.hand_out()

    assert seen == ["execution_not_found"]
    assert handing.product.application.note_failure(execution_id="execution-1") is NotedStatus.NOTED
    assert handing.handed(run).reason == "n8n_failed"
    assert handing.handed(old).reason == "n8n_silent"


def test_told_twice_it_changes_nothing(handing: Handing) -> None:
    run = handing.hand_out()
    handing.product.application.note_failure(execution_id="execution-1")
    handing.product.tasks.runs.clear()
    before = handing.held()

    assert handing.product.application.note_failure(execution_id="execution-1") is NotedStatus.REPEATED
    assert (handing.held(), handing.product.tasks.runs) == (before, [])
    assert handing.run(run).status is RunStatus.QUEUED


def test_the_failure_of_another_execution_says_nothing_of_this_one(handing: Handing) -> None:
    run = handing.hand_out()
    before = handing.held()

    noted = handing.product.application.note_failure(execution_id="execution-2", search_id=run.id)

    assert (noted, handing.held()) == (NotedStatus.LATE, before)


def test_what_was_answered_does_not_fail_any_more(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1")
    before = handing.held()

    noted = handing.product.application.note_failure(execution_id="execution-1")

    assert (noted, handing.held()) == (NotedStatus.LATE, before)


def test_nobody_waits_for_what_was_cancelled(handing: Handing) -> None:
    run = handing.hand_out(text="python")
    handing.product.start()

    noted = handing.product.application.note_failure(execution_id=None, search_id=run.id)

    assert noted is NotedStatus.LATE


def test_what_came_before_the_failure_is_merged(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1", pages=2)
    handing.product.application.note_failure(execution_id="execution-1")

    run = handing.work_through(run)

    assert (run.engine, handing.handed(run).status) == ("builtin", HandOutStatus.LATE)


def test_a_file_that_failed_there_changes_nothing_but_its_hand_out(handing: Handing) -> None:
    upload = handing.product.send(b"%PDF cv")
    with handing.product.store() as tx:
        tx.hand_outs.add(a_hand_out(id=upload.id, kind=HandOutKind.FILE))
        tx.hand_outs.put_text(upload.id, "Анна", until=NOW + PATIENCE)
    before = handing.product.upload(upload.id)

    noted = handing.product.application.note_failure(execution_id=None, upload_id=UploadId(upload.id))

    assert noted is NotedStatus.NOTED
    with handing.product.store() as tx:
        failed, text = tx.hand_outs.find(upload.id), tx.hand_outs.text(upload.id)
    assert failed is not None
    assert (failed.status, failed.reason, text) == (HandOutStatus.FAILED, "n8n_failed", None)
    assert handing.product.upload(upload.id) == before


def test_a_file_that_is_not_answered_in_time_is_waited_for_no_longer(handing: Handing) -> None:
    upload = handing.product.send(b"%PDF cv")
    with handing.product.store() as tx:
        tx.hand_outs.add(a_hand_out(id=upload.id, kind=HandOutKind.FILE))
    handing.product.clock.forward(PATIENCE)
    assert handing.product.application.sweep_work().overdue == []
    handing.product.clock.forward(PATIENCE)

    assert handing.product.application.sweep_work().overdue == [upload.id]

    with handing.product.store() as tx:
        failed = tx.hand_outs.find(upload.id)
    assert failed is not None
    assert (failed.status, failed.reason) == (HandOutStatus.FAILED, "n8n_silent")


def test_a_failure_told_of_a_person_who_is_erased_at_that_moment_is_nobodys(handing: Handing) -> None:
    handing.hand_out()
    note_failure = replace(handing.product.application.note_failure, transaction=ErasedBetween(handing.product.store))

    with pytest.raises(NotFound, match="execution_not_found"):
        note_failure(execution_id="execution-1")
