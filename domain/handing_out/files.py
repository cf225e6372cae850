"""How a résumé file is handed out once it is read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import NotFound, Unavailable
from domain.handing_out.errand import FileErrand
from domain.handing_out.hand_out import HandOut, HandOutKind, HandOutStatus
from domain.handing_out.ports import Automation
from domain.outside import Clock
from domain.resumes.upload import Upload
from domain.transactions import Transactions

TEXT_KEPT = timedelta(hours=6)
"""For so long beyond its deadline an answer may still be held against the text of a file that was taken."""


@dataclass(frozen=True)
class HandOutFile:
    """Hand a file out, in one try: nobody waits for what it brings. `patience` is how long the automation has."""

    transaction: Transactions
    clock: Clock
    automation: Automation
    patience: timedelta

    def __call__(self, upload: Upload, *, content: bytes, text: str) -> None:
        """Give the file with its text; where it cannot be given, or its owner is gone, nothing is the matter."""
        with contextlib.suppress(NotFound, Unavailable):
            self._give(upload, content, text)

    def _give(self, upload: Upload, content: bytes, text: str) -> None:
        now = self.clock.now()
        deadline = now + self.patience
        with self.transaction() as tx:
            tx.users.hold(upload.telegram_id)
            tx.hand_outs.add(
                HandOut.given(
                    id=upload.id, kind=HandOutKind.FILE, telegram_id=upload.telegram_id, deadline=deadline, at=now
                )
            )
            tx.hand_outs.put_text(upload.id, text, until=deadline + TEXT_KEPT)
        errand = FileErrand(
            upload_id=upload.id, deadline=deadline, filename=upload.filename, content=content, text=text
        )
        try:
            execution_id = self.automation.read(errand)
        except Unavailable as unavailable:
            reason = unavailable.code
            self._note(upload, lambda given: given.failed(at=self.clock.now(), reason=reason))
        else:
            self._note(upload, lambda given: given.accepted(execution_id))

    def _note(self, upload: Upload, become: Callable[[HandOut], HandOut]) -> None:
        with self.transaction() as tx:
            tx.users.hold(upload.telegram_id)
            hand_out = tx.hand_outs.hold(upload.id)
            # What came of it may have come sooner than we get to write.
            if hand_out is not None and hand_out.status is HandOutStatus.GIVEN:
                hand_out = become(hand_out)
                tx.hand_outs.save(hand_out)
                if hand_out.status is HandOutStatus.FAILED:
                    # Hardly anybody has it: no answer is worth keeping what a person wrote.
                    tx.hand_outs.forget_text(upload.id)
