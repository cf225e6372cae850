"""The engine that has vacancies gathered by an outside automation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from domain.errors import NotFound, Unavailable
from domain.handing_out.errand import SearchErrand, query_of
from domain.handing_out.hand_out import OUTSIDE, SILENT, HandOut, HandOutKind, HandOutStatus, Page, reports_in
from domain.handing_out.ports import Automation
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters, lets_through
from domain.search.gathering import Gathered, Given
from domain.search.run import NOBODY_ANSWERED, Outcome, SearchRun, SourceReport
from domain.transactions import Transaction, Transactions
from domain.users.user import User
from domain.vacancies.arrival import BUILT_IN_SOURCES, INTERNAL
from domain.vacancies.vacancy import Vacancy

MOST_WANTED = 500
"""So many vacancies are wanted of each source."""

BUSY = "n8n_busy"
"""The reason of a hand-out that was not handed out, since the automation had enough to do."""

MOST_TAKEN = 3_000
"""So many of the vacancies handed in are looked at: much more than what our own sources are asked for."""


@dataclass(frozen=True)
class OutsideEngine:
    """Hands a run out, once; asked again, it returns what has come. `patience` is how long the automation has.

    It has about `at_once` searches at a time, since all that it does it asks of us; workers that hand out at the same
    moment do not see each other. `sources` are those of ours that are asked where a search names none. What a search
    was not given in full is left to the next engine: a refusal, a failure, silence, and an answer for which no source
    has looked.
    """

    transaction: Transactions
    clock: Clock
    automation: Automation
    patience: timedelta
    at_once: int
    sources: tuple[str, ...]
    measures: Measures
    name: str = OUTSIDE

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered | Given:
        """Return what has come, or `Given` until the deadline, or raise `Unavailable`.

        A run that this worker no longer has is `Given`, too: whoever settles it will see.
        """
        now = self.clock.now()
        deadline = now + self.patience
        with self.transaction() as tx:
            person = _person_of(tx, run)
            hand_out = tx.hand_outs.hold(run.id)
            busy = tx.hand_outs.under_way(at=now) >= self.at_once
            if person is not None and hand_out is None:
                given = HandOut.given(
                    id=run.id, kind=HandOutKind.SEARCH, telegram_id=run.telegram_id, deadline=deadline, at=now
                )
                tx.hand_outs.add(given.failed(at=now, reason=BUSY) if busy else given)
        if person is None:
            return Given(until=now)
        if hand_out is not None:
            return self._come(run)
        if busy:
            raise Unavailable(BUSY)
        query = query_of(person, resume, run.filters, self.measures)
        asked = self._asked(run.filters)
        return self._give(
            run, SearchErrand(search_id=run.id, deadline=deadline, sources=asked, limit=MOST_WANTED, query=query)
        )

    def _asked(self, filters: Filters) -> tuple[str, ...]:
        return tuple(sorted(filters.sources or self.sources))

    def _give(self, run: SearchRun, errand: SearchErrand) -> Given:
        try:
            execution_id = self.automation.search(errand)
        except Unavailable as unavailable:
            self._give_up(run, unavailable.code, given=HandOutStatus.GIVEN)
            raise
        with self.transaction() as tx:
            hand_out = tx.hand_outs.hold(run.id) if _person_of(tx, run) is not None else None
            if hand_out is not None:
                tx.hand_outs.save(hand_out.accepted(execution_id))
        return Given(until=errand.deadline)

    def _come(self, run: SearchRun) -> Gathered:
        """Return what has come of a run that was handed out before."""
        # Its deadline is over, or the worker died that handed it out: nobody knows whether it was taken.
        hand_out = self._give_up(run, SILENT, given=HandOutStatus.GIVEN)
        if hand_out is None or hand_out.status is not HandOutStatus.ANSWERED:
            raise Unavailable((hand_out.reason if hand_out is not None else None) or SILENT)
        with self.transaction() as tx:
            pages = tx.hand_outs.pages(run.id)
            known = tx.vacancies.among(ids_in(pages))
        found = delivered(pages, known, run.filters, self.measures, at=self.clock.now())
        reports = reports_in(pages, found)
        if not any(report.answered for report in reports):
            self._give_up(run, NOBODY_ANSWERED, given=HandOutStatus.ANSWERED)
            raise Unavailable(NOBODY_ANSWERED)
        named = {report.source for report in reports}
        silent = (
            SourceReport(source=name, outcome=Outcome.ERROR) for name in self._asked(run.filters) if name not in named
        )
        return Gathered(vacancies=found, reports=(*reports, *silent))

    def _give_up(self, run: SearchRun, reason: str, *, given: HandOutStatus) -> HandOut | None:
        """Give the hand-out up, if it still is in that state; return it as it is then, `None` for nobody's."""
        with self.transaction() as tx:
            hand_out = tx.hand_outs.hold(run.id) if _person_of(tx, run) is not None else None
            if hand_out is not None and hand_out.status is given:
                hand_out = hand_out.failed(at=self.clock.now(), reason=reason)
                tx.hand_outs.save(hand_out)
        return hand_out


def ids_in(pages: Iterable[Page]) -> list[VacancyId]:
    """Return which vacancies the pages bring, the best first, each once; no more than a worker has time for."""
    return list(islice(dict.fromkeys(each for page in pages for each in page.vacancy_ids), MOST_TAKEN))


def delivered(
    pages: Sequence[Page],
    known: Mapping[VacancyId, Vacancy],
    filters: Filters,
    measures: Measures,
    *,
    at: datetime,
) -> tuple[Vacancy, ...]:
    """Return those of the vacancies delivered that are open and that the search asks for, each once.

    What built-in sources gave went through the filters there, by the boards' own reading of words typed.
    """
    named = (known[each] for each in ids_in(pages) if each in known)
    return tuple(
        each
        for each in named
        if each.is_open(at=at)
        and (not filters.sources or _kept_by(each) in filters.sources)
        and (each.source in BUILT_IN_SOURCES or lets_through(filters, each, measures))
    )


def _kept_by(vacancy: Vacancy) -> str:
    """Return the source, as filters name it, in which a vacancy is found: whoever posts to us is in the catalogue."""
    return vacancy.source if vacancy.source in BUILT_IN_SOURCES else INTERNAL


def _person_of(tx: Transaction, run: SearchRun) -> User | None:
    """Hold the person of a run and return them, `None` where the run is no longer this worker's."""
    try:
        person = tx.users.hold(run.telegram_id)
    except NotFound:
        return None
    now = tx.search_runs.find(run.id)
    return person if now is not None and now.held_under(run.work.attempt) else None
