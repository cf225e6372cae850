"""How much work waits and what became of the latest, for whoever watches over the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Unavailable
from domain.handing_out.ports import HandOutFigures
from domain.matching.lexicon import Encoder
from domain.outside import Clock
from domain.resumes.ports import UploadFigures
from domain.search.ports import RunFigures
from domain.transactions import Transactions

LATEST = timedelta(hours=1)
"""Of what ended, only the latest is counted: that shows trouble of now, and stays cheap however much there was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of the whole store, whichever machine did the work. Waits are zero where nothing waits.

    `unembedded` counts our own open vacancies that have no vectors yet of the model that compares here, if one does.
    """

    uploads: UploadFigures
    search_runs: RunFigures
    hand_outs: HandOutFigures
    longest_upload_wait: timedelta
    longest_search_wait: timedelta
    unembedded: int


@dataclass(frozen=True)
class ShowFigures:
    transaction: Transactions
    clock: Clock
    encoder: Encoder

    def __call__(self) -> Figures | None:
        """Return the figures of this moment, or `None` when the store does not answer, which is a figure too."""
        now, model = self.clock.now(), self.encoder.model
        try:
            with self.transaction() as tx:
                uploads = tx.uploads.figures(at=now, since=now - LATEST)
                search_runs = tx.search_runs.figures(at=now, since=now - LATEST)
                hand_outs = tx.hand_outs.figures(since=now - LATEST)
                unembedded = 0 if model is None else tx.vectors.waiting(model=model, at=now)
        except Unavailable:
            return None
        return Figures(
            uploads=uploads,
            search_runs=search_runs,
            hand_outs=hand_outs,
            longest_upload_wait=_wait(uploads.oldest_due_at, now),
            longest_search_wait=_wait(search_runs.oldest_due_at, now),
            unembedded=unembedded,
        )


def _wait(since: datetime | None, now: datetime) -> timedelta:
    return timedelta(0) if since is None else now - since
