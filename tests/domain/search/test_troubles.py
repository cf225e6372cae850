"""What a run makes of engines and sources that do not answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Unavailable
from domain.identifiers import RunId
from domain.search.filters import Filters
from domain.search.run import Outcome, RunStatus, SearchRun, SourceReport
from domain.work import MAX_FAILURES
from tests.builders import ANNA, NOW, a_vacancy
from tests.domain.outsiders import ScriptedEngine, ScriptedSource
from tests.domain.product import Product, a_product

BUSY = Unavailable("n8n_unavailable")


def test_the_built_in_engine_answers_when_the_preferred_one_is_down() -> None:
    product = a_product(engines=(ScriptedEngine("n8n", error=BUSY), ScriptedEngine("builtin", (a_vacancy(),))))
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.engine, run.work.failures) == (RunStatus.READY, "builtin", 0)
    assert product.all_cards() == ["internal-1"]


def test_a_run_whose_engines_are_all_down_is_tried_again_later() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),), error=BUSY)
    product = a_product(engines=(engine,))
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.work.failures, run.reason) == (RunStatus.QUEUED, 1, None)
    assert run.work.due_at > NOW
    engine.error = None
    assert product.run(run).status is RunStatus.QUEUED
    product.clock.forward(timedelta(minutes=5))
    assert product.run(run).status is RunStatus.READY


def test_a_run_whose_engines_stay_down_fails_with_their_reason() -> None:
    product = a_product(engines=(ScriptedEngine("n8n", error=Unavailable("other")), ScriptedEngine("b", error=BUSY)))
    product.welcome_with_resume()
    run = product.start()

    for _ in range(MAX_FAILURES):
        run = product.run(run)
        product.clock.forward(timedelta(hours=1))

    assert (run.status, run.reason) == (RunStatus.FAILED, "n8n_unavailable")


def test_a_fault_of_ours_counts_as_a_failure_and_is_not_hidden() -> None:
    product = a_product(engines=(ScriptedEngine("builtin", error=ZeroDivisionError()),))
    product.welcome_with_resume()
    run = product.start()

    for _ in range(MAX_FAILURES):
        with pytest.raises(ZeroDivisionError):
            product.application.run_search(run_id=run.id)
        product.clock.forward(timedelta(hours=1))

    run = product.application.show_search(telegram_id=ANNA)
    assert (run.status, run.reason) == (RunStatus.FAILED, "internal_error")


def test_a_run_for_a_person_without_a_résumé_fails_with_that_reason(product: Product) -> None:
    product.welcome()
    run = SearchRun.queued(id=RunId("run-1"), telegram_id=ANNA, number=1, filters=Filters(), at=NOW)
    with product.store() as tx:
        tx.search_runs.add(run)

    run = product.run(run)

    assert (run.status, run.reason) == (RunStatus.FAILED, "no_resume")


def test_a_search_that_no_source_could_answer_fails_and_says_what_each_said(product: Product) -> None:
    product.welcome_with_resume()

    run = product.search(sources=("hh",))

    assert (run.status, run.reason) == (RunStatus.FAILED, "no_source_answered")
    assert run.sources == (SourceReport(source="hh", outcome=Outcome.NOT_CONFIGURED),)


def test_a_search_whose_only_source_is_busy_is_tried_again() -> None:
    product = a_product(sources=(ScriptedSource("hh", outcome=Outcome.RATE_LIMITED),))
    product.welcome_with_resume()

    run = product.search(sources=("hh",))

    assert (run.status, run.work.failures) == (RunStatus.QUEUED, 1)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.OK, Outcome.EMPTY}))
def test_one_source_that_answers_is_enough(outcome: Outcome) -> None:
    product = a_product(sources=(ScriptedSource("hh", outcome=outcome),))
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, [report.outcome for report in run.sources]) == (RunStatus.READY, [Outcome.EMPTY, outcome])


def test_a_search_whose_only_source_stays_busy_fails_in_the_end() -> None:
    product = a_product(sources=(ScriptedSource("hh", outcome=Outcome.TIMEOUT),))
    product.welcome_with_resume()
    run = product.start(sources=("hh",))

    for _ in range(MAX_FAILURES):
        run = product.run(run)
        product.clock.forward(timedelta(hours=1))

    assert (run.status, run.reason, run.work.failures) == (RunStatus.FAILED, "no_source_answered", MAX_FAILURES)


@pytest.mark.parametrize("outcome", [Outcome.CAPTCHA, Outcome.RATE_LIMITED, Outcome.TIMEOUT, Outcome.GEO_BLOCKED])
def test_what_came_before_a_trouble_is_served_and_the_trouble_told(outcome: Outcome) -> None:
    source = ScriptedSource("hh", (a_vacancy(id="hh-1"),), outcome)
    product = a_product(sources=(source,))
    product.welcome_with_resume()

    run = product.search(sources=("hh",))

    assert run.status is RunStatus.READY
    assert run.sources == (SourceReport(source="hh", outcome=outcome, found=1),)
    assert product.all_cards() == ["hh-1"]
