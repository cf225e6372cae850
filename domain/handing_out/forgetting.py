"""How what was handed out for a search is forgotten once nobody waits for it."""

from __future__ import annotations

from datetime import datetime

from domain.handing_out.hand_out import OUTSTANDING, HandOutStatus
from domain.identifiers import RunId
from domain.transactions import Transaction


def forget_handed_out(tx: Transaction, run_id: RunId, *, at: datetime) -> None:
    """Drop what is outstanding of a search that another one follows, and forget what came. The person is held."""
    hand_out = tx.hand_outs.hold(run_id)
    if hand_out is None or hand_out.status in (HandOutStatus.LATE, HandOutStatus.MERGING):
        # Whoever merges finds that nobody waits for it.
        return
    if hand_out.status in OUTSTANDING:
        tx.hand_outs.save(hand_out.dropped(at=at))
    forget_pages(tx, hand_out.id)


def forget_pages(tx: Transaction, hand_out_id: str) -> None:
    """Forget which vacancies the pages brought."""
    tx.hand_outs.mark_used(hand_out_id, [page.number for page in tx.hand_outs.pages(hand_out_id)])
