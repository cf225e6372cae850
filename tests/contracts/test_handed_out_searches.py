"""A search that is handed out, from its start to what comes late, on every store."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.bootstrap import compose, read_settings
from adapters.memory.outside import FixedClock, RecordingErasures, RecordingTasks, RecordingWorkInHand
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from domain.application import Application
from domain.errors import Conflict, NotFound
from domain.handing_out.hand_out import OUTSTANDING, HandOutStatus
from domain.handing_out.results import Taken, TakenStatus
from domain.identifiers import VacancyId
from domain.search.filters import Filters
from domain.search.run import Outcome, RunStatus, SearchRun, SourceReport
from domain.search.use_cases import Card
from domain.transactions import Transactions
from domain.vacancies.arrival import Draft
from tests.builders import ANNA, NOW, a_resume_content
from tests.contracts.threads import together
from tests.domain.outsiders import ScriptedAutomation, ScriptedReader

A_WHILE = timedelta(minutes=5)
TEXT = "Ищем разработчика сервисов на Python с опытом PostgreSQL."


@dataclass(frozen=True, kw_only=True)
class Office:
    """The product on a store, with an automation; messages are noted until `work` does what they ask for."""

    application: Application
    store: Transactions
    clock: FixedClock
    tasks: RecordingTasks

    def work(self) -> SearchRun:
        while self.tasks.runs or self.tasks.late:
            while self.tasks.runs:
                self.application.run_search(run_id=self.tasks.runs.pop(0))
            while self.tasks.late:
                self.application.merge_late(run_id=self.tasks.late.pop(0))
        return self.application.show_search(telegram_id=ANNA)

    def wait(self) -> SearchRun:
        self.clock.forward(A_WHILE)
        self.application.sweep_work()
        return self.work()

    def deliver(self, run: SearchRun, *known: str, page: int = 1, pages: int = 1, drafts: Any = ()) -> Taken:
        report = SourceReport(source="acme", outcome=Outcome.OK, found=len(known) + len(drafts))
        return self.application.take_results(
            search_id=run.id,
            execution_id="execution-1",
            page=page,
            pages=pages,
            sources=[report],
            known=[VacancyId(each) for each in known],
            drafts=drafts,
        )

    def cards(self, most: int = 99) -> list[str]:
        cards: list[str] = []
        while len(cards) < most and isinstance(card := self.application.next_vacancy(telegram_id=ANNA), Card):
            cards.append(card.vacancy.id)
        return cards

    def status(self, run: SearchRun) -> HandOutStatus:
        with self.store() as tx:
            hand_out = tx.hand_outs.find(run.id)
        assert hand_out is not None
        return hand_out.status


def _draft(number: int, source: str = "internal") -> Draft:
    return Draft(
        id=str(number),
        source=source,
        title=f"Разработчик Python {number}",
        company=f"Фирма {number}",
        requirements=TEXT,
    )


@pytest.fixture
def office(with_anna: Transactions, tmp_path: Path) -> Office:
    """Return it with Anna's résumé and three vacancies of ours."""
    clock, tasks = FixedClock(NOW), RecordingTasks()
    settings = read_settings({"DATA_DIR": str(tmp_path), "SIMILARITY": "none", "TRUDVSEM_URL": "none"})
    application = compose(
        settings,
        with_anna,
        tasks,
        ScriptedReader(),
        queues=MemoryVacancyQueues(depth=3),
        in_hand=RecordingWorkInHand(),
        erasures=RecordingErasures(),
        clock=clock,
        automation=ScriptedAutomation(),
    )
    application.store_vacancies(drafts=[_draft(number) for number in (1, 2, 3)])
    application.submit_resume(telegram_id=ANNA, content=a_resume_content())
    return Office(application=application, store=with_anna, clock=clock, tasks=tasks)


def _start(office: Office, **filters: Any) -> SearchRun:
    run = office.application.start_search(telegram_id=ANNA, filters=Filters(**filters)).value
    office.work()
    return run


def test_what_comes_in_time_is_offered(office: Office) -> None:
    run = _start(office)

    office.deliver(run, "internal-1", page=2, pages=2)
    office.deliver(run, page=1, pages=2, drafts=[_draft(9, "acme")])
    ready = office.work()

    assert (ready.status, ready.engine) == (RunStatus.READY, "n8n")
    assert sorted(office.cards()) == ["acme-9", "internal-1"]
    assert office.status(run) is HandOutStatus.USED


