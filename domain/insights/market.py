"""A person's own market: the vacancies of their profession that they have found or would find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.identifiers import TelegramId, VacancyId
from domain.matching.measures import Measures
from domain.matching.retrieval import query_for
from domain.resumes.content import ResumeContent
from domain.search.match import MatchState
from domain.transactions import Transaction
from domain.vacancies.vacancy import Vacancy, employer_key

LARGEST_MARKET = 300
MOST_MATCHES = 200
"""How many matches of the latest run are looked at, the best ones."""

UNWANTED = frozenset({MatchState.DISLIKED, MatchState.HIDDEN})
_OF_THE_RUN = frozenset(MatchState) - UNWANTED - {MatchState.SUPERSEDED}


def market_of(
    tx: Transaction, telegram_id: TelegramId, content: ResumeContent, measures: Measures, *, at: datetime
) -> Sequence[Vacancy]:
    """Return up to `LARGEST_MARKET` open vacancies, each posting once, none of those the person does not want.

    First come the best matches of their latest run, then what the catalogue has for the résumé; the same store gives
    the same answer.
    """
    matches, _ = tx.matches.page(telegram_id, states=_OF_THE_RUN, limit=MOST_MATCHES, offset=0)
    of_run = [each.vacancy_id for each in matches if each.run_id == matches[0].run_id]
    query = query_for(content, None, measures)
    in_catalogue = tx.vacancies.candidates(query, at=at, limit=LARGEST_MARKET)
    ids = tuple(dict.fromkeys((*of_run, *in_catalogue)))
    wanted = _Wanted(tx.matches.seen(telegram_id), tx.matches.hidden_employers(telegram_id))
    return list(_offered(ids, tx.vacancies.among(ids), wanted, at=at))[:LARGEST_MARKET]


@dataclass(frozen=True)
class _Wanted:
    seen: Mapping[str, MatchState]
    hidden_employers: frozenset[str]

    def lets_through(self, vacancy: Vacancy) -> bool:
        verdicts = {self.seen.get(vacancy.posting), self.seen.get(vacancy.id)}
        return not verdicts & UNWANTED and employer_key(vacancy.company) not in self.hidden_employers


def _offered(
    ids: Sequence[VacancyId], known: Mapping[VacancyId, Vacancy], wanted: _Wanted, *, at: datetime
) -> Iterator[Vacancy]:
    postings: set[str] = set()
    for each in ids:
        vacancy = known.get(each)
        if vacancy is None or not vacancy.is_open(at=at) or not wanted.lets_through(vacancy):
            continue
        # One posting in ten cities asks for a skill once.
        if vacancy.posting not in postings:
            postings.add(vacancy.posting)
            yield vacancy
