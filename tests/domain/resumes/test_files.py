"""Résumé files taken in: each once, in the order in which they were sent."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from domain.errors import NotFound, Refused, Unavailable
from domain.identifiers import UploadId
from domain.resumes.files import LONGEST_FILENAME
from domain.resumes.reading import FileLayout, FileType
from domain.resumes.resume import ResumeSource
from domain.resumes.upload import UploadStatus
from domain.work import MAX_FAILURES
from tests.builders import ANNA, BORIS, NOW, a_resume_content
from tests.domain.product import LARGEST_FILE, Product

CV = b"%PDF cv"
OTHER = b"%PDF other"


def test_a_file_is_taken_in_and_sent_to_a_worker(product: Product) -> None:
    product.welcome()

    saved = product.application.submit_file(telegram_id=ANNA, filename="резюме.pdf", content=CV)

    assert saved.new
    upload = saved.value
    assert (upload.filename, upload.file_type, upload.size) == ("резюме.pdf", FileType.PDF, len(CV))
    assert upload.sha256 == hashlib.sha256(CV).hexdigest()
    assert (upload.status, upload.work.due_at, upload.work.sent_at) == (UploadStatus.QUEUED, NOW, NOW)
    assert product.upload(upload.id) == upload
    assert product.tasks.uploads == [upload.id]


def test_a_file_is_committed_before_it_is_sent(product: Product) -> None:
    product.welcome()

    class Broken(RuntimeError):
        pass

    def no_queue(upload_id: UploadId) -> None:
        product.upload(upload_id)
        raise Broken

    product.tasks.parse_upload = no_queue  # type: ignore[method-assign] # the queue is down for this test

    with pytest.raises(Broken):
        product.send(CV)

    assert len(product.application.export_user(telegram_id=ANNA).files) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"GIF89a", "unsupported_type"), (b"%PDF" + b"0" * LARGEST_FILE, "file_too_large")],
)
def test_a_file_that_cannot_be_taken_is_refused_and_leaves_no_trace(
    product: Product, content: bytes, code: str
) -> None:
    product.welcome()

    with pytest.raises(Refused) as caught:
        product.send(content)

    assert caught.value.code == code
    assert product.application.export_user(telegram_id=ANNA).uploads == []
    assert product.tasks.uploads == []


def test_a_file_of_the_very_largest_size_is_taken(product: Product) -> None:
    product.welcome()

    assert product.send(b"%PDF" + b"0" * (LARGEST_FILE - 4)).size == LARGEST_FILE


def test_the_refusal_of_a_large_file_says_how_large_it_may_be(product: Product) -> None:
    product.welcome()

    with pytest.raises(Refused) as caught:
        product.send(b"%PDF" + b"0" * LARGEST_FILE)

    assert caught.value.data == {"megabytes": 2}


def test_a_file_of_nobody_known_is_not_taken(product: Product) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        product.send(CV)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/cv.pdf", "cv.pdf"),
        ("C:\\Users\\anna\\cv.pdf", "cv.pdf"),
        ("c\x00v\n\u202e.pdf", "cv.pdf"),
        ("", "resume"),
        ("folder/", "resume"),
        ("ы" * 300 + ".pdf", "ы" * (LONGEST_FILENAME - 4) + ".pdf"),
    ],
)
def test_a_file_name_is_kept_bare(product: Product, given: str, kept: str) -> None:
    product.welcome()

    assert product.application.submit_file(telegram_id=ANNA, filename=given, content=CV).value.filename == kept


def test_a_file_becomes_a_revision(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = a_resume_content()

    upload = product.parse(product.send(CV))

    shown, resume = product.application.show_upload(telegram_id=ANNA, upload_id=upload.id)
    assert (shown.status, shown.finished_at) == (UploadStatus.PARSED, NOW)
    assert resume is not None
    assert shown.resume_id == resume.id
    assert (resume.source, resume.content, resume.upload_id) == (ResumeSource.FILE, a_resume_content(), upload.id)
    assert resume.corrections is None
    assert product.current() == a_resume_content()


def test_an_export_of_hh_is_told_apart(product: Product) -> None:
    product.welcome()
    product.reader.layout = FileLayout.HH_EXPORT

    upload = product.parse(product.send(CV))

    _, resume = product.application.show_upload(telegram_id=ANNA, upload_id=upload.id)
    assert resume is not None
    assert resume.source is ResumeSource.HH_EXPORT


def test_an_upload_not_yet_parsed_has_no_revision(product: Product) -> None:
    product.welcome()
    upload = product.send(CV)

    assert product.application.show_upload(telegram_id=ANNA, upload_id=upload.id) == (upload, None)


def test_an_upload_is_shown_to_nobody_else(product: Product) -> None:
    product.welcome()
    product.welcome(BORIS)
    upload = product.send(CV)

    with pytest.raises(NotFound, match="upload_not_found"):
        product.application.show_upload(telegram_id=BORIS, upload_id=upload.id)


def test_the_same_bytes_on_their_way_are_the_same_upload(product: Product) -> None:
    product.welcome()
    first = product.send(CV)

    again = product.application.submit_file(telegram_id=ANNA, filename="copy.pdf", content=CV)

    assert not again.new
    assert again.value.id == first.id
    assert product.tasks.uploads == [first.id]


def test_the_bytes_that_made_the_current_résumé_are_the_same_upload(product: Product) -> None:
    product.welcome()
    first = product.send(CV)
    product.parse(first)
    product.edit(region="Москва")

    again = product.application.submit_file(telegram_id=ANNA, filename="cv.pdf", content=CV)

    assert not again.new
    assert again.value.id == first.id
    assert product.current().region == "Москва"


def test_bytes_that_no_longer_make_the_current_résumé_are_a_new_upload(product: Product) -> None:
    product.welcome()
    first = product.parse(product.send(CV))
    product.submit(region="Москва")

    again = product.application.submit_file(telegram_id=ANNA, filename="cv.pdf", content=CV)

    assert again.new
    assert again.value.id != first.id
    product.parse(again.value)
    assert product.current().desired_position == CV.decode()


def test_bytes_that_could_not_be_read_are_a_new_upload(product: Product) -> None:
    product.welcome()
    product.reader.says[CV] = Refused("no_text")
    failed = product.parse(product.send(CV))

    assert product.send(CV).id != failed.id


def test_two_people_may_send_the_same_bytes(product: Product) -> None:
    product.welcome()
    product.welcome(BORIS)

    assert product.send(CV).id != product.send(CV, BORIS).id


def test_bytes_sent_again_on_their_way_move_in_the_order(product: Product) -> None:
    product.welcome()
    first = product.send(CV)
    product.parse(product.send(OTHER))
    product.send(CV)

    product.parse(first)

    assert product.current().desired_position == CV.decode()


def test_bytes_sent_again_while_they_are_parsed_move_in_the_order(product: Product) -> None:
    product.welcome()
    first = product.send(CV)
    product.submit(region="Москва")
    product.reader.meanwhile = lambda: product.send(CV)

    product.parse(first)

    assert product.current().desired_position == CV.decode()


def test_bytes_of_the_current_résumé_sent_again_count_over_a_file_still_on_its_way(product: Product) -> None:
    product.welcome()
    product.parse(product.send(CV))
    slow = product.send(OTHER)
    again = product.send(CV)

    product.parse(slow)
    product.parse(again)

    assert product.current().desired_position == CV.decode()


@pytest.mark.parametrize("code", ["reader_busy", "reader_closed"])
def test_a_file_nobody_had_time_for_waits_however_often(product: Product, code: str) -> None:
    product.welcome()
    product.reader.says[b"%PDF first"] = Unavailable(code)
    upload = product.send(b"%PDF first")

    for _ in range(3 * MAX_FAILURES):
        upload = product.parse(upload)
        product.clock.forward(timedelta(minutes=1))

    assert (upload.status, upload.work.failures, upload.work.interruptions) == (UploadStatus.QUEUED, 0, 0)
    del product.reader.says[b"%PDF first"]
    assert product.parse(upload).status is UploadStatus.PARSED
