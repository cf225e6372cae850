"""Résumé files parsed: once, whatever happens meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Refused, Unavailable
from domain.identifiers import UploadId
from domain.resumes.reading import FileWarning
from domain.resumes.upload import Upload, UploadStatus
from domain.work import CLOCKS_APART, LEASE, LONGEST, MAX_FAILURES, MAX_INTERRUPTIONS
from tests.builders import ANNA, NOW, a_resume_content
from tests.domain.product import Product

CV = b"%PDF cv"


def _revisions(product: Product) -> int:
    return product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0).total


def test_a_repeated_message_changes_nothing(product: Product) -> None:
    product.welcome()
    upload = product.parse(product.send(CV))
    before = product.application.export_user(telegram_id=ANNA)

    product.parse(upload)

    assert product.application.export_user(telegram_id=ANNA) == before
    assert product.reader.read_so_far == 1


def test_a_message_about_no_upload_changes_nothing(product: Product) -> None:
    product.application.parse_upload(upload_id=UploadId("upload-of-nobody"))

    assert product.reader.read_so_far == 0


def test_a_message_repeated_while_the_file_is_parsed_changes_nothing(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)
    product.reader.meanwhile = lambda: product.application.parse_upload(upload_id=upload.id)

    assert product.parse(upload).status is UploadStatus.PARSED

    assert product.reader.read_so_far == 1
    assert _revisions(product) == 1


def test_a_file_that_is_itself_the_matter_fails_with_its_reason(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = Refused("no_text")

    failed = product.parse(product.send(CV))

    assert (failed.status, failed.reason) == (UploadStatus.FAILED, "no_text")
    assert _revisions(product) == 0


def test_a_file_whose_bytes_are_gone_fails_with_that_reason(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)
    with product.store() as tx:
        tx.uploads.claim(upload.id, at=NOW, until=NOW)
        tx.uploads.settle(product.upload(upload.id).refused(at=NOW, reason="no_text"))
        tx.files.drop_finished(before=NOW + timedelta(seconds=1))
        tx.uploads.add(upload)

    failed = product.parse(upload)

    assert (failed.status, failed.reason) == (UploadStatus.FAILED, "file_gone")


def test_what_is_to_be_known_of_a_file_is_kept_with_its_upload(product: Product) -> None:
    product.welcome()
    product.reader.warnings = (FileWarning.HIDDEN_TEXT_LEFT_OUT,)

    parsed = product.parse(product.send(CV))

    assert (parsed.status, parsed.warnings) == (UploadStatus.PARSED, (FileWarning.HIDDEN_TEXT_LEFT_OUT,))


def test_a_reader_that_fails_is_tried_again_later(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = Unavailable("reader_timeout")

    upload = product.parse(product.send(CV))

    assert (upload.status, upload.reason, upload.work.failures) == (UploadStatus.QUEUED, None, 1)
    assert upload.work.due_at > NOW
    product.reader.says[CV] = a_resume_content()
    assert product.parse(upload).status is UploadStatus.QUEUED
    product.clock.forward(timedelta(minutes=5))
    assert product.parse(upload).status is UploadStatus.PARSED


def test_a_reader_that_goes_on_failing_ends_with_its_reason(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = Unavailable("reader_out_of_memory")
    upload = product.send(CV)
    for _ in range(MAX_FAILURES):
        upload = product.parse(upload)
        product.clock.forward(timedelta(hours=1))

    assert (upload.status, upload.reason) == (UploadStatus.FAILED, "reader_out_of_memory")
    assert product.reader.read_so_far == MAX_FAILURES


def test_a_fault_of_ours_counts_as_a_failure_and_is_not_hidden(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = ZeroDivisionError()
    upload = product.send(CV)

    for _ in range(MAX_FAILURES):
        with pytest.raises(ZeroDivisionError):
            product.parse(upload)
        product.clock.forward(timedelta(hours=1))

    upload = product.upload(upload.id)
    assert (upload.status, upload.reason) == (UploadStatus.FAILED, "internal_error")


def _taken_over(product: Product, upload: Upload) -> None:
    """Let the lease run out and another worker claim the upload."""
    product.clock.forward(LEASE + timedelta(seconds=1))
    product.application.sweep_work()
    with product.store() as tx:
        assert tx.uploads.claim(upload.id, at=product.clock.now(), until=product.clock.now() + LEASE)


@pytest.mark.parametrize("answer", [a_resume_content(), Refused("no_text"), Unavailable("reader_timeout")])
def test_the_result_of_a_worker_that_lost_its_lease_is_dropped(product: Product, answer: object) -> None:
    product.welcome()
    upload = product.send(CV)
    product.reader.says[CV] = answer  # type: ignore[assignment] # one of the two things a reader may say
    product.reader.meanwhile = lambda: _taken_over(product, upload)

    product.application.parse_upload(upload_id=upload.id)

    now = product.upload(upload.id)
    assert (now.status, now.work.attempt, now.work.interruptions) == (UploadStatus.PARSING, 2, 1)
    assert now.work.failures == 0
    assert _revisions(product) == 0


@pytest.mark.parametrize("answer", [a_resume_content(), Refused("no_text"), Unavailable("reader_timeout")])
def test_a_person_erased_while_their_file_is_parsed_stays_erased(product: Product, answer: object) -> None:
    product.welcome()
    upload = product.send(CV)
    product.reader.says[CV] = answer  # type: ignore[assignment] # one of the two things a reader may say
    product.reader.meanwhile = lambda: product.application.erase_user(telegram_id=ANNA)

    product.application.parse_upload(upload_id=upload.id)

    product.welcome()
    export = product.application.export_user(telegram_id=ANNA)
    assert (*export.uploads, *export.resumes) == ()


@pytest.mark.parametrize("code", ["store_unavailable", "reader_busy", "reader_closed"])
def test_what_is_not_the_files_fault_is_never_counted_against_it(product: Product, code: str) -> None:
    product.welcome()
    product.reader.says[CV] = Unavailable(code)
    upload = product.send(CV)
    for _ in range(MAX_FAILURES + MAX_INTERRUPTIONS):
        upload = product.parse(upload)
        product.clock.forward(timedelta(minutes=1))

    assert upload.status is UploadStatus.QUEUED
    assert (upload.work.failures, upload.work.interruptions) == (0, 0)


def test_a_slow_file_is_kept_by_its_worker_as_long_as_that_shows_signs_of_life(product: Product) -> None:
    product.welcome()

    def a_long_time() -> None:
        for _ in range(10):
            product.clock.forward(LEASE - timedelta(seconds=1))
            product.in_hand.renew()
            assert product.application.sweep_work().sent == 0

    product.reader.meanwhile = a_long_time

    upload = product.parse(product.send(CV))

    assert (upload.status, upload.work.interruptions) == (UploadStatus.PARSED, 0)


def test_a_worker_that_is_stuck_loses_its_file_in_the_end(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)

    def stuck() -> None:
        product.clock.forward(LONGEST)
        product.in_hand.renew()
        product.application.sweep_work()
        assert product.upload(upload.id).status is UploadStatus.QUEUED

    product.reader.meanwhile = stuck

    product.parse(upload)

    assert product.upload(upload.id).work.interruptions == 1
    assert _revisions(product) == 0


def test_a_file_handed_back_is_due_at_once_and_its_first_worker_writes_nothing(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)
    product.reader.meanwhile = product.in_hand.hand_back

    product.parse(upload)

    back = product.upload(upload.id)
    assert back.status is UploadStatus.QUEUED
    assert (back.work.failures, back.work.interruptions, back.work.sent_at) == (0, 0, None)
    assert _revisions(product) == 0
    product.reader.meanwhile = lambda: None
    assert product.parse(upload).status is UploadStatus.PARSED


def test_what_is_done_with_is_neither_renewed_nor_handed_back(product: Product) -> None:
    product.welcome()
    parsed = product.parse(product.send(CV))

    product.in_hand.renew()
    product.in_hand.hand_back()

    assert product.upload(parsed.id) == parsed


def test_a_message_that_comes_before_its_row_is_due_by_our_clock_is_acted_on(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)
    product.clock.forward(-CLOCKS_APART)

    assert product.parse(upload).status is UploadStatus.PARSED
