"""What tests of matches begin with, and what they do again and again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.identifiers import RunId, VacancyId
from domain.search.match import Match, MatchState, Verdict
from domain.transactions import Transactions
from tests.builders import NOW, a_match

FIRST, SECOND, HIS = RunId("run-1"), RunId("run-2"), RunId("run-of-boris")
MINUTE = timedelta(minutes=1)


def placed(place: int, **changes: object) -> Match:
    return a_match(vacancy_id=VacancyId(f"internal-{place}"), posting=f"posting {place}", place=place, **changes)


def add(store: Transactions, *matches: Match) -> None:
    with store() as tx:
        tx.matches.add(matches)


def take(store: Transactions, run_id: RunId, *, minutes: int = 0, after: str | None = None) -> Match:
    with store() as tx:
        taken = tx.matches.take_next(run_id, at=NOW + minutes * MINUTE, after=after)
    assert taken is not None
    return taken


def judge(store: Transactions, match: Match, verdict: Verdict) -> Match:
    judged = match.judged(verdict, at=NOW)
    with store() as tx:
        tx.matches.save(judged)
    return judged


def states_of(matches: Iterable[Match]) -> dict[str, MatchState]:
    return {match.vacancy_id: match.state for match in matches}
