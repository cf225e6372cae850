"""How a search is handed out, and what happens where nobody takes it or nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound, Unavailable
from domain.handing_out.engine import MOST_WANTED, OutsideEngine
from domain.handing_out.errand import query_of
from domain.handing_out.hand_out import HandOutStatus, Page
from domain.handing_out.results import TakenStatus
from domain.identifiers import TelegramId, VacancyId
from domain.search.filters import Filters
from domain.search.gathering import Given
from domain.search.run import Outcome, RunStatus
from domain.search.running import RunSearch
from domain.work import LEASE, MAX_INTERRUPTIONS
from tests.builders import ANNA, BORIS, NOW, a_resume_content, a_user
from tests.domain.handing_out.given import AWAY, OURS, Before, Handing, a_job, answered
from tests.domain.instruments import MEASURES
from tests.domain.product import AT_ONCE, PATIENCE

DEADLINE = NOW + PATIENCE
SECOND = timedelta(seconds=1)
VERA = TelegramId(BORIS + 1)


def test_a_run_is_left_to_the_automation_until_the_deadline_and_no_worker_waits(handing: Handing) -> None:
    run = handing.hand_out()

    assert (run.status, run.deadline, run.engine) == (RunStatus.GATHERING, DEADLINE, "n8n")
    assert run.work.lease_until == DEADLINE
    hand_out = handing.handed(run)
    assert (hand_out.status, hand_out.execution_id) == (HandOutStatus.GIVEN, "execution-1")
    assert (hand_out.telegram_id, hand_out.deadline) == (ANNA, DEADLINE)


def test_who_gathers_is_known_at_any_time(handing: Handing) -> None:
    run = handing.hand_out()
    seen = [run.engine]
    handing.board.meanwhile = lambda: seen.append(handing.run(run).engine)
    handing.fall_silent(run)
    handing.product.application.sweep_work()
    seen.append(handing.run(run).engine)

    seen.append(handing.work_through(run).engine)

    # The automation has it, had it, has it no more; then somebody else has answered.
    assert seen == ["n8n", "n8n", None, "builtin"]


def test_the_automation_is_told_what_to_look_for_and_not_for_whom(handing: Handing) -> None:
    run = handing.hand_out(text="python")

    (errand,) = handing.automation.searches
    assert (errand.search_id, errand.deadline, errand.limit) == (run.id, DEADLINE, MOST_WANTED)
    assert errand.sources == ("hh", "internal")
    assert errand.query == query_of(a_user(), a_resume_content(), Filters(text="python"), MEASURES)


def test_only_the_sources_that_the_person_named_are_asked(handing: Handing) -> None:
    handing.hand_out(sources=("trudvsem",))

    assert handing.automation.searches[0].sources == ("trudvsem",)


def test_the_row_is_there_before_anybody_is_asked(handing: Handing) -> None:
    seen: list[HandOutStatus] = []
    run = handing.product.start()
    handing.automation.meanwhile = lambda: seen.append(handing.handed(run).status)

    handing.work(run)

    assert seen == [HandOutStatus.GIVEN]


@pytest.mark.parametrize("code", ["n8n_unreachable", "n8n_unauthorized", "n8n_not_published"])
def test_what_nobody_takes_is_carried_out_here_at_once(handing: Handing, code: str) -> None:
    handing.automation.error = Unavailable(code)

    run = handing.hand_out()

    assert (run.status, run.engine, run.deadline) == (RunStatus.READY, "builtin", None)
    assert sorted(handing.cards()) == list(OURS)
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, code)


def test_no_more_is_handed_out_than_the_automation_has_at_once(handing: Handing) -> None:
    handing.product.welcome_with_resume(BORIS)
    handing.product.welcome_with_resume(VERA)
    first = handing.hand_out()
    handing.work(handing.product.start(BORIS))

    third = handing.work(handing.product.start(VERA))

    assert (third.status, third.engine) == (RunStatus.READY, "builtin")
    assert (handing.handed(third).status, handing.handed(third).reason) == (HandOutStatus.FAILED, "n8n_busy")
    assert len(handing.automation.searches) == AT_ONCE
    # What was answered, or never will be, leaves room.
    handing.deliver(first, "internal-1")
    assert handing.work(handing.product.start(VERA, text="python")).status is RunStatus.GATHERING
    handing.product.clock.time = DEADLINE
    assert handing.work(handing.product.start(ANNA, text="python")).status is RunStatus.GATHERING


def test_silence_is_not_counted_against_the_run_and_it_is_carried_out_here(handing: Handing) -> None:
    run = handing.hand_out()
    handing.product.clock.time = DEADLINE
    assert handing.product.application.sweep_work().overdue == []
    handing.product.clock.forward(SECOND)

    assert handing.product.application.sweep_work().overdue == [run.id]
    waiting = handing.run(run)
    run = handing.work_through(run)

    assert (waiting.status, waiting.deadline) == (RunStatus.QUEUED, None)
    assert (run.status, run.engine) == (RunStatus.READY, "builtin")
    assert (run.work.interruptions, run.work.failures) == (0, 0)
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_silent")


def test_a_run_is_handed_out_once_however_often_it_is_tried(handing: Handing) -> None:
    handing.board.outcome = Outcome.TIMEOUT
    run = handing.hand_out(sources=("hh",))
    handing.fall_silent(run)

    for _ in range(3):
        handing.sweep(run)
        handing.product.clock.forward(timedelta(minutes=1))

    assert handing.run(run).status is RunStatus.FAILED
    assert len(handing.automation.searches) == 1


def test_no_process_that_starts_takes_back_what_the_automation_still_has_time_for(handing: Handing) -> None:
    run = handing.hand_out()

    swept = handing.product.application.sweep_work(alone=True)

    assert (swept.taken_back, swept.overdue) == ([], [])
    assert handing.run(run) == run


def test_a_worker_that_dies_while_it_hands_out_costs_nothing_but_time(handing: Handing) -> None:
    run = handing.product.start()
    handing.automation.error = KeyError("the process was killed")
    with pytest.raises(KeyError):
        handing.work(run)
    handing.automation.error = None
    handing.product.clock.forward(timedelta(minutes=1))

    run = handing.sweep(run)

    assert (run.status, run.engine) == (RunStatus.READY, "builtin")
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_silent")


def test_a_worker_that_lost_its_run_meanwhile_gives_nothing_up(handing: Handing) -> None:
    run = handing.product.start()

    def taken_over() -> None:
        handing.automation.meanwhile = lambda: None
        handing.product.clock.forward(LEASE + SECOND)
        handing.product.application.sweep_work()
        handing.product.application.run_search(run_id=run.id)

    handing.automation.meanwhile = taken_over

    run = handing.work(run)

    assert (run.status, run.engine, run.work.attempt) == (RunStatus.READY, "builtin", 2)
    assert handing.handed(run).execution_id is None


def test_a_worker_that_lost_its_run_before_hands_nothing_out(handing: Handing) -> None:
    run = handing.product.start()
    engine = handing.product.application.run_search.engines[0]
    with handing.product.store() as tx:
        stale = tx.search_runs.claim(run.id, at=NOW, until=NOW + LEASE)
        assert stale is not None
        tx.search_runs.settle(stale.interrupted(at=NOW))

    assert engine.gather(stale, a_resume_content()) == Given(until=NOW)

    assert handing.automation.searches == []
    handing.product.application.erase_user(telegram_id=ANNA)
    assert engine.gather(stale, a_resume_content()) == Given(until=NOW)


@pytest.mark.parametrize("error", [None, AWAY])
def test_a_person_erased_while_their_search_is_handed_out_stays_erased(
    handing: Handing, error: Exception | None
) -> None:
    run = handing.product.start()
    handing.automation.error = error
    handing.automation.meanwhile = lambda: handing.product.application.erase_user(telegram_id=ANNA)

    handing.product.application.run_search(run_id=run.id)

    handing.product.welcome()
    export = handing.product.application.export_user(telegram_id=ANNA)
    assert (*export.search_runs, *export.hand_outs, *export.matches) == ()


def test_what_was_handed_out_is_shown_to_whom_it_is_about(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1", pages=2)

    export = handing.product.application.export_user(telegram_id=ANNA)

    assert export.hand_outs == [handing.handed(run)]
    page = Page(number=1, vacancy_ids=(VacancyId("internal-1"),), sources=(answered(),))
    assert export.delivered == {run.id: [page]}


def test_another_search_drops_what_was_handed_out(handing: Handing) -> None:
    first = handing.hand_out(text="python")

    second = handing.hand_out()

    assert (handing.run(first).status, handing.handed(first).status) == (RunStatus.CANCELLED, HandOutStatus.DROPPED)
    assert handing.handed(second).status is HandOutStatus.GIVEN


def test_what_came_of_a_search_is_forgotten_when_another_follows(handing: Handing) -> None:
    first = handing.hand_out(text="python")
    handing.deliver(first, "internal-1", pages=2)
    assert handing.remembered(first) == ["internal-1"]

    handing.product.start()

    assert handing.remembered(first) == []


def test_what_came_of_a_search_that_failed_is_kept_until_another_follows(handing: Handing) -> None:
    handing.board.outcome = Outcome.CLOSED_BY_PROVIDER
    handing.keep(a_job(1, id=VacancyId("hh-1"), source="hh"))
    first = handing.hand_out(sources=("hh",))
    handing.deliver(first, "hh-1", pages=2, sources=[answered("hh")])
    handing.fall_silent(first)
    assert handing.sweep(first).status is RunStatus.FAILED
    assert handing.remembered(first) == ["hh-1"]

    handing.product.start()

    assert handing.remembered(first) == []
    assert (handing.handed(first).status, handing.handed(first).reason) == (HandOutStatus.FAILED, "n8n_silent")


def test_a_search_cancelled_while_it_is_handed_out_stays_so(handing: Handing) -> None:
    first = handing.product.start(text="python")
    handing.automation.meanwhile = lambda: handing.product.start()

    run = handing.work(first)

    assert (run.status, handing.handed(first).status) == (RunStatus.CANCELLED, HandOutStatus.DROPPED)


def test_a_run_given_up_by_its_worker_waits_for_the_next_one(handing: Handing) -> None:
    run = handing.product.start()
    handing.automation.meanwhile = handing.product.in_hand.hand_back

    assert handing.work(run).status is RunStatus.QUEUED
    assert handing.sweep(run).engine == "builtin"


class _EndingOnceHandedOut:
    """Hands back what a worker has at the moment at which it is done with it."""

    @contextmanager
    def held(
        self,
        *,
        renew: Callable[[], object],  # noqa: ARG002 — as the port has it
        hand_back: Callable[[], object],
    ) -> Iterator[None]:
        yield
        hand_back()


def test_a_process_that_ends_once_a_run_is_handed_out_takes_nothing_back(handing: Handing) -> None:
    run = handing.product.start()
    run_search = replace(handing.product.application.run_search, in_hand=_EndingOnceHandedOut())

    run_search(run_id=run.id)

    assert handing.run(run).awaiting
    handing.deliver(run, "internal-1")
    assert handing.work_through(run).engine == "n8n"


def test_a_person_erased_while_their_search_is_handed_back_stays_erased(handing: Handing) -> None:
    run = handing.product.start()

    def erase_and_end() -> None:
        handing.product.application.erase_user(telegram_id=ANNA)
        handing.product.in_hand.hand_back()

    handing.automation.meanwhile = erase_and_end

    handing.product.application.run_search(run_id=run.id)

    with pytest.raises(NotFound):
        handing.product.application.show_search(telegram_id=ANNA)


def test_a_store_that_was_away_while_it_was_handed_out_has_it_carried_out_here_and_what_comes_is_merged(
    handing: Handing,
) -> None:
    run_search = handing.product.application.run_search
    outside, builtin = run_search.engines
    assert isinstance(outside, OutsideEngine)

    def away() -> None:
        raise Unavailable("store_unavailable")

    forgetful = replace(outside, transaction=Before(handing.product.store, 2, away))
    run = handing.product.start()
    replace(run_search, engines=(forgetful, builtin))(run_id=run.id)

    hand_out = handing.handed(run)
    assert (handing.run(run).engine, hand_out.execution_id) == ("builtin", None)
    assert hand_out.status is HandOutStatus.GIVEN
    handing.keep(a_job(9, id=VacancyId("acme-9"), source="acme"))
    handing.deliver(run, "acme-9")
    handing.work_through(run)
    assert sorted(handing.cards()) == ["acme-9", *OURS]


def test_a_run_whose_workers_all_died_fails_and_is_not_waited_for(handing: Handing) -> None:
    run = handing.hand_out()
    handing.fall_silent(run)
    for _ in range(MAX_INTERRUPTIONS + 1):
        handing.product.application.sweep_work()
        with handing.product.store() as tx:
            now = handing.product.clock.now()
            assert tx.search_runs.claim(run.id, at=now, until=now + LEASE)
        handing.product.clock.forward(LEASE + SECOND)
    handing.product.application.sweep_work()

    assert (handing.run(run).status, handing.run(run).reason) == (RunStatus.FAILED, "interrupted")


def _without_store(handing: Handing, number: int) -> RunSearch:
    """Return the running of searches whose outside engine finds the store away, once."""
    run_search = handing.product.application.run_search
    n8n, builtin = run_search.engines
    assert isinstance(n8n, OutsideEngine)
    away = Before(handing.product.store, number, lambda: _raise(Unavailable("store_unavailable")))
    return replace(run_search, engines=(replace(n8n, transaction=away), builtin))


def _raise(error: Exception) -> None:
    raise error


def test_a_search_taken_there_and_carried_out_here_is_not_waited_for_after_its_deadline(handing: Handing) -> None:
    run = handing.product.start()
    # When it is to be noted that it was taken.
    _without_store(handing, 2)(run_id=run.id)
    assert (handing.run(run).engine, handing.handed(run).status) == ("builtin", HandOutStatus.GIVEN)

    handing.product.clock.time = DEADLINE
    assert handing.product.application.sweep_work().overdue == []
    handing.product.clock.forward(SECOND)

    assert handing.product.application.sweep_work().overdue == [run.id]
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_silent")
    # What comes even so is not lost.
    assert handing.deliver(run, "internal-1").status is TakenStatus.LATE


def test_what_was_handed_out_of_a_search_that_failed_is_not_waited_for(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1")
    with handing.product.store() as tx:
        now = handing.product.clock.now()
        claimed = tx.search_runs.claim(run.id, at=now, until=now + LEASE)
        assert claimed is not None
        tx.search_runs.settle(claimed.refused(at=now, reason="internal_error"))
    handing.fall_silent(run)

    assert handing.product.application.sweep_work().overdue == [run.id]

    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_unused")
    # Tried again, it is answered here, and what was found there is merged.
    with handing.product.store() as tx:
        assert tx.search_runs.retry(handing.run(run).retried(at=now))
    assert handing.sweep(run).engine == "builtin"
    assert handing.handed(run).status is HandOutStatus.LATE


def test_an_engine_that_is_asked_for_nothing_says_who_it_is(handing: Handing) -> None:
    engine = handing.product.application.run_search.engines[0]

    assert isinstance(engine, OutsideEngine)
    assert (engine.name, engine.patience) == ("n8n", PATIENCE)
