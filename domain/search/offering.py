"""What is not to be offered to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.identifiers import TelegramId
from domain.resumes.content import ResumeContent
from domain.search.current_employers import current_employers
from domain.search.match import MatchState
from domain.transactions import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToOffer:
    """`seen` gives the state of what was shown or applied to, by ids and postings; employers are given by keys."""

    seen: Mapping[str, MatchState]
    hidden_employers: frozenset[str] = frozenset()
    current_employers: frozenset[str] = frozenset()


def not_to_offer(tx: Transaction, telegram_id: TelegramId, resume: ResumeContent) -> NotToOffer:
    """Return it as it is while the person is held."""
    return NotToOffer(
        seen={**tx.matches.seen(telegram_id), **_applied_to(tx, telegram_id)},
        hidden_employers=tx.matches.hidden_employers(telegram_id),
        current_employers=current_employers(resume),
    )


def _applied_to(tx: Transaction, telegram_id: TelegramId) -> dict[str, MatchState]:
    """Return what the person applied to, wherever they did, by the vacancies' ids and postings."""
    applied = tx.job_applications.vacancies(telegram_id)
    known = tx.vacancies.among(applied)
    ids = (*applied, *tx.vacancies.same_as(applied).values())
    return dict.fromkeys((*ids, *(each.posting for each in known.values())), MatchState.APPLIED)
