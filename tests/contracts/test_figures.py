"""What every store tells of the work in it."""

from __future__ import annotations

from datetime import timedelta

from domain.identifiers import ResumeId, RunId, UploadId
from domain.resumes.ports import UploadFigures
from domain.resumes.upload import Upload, UploadStatus
from domain.search.ports import RunFigures
from domain.search.run import Outcome, RunStatus, SearchRun, SourceReport
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import NOW, a_run, an_upload

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
SINCE = NOW - HOUR


def _upload(number: int, status: UploadStatus, **changes: object) -> Upload:
    return an_upload(id=UploadId(f"upload-{number}"), submission=number, status=status, **changes)


def _run(number: int, status: RunStatus, **changes: object) -> SearchRun:
    return a_run(id=RunId(f"run-{number}"), number=number, status=status, **changes)


def _report(source: str, outcome: Outcome) -> SourceReport:
    return SourceReport(source=source, outcome=outcome)


def _uploads(store: Transactions) -> UploadFigures:
    with store() as tx:
        return tx.uploads.figures(at=NOW, since=SINCE)


def _runs(store: Transactions) -> RunFigures:
    with store() as tx:
        return tx.search_runs.figures(at=NOW, since=SINCE)


def test_an_empty_store_tells_of_nothing(transaction: Transactions) -> None:
    assert _uploads(transaction) == UploadFigures(under_way={}, oldest_due_at=None, ended={})
    assert _runs(transaction) == RunFigures(under_way={}, oldest_due_at=None, ended={}, sources={})


def test_uploads_are_counted_by_how_far_they_have_got(with_anna: Transactions) -> None:
    lately, long_ago = {"finished_at": SINCE}, {"finished_at": SINCE - SECOND}
    failed = {"status": UploadStatus.FAILED, "reason": "no_text"}
    with with_anna() as tx:
        for number, upload in enumerate(
            [
                {"status": UploadStatus.QUEUED},
                {"status": UploadStatus.QUEUED},
                {"status": UploadStatus.PARSING},
                {"status": UploadStatus.PARSED, "resume_id": ResumeId("resume-1"), **lately},
                {**failed, **lately},
                {**failed, "finished_at": NOW},
                {**failed, "reason": "file_broken", **lately},
                {**failed, **long_ago},
            ]
        ):
            tx.uploads.add(_upload(number, **upload))  # type: ignore[arg-type]  # each has its status

    figures = _uploads(with_anna)

    assert figures.under_way == {UploadStatus.QUEUED: 2, UploadStatus.PARSING: 1}
    assert figures.ended == {
        (UploadStatus.PARSED, None): 1,
        (UploadStatus.FAILED, "no_text"): 2,
        (UploadStatus.FAILED, "file_broken"): 1,
    }


def test_runs_are_counted_by_how_far_they_have_got_and_what_their_sources_answered(with_anna: Transactions) -> None:
    found, closed = _report("internal", Outcome.OK), _report("hh", Outcome.CLOSED_BY_PROVIDER)
    with with_anna() as tx:
        for run in (
            _run(1, RunStatus.READY, engine="n8n", sources=(found,), finished_at=SINCE - SECOND),
            _run(2, RunStatus.READY, engine="builtin", sources=(found, closed), finished_at=SINCE),
            _run(3, RunStatus.READY, engine="builtin", sources=(found,), finished_at=NOW),
            _run(4, RunStatus.CANCELLED, finished_at=NOW),
            _run(
                5, RunStatus.FAILED, engine="builtin", sources=(closed,), reason="no_source_answered", finished_at=NOW
            ),
            _run(6, RunStatus.QUEUED),
            _run(7, RunStatus.GATHERING),
            _run(8, RunStatus.RANKING, engine="builtin", sources=(found,)),
        ):
            tx.search_runs.add(run)

    figures = _runs(with_anna)

    assert figures.under_way == {RunStatus.QUEUED: 1, RunStatus.GATHERING: 1, RunStatus.RANKING: 1}
    assert figures.ended == {
        (RunStatus.READY, "builtin"): 2,
        (RunStatus.CANCELLED, None): 1,
        (RunStatus.FAILED, "builtin"): 1,
    }
    assert figures.sources == {("internal", Outcome.OK): 2, ("hh", Outcome.CLOSED_BY_PROVIDER): 2}


def test_the_oldest_due_is_queued_and_due_by_now(with_anna: Transactions) -> None:
    with with_anna() as tx:
        for number, (held, due_at) in enumerate(
            [(False, NOW - SECOND), (False, NOW), (False, NOW + SECOND), (True, NOW - HOUR)]
        ):
            work = Work(due_at=due_at)
            tx.uploads.add(_upload(number, UploadStatus.PARSING if held else UploadStatus.QUEUED, work=work))
            tx.search_runs.add(_run(number, RunStatus.RANKING if held else RunStatus.QUEUED, work=work))

    assert _uploads(with_anna).oldest_due_at == _runs(with_anna).oldest_due_at == NOW - SECOND


def test_what_is_not_due_yet_does_not_wait(with_anna: Transactions) -> None:
    later = Work(due_at=NOW + SECOND)
    with with_anna() as tx:
        tx.uploads.add(an_upload(work=later))
        tx.search_runs.add(a_run(work=later))

    assert _uploads(with_anna).oldest_due_at is _runs(with_anna).oldest_due_at is None
