"""How what was found in a résumé file beyond our own reading is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from domain.errors import Conflict, NotFound
from domain.handing_out.hand_out import HandOut, HandOutStatus
from domain.identifiers import UploadId
from domain.outside import Clock
from domain.resumes.additions import Additions, fields_of
from domain.resumes.content import ResumeContent
from domain.resumes.resume import Resume
from domain.resumes.use_cases import current_of
from domain.transactions import Transaction, Transactions


class AdditionsStatus(str, Enum):
    """`dropped`: there is no revision that it could be added to, nobody wants it any more, or the text is gone."""

    TAKEN = "taken"
    REPEATED = "repeated"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionsTaken:
    """`fields` names the fields of `ResumeContent` in which something was added, now or the first time.

    `refused` tells by its path (`salary`, `skills.2`, `languages.0.level`) and a code what was left out now:
    `not_in_text`; `text_gone` where there is nothing any more to hold it against; `too_long`, `too_many`; of a skill
    `not_a_skill`, `denied_by_the_person`. What our own reading has needs no telling.
    """

    status: AdditionsStatus
    fields: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class TakeAdditions:
    """Lay what was found in a file under what we read in it ourselves. The first answer counts."""

    transaction: Transactions
    clock: Clock
    additions: Additions

    def __call__(self, *, upload_id: UploadId, execution_id: str | None, added: ResumeContent) -> AdditionsTaken:
        """Raise `NotFound('upload_not_found')`, `Conflict('not_handed_out')` or `Conflict('another_execution')`.

        Of what is added that counts which may come from outside, which our own reading lacks, and which the text of
        the file bears; what comes when that text is forgotten is dropped.
        """
        with self.transaction() as tx:
            hand_out, revision = _handed_out(tx, upload_id)
            if revision is None or hand_out.status is HandOutStatus.DROPPED:
                return _dropped(tx, hand_out)
            if (repeated := _repeated(hand_out.begun(execution_id=execution_id, pages=1), revision)) is not None:
                return repeated
            current = current_of(tx, revision.telegram_id)
            text = tx.hand_outs.text(upload_id)
        # What a revision says never changes, so that this need not keep others waiting.
        denied = current.corrections.denied_skills if current is not None else ()
        fit = self.additions.fit(added, text=text, under=revision.content, denied=denied)
        with self.transaction() as tx:
            hand_out, revision = _handed_out(tx, upload_id)
            if revision is None or hand_out.status is HandOutStatus.DROPPED:
                return _dropped(tx, hand_out)
            hand_out = hand_out.begun(execution_id=execution_id, pages=1)
            if (repeated := _repeated(hand_out, revision)) is not None:
                return repeated
            if text is None:
                return AdditionsTaken(status=AdditionsStatus.DROPPED, refused=fit.refused)
            fields = fields_of(fit.content)
            if fields:
                tx.resumes.keep_added(revision.id, fit.content)
            tx.hand_outs.forget_text(upload_id)
            tx.hand_outs.save(hand_out.used(at=self.clock.now()))
        return AdditionsTaken(status=AdditionsStatus.TAKEN, fields=fields, refused=fit.refused)


def _dropped(tx: Transaction, hand_out: HandOut) -> AdditionsTaken:
    tx.hand_outs.forget_text(hand_out.id)
    return AdditionsTaken(status=AdditionsStatus.DROPPED)


def _repeated(hand_out: HandOut, revision: Resume) -> AdditionsTaken | None:
    """Return what was taken the first time, `None` before that."""
    if hand_out.status is not HandOutStatus.USED:
        return None
    before = () if revision.added is None else fields_of(revision.added)
    return AdditionsTaken(status=AdditionsStatus.REPEATED, fields=before)


def _handed_out(tx: Transaction, upload_id: UploadId) -> tuple[HandOut, Resume | None]:
    """Return the hand-out of an upload, held, and the revision it became."""
    upload = tx.uploads.find(upload_id)
    if upload is None:
        raise NotFound("upload_not_found")
    try:
        tx.users.hold(upload.telegram_id)
    except NotFound:
        raise NotFound("upload_not_found") from None
    hand_out = tx.hand_outs.hold(upload_id)
    if hand_out is None:
        raise Conflict("not_handed_out")
    return hand_out, tx.resumes.made_of(upload_id)
