"""Where the bytes of uploads are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.identifiers import UploadId
from domain.resumes.upload import UploadStatus
from domain.transactions import Transactions
from tests.builders import NOW, an_upload

UPLOAD = UploadId("upload-1")


def test_bytes_come_back_as_put(with_anna: Transactions) -> None:
    content = bytes(range(256)) * 4_096

    with with_anna() as tx:
        tx.uploads.add(an_upload())
        tx.files.put(UPLOAD, content)

    with with_anna() as tx:
        assert tx.files.get(UPLOAD) == content


def test_bytes_never_put_are_not_there(with_anna: Transactions) -> None:
    with with_anna() as tx:
        tx.uploads.add(an_upload())

        assert tx.files.get(UPLOAD) is None


def test_bytes_of_no_upload_are_not_kept(with_anna: Transactions) -> None:
    with pytest.raises(NotFound, match="upload_not_found"), with_anna() as tx:
        tx.files.put(UPLOAD, b"%PDF")


def test_bytes_are_dropped_of_uploads_finished_before(with_anna: Transactions) -> None:
    finished = {
        "long ago": an_upload(
            id=UploadId("long ago"), status=UploadStatus.PARSED, finished_at=NOW - timedelta(seconds=1)
        ),
        "just now": an_upload(id=UploadId("just now"), status=UploadStatus.FAILED, finished_at=NOW),
        "on its way": an_upload(id=UploadId("on its way")),
    }
    with with_anna() as tx:
        for upload in finished.values():
            tx.uploads.add(upload)
            tx.files.put(upload.id, upload.id.encode())

    with with_anna() as tx:
        assert tx.files.drop_finished(before=NOW) == 1
    with with_anna() as tx:
        assert tx.files.drop_finished(before=NOW) == 0

    with with_anna() as tx:
        assert tx.files.get(UploadId("long ago")) is None
        assert tx.files.get(UploadId("just now")) == b"just now"
        assert tx.files.get(UploadId("on its way")) == b"on its way"
        assert tx.uploads.get(finished["long ago"].telegram_id, UploadId("long ago")) == finished["long ago"]
