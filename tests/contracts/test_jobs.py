"""What an operator asks of every store: everybody's work, and failed work to be tried anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.outside import FixedClock
from domain.errors import DomainError, NotFound
from domain.identifiers import RunId, UploadId
from domain.jobs import ListJobs, RetryJob
from domain.resumes.upload import Upload, UploadStatus
from domain.search.run import Outcome, RunStatus, SearchRun, SourceReport
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import ANNA, BORIS, NOW, a_run, a_user, an_upload
from tests.contracts.threads import at_once

SECOND = timedelta(seconds=1)
LATER = NOW + timedelta(minutes=1)
TRIED = Work(due_at=NOW, sent_at=NOW, attempt=3, interruptions=2, failures=3)
FAILED_UPLOAD = an_upload(status=UploadStatus.FAILED, reason="no_text", work=TRIED, finished_at=NOW)
FAILED_RUN = a_run(
    status=RunStatus.FAILED,
    reason="no_source_answered",
    engine="builtin",
    sources=(SourceReport(source="internal", outcome=Outcome.TIMEOUT),),
    work=TRIED,
    finished_at=NOW,
)


def _upload(number: int, **changes: object) -> Upload:
    return an_upload(id=UploadId(f"upload-{number}"), submission=number, **changes)


def _run(number: int, **changes: object) -> SearchRun:
    return a_run(id=RunId(f"run-{number}"), number=number, **changes)


@pytest.fixture
def with_two(with_anna: Transactions) -> Transactions:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    return with_anna


@pytest.fixture
def with_failed(with_anna: Transactions) -> Transactions:
    """Return a store in which a file and a search of Anna's have failed."""
    with with_anna() as tx:
        tx.uploads.add(FAILED_UPLOAD)
        tx.files.put(FAILED_UPLOAD.id, b"%PDF cv")
        tx.search_runs.add(FAILED_RUN)
    return with_anna


def test_an_upload_and_a_run_are_found_whoevers_they_are(with_failed: Transactions) -> None:
    with with_failed() as tx:
        assert tx.uploads.find(FAILED_UPLOAD.id) == FAILED_UPLOAD
        assert tx.search_runs.find(FAILED_RUN.id) == FAILED_RUN
        assert tx.uploads.find(UploadId("run-1")) is None
        assert tx.search_runs.find(RunId("upload-1")) is None


def test_the_newest_uploads_of_all_people_come_first_by_status_and_reason(with_two: Transactions) -> None:
    queued = _upload(1)
    no_text = _upload(2, created_at=NOW + SECOND, status=UploadStatus.FAILED, reason="no_text")
    broken = _upload(3, created_at=LATER, status=UploadStatus.FAILED, reason="file_broken", telegram_id=BORIS)
    parsed = _upload(4, created_at=LATER, status=UploadStatus.PARSED)
    failed = frozenset({UploadStatus.FAILED})
    with with_two() as tx:
        for each in (broken, queued, parsed, no_text):
            tx.uploads.add(each)

    with with_two() as tx:
        newest = tx.uploads.newest
        assert newest(statuses=frozenset(UploadStatus), reason=None, limit=9) == ([parsed, broken, no_text, queued], 4)
        assert newest(statuses=frozenset(UploadStatus), reason=None, limit=2) == ([parsed, broken], 4)
        assert newest(statuses=failed | {UploadStatus.QUEUED}, reason=None, limit=9) == ([broken, no_text, queued], 3)
        assert newest(statuses=failed, reason="no_text", limit=9) == ([no_text], 1)
        assert newest(statuses=failed, reason=None, limit=0) == ([], 2)
        assert newest(statuses=frozenset({UploadStatus.PARSING}), reason=None, limit=9) == ([], 0)
        assert newest(statuses=frozenset(), reason="no_text", limit=9) == ([], 0)


def test_the_newest_runs_of_all_people_come_first_by_status_and_reason(with_two: Transactions) -> None:
    queued = _run(1)
    no_resume = _run(2, created_at=NOW + SECOND, status=RunStatus.FAILED, reason="no_resume")
    broken = _run(3, created_at=LATER, status=RunStatus.FAILED, reason="internal_error", telegram_id=BORIS)
    ranking = _run(4, created_at=LATER, status=RunStatus.RANKING)
    failed = frozenset({RunStatus.FAILED})
    with with_two() as tx:
        for each in (broken, queued, ranking, no_resume):
            tx.search_runs.add(each)

    with with_two() as tx:
        newest = tx.search_runs.newest
        assert newest(statuses=frozenset(RunStatus), reason=None, limit=9) == ([ranking, broken, no_resume, queued], 4)
        assert newest(statuses=frozenset(RunStatus), reason=None, limit=2) == ([ranking, broken], 4)
        assert newest(statuses=failed | {RunStatus.RANKING}, reason=None, limit=9) == ([ranking, broken, no_resume], 3)
        assert newest(statuses=failed, reason="no_resume", limit=9) == ([no_resume], 1)
        assert newest(statuses=failed, reason=None, limit=0) == ([], 2)
        assert newest(statuses=frozenset({RunStatus.READY}), reason=None, limit=9) == ([], 0)
        assert newest(statuses=frozenset(), reason="no_resume", limit=9) == ([], 0)


def test_what_failed_is_written_as_retried(with_failed: Transactions) -> None:
    upload, run = FAILED_UPLOAD.retried(at=LATER), FAILED_RUN.retried(at=LATER)

    with with_failed() as tx:
        assert tx.uploads.retry(upload) is True
        assert tx.search_runs.retry(run) is True

    with with_failed() as tx:
        assert tx.uploads.find(upload.id) == upload
        assert tx.search_runs.find(run.id) == run
        assert tx.uploads.to_send(at=LATER, sent_before=NOW, limit=9) == [upload.id]
        assert tx.search_runs.to_send(at=LATER, sent_before=NOW, limit=9) == [run.id]


