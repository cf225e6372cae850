"""The periodic work: nothing accepted is ever forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.memory.store import MemoryStore, MemoryTransaction
from domain.boards import KeptAnswer
from domain.errors import Unavailable
from domain.identifiers import UploadId, VacancyId
from domain.matching.vectors import Embedding
from domain.resumes.upload import Upload, UploadStatus
from domain.search.run import RunStatus, SearchRun
from domain.sweep import ANSWERS_KEPT, MOST_DROPPED, MOST_SENT, MOST_TAKEN_BACK, ORPHANS_KEPT
from domain.work import LEASE, MAX_FAILURES, MAX_INTERRUPTIONS, RESEND_AFTER, RESEND_AFTER_DRAINED, Work
from tests.builders import ANNA, NOW, a_user, a_vacancy, an_upload
from tests.domain.outsiders import ScriptedEngine
from tests.domain.product import KEEP_FILES, Product, a_product

SECOND = timedelta(seconds=1)
CV = b"%PDF cv"


@pytest.fixture
def waiting(product: Product) -> Product:
    """A product where one upload and one run were sent a moment ago, and a worker has fetched the messages."""
    product.welcome_with_resume()
    product.send(CV)
    product.start()
    _fetch(product)
    return product


def _fetch(product: Product) -> None:
    product.tasks.uploads.clear()
    product.tasks.runs.clear()


def _upload(product: Product) -> Upload:
    return product.application.export_user(telegram_id=ANNA).uploads[0]


def _run(product: Product) -> SearchRun:
    return product.application.show_search(telegram_id=ANNA)


def _claim_both(product: Product) -> None:
    now = product.clock.now()
    with product.store() as tx:
        assert tx.uploads.claim(_upload(product).id, at=now, until=now + LEASE)
        assert tx.search_runs.claim(_run(product).id, at=now, until=now + LEASE)


def test_what_was_sent_a_moment_ago_is_left_alone(waiting: Product) -> None:
    waiting.clock.forward(RESEND_AFTER_DRAINED - SECOND)

    assert waiting.application.sweep_work().sent == 0
    assert (waiting.tasks.uploads, waiting.tasks.runs) == ([], [])


def test_a_message_that_was_lost_is_sent_again_and_once_a_while(waiting: Product) -> None:
    waiting.clock.forward(RESEND_AFTER_DRAINED + SECOND)

    assert waiting.application.sweep_work().sent == 2
    assert waiting.application.sweep_work().sent == 0

    assert waiting.tasks.uploads == [_upload(waiting).id]
    assert waiting.tasks.runs == [_run(waiting).id]
    _fetch(waiting)
    waiting.clock.forward(RESEND_AFTER_DRAINED + SECOND)
    assert waiting.application.sweep_work().sent == 2


def test_while_messages_wait_in_a_queue_none_is_taken_for_lost_before_long(waiting: Product) -> None:
    waiting.send(b"%PDF another")
    waiting.clock.forward(RESEND_AFTER_DRAINED + SECOND)

    # The queue of searches holds nothing, so the message about the run is lost; the files' queue has a tail.
    assert waiting.application.sweep_work().sent == 1
    assert waiting.tasks.runs == [_run(waiting).id]

    waiting.clock.forward(RESEND_AFTER)
    assert waiting.application.sweep_work().sent == 3


def test_work_that_is_held_is_left_alone(waiting: Product) -> None:
    _claim_both(waiting)
    waiting.clock.forward(LEASE)

    assert waiting.application.sweep_work().sent == 0

    assert _upload(waiting).status is UploadStatus.PARSING
    assert _run(waiting).status is RunStatus.GATHERING


def test_work_whose_worker_died_is_taken_back_and_sent_at_once(waiting: Product) -> None:
    _claim_both(waiting)
    waiting.clock.forward(LEASE + SECOND)

    assert waiting.application.sweep_work().sent == 2

    assert (_upload(waiting).status, _run(waiting).status) == (UploadStatus.QUEUED, RunStatus.QUEUED)
    assert _upload(waiting).work.interruptions == _run(waiting).work.interruptions == 1
    assert _upload(waiting).work.failures == _run(waiting).work.failures == 0


def test_work_whose_workers_die_again_and_again_fails_with_that_reason(waiting: Product) -> None:
    for _ in range(MAX_INTERRUPTIONS + 1):
        _claim_both(waiting)
        waiting.clock.forward(LEASE + SECOND)
        waiting.application.sweep_work()

    assert (_upload(waiting).status, _upload(waiting).reason) == (UploadStatus.FAILED, "interrupted")
    assert (_run(waiting).status, _run(waiting).reason) == (RunStatus.FAILED, "interrupted")
    waiting.clock.forward(RESEND_AFTER + SECOND)
    assert waiting.application.sweep_work().sent == 0


def test_work_that_failed_waits_for_its_pause(waiting: Product) -> None:
    waiting.reader.says[CV] = Unavailable("reader_timeout")
    waiting.application.parse_upload(upload_id=_upload(waiting).id)
    waiting.run(_run(waiting))

    assert waiting.application.sweep_work().sent == 0
    waiting.clock.forward(_upload(waiting).work.due_at - NOW)
    assert waiting.application.sweep_work().sent == 1
    assert waiting.tasks.uploads == [_upload(waiting).id]


def test_interruptions_and_failures_do_not_add_up() -> None:
    engine = ScriptedEngine("builtin", error=Unavailable("engine_unavailable"))
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    run = product.start()
    for _ in range(MAX_FAILURES + 1):
        with product.store() as tx:
            assert tx.search_runs.claim(run.id, at=product.clock.now(), until=product.clock.now())
        product.clock.forward(SECOND)
        product.application.sweep_work()

    run = product.run(run)

    assert run.status is RunStatus.QUEUED
    assert (run.work.interruptions, run.work.failures) == (MAX_FAILURES + 1, 1)


def test_finished_work_is_left_alone(waiting: Product) -> None:
    waiting.parse(_upload(waiting))
    waiting.run(_run(waiting))
    before = waiting.application.export_user(telegram_id=ANNA)
    waiting.clock.forward(timedelta(hours=1))

    assert waiting.application.sweep_work().sent == 0
    assert waiting.application.sweep_work(alone=True).sent == 0

    assert waiting.application.export_user(telegram_id=ANNA) == before


def test_the_only_process_takes_back_everything_at_its_start(waiting: Product) -> None:
    _claim_both(waiting)

    assert waiting.application.sweep_work(alone=True).sent == 2

    assert _upload(waiting).work.interruptions == _run(waiting).work.interruptions == 1
    assert waiting.tasks.uploads == [_upload(waiting).id]


def test_the_only_process_sends_again_what_was_sent_before_its_start(waiting: Product) -> None:
    waiting.clock.forward(SECOND)

    assert waiting.application.sweep_work(alone=True).sent == 2
    assert _upload(waiting).work.interruptions == 0


def test_files_of_finished_uploads_are_dropped_when_their_time_is_over(waiting: Product) -> None:
    upload = waiting.parse(_upload(waiting))
    unfinished = waiting.send(b"%PDF other")
    waiting.clock.forward(KEEP_FILES)
    waiting.application.drop_old_files()
    assert waiting.application.export_user(telegram_id=ANNA).files.keys() == {upload.id, unfinished.id}

    waiting.clock.forward(SECOND)
    waiting.application.drop_old_files()

    assert waiting.application.export_user(telegram_id=ANNA).files.keys() == {unfinished.id}


class _StoreSweptElsewhere:
    """A store in which somebody else is sweeping, from the start or from after so many transactions."""

    def __init__(self, store: MemoryStore, *, free: int = 0) -> None:
        self._store = store
        self._free = free

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self._store() as tx:
            held = self._free > 0
            self._free -= 1
            tx.hold_sweep = lambda: held  # type: ignore[method-assign] # the lock is taken for this test
            yield tx


def test_of_two_sweeps_at_once_one_does_nothing(waiting: Product) -> None:
    waiting.clock.forward(RESEND_AFTER + SECOND)
    before = waiting.application.export_user(telegram_id=ANNA)
    sweep = replace(waiting.application.sweep_work, transaction=_StoreSweptElsewhere(waiting.store))

    assert sweep().sent == 0

    assert (waiting.tasks.uploads, waiting.tasks.runs) == ([], [])
    assert waiting.application.export_user(telegram_id=ANNA) == before


def test_what_one_took_back_another_may_send(waiting: Product) -> None:
    _claim_both(waiting)
    waiting.clock.forward(LEASE + SECOND)
    sweep = replace(waiting.application.sweep_work, transaction=_StoreSweptElsewhere(waiting.store, free=1))

    assert sweep().sent == 0
    assert (_upload(waiting).status, waiting.tasks.uploads) == (UploadStatus.QUEUED, [])
    assert waiting.application.sweep_work().sent == 2


def test_while_somebody_else_does_periodic_work_no_file_is_dropped(waiting: Product) -> None:
    waiting.parse(_upload(waiting))
    waiting.clock.forward(2 * KEEP_FILES)
    drop = replace(waiting.application.drop_old_files, transaction=_StoreSweptElsewhere(waiting.store))

    assert drop() == 0
    assert waiting.application.drop_old_files() == 1


def test_while_somebody_else_does_periodic_work_no_vector_is_dropped(product: Product) -> None:
    product.keep(a_vacancy())
    product.application.embed_vacancies()
    product.keep(a_vacancy(title="Повар"))
    product.application.embed_vacancies()
    product.clock.forward(2 * ORPHANS_KEPT)
    drop = replace(product.application.drop_orphan_vectors, transaction=_StoreSweptElsewhere(product.store))

    assert drop() == 0
    assert product.application.drop_orphan_vectors() == 2


def test_answers_of_boards_are_dropped_once_nobody_goes_by_them(product: Product) -> None:
    fresh, stale = (KeptAnswer(body=b"{}", etag=None, fresh_until=NOW + later) for later in (ANSWERS_KEPT, -SECOND))
    with product.store() as tx:
        tx.boards.keep_answer("fresh", fresh)
        tx.boards.keep_answer("stale", stale)
    product.clock.forward(ANSWERS_KEPT)
    drop = replace(product.application.drop_stale_answers, transaction=_StoreSweptElsewhere(product.store))

    assert drop() == 0
    assert product.application.drop_stale_answers() == 1
    with product.store() as tx:
        assert (tx.boards.answer("fresh"), tx.boards.answer("stale")) == (fresh, None)


def test_vectors_are_dropped_a_part_at_a_time(product: Product) -> None:
    half = MOST_DROPPED // 2 + 5
    many = [a_vacancy(id=VacancyId(f"internal-{number}"), title=f"Вымысел {number}") for number in range(half)]
    made = [
        Embedding(story_key=b"s%d" % number, story=b"1", title_key=b"t%d" % number, title=b"1")
        for number in range(half)
    ]
    product.keep(*many)
    with product.store() as tx:
        tx.vectors.embed_unchanged(list(zip(many, made, strict=True)), model="before-1", at=NOW)
        tx.vectors.embed_unchanged([(each, made[0]) for each in many], model="letters-1", at=NOW)
    product.clock.forward(2 * ORPHANS_KEPT)

    drop = product.application.drop_orphan_vectors

    assert [drop(), drop(), drop()] == [MOST_DROPPED, 8, 0]


def test_after_a_queue_was_lost_whole_sweep_after_sweep_sends_a_part_of_it(product: Product) -> None:
    with product.store() as tx:
        tx.users.save(a_user())
        for number in range(MOST_SENT + 5):
            tx.uploads.add(an_upload(id=UploadId(f"upload-{number}"), submission=number, work=Work(due_at=NOW)))

    sweep = product.application.sweep_work

    assert [sweep().sent, sweep().sent, sweep().sent] == [MOST_SENT, 5, 0]


def _with_many_held(product: Product) -> int:
    """Let many uploads be held by workers that died; return how many."""
    many, held = MOST_TAKEN_BACK + 5, Work(due_at=NOW, attempt=1, lease_until=NOW + LEASE)
    with product.store() as tx:
        tx.users.save(a_user())
        for number in range(many):
            upload_id = UploadId(f"upload-{number}")
            tx.uploads.add(an_upload(id=upload_id, submission=number, status=UploadStatus.PARSING, work=held))
    return many


def test_after_many_workers_died_sweep_after_sweep_takes_back_a_part_of_their_work(product: Product) -> None:
    many = _with_many_held(product)
    product.clock.forward(LEASE + SECOND)

    sweep = product.application.sweep_work

    assert [len(sweep().taken_back) for _ in range(3)] == [MOST_TAKEN_BACK, many - MOST_TAKEN_BACK, 0]


def test_the_only_process_takes_back_all_of_it_at_its_start(product: Product) -> None:
    many = _with_many_held(product)

    assert len(product.application.sweep_work(alone=True).taken_back) == many
