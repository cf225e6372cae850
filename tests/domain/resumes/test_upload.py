"""An upload's way, and the limits it may meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Conflict
from domain.identifiers import ResumeId
from domain.resumes.upload import Upload, UploadStatus
from domain.work import MAX_FAILURES, MAX_INTERRUPTIONS
from tests.builders import NOW, an_upload

LATER = NOW + timedelta(minutes=5)


def _parsing() -> Upload:
    return an_upload().claimed(until=LATER)


def test_a_queued_upload_is_claimed_by_a_worker() -> None:
    claimed = _parsing()

    assert claimed.status is UploadStatus.PARSING
    assert claimed.work.attempt == 1
    assert claimed.work.lease_until == LATER


@pytest.mark.parametrize("status", [UploadStatus.PARSING, UploadStatus.PARSED, UploadStatus.FAILED])
def test_only_a_queued_upload_is_claimed(status: UploadStatus) -> None:
    with pytest.raises(Conflict, match="upload_not_queued"):
        an_upload(status=status).claimed(until=LATER)


@pytest.mark.parametrize("status", [UploadStatus.QUEUED, UploadStatus.PARSED, UploadStatus.FAILED])
@pytest.mark.parametrize(
    "end",
    [
        lambda upload: upload.parsed(at=NOW, resume_id="resume-1"),
        lambda upload: upload.refused(at=NOW, reason="no_text"),
        lambda upload: upload.set_back(at=NOW, reason="reader_timeout"),
        lambda upload: upload.interrupted(at=NOW),
        lambda upload: upload.postponed(at=NOW),
    ],
    ids=["parsed", "refused", "set back", "interrupted", "postponed"],
)
def test_nothing_becomes_of_an_upload_that_nobody_parses(status: UploadStatus, end: Callable[[Upload], Any]) -> None:
    with pytest.raises(Conflict, match="upload_not_parsing"):
        end(an_upload(status=status))


def test_a_parsed_upload_names_its_revision_and_holds_no_lease() -> None:
    parsed = _parsing().parsed(at=LATER, resume_id=ResumeId("resume-7"))

    assert (parsed.status, parsed.resume_id, parsed.finished_at) == (UploadStatus.PARSED, "resume-7", LATER)
    assert parsed.work.lease_until is None
    assert not parsed.under_way


def test_a_refused_upload_fails_at_once_with_its_reason() -> None:
    refused = _parsing().refused(at=LATER, reason="no_text")

    assert (refused.status, refused.reason, refused.finished_at) == (UploadStatus.FAILED, "no_text", LATER)
    assert (refused.work.failures, refused.work.lease_until) == (0, None)


def test_an_interrupted_upload_waits_for_another_worker() -> None:
    interrupted = _parsing().interrupted(at=LATER)

    assert interrupted.status is UploadStatus.QUEUED
    assert interrupted.under_way
    assert (interrupted.reason, interrupted.finished_at) == (None, None)
    assert (interrupted.work.interruptions, interrupted.work.failures) == (1, 0)


def test_an_upload_interrupted_too_often_fails_with_that_reason() -> None:
    upload = an_upload()
    for _ in range(MAX_INTERRUPTIONS):
        upload = upload.claimed(until=LATER).interrupted(at=NOW)
        assert upload.status is UploadStatus.QUEUED

    upload = upload.claimed(until=LATER).interrupted(at=LATER)

    assert (upload.status, upload.reason, upload.finished_at) == (UploadStatus.FAILED, "interrupted", LATER)
    assert upload.work.interruptions == MAX_INTERRUPTIONS + 1


def test_an_upload_that_fails_too_often_fails_with_the_last_reason() -> None:
    upload = an_upload()
    for _ in range(MAX_FAILURES - 1):
        upload = upload.claimed(until=LATER).set_back(at=NOW, reason="reader_timeout")
        assert (upload.status, upload.reason) == (UploadStatus.QUEUED, None)

    upload = upload.claimed(until=LATER).set_back(at=LATER, reason="reader_crashed")

    assert (upload.status, upload.reason, upload.finished_at) == (UploadStatus.FAILED, "reader_crashed", LATER)
    assert (upload.work.failures, upload.work.interruptions) == (MAX_FAILURES, 0)
    assert upload.work.lease_until is None


def test_an_upload_sent_again_only_moves_in_the_order() -> None:
    assert an_upload().submitted_again(submission=9) == an_upload(submission=9)


@pytest.mark.parametrize(
    ("status", "under_way"),
    [
        (UploadStatus.QUEUED, True),
        (UploadStatus.PARSING, True),
        (UploadStatus.PARSED, False),
        (UploadStatus.FAILED, False),
    ],
)
def test_an_upload_is_under_way_until_it_ends(status: UploadStatus, under_way: bool) -> None:
    assert an_upload(status=status).under_way is under_way


def test_an_upload_nobody_had_time_for_waits_a_little_with_no_mark_against_it() -> None:
    postponed = _parsing().postponed(at=LATER)

    assert (postponed.status, postponed.reason, postponed.finished_at) == (UploadStatus.QUEUED, None, None)
    assert (postponed.work.failures, postponed.work.interruptions, postponed.work.attempt) == (0, 0, 1)
    assert postponed.work.due_at > LATER
    assert (postponed.work.sent_at, postponed.work.lease_until) == (None, None)