def test_after_silence_it_is_carried_out_here_and_what_comes_late_is_merged(office: Office) -> None:
    run = _start(office)
    ready = office.wait()
    assert (ready.engine, ready.work.interruptions) == ("builtin", 0)
    shown = office.cards(1)

    taken = office.deliver(run, "internal-1", "internal-2", drafts=[_draft(9, "acme"), _draft(8, "acme")])
    merged = office.work()

    assert taken.status is TakenStatus.LATE
    assert (merged.counts.found, merged.counts.queued) == (5, 5)
    assert [report.source for report in merged.sources][-1] == "acme"
    cards = office.cards()
    assert sorted([*shown, *cards]) == ["acme-8", "acme-9", "internal-1", "internal-2", "internal-3"]
    assert office.status(run) is HandOutStatus.USED


def test_while_results_are_merged_and_repeated_and_cards_are_taken_nothing_is_shown_twice(office: Office) -> None:
    run = _start(office)
    office.wait()
    drafts = [_draft(number, "acme") for number in range(10, 40)]

    def deliver(page: int) -> object:
        office.deliver(run, "internal-1", page=page, pages=3, drafts=drafts[(page - 1) * 10 : page * 10])
        return office.application.merge_late(run_id=run.id)

    _, _, _, _, some, others = together(
        lambda: deliver(1),
        lambda: deliver(2),
        lambda: deliver(3),
        lambda: deliver(2),
        lambda: office.cards(8),
        lambda: office.cards(8),
    )
    for _ in range(4):
        office.wait()
    shown = [*some, *others, *office.cards()]  # type: ignore[misc]  # these are cards

    assert len(shown) == len(set(shown)) == 33
    assert office.status(run) is HandOutStatus.USED


def test_a_search_started_while_results_are_merged_has_its_own_queue(office: Office) -> None:
    run = _start(office)
    office.wait()
    office.deliver(run, drafts=[_draft(9, "acme")])

    together(
        lambda: office.application.merge_late(run_id=run.id),
        lambda: office.application.start_search(telegram_id=ANNA, filters=Filters(text="python")),
    )
    office.wait()
    office.wait()

    second = office.application.show_search(telegram_id=ANNA)
    assert (second.number, second.status) == (2, RunStatus.READY)
    assert office.status(run) in (HandOutStatus.USED, HandOutStatus.DROPPED)
    cards = office.cards()
    assert len(cards) == len(set(cards)) >= 3


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_at_once_every_search_ends_and_nothing_is_shown_twice(office: Office, seed: int) -> None:
    runs, shown = [_start(office)], []
    office.wait()
    drafts = [_draft(number, "acme") for number in range(10, 30)]

    def do_something(dice: Random) -> None:
        run, page = dice.choice(runs[-2:]), dice.randint(1, 4)
        chance = dice.random()
        if chance < 0.02:
            text = dice.choice([None, "python"])
            started = office.application.start_search(telegram_id=ANNA, filters=Filters(text=text))
            runs.append(started.value)
        elif chance < 0.2:
            office.application.run_search(run_id=run.id)
        elif chance < 0.45:
            office.deliver(run, "internal-1", page=page, pages=4, drafts=dice.sample(drafts, 5))
        elif chance < 0.5:
            office.application.note_failure(execution_id=None, search_id=run.id)
        elif chance < 0.65:
            office.clock.forward(timedelta(seconds=dice.choice([1, 30, 130])))
            office.application.sweep_work()
        elif chance < 0.8:
            office.application.merge_late(run_id=run.id)
        else:
            shown.extend(office.cards(1))

    def be_busy(number: int) -> None:
        dice = Random(10 * seed + number)  # noqa: S311 — what is to happen next is no secret
        for _ in range(15):
            # What the moment does not allow: a search that is under way has no cards, one that failed tells so.
            with suppress(Conflict, NotFound):
                do_something(dice)

    together(*(lambda number=number: be_busy(number) for number in range(6)))
    for _ in range(6):
        office.wait()

    shown += office.cards()
    assert len(shown) == len(set(shown))
    with office.store() as tx:
        assert [run.id for run in tx.search_runs.all_of(ANNA) if run.under_way] == []
        assert [each.id for each in tx.hand_outs.all_of(ANNA) if each.status in OUTSTANDING] == []
