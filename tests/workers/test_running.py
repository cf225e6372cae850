"""How a worker inside this process begins, sweeps and ends."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from domain import sweep
from domain.errors import Unavailable
from domain.identifiers import VacancyId
from domain.matching.retrieval import RETRIEVAL_VERSION
from domain.matching.vectors import Embedding
from domain.resumes.upload import Upload, UploadStatus
from domain.sweep import ORPHANS_KEPT
from domain.transactions import Transactions
from domain.vacancies.embedding import MOST_EMBEDDED
from domain.work import LEASE
from tests.builders import NOW, a_vacancy, an_upload
from tests.domain.nearby import LetterEncoder
from tests.workers.workshop import Workshop, until
from workers import running
from workers.running import working


def left_by_a_dead_worker(workshop: Workshop) -> Upload:
    """Return an upload that somebody claimed who then died."""
    upload, now = an_upload(), workshop.clock.now()
    with workshop.application.parse_upload.transaction() as tx:
        tx.uploads.add(upload)
        tx.files.put(upload.id, b"%PDF left")
        assert tx.uploads.claim(upload.id, at=now, until=now + LEASE) is not None
    return upload


def test_who_works_alone_takes_back_at_once_what_died_before(workshop: Workshop) -> None:
    upload = left_by_a_dead_worker(workshop)

    with working(workshop.platform, alone=True):
        ended = workshop.await_upload(upload, UploadStatus.PARSED)

    assert ended.work.interruptions == 1


def test_who_works_beside_others_lets_a_lease_run_out_first(workshop: Workshop) -> None:
    upload = left_by_a_dead_worker(workshop)

    with working(workshop.platform, alone=False):
        workshop.await_sweeps(5)
        before = workshop.upload(upload).status
        workshop.clock.forward(2 * LEASE)
        workshop.await_upload(upload, UploadStatus.PARSED)

    assert before is UploadStatus.PARSING


def test_work_in_hand_is_not_taken_for_lost_by_a_later_sweep(workshop: Workshop) -> None:
    sweeps_seen = threading.Event()
    workshop.reader.meanwhile = lambda: sweeps_seen.wait(30)

    with working(workshop.platform, alone=True):
        workshop.await_sweeps(2)
        upload = workshop.send()
        workshop.await_upload(upload, UploadStatus.PARSING)
        workshop.await_sweeps(5)
        sweeps_seen.set()
        ended = workshop.await_upload(upload, UploadStatus.PARSED)

    assert (ended.work.attempt, ended.work.interruptions) == (1, 0)


@pytest.mark.parametrize("trouble", [Unavailable("store_unavailable"), RuntimeError("nobody thought of this")])
def test_the_sweep_outlives_a_store_that_is_in_trouble_for_a_while(workshop: Workshop, trouble: Exception) -> None:
    upload = left_by_a_dead_worker(workshop)

    with working(workshop.platform, alone=False):
        workshop.sweeping.trouble = trouble
        workshop.clock.forward(2 * LEASE)
        workshop.await_sweeps(3)
        before = workshop.upload(upload).status
        workshop.sweeping.trouble = None
        workshop.await_upload(upload, UploadStatus.PARSED)

    assert before is UploadStatus.PARSING


class _Slow(LetterEncoder):
    """Encodes when it is told to."""

    def __init__(self) -> None:
        super().__init__("Сбой")
        self.go_on = threading.Event()

    def encode(self, text: str) -> bytes:
        self.go_on.wait(30)
        return super().encode(text)


def test_vacancies_are_embedded_and_neither_the_sweep_nor_indexing_waits_for_that(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    encoder = _Slow()
    workshop.embed_with(encoder)
    many = [a_vacancy(id=VacancyId(f"internal-{number}")) for number in range(MOST_EMBEDDED + 1)]
    store = workshop.application.parse_upload.transaction
    with store() as tx:
        tx.vacancies.save([*many, a_vacancy(id=VacancyId("internal-bad"), title="Сбой")])

    def waiting() -> int:
        with store() as tx:
            return tx.vectors.waiting(model="letters-1", at=NOW)

    with working(workshop.platform, alone=True):
        until(lambda: _indexed(store) == MOST_EMBEDDED + 2, "indexing waits")
        workshop.await_sweeps(3)
        before = waiting()
        encoder.go_on.set()
        until(lambda: waiting() == 0, "nothing is embedded")

    assert before == MOST_EMBEDDED + 2
    assert [each.message for each in caplog.records if "cannot be encoded" in each.message] == [
        "cannot be encoded and is compared by words"
    ]


def test_what_went_wrong_waits_for_its_time_before_it_is_tried_again(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    encoder = LetterEncoder(broken=True)
    workshop.embed_with(encoder)
    with workshop.application.parse_upload.transaction() as tx:
        tx.vacancies.save([a_vacancy()])

    with working(workshop.platform, alone=True):
        until(lambda: encoder.asked != [], "nothing is embedded")
        workshop.await_sweeps(20)

    assert len(encoder.asked) == 1
    assert [each.message for each in caplog.records if "similarity" in each.message] == [
        "periodic work will be tried again: similarity_unavailable"
    ]


def test_vectors_that_nobody_has_are_dropped_part_after_part(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "MOST_DROPPED", 2)
    monkeypatch.setattr(running, "MOST_DROPPED", 2)
    store = workshop.application.parse_upload.transaction
    many = [a_vacancy(id=VacancyId(f"internal-{number}")) for number in range(3)]
    made = [
        Embedding(story_key=b"s%d" % number, story=b"1", title_key=b"t%d" % number, title=b"1") for number in range(3)
    ]
    with store() as tx:
        tx.vacancies.save(many)
        tx.vectors.embed_unchanged(list(zip(many, made, strict=True)), model="before-1", at=NOW - 2 * ORPHANS_KEPT)
        tx.vacancies.save(replace(each, title="Повар") for each in many)
    workshop.embed_with(LetterEncoder())

    def left() -> int:
        with store() as tx:
            return len(tx.vectors.among(key for each in made for key in (each.story_key, each.title_key)))

    before = left()
    with working(workshop.platform, alone=True):
        until(lambda: left() == 0, "vectors are left")

    assert before == 6


def _indexed(store: Transactions) -> int:
    with store() as tx:
        left = tx.vacancies.unindexed(version=RETRIEVAL_VERSION, limit=1_000)
        return len(tx.vacancies.newest(at=NOW, limit=1_000)) - len(left)


def test_what_is_being_done_when_the_block_ends_is_done_to_its_end(workshop: Workshop) -> None:
    workshop.reader.meanwhile = lambda: time.sleep(0.5)

    with working(workshop.platform, alone=False):
        upload = workshop.send()
        workshop.await_upload(upload, UploadStatus.PARSING)

    assert workshop.upload(upload).status is UploadStatus.PARSED


def test_nobody_sweeps_or_works_any_more_after_the_block(workshop: Workshop) -> None:
    with suppress(KeyboardInterrupt), working(workshop.platform, alone=False):
        workshop.await_sweeps(1)
        raise KeyboardInterrupt

    swept = workshop.sweeping.asked
    upload = workshop.send()
    time.sleep(0.2)
    assert workshop.sweeping.asked == swept
    assert workshop.upload(upload).status is UploadStatus.QUEUED
    until(
        lambda: {"sweep", "embed"}.isdisjoint(thread.name for thread in threading.enumerate()),
        "a thread of the periodic work lives on",
    )
