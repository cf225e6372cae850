"""Accepted work as an operator sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.store import MemoryStore, MemoryTransaction
from domain.errors import Conflict, NotFound, Refused, Unavailable
from domain.identifiers import RunId, TelegramId, UploadId
from domain.jobs import NOT_DONE, STATUSES, Job, JobKind, RetryJob
from domain.resumes.upload import Upload, UploadStatus
from domain.search.run import RunStatus, SearchRun
from domain.work import MAX_FAILURES, MAX_INTERRUPTIONS, Work
from tests.builders import ANNA, BORIS, NOW, a_run, a_user, an_upload
from tests.domain.outsiders import ScriptedEngine
from tests.domain.product import KEEP_FILES, Product, a_product

SECOND = timedelta(seconds=1)
CV = b"%PDF cv"
TRIED = Work(due_at=NOW, sent_at=NOW, attempt=7, interruptions=MAX_INTERRUPTIONS, failures=MAX_FAILURES)


def _a_failed_file(product: Product, reason: str = "no_text") -> Upload:
    """Let a file in that cannot be read."""
    product.reader.says[CV] = Refused(reason)
    return product.parse(product.send(CV))


def _a_failed_search(product: Product) -> SearchRun:
    """Let a search fail as its person has no résumé."""
    with product.store() as tx:
        latest = tx.search_runs.latest(ANNA)
        number = latest.number + 1 if latest is not None else 1
        tx.search_runs.add(a_run(id=RunId(f"run-{number}"), number=number))
    return product.run(a_run(id=RunId(f"run-{number}")))


def _keep(product: Product, *work: Upload | SearchRun) -> None:
    with product.store() as tx:
        for each in work:
            if isinstance(each, Upload):
                tx.uploads.add(each)
            else:
                tx.search_runs.add(each)


def _listed(
    product: Product,
    *,
    kind: JobKind | None = None,
    statuses: tuple[str, ...] = STATUSES,
    reason: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> tuple[list[str], int]:
    page = product.application.list_jobs(kind=kind, statuses=statuses, reason=reason, limit=limit, offset=offset)
    return [job.id for job in page.items], page.total


@pytest.fixture
def busy(product: Product) -> Product:
    """A product with work of two people, a second between one piece and the next; the ids say the order."""
    product.welcome()
    product.welcome(BORIS)
    _keep(
        product,
        an_upload(id=UploadId("1"), created_at=NOW),
        a_run(id=RunId("2"), number=1, created_at=NOW + SECOND, status=RunStatus.CANCELLED),
        an_upload(id=UploadId("3"), created_at=NOW + 2 * SECOND, status=UploadStatus.FAILED, reason="no_text"),
        an_upload(id=UploadId("4"), created_at=NOW + 3 * SECOND, status=UploadStatus.PARSED),
        a_run(id=RunId("5"), telegram_id=BORIS, created_at=NOW + 4 * SECOND, status=RunStatus.RANKING),
        a_run(id=RunId("6"), number=2, created_at=NOW + 5 * SECOND, status=RunStatus.FAILED, reason="no_resume"),
        an_upload(id=UploadId("7"), created_at=NOW + 6 * SECOND, status=UploadStatus.FAILED, reason="file_broken"),
    )
    return product


def test_jobs_of_both_kinds_and_all_people_come_the_newest_first(busy: Product) -> None:
    assert _listed(busy) == (["7", "6", "5", "4", "3", "2", "1"], 7)


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        ({"kind": JobKind.FILE}, ["7", "4", "3", "1"]),
        ({"kind": JobKind.SEARCH}, ["6", "5", "2"]),
        ({"statuses": ("failed",)}, ["7", "6", "3"]),
        ({"statuses": ("failed", "parsed", "ranking")}, ["7", "6", "5", "4", "3"]),
        ({"statuses": NOT_DONE}, ["7", "6", "5", "3", "1"]),
        ({"statuses": ("parsing", "ready")}, []),
        ({"reason": "no_text"}, ["3"]),
        ({"reason": "no_resume", "kind": JobKind.SEARCH, "statuses": ("failed",)}, ["6"]),
        ({"reason": "no_resume", "kind": JobKind.FILE}, []),
        ({"reason": "unheard_of"}, []),
    ],
)
def test_jobs_are_chosen_by_kind_status_and_reason(busy: Product, chosen: dict[str, object], ids: list[str]) -> None:
    assert _listed(busy, **chosen) == (ids, len(ids))  # type: ignore[arg-type]  # keywords of the table above


def test_pages_follow_one_another_over_both_kinds(busy: Product) -> None:
    pages = [_listed(busy, limit=3, offset=offset) for offset in (0, 3, 6, 9)]

    assert pages == [(["7", "6", "5"], 7), (["4", "3", "2"], 7), (["1"], 7), ([], 7)]
    assert _listed(busy, limit=0) == ([], 7)


def test_the_statuses_are_those_of_both_kinds() -> None:
    assert set(STATUSES) == {status.value for status in (*UploadStatus, *RunStatus)}
    assert len(STATUSES) == len(set(STATUSES))
    assert set(NOT_DONE) == {"queued", "parsing", "gathering", "ranking", "failed"}


def test_a_job_is_shown_as_work(product: Product) -> None:
    product.welcome()
    upload = an_upload(status=UploadStatus.FAILED, reason="no_text", work=TRIED, finished_at=NOW + SECOND)
    run = a_run(status=RunStatus.GATHERING, work=replace(TRIED, lease_until=NOW + SECOND))
    _keep(product, upload, run)

    assert product.application.show_job(job_id=upload.id) == Job(
        kind=JobKind.FILE,
        id="upload-1",
        telegram_id=ANNA,
        status="failed",
        reason="no_text",
        work=TRIED,
        created_at=NOW,
        finished_at=NOW + SECOND,
    )
    shown = product.application.show_job(job_id=run.id)
    assert (shown.kind, shown.id, shown.status, shown.work) == (JobKind.SEARCH, "run-1", "gathering", run.work)


@pytest.mark.parametrize(
    "do", [lambda product: product.application.show_job, lambda product: product.application.retry_job]
)
def test_a_job_that_is_not_there_is_told(product: Product, do: Callable[[Product], Callable[..., Job]]) -> None:
    with pytest.raises(NotFound, match="job_not_found"):
        do(product)(job_id="nobody's")


def test_a_failed_file_is_queued_as_if_never_tried(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)
    product.clock.forward(SECOND)

    job = product.application.retry_job(job_id=upload.id)

    work = Work(due_at=NOW + SECOND, attempt=upload.work.attempt)
    expected = replace(upload, status=UploadStatus.QUEUED, reason=None, finished_at=None, work=work)
    assert product.upload(upload.id) == expected
    assert (job.id, job.status, job.reason, job.work, job.finished_at) == (upload.id, "queued", None, work, None)


def test_a_retried_file_is_sent_by_the_next_sweep_and_read(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)
    del product.reader.says[CV]
    product.tasks.uploads.clear()

    product.application.retry_job(job_id=upload.id)
    assert product.tasks.uploads == []
    assert product.application.sweep_work().sent == 1

    assert product.tasks.uploads == [upload.id]
    assert product.parse(upload).status is UploadStatus.PARSED
    assert product.upload(upload.id).work.attempt == upload.work.attempt + 1


def test_a_retried_file_keeps_its_place_in_the_order_of_submission(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)
    product.submit(desired_position="Said in the form later")
    del product.reader.says[CV]

    product.application.retry_job(job_id=upload.id)
    product.parse(upload)

    assert product.current().desired_position == "Said in the form later"


def test_what_was_worn_out_gets_all_its_tries_again(product: Product) -> None:
    product.welcome_with_resume()
    run = a_run(status=RunStatus.FAILED, reason="interrupted", work=TRIED, finished_at=NOW)
    _keep(product, run)

    product.application.retry_job(job_id=run.id)

    retried = product.application.show_search(telegram_id=ANNA)
    assert retried == replace(
        run, status=RunStatus.QUEUED, reason=None, finished_at=None, work=Work(due_at=NOW, attempt=7)
    )


def test_a_retried_search_is_carried_out(product: Product) -> None:
    product.welcome()
    run = _a_failed_search(product)
    assert (run.status, run.reason) == (RunStatus.FAILED, "no_resume")
    product.submit()

    product.application.retry_job(job_id=run.id)
    assert product.application.sweep_work().sent == 1

    assert product.tasks.runs == [run.id]
    assert product.run(run).status is RunStatus.READY


def test_a_search_that_fails_again_counts_its_failures_from_zero() -> None:
    product = a_product(engines=(ScriptedEngine("builtin", error=Unavailable("engine_unavailable")),))
    product.welcome_with_resume()
    run = product.start()
    for _ in range(MAX_FAILURES):
        run = product.run(run)
        product.clock.forward(timedelta(hours=1))
    assert run.status is RunStatus.FAILED

    product.application.retry_job(job_id=run.id)
    run = product.run(run)

    assert (run.status, run.work.failures, run.work.attempt) == (RunStatus.QUEUED, 1, MAX_FAILURES + 1)


@pytest.mark.parametrize(
    "job",
    [
        *(an_upload(status=status) for status in UploadStatus if status is not UploadStatus.FAILED),
        *(a_run(status=status) for status in RunStatus if status is not RunStatus.FAILED),
    ],
    ids=lambda job: f"{job.id} {job.status.value}",
)
def test_what_has_not_failed_is_not_retried(product: Product, job: Upload | SearchRun) -> None:
    product.welcome()
    _keep(product, job)
    before = product.application.export_user(telegram_id=ANNA)

    with pytest.raises(Conflict, match="job_not_failed"):
        product.application.retry_job(job_id=job.id)

    assert product.application.export_user(telegram_id=ANNA) == before


def test_a_file_whose_bytes_are_gone_is_not_retried(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)
    product.clock.forward(KEEP_FILES + SECOND)
    assert product.application.drop_old_files() == 1

    with pytest.raises(Conflict, match="file_gone"):
        product.application.retry_job(job_id=upload.id)

    assert product.upload(upload.id) == upload


def test_the_bytes_of_a_retried_file_are_kept_from_then_on(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)
    product.clock.forward(KEEP_FILES + SECOND)
    product.application.retry_job(job_id=upload.id)

    assert product.application.drop_old_files() == 0


def test_a_search_is_not_retried_once_the_person_has_started_another(product: Product) -> None:
    product.welcome()
    old, new = _a_failed_search(product), _a_failed_search(product)

    with pytest.raises(Conflict, match="not_the_latest_search"):
        product.application.retry_job(job_id=old.id)

    assert product.application.show_job(job_id=old.id).status == "failed"
    assert product.application.retry_job(job_id=new.id).status == "queued"


class _StoreWithSomebodyElse:
    """A store in which somebody else does something to a transaction's work before it goes on."""

    def __init__(self, store: MemoryStore, meddle: Callable[[MemoryTransaction], None]) -> None:
        self._store, self._meddle = store, meddle

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self._store() as tx:
            self._meddle(tx)
            yield tx


