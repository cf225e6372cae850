"""How what was found for a person is kept."""

from __future__ import annotations

from collections.abc import Sequence

from domain.transactions import Transaction
from domain.vacancies.sightings import seen_again
from domain.vacancies.vacancy import Vacancy


def keep_finds(tx: Transaction, found: Sequence[Vacancy]) -> None:
    """Keep what was found, from the moment somebody may be offered it; what is known as it stands is not written."""
    seen = tx.vacancies.last_seen(vacancy.id for vacancy in found)
    fresh = [
        vacancy
        for vacancy in found
        if vacancy.id not in seen or vacancy.last_seen_at > seen[vacancy.id] or vacancy.links
    ]
    known = tx.vacancies.held(vacancy.id for vacancy in fresh)
    kept = (_up_to_date(vacancy, known.get(vacancy.id)) for vacancy in fresh)
    tx.vacancies.save(vacancy for vacancy in kept if vacancy != known.get(vacancy.id))


def _up_to_date(found: Vacancy, known: Vacancy | None) -> Vacancy:
    if known is None:
        return found
    # Another worker may have seen it later than we did.
    return seen_again(known, found) if known.last_seen_at > found.last_seen_at else seen_again(found, known)