def test_retrying_leaves_the_place_in_the_order_as_it_is_in_the_row(with_failed: Transactions) -> None:
    with with_failed() as tx:
        tx.uploads.resubmit(FAILED_UPLOAD.id, submission=9)

    with with_failed() as tx:
        assert tx.uploads.retry(FAILED_UPLOAD.retried(at=LATER)) is True

    with with_failed() as tx:
        assert tx.uploads.submission_of(FAILED_UPLOAD.id) == 9


def test_what_was_retried_is_not_retried_again(with_failed: Transactions) -> None:
    with with_failed() as tx:
        tx.uploads.retry(FAILED_UPLOAD.retried(at=LATER))
        tx.search_runs.retry(FAILED_RUN.retried(at=LATER))

    with with_failed() as tx:
        assert tx.uploads.retry(FAILED_UPLOAD.retried(at=LATER + SECOND)) is False
        assert tx.search_runs.retry(FAILED_RUN.retried(at=LATER + SECOND)) is False

    with with_failed() as tx:
        assert tx.uploads.find(FAILED_UPLOAD.id) == FAILED_UPLOAD.retried(at=LATER)
        assert tx.search_runs.find(FAILED_RUN.id) == FAILED_RUN.retried(at=LATER)


def test_what_failed_under_another_attempt_is_not_retried(with_failed: Transactions) -> None:
    earlier = replace(TRIED, attempt=2)

    with with_failed() as tx:
        assert tx.uploads.retry(replace(FAILED_UPLOAD, work=earlier).retried(at=LATER)) is False
        assert tx.search_runs.retry(replace(FAILED_RUN, work=earlier).retried(at=LATER)) is False

    with with_failed() as tx:
        assert tx.uploads.find(FAILED_UPLOAD.id) == FAILED_UPLOAD
        assert tx.search_runs.find(FAILED_RUN.id) == FAILED_RUN


def test_retrying_what_is_gone_brings_nothing_back(with_failed: Transactions) -> None:
    with with_failed() as tx:
        tx.users.erase(ANNA)

    with with_failed() as tx:
        assert tx.uploads.retry(FAILED_UPLOAD.retried(at=LATER)) is False
        assert tx.search_runs.retry(FAILED_RUN.retried(at=LATER)) is False

    with with_failed() as tx:
        assert tx.uploads.find(FAILED_UPLOAD.id) is None
        assert tx.search_runs.find(FAILED_RUN.id) is None


def test_bytes_are_kept_until_they_are_dropped(with_failed: Transactions) -> None:
    with with_failed() as tx:
        assert tx.files.kept(FAILED_UPLOAD.id) is True
        assert tx.files.kept(UploadId("upload-2")) is False
        tx.files.drop_finished(before=LATER)

    with with_failed() as tx:
        assert tx.files.kept(FAILED_UPLOAD.id) is False


@pytest.mark.parametrize("job_id", [FAILED_UPLOAD.id, FAILED_RUN.id])
def test_of_many_operators_at_once_one_retries(with_failed: Transactions, job_id: str) -> None:
    retry = RetryJob(with_failed, FixedClock(LATER))

    answers = at_once(8, _code(lambda: retry(job_id=job_id)))

    assert sorted(answers) == ["job_not_failed"] * 7 + ["retried"]


def test_a_search_is_retried_before_a_new_one_is_started_or_not_at_all(with_failed: Transactions) -> None:
    retry = RetryJob(with_failed, FixedClock(LATER))
    turns = iter(["retry", "start"])

    def start() -> None:
        with with_failed() as tx:
            tx.users.hold(ANNA)
            latest = tx.search_runs.latest(ANNA)
            assert latest is not None
            if latest.under_way:
                tx.search_runs.save(latest.cancelled(at=LATER))
            tx.search_runs.add(_run(2))

    def either() -> str:
        return _code(lambda: retry(job_id=FAILED_RUN.id) if next(turns) == "retry" else start())()

    answers = at_once(2, either)

    with with_failed() as tx:
        old, new = tx.search_runs.all_of(ANNA)
    assert new.status is RunStatus.QUEUED
    assert (old.status, "not_the_latest_search" in answers) in [(RunStatus.FAILED, True), (RunStatus.CANCELLED, False)]


def test_a_person_leaves_while_their_work_is_retried(with_failed: Transactions) -> None:
    retry = RetryJob(with_failed, FixedClock(LATER))
    turns = iter(["upload", "leave", "run"])

    def leave() -> None:
        with with_failed() as tx:
            tx.users.erase(ANNA)

    def one_of() -> str:
        turn = next(turns)
        if turn == "leave":
            return _code(leave)()
        return _code(lambda: retry(job_id=FAILED_UPLOAD.id if turn == "upload" else FAILED_RUN.id))()

    answers = at_once(3, one_of)

    assert set(answers) <= {"retried", "job_not_found"}
    page = ListJobs(with_failed)(kind=None, statuses=["queued", "failed"], reason=None, limit=9, offset=0)
    assert (page.items, page.total) == ([], 0)
    with pytest.raises(NotFound, match="job_not_found"):
        retry(job_id=FAILED_RUN.id)


def _code(call: Callable[[], object]) -> Callable[[], str]:
    """Return what calls and returns the code of what went wrong, or `retried`."""

    def coded() -> str:
        try:
            call()
        except DomainError as error:
            return error.code
        return "retried"

    return coded