def _retrying(product: Product, meddle: Callable[[MemoryTransaction], None]) -> RetryJob:
    return replace(product.application.retry_job, transaction=_StoreWithSomebodyElse(product.store, meddle))


def test_the_work_of_a_person_who_leaves_meanwhile_is_not_there(product: Product) -> None:
    product.welcome()
    upload = _a_failed_file(product)

    def leave_when_held(tx: MemoryTransaction) -> None:
        hold = tx.users.hold

        def left(telegram_id: TelegramId) -> object:
            tx.users.erase(telegram_id)
            return hold(telegram_id)

        tx.users.hold = left  # type: ignore[method-assign, assignment] # they leave at this very moment

    with pytest.raises(NotFound, match="job_not_found"):
        _retrying(product, leave_when_held)(job_id=upload.id)


def test_of_two_operators_at_once_one_is_told_that_it_has_not_failed(product: Product) -> None:
    product.welcome()
    upload, run = _a_failed_file(product), _a_failed_search(product)

    def lose(tx: MemoryTransaction) -> None:
        tx.uploads.retry = lambda _: False  # type: ignore[method-assign, assignment] # the other was quicker
        tx.search_runs.retry = lambda _: False  # type: ignore[method-assign, assignment] # likewise

    for job_id in (upload.id, run.id):
        with pytest.raises(Conflict, match="job_not_failed"):
            _retrying(product, lose)(job_id=job_id)


def test_the_search_of_a_person_is_retried_whatever_another_has_started(product: Product) -> None:
    product.welcome()
    run = _a_failed_search(product)
    with product.store() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
        tx.search_runs.add(a_run(id=RunId("his"), telegram_id=BORIS, number=9))

    assert product.application.retry_job(job_id=run.id).status == "queued"
