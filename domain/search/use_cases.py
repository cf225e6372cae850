"""What a person does with a search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from domain.errors import Conflict, Invalid, NotFound
from domain.handing_out.forgetting import forget_handed_out
from domain.identifiers import RunId, TelegramId, VacancyId
from domain.matching.assessment import Reason
from domain.matching.scorer import MOST_REASONS
from domain.outcomes import Page, Saved
from domain.outside import Clock, Ids, Tasks
from domain.resumes.use_cases import current_of
from domain.search.failing import search_failed
from domain.search.filters import Filters
from domain.search.match import Match, MatchState, Verdict
from domain.search.ports import Ahead, VacancyQueues
from domain.search.run import RunStatus, SearchRun
from domain.transactions import Transaction, Transactions
from domain.vacancies.vacancy import Vacancy

BEFORE_THE_FIRST = "none"
"""What a caller names as the card received last when it has received none."""


WEAK = 40
"""Below this score a vacancy is not the person's job, by the published reading of scores."""


class Notice(str, Enum):
    """What is to be said of the queue at a card."""

    WEAK_FROM_HERE = "weak_from_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A vacancy as it is offered. `remaining` counts the cards that wait behind it.

    `position` counts from 1 among the cards of its run, `None` for what never was one. `notice` is what is to be said
    of the queue at this card.
    """

    match: Match
    vacancy: Vacancy
    remaining: int
    position: int | None = None
    notice: Notice | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the match, with the notice behind them."""
        if self.notice is None:
            return self.match.reasons
        told = self.match.reasons
        if len(told) == MOST_REASONS:
            # The last one may tell why it was moved in the queue.
            told = (*told[:-2], told[-1])
        return (*told, Reason(code=self.notice.value))


@dataclass(frozen=True)
class StartSearch:
    transaction: Transactions
    tasks: Tasks
    clock: Clock
    ids: Ids
    known_sources: frozenset[str]

    def __call__(self, *, telegram_id: TelegramId, filters: Filters) -> Saved[SearchRun]:
        """Return the run started, or the one under way with the same filters; with others it is cancelled."""
        if not self.known_sources.issuperset(filters.sources):
            raise Invalid({"sources": ["unknown_source"]})
        filters = replace(filters, sources=tuple(sorted(set(filters.sources))))
        now = self.clock.now()
        with self.transaction() as tx:
            tx.users.hold(telegram_id)  # one start at a time per person
            if current_of(tx, telegram_id) is None:
                raise Conflict("no_resume")
            latest = tx.search_runs.latest(telegram_id)
            if latest is not None and latest.under_way:
                if latest.filters == filters:
                    return Saved(latest, new=False)
                tx.search_runs.save(latest.cancelled(at=now))
            if latest is not None:
                forget_handed_out(tx, latest.id, at=now)
            run = SearchRun.queued(
                id=RunId(self.ids.new()),
                telegram_id=telegram_id,
                number=latest.number + 1 if latest is not None else 1,
                filters=filters,
                at=now,
            )
            tx.search_runs.add(run)
        # Only now: a worker must never receive a run that is not committed.
        self.tasks.run_search(run.id)
        return Saved(run, new=True)


def _latest(tx: Transaction, telegram_id: TelegramId) -> SearchRun:
    run = tx.search_runs.latest(telegram_id)
    if run is None:
        raise NotFound("no_search")
    return run


@dataclass(frozen=True)
class ShowSearch:
    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> SearchRun:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            return _latest(tx, telegram_id)


@dataclass(frozen=True)
class NextVacancy:
    """Serve the next best vacancy, once. With `after` the call is repeatable: the same question, the same card."""

    transaction: Transactions
    clock: Clock
    queues: VacancyQueues

    def __call__(self, *, telegram_id: TelegramId, after: str | None = None) -> Card | SearchRun | None:
        """Return a card, or the run while it is under way, or `None` when all were shown.

        Raises `NotFound('no_search')`, `Conflict('search_failed')`, `Invalid` for an `after` never served.
        """
        # Outside the transaction, as everything that is not the store.
        ahead = self.queues.first(telegram_id)
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            run = _latest(tx, telegram_id)
            answering = self._runs_to_look_in(tx, run, after)
            if run.under_way:
                return run
            if run.status is RunStatus.FAILED:
                raise search_failed(tx, run, at=self.clock.now())
            for run_id in answering:
                served = tx.matches.served_after(run_id, after or "")
                if served is not None:
                    return _card(tx, served)
            card = self._take_ahead(tx, run.id, after, ahead)
            ahead_of_time = card is not None
            if card is None:
                card = self._take(tx, run.id, after)
                coming = self._coming(tx, run.id)
        if ahead_of_time:
            self.queues.drop_first(telegram_id)
        elif self.queues.depth:
            self.queues.fill(telegram_id, run.id, coming)
        return card

    def _runs_to_look_in(self, tx: Transaction, run: SearchRun, after: str | None) -> tuple[RunId, ...]:
        """Return the runs in which the question may have been answered already.

        The card received last may be of an earlier run, and its answer lost there.
        """
        if after is None:
            return ()
        if after == BEFORE_THE_FIRST:
            return (run.id,)
        return (run.id, _shown(tx, run.telegram_id, VacancyId(after)).run_id)

    def _take_ahead(self, tx: Transaction, run_id: RunId, after: str | None, ahead: Ahead | None) -> Card | None:
        """Return the card that was read ahead, if the store agrees that it is the next one."""
        now = self.clock.now()
        if ahead is None or ahead.run_id != run_id or not ahead.vacancy.is_open(at=now):
            return None
        vacancy = ahead.vacancy
        match = tx.matches.take_if_first(run_id, vacancy.id, last_seen_at=vacancy.last_seen_at, at=now, after=after)
        if match is None:
            return None
        return _card_of(tx, match, vacancy)

    def _coming(self, tx: Transaction, run_id: RunId) -> list[Vacancy]:
        ids = tx.matches.coming(run_id, limit=self.queues.depth) if self.queues.depth else ()
        known = tx.vacancies.among(ids)
        return [known[each] for each in ids]

    def _take(self, tx: Transaction, run_id: RunId, after: str | None) -> Card | None:
        now = self.clock.now()
        while (match := tx.matches.take_next(run_id, at=now, after=after)) is not None:
            card = _card(tx, match)
            if card.vacancy.is_open(at=now):
                return card
            tx.matches.save(match.found_closed())
        return None


