"""What is made of the results of a search that was handed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.handing_out.hand_out import HandOutStatus
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.resumes.content import WorkFormat
from domain.search.run import Outcome, RunStatus, SourceReport
from domain.work import LEASE
from tests.builders import NOW, a_resume_content
from tests.domain.handing_out.given import CLOSED, Handing, a_job, answered
from tests.domain.instruments import MEASURES

SECOND = timedelta(seconds=1)


def test_what_came_is_ranked_and_the_automation_is_named(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1", "internal-2")

    run = handing.work_through(run)

    assert (run.status, run.engine, run.work.attempt) == (RunStatus.READY, "n8n", 2)
    assert sorted(handing.cards()) == ["internal-1", "internal-2"]
    hand_out = handing.handed(run)
    assert (hand_out.status, hand_out.finished_at) == (HandOutStatus.USED, NOW)
    with handing.product.store() as tx:
        assert [(page.used, page.vacancy_ids) for page in tx.hand_outs.pages(run.id)] == [(True, ())]


def test_a_source_that_is_not_spoken_of_has_not_answered(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1")

    assert handing.work_through(run).sources == (answered(), SourceReport(source="hh", outcome=Outcome.ERROR))


def test_an_answer_for_which_no_source_has_looked_is_no_answer(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, sources=[CLOSED])

    run = handing.work_through(run)

    assert (run.status, run.engine) == (RunStatus.READY, "builtin")
    hand_out = handing.handed(run)
    assert (hand_out.status, hand_out.reason) == (HandOutStatus.FAILED, "no_source_answered")


def test_nothing_found_is_an_answer(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, sources=[SourceReport(source="internal", outcome=Outcome.EMPTY)])

    run = handing.work_through(run)

    assert (run.status, run.engine, run.counts.found) == (RunStatus.READY, "n8n", 0)


def test_what_is_closed_or_not_asked_for_is_not_offered(handing: Handing) -> None:
    of_acme = {"company": None, "source": "acme", "work_format": WorkFormat.OFFICE}
    handing.product.keep(
        a_job(4, closes_at=NOW),
        a_job(5, id=VacancyId("acme-5"), **of_acme),
        a_job(6, id=VacancyId("acme-6"), **{**of_acme, "work_format": WorkFormat.REMOTE}),
        a_job(7, id=VacancyId("hh-7"), source="hh", work_format=WorkFormat.OFFICE),
    )
    run = handing.hand_out(work_format=WorkFormat.REMOTE)
    # What boards gave went through the filters there.
    handing.deliver(run, "internal-4", "acme-5", "acme-6", "hh-7")

    handing.work_through(run)

    assert sorted(handing.cards()) == ["acme-6", "hh-7"]


def test_what_no_source_that_was_named_gave_is_not_offered(handing: Handing) -> None:
    handing.keep(a_job(7, id=VacancyId("hh-7"), source="hh"), a_job(8, id=VacancyId("acme-8"), source="acme"))

    # Whoever posts to us is found in the catalogue.
    for source, found in (("internal", ["acme-8", "internal-1"]), ("hh", ["hh-7"])):
        run = handing.hand_out(sources=(source,))
        handing.deliver(run, "internal-1", "hh-7", "acme-8", sources=[answered(source)])
        handing.work_through(run)
        assert sorted(handing.cards()) == found


def test_an_answer_quicker_than_the_worker_is_ranked_by_it_at_once(handing: Handing) -> None:
    run = handing.product.start()
    handing.automation.meanwhile = lambda: handing.deliver(run, "internal-1", execution_id="execution-2")

    run = handing.work(run)

    assert (run.status, run.engine, run.work.attempt) == (RunStatus.READY, "n8n", 1)
    assert handing.handed(run).execution_id == "execution-2"


def test_a_failure_told_before_the_worker_is_back_has_it_carry_out_the_search_itself(handing: Handing) -> None:
    run = handing.product.start()
    handing.automation.meanwhile = lambda: handing.product.application.note_failure(
        execution_id="execution-1", search_id=run.id
    )

    run = handing.work(run)

    assert (run.status, run.engine, run.work.attempt) == (RunStatus.READY, "builtin", 1)


def test_results_wait_for_the_next_worker_where_the_one_that_had_the_run_died(handing: Handing) -> None:
    run = handing.product.start()
    with handing.product.store() as tx:
        claimed = tx.search_runs.claim(run.id, at=NOW, until=NOW + LEASE)
        assert claimed is not None
    handing.product.application.run_search.engines[0].gather(claimed, a_resume_content())
    handing.deliver(run, "internal-1")
    handing.product.clock.forward(LEASE + SECOND)

    run = handing.sweep(run)

    assert (run.status, run.engine, run.work.interruptions) == (RunStatus.READY, "n8n", 1)


class _Broken:
    """A similarity that fails in a way nobody thought of, as long as a test wants."""

    model: str | None = None

    def __init__(self) -> None:
        self.broken = True

    def between(self, text: str, others: object) -> None:  # noqa: ARG002 — as the port has it
        if self.broken:
            raise RuntimeError


def test_what_came_is_still_there_when_ranking_it_is_tried_again(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1")
    broken = _Broken()
    run_search = handing.product.application.run_search
    measures: Measures = replace(MEASURES, similarity=broken)
    failing = replace(
        run_search, assess=replace(run_search.assess, scorer=replace(run_search.assess.scorer, measures=measures))
    )
    with pytest.raises(RuntimeError):
        failing(run_id=run.id)
    handing.product.clock.forward(timedelta(minutes=1))

    run = handing.sweep(run)

    assert (run.status, run.engine, run.work.failures) == (RunStatus.READY, "n8n", 1)
