"""The source `hh`: vacancies of hh.ru for a résumé."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from adapters.hh.answers import Kind
from adapters.hh.dictionaries import FreshDictionaries
from adapters.hh.fields import Unreadable
from adapters.hh.gateway import HhGateway
from adapters.hh.query import Query, RoleNames, queries
from adapters.hh.reach import Reach
from adapters.hh.time_left import TimeLeft
from adapters.hh.trouble import HhTrouble, OutOfTime
from adapters.hh.vacancies import SOURCE, draft_of, hh_vacancy_id, id_in, is_closed, still_hold
from domain.errors import Invalid
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.outside import Clock
from domain.resumes.content import ResumeContent
from domain.search.filters import Filters, lets_through
from domain.search.gathering import Gathered
from domain.search.run import Outcome, SourceReport
from domain.vacancies.arrival import Arrivals
from domain.vacancies.vacancy import Vacancy

log = logging.getLogger(__name__)

ENOUGH = 50
"""With so many found the search is not widened."""

MARGIN = 3.0
"""So many seconds before nobody waits any more it stops asking, to hand over what it has."""

_TROUBLES_BORNE = 2
"""So many vacancies may be troublesome by themselves before the rest is left alone."""

ShortlistFor = Callable[[ResumeContent, Sequence[Vacancy], int], Sequence[Vacancy]]
"""Returns the best of the vacancies for the résumé, no more than so many, the best first."""

Close = Callable[[Sequence[VacancyId]], object]
"""Is told the vacancies that nobody can apply to any more."""


@dataclass
class _Gathering:
    """What a search has so far, by hh.ru's ids."""

    time_left: TimeLeft
    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    worded: set[str] = field(default_factory=set)
    outlines: dict[str, Vacancy | None] = field(default_factory=dict)
    details: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    trouble: HhTrouble | None = None
    broken: bool = False

    @contextmanager
    def whatever_happens(self) -> Iterator[None]:
        """Let a fault of ours take along neither what came before nor the other sources' vacancies."""
        try:
            yield
        except Exception:
            log.exception("searching hh.ru failed")
            self.broken = True

    def outcome(self, found: Sequence[Vacancy]) -> Outcome:
        if self.broken:
            return Outcome.ERROR
        if self.trouble is not None:
            return self.trouble.outcome
        return Outcome.OK if found else Outcome.EMPTY


