"""The source `trudvsem`: vacancies of Работа России."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.boards.http import Client
from adapters.trudvsem.pages import Pace, Pages, Trouble
from adapters.trudvsem.query import Ask, InRussian, plan_for
from adapters.trudvsem.reading import SOURCE, draft_of, id_of
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

PATIENCE = 25.0
MOST_CALLS = 10
MOST_VACANCIES = 1_000
ENOUGH = 100
"""So many that nothing wider is asked for."""

_PAGES_FIRST, _PAGES_WIDER = 5, 2
# The engine counts from before we begin, and what was read has to be handed over.
_SHARE_OF_PATIENCE = 0.9
_LONGEST_CALL = 20.0
_TRIAL_SECONDS = 5.0
_PAUSE = 0.2
"""Seconds between the starts of two calls of a process."""


def trudvsem_source(
    url: str, *, user_agent: str, arrivals: Arrivals, measures: Measures, clock: Clock, in_russian: InRussian
) -> TrudvsemSource:
    """Return the source as a process needs it: one, for its searches share the pace. `url` ends with the version."""
    client = Client(url, headers={"User-Agent": user_agent}, call_seconds=_LONGEST_CALL)
    return TrudvsemSource(Pages(client, Pace(_PAUSE)), arrivals, measures, clock, in_russian)


def trudvsem_outcome(url: str, *, user_agent: str) -> Outcome:
    """Ask for one vacancy, shortly, and return how that went."""
    client = Client(url, headers={"User-Agent": user_agent}, call_seconds=_TRIAL_SECONDS)
    pages = Pages(client, Pace(0), size=1, repeats=0)
    answer = pages.page(Ask(text=None, region=None), offset=0, until=time.monotonic() + _TRIAL_SECONDS)
    return answer.outcome if isinstance(answer, Trouble) else Outcome.OK


@dataclass(frozen=True)
class TrudvsemSource:
    """Asks first for what the résumé and the filters say, then wider while too few vacancies have come.

    `patience` is in seconds; `in_russian` tells how Russian vacancies call a role of the catalogue of titles.
    """

    pages: Pages
    arrivals: Arrivals
    measures: Measures
    clock: Clock
    in_russian: InRussian
    patience: float = PATIENCE
    name: str = SOURCE

    def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        """Return what came and fits the filters, each vacancy once; what came before a trouble is kept."""
        most = MOST_VACANCIES if limit is None else min(limit, MOST_VACANCIES)
        search = _Search(self, filters, most, started=time.monotonic())
        plan = plan_for(resume, filters, self.measures, self.in_russian)
        search.ask_all(plan.first, pages=max(2, _PAGES_FIRST // len(plan.first)), enough=most)
        search.ask_all(plan.wider, pages=_PAGES_WIDER, enough=min(most, ENOUGH))
        found = tuple(search.fitting.values())
        report = SourceReport(source=self.name, outcome=search.outcome(), found=len(found))
        return Gathered(vacancies=found, reports=(report,))


@dataclass
class _Search:
    """One search as far as it has come. `seen` holds the ids of all that came, fitting or not."""

    source: TrudvsemSource
    filters: Filters
    most: int
    started: float
    fitting: dict[VacancyId, Vacancy] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    calls: int = 0
    read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    trouble: Trouble | None = None
    counts_items: bool = False

    @property
    def until(self) -> float:
        return self.started + self.source.patience * _SHARE_OF_PATIENCE

    def ask_all(self, asks: tuple[Ask, ...], *, pages: int, enough: int) -> None:
        for ask in asks:
            if self._ended() or len(self.fitting) >= enough or (self.fitting and self._late()):
                return
            for items in self._paged(ask, pages):
                self._take(items)

    def outcome(self) -> Outcome:
        """Return what is reported, and log what an operator should know."""
        if self.left_out:
            log.warning(
                "trudvsem: %d of %d vacancies could not be read: %s",
                sum(self.left_out.values()),
                self.read + sum(self.left_out.values()),
                ", ".join(f"{what} ({count})" for what, count in sorted(self.left_out.items())),
            )
        if self.trouble is not None:
            log.warning("trudvsem: %s: %s", self.trouble.outcome.value, self.trouble.told)
            return self.trouble.outcome
        if self.left_out and not self.read:
            return Outcome.ERROR
        return Outcome.OK if self.fitting else Outcome.EMPTY

    def _paged(self, ask: Ask, pages: int) -> Iterator[list[object]]:
        """Yield what each page of a question brings anew, until one brings nothing, or enough has come.

        Some read the offset as the number of a page, some as that of a vacancy. Which it is shows with the second
        page: where vacancies are counted, it is the first one moved by one.
        """
        size = self.source.pages.size
        came: set[str] = set()
        for page in range(pages):
            if page and (self._ended() or self._late()):
                return
            answer = self._page(ask, offset=len(came) if self.counts_items else page)
            if answer is None:
                return
            items, total = answer
            ids = [id_of(item) or f"{page}/{place}" for place, item in enumerate(items)]
            again = sum(each in came for each in ids)
            new = [item for each, item in zip(ids, items, strict=True) if each not in self.seen]
            if page == 1 and again and again >= len(ids) - 1 and not self.counts_items:
                self.counts_items = True
            brought = set(ids) - came
            came |= brought
            self.seen |= brought
            yield new
            if not brought or (total is None and len(items) < size) or (total is not None and len(came) >= total):
                return

    def _page(self, ask: Ask, *, offset: int) -> tuple[list[object], int | None] | None:
        self.calls += 1
        answer = self.source.pages.page(ask, offset=offset, until=self.until)
        if isinstance(answer, Trouble):
            self.trouble = answer
            return None
        return list(answer.items), answer.total

    def _take(self, items: list[object]) -> None:
        now = self.source.clock.now()
        for item in items:
            try:
                draft = draft_of(item, self.source.measures.places, at=now)
                vacancy = self.source.arrivals.vacancy(draft, id=VacancyId(f"{SOURCE}-{draft.id}"), at=now)
            except Invalid as invalid:
                self.left_out.update(f"{name} {code}" for name, codes in invalid.errors.items() for code in codes)
                continue
            self.read += 1
            if len(self.fitting) < self.most and lets_through(self.filters, vacancy, self.source.measures):
                self.fitting.setdefault(vacancy.id, vacancy)

    def _ended(self) -> bool:
        asked_in_vain = self.trouble is not None and not self.trouble.of_question
        return asked_in_vain or self.calls >= MOST_CALLS or len(self.fitting) >= self.most

    def _late(self) -> bool:
        """Whether more than half of the time is spent, so that a further page could cost what has come."""
        return time.monotonic() - self.started > self.source.patience / 2
