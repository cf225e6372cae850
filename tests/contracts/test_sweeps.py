"""Two sweeps at the same moment: each lost message is sent once, each dead worker counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.memory.outside import FixedClock, RecordingTasks
from domain.identifiers import RunId, UploadId
from domain.sweep import SweepWork
from domain.transactions import Transactions
from domain.work import LEASE, RESEND_AFTER
from tests.builders import ANNA, NOW, a_hand_out, a_run, an_upload
from tests.contracts.threads import at_once

UPLOADS = [UploadId(f"upload-{number:02}") for number in range(20)]
HELD = UPLOADS[:5]
AWAITING = RunId("run-2")


@pytest.fixture
def store(with_anna: Transactions) -> Transactions:
    """Return a store with twenty uploads and two runs, five of the uploads claimed by a worker that died.

    One run was handed out and never answered; of another one results have come late.
    """
    with with_anna() as tx:
        for number, upload in enumerate(UPLOADS):
            tx.uploads.add(an_upload(id=upload, submission=number))
        for upload in HELD:
            assert tx.uploads.claim(upload, at=NOW, until=NOW + LEASE) is not None
        tx.search_runs.add(a_run())
        tx.search_runs.add(a_run(id=AWAITING, number=2))
        awaiting = tx.search_runs.claim(AWAITING, at=NOW, until=NOW + LEASE)
        assert awaiting is not None
        assert tx.search_runs.settle(awaiting.handed_out(engine="n8n", until=NOW + timedelta(minutes=2)))
        tx.hand_outs.add(a_hand_out(id="run-of-before").late(at=NOW))
    return with_anna


def test_of_sweeps_at_once_one_sends_each_message(store: Transactions) -> None:
    tasks, clock = RecordingTasks(), FixedClock(NOW + RESEND_AFTER + timedelta(seconds=1))
    sweep = SweepWork(store, tasks, clock)

    swept = at_once(8, sweep)

    assert sum(each.sent for each in swept) == len(UPLOADS) + 3
    assert sorted(upload for each in swept for upload in each.taken_back) == HELD
    assert sorted(tasks.uploads) == UPLOADS
    assert [run_id for each in swept for run_id in each.overdue] == [AWAITING]
    assert (sorted(tasks.runs), tasks.late) == (["run-1", AWAITING], ["run-of-before"])
    with store() as tx:
        interruptions = {upload.id: upload.work.interruptions for upload in tx.uploads.all_of(ANNA)}
    assert interruptions == {upload: int(upload in HELD) for upload in UPLOADS}