def _card(tx: Transaction, match: Match) -> Card:
    return _card_of(tx, match, tx.vacancies.get(match.vacancy_id))


def _card_of(tx: Transaction, match: Match, vacancy: Vacancy) -> Card:
    card = Card(match=match, vacancy=vacancy, remaining=tx.matches.waiting(match.run_id))
    if match.place is None or match.state is MatchState.FILTERED:
        return card
    before = tx.matches.before(match)
    # Once is enough: what follows is weak, too.
    weak_from_here = match.assessment.score < WEAK and (before.lowest is None or before.lowest >= WEAK)
    return replace(card, position=before.count + 1, notice=Notice.WEAK_FROM_HERE if weak_from_here else None)


def _shown(tx: Transaction, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match:
    match = tx.matches.find(telegram_id, vacancy_id)
    if match is None or match.shown_at is None:
        raise Invalid({"after": ["never_shown"]})
    return match


@dataclass(frozen=True)
class ShowCurrent:
    """Return the card served last; changes nothing."""

    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> Card:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            match = tx.matches.shown_last(telegram_id)
            if match is None:
                raise NotFound("nothing_shown_yet")
            return _card(tx, match)


def _found(tx: Transaction, telegram_id: TelegramId, vacancy_id: VacancyId) -> Match:
    match = tx.matches.find(telegram_id, vacancy_id)
    if match is None:
        standing = tx.vacancies.same_as([vacancy_id]).get(vacancy_id)
        match = tx.matches.find(telegram_id, standing) if standing is not None else None
    if match is None:
        raise NotFound("match_not_found")
    return match


@dataclass(frozen=True)
class ShowDetails:
    """Return a vacancy found for the person, with its match."""

    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId, vacancy_id: VacancyId) -> Card:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            return _card(tx, _found(tx, telegram_id, vacancy_id))


@dataclass(frozen=True)
class JudgeVacancy:
    """Take a person's verdict on a vacancy shown to them; hiding an employer empties the queue of it."""

    transaction: Transactions
    clock: Clock

    def __call__(self, *, telegram_id: TelegramId, vacancy_id: VacancyId, verdict: Verdict) -> Card:
        """Return the card after the verdict.

        Raises `NotFound`, `Conflict('not_shown_yet')`, `Conflict('nothing_to_undo')`.
        """
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            before = _found(tx, telegram_id, vacancy_id)
            match = before.judged(verdict, at=self.clock.now())
            tx.matches.save(match)
            if match.employer is not None and before.state is not match.state:
                if match.state is MatchState.HIDDEN:
                    tx.matches.withhold(telegram_id, match.employer)
                elif match.employer not in tx.matches.hidden_employers(telegram_id):
                    tx.matches.offer_again(_latest(tx, telegram_id).id, match.employer)
            return _card(tx, match)


@dataclass(frozen=True)
class ForgetTaste:
    """Learn nothing more from the verdicts given so far. They stand, and an employer hidden stays hidden."""

    transaction: Transactions

    def __call__(self, *, telegram_id: TelegramId) -> None:
        with self.transaction() as tx:
            tx.users.hold(telegram_id)
            tx.matches.forget_verdicts(telegram_id)


@dataclass(frozen=True)
class ListMatches:
    """Return a person's matches with their vacancies, the newest run first, best first."""

    transaction: Transactions

    def __call__(
        self, *, telegram_id: TelegramId, states: frozenset[MatchState], limit: int, offset: int
    ) -> Page[tuple[Match, Vacancy]]:
        with self.transaction() as tx:
            tx.users.get(telegram_id)
            matches, total = tx.matches.page(telegram_id, states=states, limit=limit, offset=offset)
            vacancies = tx.vacancies.among(match.vacancy_id for match in matches)
            return Page([(match, vacancies[match.vacancy_id]) for match in matches], total)
