"""Where uploads are kept, and how workers take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from domain.errors import NotFound
from domain.identifiers import ResumeId, UploadId
from domain.resumes.reading import FileType, FileWarning
from domain.resumes.upload import Upload, UploadStatus
from domain.transactions import Transactions
from domain.work import Work
from tests.builders import ANNA, BORIS, NOW, a_user, an_upload
from tests.contracts.threads import at_once

UNTIL = NOW + timedelta(minutes=3)
LATER = NOW + timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def _numbered(number: int, **changes: object) -> Upload:
    return an_upload(id=UploadId(f"upload-{number}"), submission=number, **changes)


def _add(store: Transactions, *uploads: Upload) -> None:
    with store() as tx:
        for upload in uploads:
            tx.uploads.add(upload)


def _claimed(store: Transactions, upload: Upload) -> Upload:
    _add(store, upload)
    with store() as tx:
        claimed = tx.uploads.claim(upload.id, at=NOW, until=UNTIL)
    assert claimed is not None
    return claimed


@pytest.mark.parametrize(
    "upload",
    [
        an_upload(),
        an_upload(work=Work(due_at=NOW)),
        an_upload(
            file_type=FileType.RTF,
            status=UploadStatus.FAILED,
            reason="no_text",
            work=Work(due_at=NOW, sent_at=NOW, lease_until=UNTIL, attempt=3, interruptions=2, failures=1),
            finished_at=UNTIL,
        ),
        an_upload(
            status=UploadStatus.PARSED,
            resume_id=ResumeId("resume-1"),
            warnings=(FileWarning.HIDDEN_TEXT_LEFT_OUT,),
            finished_at=UNTIL,
        ),
    ],
    ids=["queued", "not sent", "failed", "parsed"],
)
def test_an_upload_comes_back_as_added(with_anna: Transactions, upload: Upload) -> None:
    _add(with_anna, upload)

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, upload.id) == upload


def test_an_upload_of_a_stranger_is_not_kept(with_anna: Transactions) -> None:
    with pytest.raises(NotFound, match="user_not_found"):
        _add(with_anna, an_upload(telegram_id=BORIS))


def test_nobody_gets_an_upload_that_is_not_theirs(with_anna: Transactions) -> None:
    _add(with_anna, an_upload())

    with with_anna() as tx, pytest.raises(NotFound, match="upload_not_found"):
        tx.uploads.get(BORIS, UploadId("upload-1"))
    with with_anna() as tx, pytest.raises(NotFound, match="upload_not_found"):
        tx.uploads.get(ANNA, UploadId("upload-2"))


def test_uploads_of_the_same_bytes_come_the_newest_first(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.users.save(a_user(telegram_id=BORIS))
    _add(
        with_anna,
        _numbered(2, created_at=LATER),
        _numbered(1),
        _numbered(3, created_at=LATER),
        _numbered(4, sha256="00" * 32),
        _numbered(5, telegram_id=BORIS),
    )

    with with_anna() as tx:
        assert [each.id for each in tx.uploads.with_bytes(ANNA, "9f" * 32)] == ["upload-3", "upload-2", "upload-1"]
        assert tx.uploads.with_bytes(ANNA, "11" * 32) == []


def test_all_uploads_come_the_oldest_first(with_anna: Transactions) -> None:
    _add(with_anna, _numbered(2, created_at=LATER), _numbered(3), _numbered(1))

    with with_anna() as tx:
        assert [each.id for each in tx.uploads.all_of(ANNA)] == ["upload-1", "upload-3", "upload-2"]


@pytest.mark.parametrize("status", UploadStatus)
def test_an_upload_is_moved_in_the_order_whatever_its_state(with_anna: Transactions, status: UploadStatus) -> None:
    upload = an_upload(status=status)
    _add(with_anna, upload)

    with with_anna() as tx:
        tx.uploads.resubmit(upload.id, submission=7)

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, upload.id) == replace(upload, submission=7)
        assert tx.uploads.submission_of(upload.id) == 7


def test_moving_an_upload_that_is_gone_changes_nothing(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.uploads.resubmit(UploadId("upload-1"), submission=7)

    with with_anna() as tx:
        assert tx.uploads.submission_of(UploadId("upload-1")) is None
        assert tx.uploads.all_of(ANNA) == []


def test_a_queued_upload_is_claimed_with_its_next_attempt(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload(work=Work(due_at=NOW, sent_at=NOW, attempt=2)))

    assert claimed == an_upload(
        status=UploadStatus.PARSING, work=Work(due_at=NOW, sent_at=NOW, attempt=3, lease_until=UNTIL)
    )
    with with_anna() as tx:
        assert tx.uploads.get(ANNA, claimed.id) == claimed


def test_an_upload_not_yet_due_is_not_claimed(with_anna: Transactions) -> None:
    _add(with_anna, an_upload(work=Work(due_at=LATER)))

    with with_anna() as tx:
        assert tx.uploads.claim(UploadId("upload-1"), at=LATER - SECOND, until=UNTIL) is None
        assert tx.uploads.claim(UploadId("upload-1"), at=LATER, until=UNTIL) is not None


@pytest.mark.parametrize("status", [UploadStatus.PARSING, UploadStatus.PARSED, UploadStatus.FAILED])
def test_only_a_queued_upload_is_claimed(with_anna: Transactions, status: UploadStatus) -> None:
    upload = an_upload(status=status)
    _add(with_anna, upload)

    with with_anna() as tx:
        assert tx.uploads.claim(upload.id, at=NOW, until=UNTIL) is None
        assert tx.uploads.claim(UploadId("upload-9"), at=NOW, until=UNTIL) is None

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, upload.id) == upload


def test_of_many_workers_one_gets_the_upload(with_anna: Transactions) -> None:
    _add(with_anna, an_upload())

    def claim() -> Upload | None:
        with with_anna() as tx:
            return tx.uploads.claim(UploadId("upload-1"), at=NOW, until=UNTIL)

    claims = at_once(16, claim)

    assert len([each for each in claims if each is not None]) == 1
    with with_anna() as tx:
        assert tx.uploads.get(ANNA, UploadId("upload-1")).work.attempt == 1


def test_what_became_of_an_upload_is_written(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    warnings = (FileWarning.HIDDEN_TEXT_LEFT_OUT,)
    parsed = claimed.parsed(at=LATER, resume_id=ResumeId("resume-1"), warnings=warnings)

    with with_anna() as tx:
        assert tx.uploads.settle(parsed) is True

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, parsed.id) == parsed


def test_settling_leaves_the_place_in_the_order_as_it_is_in_the_row(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    with with_anna() as tx:
        tx.uploads.resubmit(claimed.id, submission=9)

    with with_anna() as tx:
        assert tx.uploads.settle(claimed.refused(at=LATER, reason="no_text")) is True

    with with_anna() as tx:
        assert tx.uploads.submission_of(claimed.id) == 9


def test_a_worker_of_an_earlier_attempt_settles_nothing(with_anna: Transactions) -> None:
    slow = _claimed(with_anna, an_upload())
    with with_anna() as tx:
        assert tx.uploads.settle(slow.interrupted(at=LATER))
        second = tx.uploads.claim(slow.id, at=LATER, until=UNTIL)
        assert second is not None

    with with_anna() as tx:
        assert tx.uploads.settle(slow.refused(at=LATER, reason="no_text")) is False

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, slow.id) == second


def test_what_is_settled_is_not_settled_again(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    failed = claimed.refused(at=LATER, reason="no_text")
    with with_anna() as tx:
        tx.uploads.settle(failed)

    with with_anna() as tx:
        assert tx.uploads.settle(claimed.parsed(at=LATER, resume_id=ResumeId("resume-1"))) is False

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, claimed.id) == failed


def test_the_upload_of_an_erased_person_is_not_settled(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    with with_anna() as tx:
        tx.users.erase(ANNA)

    with with_anna() as tx:
        assert tx.uploads.settle(claimed.refused(at=LATER, reason="no_text")) is False


def test_uploads_are_lost_whose_lease_ended(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    _add(with_anna, _numbered(2), _numbered(3, status=UploadStatus.PARSED, finished_at=NOW))

    with with_anna() as tx:
        assert tx.uploads.lost(before=UNTIL, limit=9) == []
        assert tx.uploads.lost(before=UNTIL + SECOND, limit=9) == [claimed]
        assert tx.uploads.lost(before=datetime.max.replace(tzinfo=timezone.utc), limit=9) == [claimed]


def test_of_many_lost_the_oldest_are_returned_first(with_anna: Transactions) -> None:
    for number in (3, 1, 2):
        _claimed(with_anna, _numbered(number))

    with with_anna() as tx:
        assert [each.id for each in tx.uploads.lost(before=UNTIL + SECOND, limit=2)] == ["upload-1", "upload-2"]


def test_an_upload_taken_back_is_lost_no_more(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())

    with with_anna() as tx:
        assert tx.uploads.settle(claimed.interrupted(at=LATER)) is True

    with with_anna() as tx:
        assert tx.uploads.lost(before=UNTIL + SECOND, limit=9) == []
        assert tx.uploads.get(ANNA, claimed.id).status is UploadStatus.QUEUED


def test_due_uploads_not_sent_lately_are_sent_the_oldest_first(with_anna: Transactions) -> None:
    _add(
        with_anna,
        _numbered(1, created_at=LATER, work=Work(due_at=NOW)),
        _numbered(2, work=Work(due_at=NOW, sent_at=NOW - SECOND)),
        _numbered(3, work=Work(due_at=NOW, sent_at=NOW + SECOND)),
        _numbered(4, work=Work(due_at=LATER)),
        _numbered(5, work=Work(due_at=NOW), status=UploadStatus.FAILED),
    )

    with with_anna() as tx:
        assert tx.uploads.to_send(at=NOW + 2 * SECOND, sent_before=NOW, limit=9) == ["upload-2", "upload-1"]


def test_what_was_to_be_sent_is_marked_and_nothing_else(with_anna: Transactions) -> None:
    unsent, sent = _numbered(1, work=Work(due_at=NOW)), _numbered(2, work=Work(due_at=NOW, sent_at=NOW + SECOND))
    _add(with_anna, unsent, sent)

    with with_anna() as tx:
        assert tx.uploads.to_send(at=LATER, sent_before=NOW, limit=9) == [unsent.id]
    with with_anna() as tx:
        assert tx.uploads.to_send(at=LATER, sent_before=NOW, limit=9) == []

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, unsent.id) == replace(unsent, work=unsent.work.sent(at=LATER))
        assert tx.uploads.get(ANNA, sent.id) == sent


def test_a_lease_is_renewed_by_whoever_has_it(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())

    with with_anna() as tx:
        assert tx.uploads.renew(claimed.id, attempt=claimed.work.attempt, until=UNTIL + SECOND) is True

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, claimed.id).work == replace(claimed.work, lease_until=UNTIL + SECOND)
        assert tx.uploads.lost(before=UNTIL + SECOND, limit=9) == []


def test_nobody_renews_what_they_have_not(with_anna: Transactions) -> None:
    claimed = _claimed(with_anna, an_upload())
    waiting = _numbered(2)
    _add(with_anna, waiting)

    with with_anna() as tx:
        assert tx.uploads.renew(claimed.id, attempt=claimed.work.attempt + 1, until=LATER) is False
        assert tx.uploads.renew(waiting.id, attempt=0, until=LATER) is False
        assert tx.uploads.renew(UploadId("upload-of-nobody"), attempt=1, until=LATER) is False

    with with_anna() as tx:
        assert tx.uploads.get(ANNA, claimed.id) == claimed
        assert tx.uploads.get(ANNA, waiting.id) == waiting