@dataclass(frozen=True)
class HhSource:
    """Searches from the narrowest query to wider ones until enough is found, then reads the best ones in full.

    `wanted` bounds how many are looked through, `detailed` how many are read in full. It raises nothing: what came
    before a trouble is handed over with the trouble's outcome.
    """

    gateway: HhGateway
    dictionaries: FreshDictionaries
    arrivals: Arrivals
    measures: Measures
    role_names: RoleNames
    shortlist: ShortlistFor
    close: Close
    clock: Clock
    wanted: int = 500
    detailed: int = 40
    name: str = SOURCE
    patience: float = 30.0
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        if limit is not None:
            return replace(self, wanted=min(self.wanted, limit), detailed=min(self.detailed, limit)).find(
                resume, filters
            )
        gathering = _Gathering(TimeLeft(max(self.patience - MARGIN, 0.0), monotonic=self.monotonic, sleep=self.sleep))
        found: list[Vacancy] = []
        with gathering.whatever_happens():
            self._search(gathering, resume, filters)
            outlines = self._outlines(gathering, filters)
            self._read(gathering, self.shortlist(resume, outlines, self.detailed))
        with gathering.whatever_happens():
            found = self._vacancies(gathering, filters)
        with gathering.whatever_happens():
            self._close(gathering)
        report = SourceReport(source=self.name, outcome=gathering.outcome(found), found=len(found))
        return Gathered(vacancies=tuple(found), reports=(report,))

    def _search(self, gathering: _Gathering, resume: ResumeContent, filters: Filters) -> None:
        dictionaries = self.dictionaries.current(gathering.time_left)
        reach = Reach(self.gateway, dictionaries.areas, gathering.time_left)
        for query in queries(resume, filters, dictionaries, self.measures, self.role_names):
            try:
                self._gather(gathering, reach, query)
            except HhTrouble as trouble:
                gathering.trouble = gathering.trouble or trouble
                # What hh.ru dislikes in one query may be missing from the next.
                if trouble.kind is not Kind.BAD_ARGUMENT:
                    return
            if len(gathering.items) >= min(ENOUGH, self.wanted):
                return

    def _gather(self, gathering: _Gathering, reach: Reach, query: Query) -> None:
        for items in reach.pages(query, wanted=self.wanted, now=self.clock.now()):
            for item in items:
                hh_id = id_in(item)
                if hh_id is None:
                    continue
                if is_closed(item):
                    gathering.closed.append(hh_id)
                    continue
                gathering.items.setdefault(hh_id, item)
                if query.worded:
                    gathering.worded.add(hh_id)
            if len(gathering.items) >= self.wanted:
                return

    def _outlines(self, gathering: _Gathering, filters: Filters) -> list[Vacancy]:
        """Return what the items tell of vacancies that the filters may let through once they are known in full."""
        # An item holds pieces of the text only, so that words may be missing from it.
        wordless = replace(filters, text=None)
        outlines = [self._outline(gathering, hh_id) for hh_id in gathering.items]
        return [each for each in outlines if each is not None and lets_through(wordless, each, self.measures)]

    def _read(self, gathering: _Gathering, best: Sequence[Vacancy]) -> None:
        """Read the vacancies in full, the best first, as long as nothing stands in the way."""
        if gathering.trouble is not None and gathering.trouble.outcome is not Outcome.ERROR:
            return
        borne = 0
        for vacancy in best:
            hh_id = vacancy.id.removeprefix(f"{SOURCE}-")
            try:
                # Details kept from before the employer changed what the item tells are not laid over it.
                details = self.gateway.vacancy(
                    hh_id, time_left=gathering.time_left, holds=partial(still_hold, item=gathering.items[hh_id])
                )
            except OutOfTime:
                # hh.ru has answered the search; so many details are as many as there was time for.
                return
            except HhTrouble as trouble:
                gathering.trouble = gathering.trouble or trouble
                borne += 1
                if trouble.outcome is not Outcome.ERROR or borne > _TROUBLES_BORNE:
                    return
                continue
            if details is None or is_closed(details):
                gathering.closed.append(hh_id)
            else:
                gathering.details[hh_id] = details

    def _vacancies(self, gathering: _Gathering, filters: Filters) -> list[Vacancy]:
        closed, wordless, now = set(gathering.closed), replace(filters, text=None), self.clock.now()
        found = []
        for hh_id in gathering.items:
            vacancy = None if hh_id in closed else self._whole(gathering, hh_id)
            if vacancy is None or not vacancy.is_open(at=now):
                continue
            # hh.ru itself has looked for the words in the texts of which we have pieces only.
            taken_at_its_word = hh_id in gathering.worded and hh_id not in gathering.details
            if lets_through(wordless if taken_at_its_word else filters, vacancy, self.measures):
                found.append(vacancy)
        return found

    def _whole(self, gathering: _Gathering, hh_id: str) -> Vacancy | None:
        details = gathering.details.get(hh_id)
        whole = self._vacancy(gathering.items[hh_id], details) if details is not None else None
        # What stands in the item may do where the details do not.
        return whole or self._outline(gathering, hh_id)

    def _outline(self, gathering: _Gathering, hh_id: str) -> Vacancy | None:
        if hh_id not in gathering.outlines:
            gathering.outlines[hh_id] = self._vacancy(gathering.items[hh_id])
        return gathering.outlines[hh_id]

    def _vacancy(self, item: Mapping[str, Any], details: Mapping[str, Any] | None = None) -> Vacancy | None:
        """Return the vacancy, or `None` where hh.ru's words make none."""
        try:
            draft = draft_of(item, details)
            return self.arrivals.vacancy(draft, id=hh_vacancy_id(draft.id), at=self.clock.now())
        except (Unreadable, Invalid) as error:
            log.info("a vacancy of hh.ru is left out: %s", error)
            return None

    def _close(self, gathering: _Gathering) -> None:
        if gathering.closed:
            self.close([hh_vacancy_id(each) for each in dict.fromkeys(gathering.closed)])
