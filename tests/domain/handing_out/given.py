"""The product with an automation, and what a test does with both again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from adapters.memory.store import MemoryStore, MemoryTransaction
from domain.errors import NotFound, Unavailable
from domain.handing_out.hand_out import HandOut
from domain.handing_out.results import Taken
from domain.identifiers import TelegramId, VacancyId
from domain.search.run import Outcome, RunStatus, SearchRun, SourceReport
from domain.users.user import User
from domain.vacancies.arrival import Draft
from domain.vacancies.vacancy import Vacancy
from tests.builders import ANNA, a_vacancy
from tests.domain.outsiders import ScriptedAutomation, ScriptedSource
from tests.domain.product import Product, a_product

AWAY = Unavailable("n8n_unreachable")
OURS = ("internal-1", "internal-2", "internal-3")


def a_job(number: int, **changes: Any) -> Vacancy:
    """Return a vacancy of ours, of a posting and an employer of its own."""
    told = {"id": f"internal-{number}", "title": f"Разработчик Python {number}", "company": f"Фирма {number}"}
    return a_vacancy(**{**told, **changes})


def answered(source: str = "internal", found: int = 1) -> SourceReport:
    return SourceReport(source=source, outcome=Outcome.OK, found=found)


CLOSED = SourceReport(source="internal", outcome=Outcome.CLOSED_BY_PROVIDER)


class Before:
    """A store that lets something happen before so many transactions were opened; nothing happens twice."""

    def __init__(self, store: MemoryStore, number: int, happens: Callable[[], object]) -> None:
        self._store = store
        self._left = number
        self._happens = happens

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        self._left -= 1
        if self._left == 0:
            self._happens()
        with self._store() as tx:
            yield tx


class ErasedBetween:
    """A store in which a person is erased after they were found and before they are held."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    @contextmanager
    def __call__(self) -> Iterator[MemoryTransaction]:
        with self._store() as tx:
            tx.users.hold = _nobody  # type: ignore[method-assign]  # for this test
            yield tx


def _nobody(telegram_id: TelegramId) -> User:  # noqa: ARG001 — as the port has it
    raise NotFound("user_not_found")


@dataclass(frozen=True, kw_only=True)
class Handing:
    """The product, an automation that takes what it is given, and a board that the built-in engine asks, too."""

    product: Product
    automation: ScriptedAutomation
    board: ScriptedSource

    def keep(self, *vacancies: Vacancy) -> None:
        self.product.keep(*vacancies)

    def hand_out(self, **filters: Any) -> SearchRun:
        """Start a search of Anna's and let a worker hand it out; return the run as it is then."""
        return self.work(self.product.start(**filters))

    def work(self, run: SearchRun) -> SearchRun:
        """Let a worker get the run's message; return the run as it is then."""
        self.product.tasks.runs.clear()
        self.product.application.run_search(run_id=run.id)
        return self.run(run)

    def work_through(self, run: SearchRun) -> SearchRun:
        """Let workers get every message that was sent until none is left."""
        tasks, application = self.product.tasks, self.product.application
        while tasks.runs or tasks.late:
            while tasks.runs:
                application.run_search(run_id=tasks.runs.pop(0))
            while tasks.late:
                application.merge_late(run_id=tasks.late.pop(0))
        return self.run(run)

    def sweep(self, run: SearchRun) -> SearchRun:
        """Sweep, and let workers do what was sent."""
        self.product.application.sweep_work()
        return self.work_through(run)

    def plan_b(self, **filters: Any) -> SearchRun:
        """Return a search that the built-in engine has answered, since the automation was silent for too long."""
        run = self.hand_out(**filters)
        self.fall_silent(run)
        run = self.sweep(run)
        assert (run.status, run.engine) == (RunStatus.READY, "builtin")
        return run

    def fall_silent(self, run: SearchRun) -> None:
        """Let the time that the automation has go by."""
        assert run.deadline is not None
        self.product.clock.time = run.deadline
        self.product.clock.forward(self.product.clock.now().resolution)

    def deliver(
        self,
        run: SearchRun,
        *known: str,
        page: int = 1,
        pages: int = 1,
        execution_id: str | None = "execution-1",
        sources: Sequence[SourceReport] | None = None,
        drafts: Sequence[Draft] = (),
        meanwhile: Callable[[], object] | None = None,
    ) -> Taken:
        """Let a page of results arrive: of our own source, unless other reports are given.

        `meanwhile` happens after it was looked at and before it is kept.
        """
        told = [answered(found=len(known))] if sources is None else sources
        take_results = self.product.application.take_results
        if meanwhile is not None:
            take_results = replace(take_results, transaction=Before(self.product.store, 2, meanwhile))
        return take_results(
            search_id=run.id,
            execution_id=execution_id,
            page=page,
            pages=pages,
            sources=told,
            known=[VacancyId(each) for each in known],
            drafts=drafts,
        )

    def run(self, run: SearchRun) -> SearchRun:
        with self.product.store() as tx:
            found = tx.search_runs.find(run.id)
        assert found is not None
        return found

    def handed(self, run: SearchRun) -> HandOut:
        with self.product.store() as tx:
            found = tx.hand_outs.find(run.id)
        assert found is not None
        return found

    def remembered(self, run: SearchRun) -> list[str]:
        """Return which vacancies it is still known that pages have brought for a run."""
        with self.product.store() as tx:
            return [each for page in tx.hand_outs.pages(run.id) for each in page.vacancy_ids]

    def cards(self) -> list[str]:
        return self.product.all_cards()

    def held(self) -> object:
        """Return everything that is kept of Anna, to be compared."""
        return self.product.application.export_user(telegram_id=ANNA)


def a_handing(*, read_ahead: int = 0) -> Handing:
    """Return it with Anna, who has a résumé, and three vacancies of ours."""
    automation, board = ScriptedAutomation(), ScriptedSource("hh")
    product = a_product(sources=(board,), automation=automation, read_ahead=read_ahead)
    product.welcome_with_resume()
    product.keep(*(a_job(number) for number in (1, 2, 3)))
    return Handing(product=product, automation=automation, board=board)
