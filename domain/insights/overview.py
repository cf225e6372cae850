"""What a person's searches, market, résumé and verdicts come to, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from domain.identifiers import RunId, TelegramId
from domain.insights.demand import Demand, asked, unmet
from domain.insights.funnel import Funnel, Scores, fates_in, funnel_of, scores_in
from domain.insights.market import ENCODING_TIME, FEWEST_ENCODED, Market, assessed, market_of
from domain.insights.pay import Pay, pay_of
from domain.insights.quality import Quality, quality_of
from domain.insights.recommendations import Silence, silence_of
from domain.matching.applicant import Applicant, measured
from domain.matching.scorer import SCORER_VERSION, Scorer
from domain.outside import Clock
from domain.resumes.use_cases import must_have_one
from domain.search.learning import LEARNED_FROM
from domain.search.match import FilterReason
from domain.search.ports import Tally
from domain.search.run import SearchRun
from domain.transactions import Transactions
from domain.vacancies.embedding import EncodeFirst

MOST_SKILLS = 12


class NoScores(str, Enum):
    """Why the latest search has no scores to tell of."""

    NO_SEARCH = "no_search"
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestSearch:
    """The latest search that is ready; without one all is zero. `moved` counts what a taste moved in its queue."""

    run_id: RunId | None
    finished_at: datetime | None
    funnel: Funnel
    scores: Scores
    moved: int
    silence: NoScores | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSkill:
    """A skill that the market asks for; `held` as the scorer takes it, a skill implied included."""

    demand: Demand
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketInNumbers:
    """`vacancies` and `of_role` count as they do for recommendations, which look at the same market.

    `pay` is that of the role alone; `searched_from` is the pay below which the latest search looked at nothing.
    """

    vacancies: int
    of_role: int
    silence: Silence | None
    pay: Pay
    searched_from: Decimal | None
    asked: tuple[AskedSkill, ...]
    missing: tuple[Demand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insights:
    """`searches` is the funnel of everything kept, `verdicts` counts those from which the order is learned."""

    searches: Funnel
    latest: LatestSearch
    market: MarketInNumbers
    quality: Quality
    verdicts: int
    scorer_version: str = SCORER_VERSION


@dataclass(frozen=True)
class ShowInsights:
    """Count and compute; nothing is kept for it, so that it is true of this moment."""

    transaction: Transactions
    clock: Clock
    scorer: Scorer
    encode_first: EncodeFirst

    def __call__(self, *, telegram_id: TelegramId) -> Insights:
        """Return the numbers of a person, or raise `NotFound` without a résumé."""
        now, measures = self.clock.now(), self.scorer.measures
        with self.transaction() as tx:
            user = tx.users.get(telegram_id)
            content = must_have_one(tx, telegram_id).content
            run = tx.search_runs.latest_ready(telegram_id)
            fates = tx.matches.tally(telegram_id)
            of_run = tx.matches.tally_of_run(run.id) if run is not None else ()
            vacancies = market_of(tx, telegram_id, content, measures, at=now)
            verdicts = len(tx.matches.verdicts(telegram_id, limit=LEARNED_FROM))
        vacancies = self.encode_first(vacancies, fewest=FEWEST_ENCODED, within=ENCODING_TIME)
        return Insights(
            searches=funnel_of(fates, beyond_limit=_beyond_limit(run)),
            latest=_latest(run, of_run),
            market=self._market(assessed(vacancies, content, self.scorer), measured(content, measures), run),
            quality=quality_of(content, reachable=bool(user.email or user.phone), today=now.date(), measures=measures),
            verdicts=verdicts,
        )

    def _market(self, market: Market, applicant: Applicant, run: SearchRun | None) -> MarketInNumbers:
        measures = self.scorer.measures
        vacancies = [vacancy for vacancy, _ in market.looked_at]
        most_asked = asked(vacancies, measures.skills)[:MOST_SKILLS]
        return MarketInNumbers(
            vacancies=len(vacancies),
            of_role=len(market.of_role),
            silence=silence_of(market),
            # Other roles of a profession are paid otherwise.
            pay=pay_of((vacancy for vacancy, _ in market.of_role), applicant.salary or None, measures),
            searched_from=run.filters.salary_from if run is not None else None,
            asked=tuple(AskedSkill(demand=each, held=each.skill.name in applicant.skills) for each in most_asked),
            missing=tuple(unmet(vacancies, applicant, measures.skills)[:MOST_SKILLS]),
        )


def _latest(run: SearchRun | None, tallies: Sequence[Tally]) -> LatestSearch:
    funnel = funnel_of(fates_in(tallies), beyond_limit=_beyond_limit(run))
    silence = NoScores.NO_SEARCH if run is None else None if funnel.found else NoScores.NOTHING_FOUND
    return LatestSearch(
        run_id=run.id if run is not None else None,
        finished_at=run.finished_at if run is not None else None,
        funnel=funnel,
        scores=scores_in(tallies),
        moved=sum(each.moved for each in tallies if each.fate[1] is None),
        silence=silence,
    )


def _beyond_limit(run: SearchRun | None) -> int:
    """Return how many finds of the run were counted and not kept."""
    return run.counts.filtered.get(FilterReason.BEYOND_LIMIT.value, 0) if run is not None else 0
