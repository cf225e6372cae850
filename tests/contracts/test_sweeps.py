"""Two sweeps at the same moment: each lost message is sent once, each dead worker counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.memory.outside import FixedClock, RecordingTasks
from domain.identifiers import RunId, UploadId
from domain.sweep import SweepWork
from domain.transactions import Transactions
from domain.work import LEASE, RESEND_AFTER
from tests.builders import ANNA, NOW, a_run, an_upload
from tests.contracts.threads import at_once

UPLOADS = [UploadId(f"upload-{number:02}") for number in range(20)]
HELD = UPLOADS[:5]


@pytest.fixture
def store(with_anna: Transactions) -> Transactions:
    """Return a store with twenty uploads and a run, five of the uploads claimed by a worker that died."""
    with with_anna() as tx:
        for number, upload in enumerate(UPLOADS):
            tx.uploads.add(an_upload(id=upload, submission=number))
        for upload in HELD:
            assert tx.uploads.claim(upload, at=NOW, until=NOW + LEASE) is not None
        tx.search_runs.add(a_run())
    return with_anna


def test_of_sweeps_at_once_one_sends_each_message(store: Transactions) -> None:
    tasks, clock = RecordingTasks(), FixedClock(NOW + RESEND_AFTER + timedelta(seconds=1))
    sweep = SweepWork(store, tasks, clock)

    swept = at_once(8, sweep)

    assert sum(each.sent for each in swept) == len(UPLOADS) + 1
    assert sorted(upload for each in swept for upload in each.taken_back) == HELD
    assert sorted(tasks.uploads) == UPLOADS
    assert tasks.runs == [RunId("run-1")]
    with store() as tx:
        interruptions = {upload.id: upload.work.interruptions for upload in tx.uploads.all_of(ANNA)}
    assert interruptions == {upload: int(upload in HELD) for upload in UPLOADS}
