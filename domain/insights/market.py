"""A person's own market: the vacancies of their profession that they have found or would find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.identifiers import TelegramId, VacancyId
from domain.insights.effects import Assessed
from domain.matching.assessment import Aspect, Assessment, Verdict
from domain.matching.measures import Measures
from domain.matching.retrieval import query_for
from domain.matching.scorer import Scorer
from domain.resumes.content import ResumeContent
from domain.search.match import MatchState
from domain.transactions import Transaction
from domain.vacancies.vacancy import Vacancy, employer_key

LARGEST_MARKET = 300
MOST_MATCHES = 200
"""How many matches of the latest run are looked at, the best ones."""

FEWEST_ENCODED = 40
ENCODING_TIME = timedelta(seconds=3)
"""Of what has no vectors yet, the best of a market get them within that time, and so many whatever it takes."""

FEWEST_OF_A_ROLE = 3
"""Fewer vacancies than these tell nothing of what a role usually asks for; then its whole profession is looked at."""

UNWANTED = frozenset({MatchState.DISLIKED, MatchState.HIDDEN})
_OTHER_PROFESSION = "other_profession"


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The vacancies of a person's `profession`, and those among them `of_role` as wished; `offered` counts all."""

    offered: int
    profession: Sequence[Assessed]
    of_role: Sequence[Assessed]

    @property
    def looked_at(self) -> Sequence[Assessed]:
        # What other roles of a profession ask for would make somebody else of the person.
        return self.of_role if len(self.of_role) >= FEWEST_OF_A_ROLE else self.profession


def market_of(
    tx: Transaction, telegram_id: TelegramId, content: ResumeContent, measures: Measures, *, at: datetime
) -> Sequence[Vacancy]:
    """Return up to `LARGEST_MARKET` open vacancies, each posting once, none of those the person does not want.

    First come the best matches of their latest run, then what the catalogue has for the résumé; the same store gives
    the same answer.
    """
    run = tx.search_runs.latest_ready(telegram_id)
    of_run = tx.matches.best(run.id, limit=MOST_MATCHES) if run is not None else ()
    query = query_for(content, None, measures)
    in_catalogue = tx.vacancies.candidates(query, at=at, limit=LARGEST_MARKET)
    ids = tuple(dict.fromkeys((*of_run, *in_catalogue)))
    wanted = _Wanted(tx.matches.seen(telegram_id), tx.matches.hidden_employers(telegram_id))
    return list(_offered(ids, tx.vacancies.among(ids), wanted, at=at))[:LARGEST_MARKET]


def assessed(vacancies: Sequence[Vacancy], content: ResumeContent, scorer: Scorer) -> Market:
    """Return the market with what the scorer says of it, other professions left out."""
    pairs = zip(vacancies, scorer.assess(content, vacancies), strict=True)
    profession = [(vacancy, each) for vacancy, each in pairs if _OTHER_PROFESSION not in each.caps]
    of_role = [(vacancy, each) for vacancy, each in profession if _is_of_role(each)]
    return Market(offered=len(vacancies), profession=profession, of_role=of_role)


def _is_of_role(assessment: Assessment) -> bool:
    return any(line.aspect is Aspect.ROLE and line.verdict is Verdict.MET for line in assessment.lines)


@dataclass(frozen=True)
class _Wanted:
    seen: Mapping[str, MatchState]
    hidden_employers: frozenset[str]

    def lets_through(self, vacancy: Vacancy, posting: str) -> bool:
        verdicts = {self.seen.get(posting), self.seen.get(vacancy.id)}
        return not verdicts & UNWANTED and employer_key(vacancy.company) not in self.hidden_employers


def _offered(
    ids: Sequence[VacancyId], known: Mapping[VacancyId, Vacancy], wanted: _Wanted, *, at: datetime
) -> Iterator[Vacancy]:
    postings: set[str] = set()
    for each in ids:
        vacancy = known.get(each)
        if vacancy is None or not vacancy.is_open(at=at):
            continue
        posting = vacancy.posting
        # One posting in ten cities asks for a skill once.
        if posting not in postings and wanted.lets_through(vacancy, posting):
            postings.add(posting)
            yield vacancy
