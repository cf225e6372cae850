"""How what was found in a résumé file beyond our own reading is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

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
    """`dropped`: there is no revision that it could be added to, or nobody wants it any more."""

    TAKEN = "taken"
    REPEATED = "repeated"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionsTaken:
    """`fields` names the fields of `ResumeContent` in which something was added, now or the first time."""

    status: AdditionsStatus
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class TakeAdditions:
    """Lay what was found in a file under what we read in it ourselves. The first answer counts."""

    transaction: Transactions
    clock: Clock
    additions: Additions

    def __call__(self, *, upload_id: UploadId, execution_id: str | None, added: ResumeContent) -> AdditionsTaken:
        """Raise `NotFound('upload_not_found')` or `Conflict('not_handed_out')`.

        Of what is added that counts which may come from outside and which our own reading lacks.
        """
        with self.transaction() as tx:
            _, revision = _handed_out(tx, upload_id)
            current = current_of(tx, revision.telegram_id) if revision is not None else None
        if revision is None or current is None:
            return AdditionsTaken(status=AdditionsStatus.DROPPED)
        # What a revision says never changes, so that this need not keep others waiting.
        fit = self.additions.fit(added, under=revision.content, denied=current.corrections.denied_skills)
        with self.transaction() as tx:
            hand_out, revision = _handed_out(tx, upload_id)
            if revision is None or hand_out.status is HandOutStatus.DROPPED:
                return AdditionsTaken(status=AdditionsStatus.DROPPED)
            if hand_out.status is HandOutStatus.USED:
                before = () if revision.added is None else fields_of(revision.added)
                return AdditionsTaken(status=AdditionsStatus.REPEATED, fields=before)
            fields = fields_of(fit)
            if fields:
                tx.resumes.keep_added(revision.id, fit)
            tx.hand_outs.save(hand_out.begun(execution_id=execution_id, pages=1).used(at=self.clock.now()))
        return AdditionsTaken(status=AdditionsStatus.TAKEN, fields=fields)


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
