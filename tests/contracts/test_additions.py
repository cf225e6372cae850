"""What is added to one résumé file by several at the same moment, on every store."""

from __future__ import annotations

import pytest

from adapters.memory.outside import FixedClock
from domain.errors import NotFound
from domain.handing_out.additions import AdditionsTaken, TakeAdditions
from domain.handing_out.hand_out import HandOutKind
from domain.identifiers import UploadId
from domain.resumes.additions import Additions
from domain.resumes.content import ResumeContent
from domain.resumes.upload import UploadStatus
from domain.transactions import Transactions
from tests.builders import ANNA, NOW, a_hand_out, a_minimal_resume_content, a_resume, an_upload
from tests.contracts.threads import at_once, together
from tests.domain.instruments import MEASURES, PlainMarkup

UPLOAD = UploadId("upload-1")
ADDED = ResumeContent(region="Пермь", skills=("Redis",))


@pytest.fixture
def handed_out(with_anna: Transactions) -> Transactions:
    """Return a store in which a file that was read is handed out."""
    with with_anna() as tx:
        tx.uploads.add(an_upload(status=UploadStatus.PARSED, finished_at=NOW))
        tx.resumes.add(a_resume(content=a_minimal_resume_content(), upload_id=UPLOAD))
        tx.hand_outs.add(a_hand_out(id=UPLOAD, kind=HandOutKind.FILE))
        tx.hand_outs.put_text(UPLOAD, "Пермь, Redis", until=NOW)
    return with_anna


def _take(store: Transactions) -> AdditionsTaken:
    take = TakeAdditions(
        store, FixedClock(NOW), Additions(PlainMarkup(), MEASURES.skills, MEASURES.stems, MEASURES.places)
    )
    return take(upload_id=UPLOAD, execution_id="execution-1", added=ADDED)


def test_of_several_answers_at_once_one_is_taken(handed_out: Transactions) -> None:
    answers = at_once(4, lambda: _take(handed_out))

    assert sorted(each.status.value for each in answers) == ["repeated"] * 3 + ["taken"]
    assert {each.fields for each in answers} == {("skills", "region")}
    with handed_out() as tx:
        assert [each.added for each in tx.resumes.all_of(ANNA)] == [ADDED]
        assert tx.hand_outs.text(UPLOAD) is None


def test_adding_and_erasing_in_any_order_leave_nothing(handed_out: Transactions) -> None:
    def add() -> str:
        try:
            return _take(handed_out).status.value
        except NotFound as error:
            return error.code

    def erase() -> None:
        with handed_out() as tx:
            tx.users.erase(ANNA)

    added, _ = together(add, erase)

    assert added in ("taken", "upload_not_found")
    with handed_out() as tx:
        assert (tx.resumes.all_of(ANNA), tx.hand_outs.find(UPLOAD), tx.hand_outs.text(UPLOAD)) == ([], None, None)
