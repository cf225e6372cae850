"""How results are taken: in pages, in any order, more than once, sooner and later than they should come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from domain.errors import Conflict, Invalid, NotFound
from domain.handing_out.engine import MOST_TAKEN, ids_in
from domain.handing_out.hand_out import MOST_PAGES, HandOutKind, HandOutStatus, Page
from domain.handing_out.results import Taken, TakenStatus
from domain.identifiers import RunId, VacancyId
from domain.search.run import Outcome, RunStatus, SearchRun
from domain.vacancies.arrival import Draft
from domain.vacancies.use_cases import Arrival
from tests.builders import ANNA, NOW, a_hand_out
from tests.domain.handing_out.given import AWAY, CLOSED, OURS, ErasedBetween, Handing, a_job, answered


def test_the_last_page_lets_a_worker_rank_the_run_at_once(handing: Handing) -> None:
    run = handing.hand_out()

    taken = handing.deliver(run, "internal-1")

    assert taken == Taken(status=TakenStatus.TAKEN, complete=True)
    queued = handing.run(run)
    assert (queued.status, queued.deadline, queued.work.due_at) == (RunStatus.QUEUED, None, NOW)
    assert handing.product.tasks.runs == [run.id]
    assert handing.handed(run).status is HandOutStatus.ANSWERED


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_pages_come_in_any_order(handing: Handing, order: tuple[int, ...]) -> None:
    run = handing.hand_out()

    complete = [handing.deliver(run, f"internal-{number}", page=number, pages=3).complete for number in order]

    assert complete == [False, False, True]
    assert handing.product.tasks.runs == [run.id]
    run = handing.work_through(run)
    assert (run.engine, run.counts.queued) == ("n8n", 3)


@pytest.mark.parametrize("pages", [1, 2])
def test_a_repeated_page_changes_nothing(handing: Handing, pages: int) -> None:
    run = handing.hand_out()
    draft = Draft(id="acme-1", source="acme", title="Повар")
    handing.deliver(run, "internal-1", pages=pages)
    handing.product.tasks.runs.clear()
    before = handing.held()

    again = handing.deliver(run, "internal-2", pages=pages, drafts=[draft])

    assert again == Taken(status=TakenStatus.REPEATED, complete=pages == 1)
    assert (handing.held(), handing.product.tasks.runs) == (before, [])
    with handing.product.store() as tx:
        assert tx.vacancies.among([VacancyId("acme-1")]) == {}


def test_a_page_repeated_while_it_is_taken_counts_once(handing: Handing) -> None:
    run = handing.hand_out()
    taken: list[Taken] = []

    taken.append(handing.deliver(run, "internal-1", meanwhile=lambda: taken.append(handing.deliver(run, "internal-1"))))

    assert [each.status for each in taken] == [TakenStatus.TAKEN, TakenStatus.REPEATED]
    assert handing.product.tasks.runs == [run.id]


def test_the_results_of_another_execution_are_not_taken_for_those_of_the_one_that_has_the_search(
    handing: Handing,
) -> None:
    run = handing.hand_out()
    before = handing.held()

    with pytest.raises(Conflict, match="another_execution"):
        handing.deliver(run, "internal-3", execution_id="execution-2", drafts=[Draft(id="1", source="acme", title="Я")])

    assert (handing.held(), handing.product.tasks.runs) == (before, [])
    assert handing.deliver(run, "internal-1").status is TakenStatus.TAKEN
    handing.work_through(run)
    assert handing.cards() == ["internal-1"]


def test_another_number_of_pages_than_the_first_has_told_is_refused(handing: Handing) -> None:
    run = handing.hand_out()
    handing.deliver(run, "internal-1", page=2, pages=2)
    before = handing.held()

    for page, pages in ((1, 1), (2, 3), (1, 5)):
        with pytest.raises(Conflict, match="other_pages"):
            handing.deliver(run, "internal-3", page=page, pages=pages)

    assert handing.held() == before
    assert handing.deliver(run, "internal-2", page=1, pages=2) == Taken(status=TakenStatus.TAKEN, complete=True)
    handing.work_through(run)
    assert sorted(handing.cards()) == ["internal-1", "internal-2"]


def test_of_two_executions_of_which_nobody_has_told_the_one_that_answers_first_counts(handing: Handing) -> None:
    handing.automation.execution_id = None
    run = handing.hand_out()
    handing.deliver(run, "internal-1", page=2, pages=2, execution_id="execution-2")

    for other in ("execution-3", None):
        with pytest.raises(Conflict, match="another_execution"):
            handing.deliver(run, "internal-3", page=1, pages=2, execution_id=other)
    taken = [handing.deliver(run, "internal-2", page=1, pages=2, execution_id="execution-2") for _ in range(2)]

    assert [each.status for each in taken] == [TakenStatus.TAKEN, TakenStatus.REPEATED]


def test_results_quicker_than_the_answer_are_kept_and_another_answer_changes_nothing(handing: Handing) -> None:
    run = handing.product.start()
    taken: list[Taken] = []
    handing.automation.meanwhile = lambda: taken.append(
        handing.deliver(run, "internal-1", page=1, pages=2, execution_id="execution-9")
    )

    handing.work(run)

    taken.append(handing.deliver(run, "internal-2", page=2, pages=2, execution_id="execution-9"))
    assert [each.status for each in taken] == [TakenStatus.TAKEN] * 2
    with pytest.raises(Conflict, match="another_execution"):
        handing.deliver(run, "internal-2", page=2, pages=2, execution_id="execution-1")


def test_another_execution_that_answers_while_results_are_taken_is_refused(handing: Handing) -> None:
    handing.automation.execution_id = None
    run = handing.hand_out()

    with pytest.raises(Conflict, match="another_execution"):
        handing.deliver(
            run, "internal-1", meanwhile=lambda: handing.deliver(run, "internal-2", execution_id="execution-2")
        )

    handing.work_through(run)
    assert handing.cards() == ["internal-2"]


def test_what_nobody_waits_for_is_dropped_whoever_sends_it(handing: Handing) -> None:
    run = handing.hand_out(text="python")
    handing.product.start()

    assert handing.deliver(run, "internal-1", execution_id="execution-2").status is TakenStatus.DROPPED


def test_ids_that_nobody_knows_are_told_and_the_others_go_in(handing: Handing) -> None:
    run = handing.hand_out()

    taken = handing.deliver(run, "internal-1", "hh-404", "internal-1", "hh-404")

    assert taken.unknown == ("hh-404",)
    handing.work_through(run)
    assert handing.cards() == ["internal-1"]


def test_drafts_go_into_the_catalogue_and_bad_ones_are_told(handing: Handing) -> None:
    run = handing.hand_out()
    good = Draft(id="1", source="acme", title="Разработчик Python", description="Python")
    bad = [Draft(id="hh-1", source="hh", title="Подделка"), Draft(id="2", source="acme", title="")]

    taken = handing.deliver(run, sources=[answered("acme")], drafts=[bad[0], good, bad[1]])

    assert [each.arrival for each in taken.arrived] == [Arrival.REFUSED, Arrival.CREATED, Arrival.REFUSED]
    assert taken.arrived[0].errors == {"source": ["built_in_source"], "id": ["built_in_source"]}
    handing.work_through(run)
    assert handing.cards() == ["acme-1"]


def test_a_search_of_nobody_is_not_found(handing: Handing) -> None:
    with pytest.raises(NotFound, match="search_not_found"):
        handing.product.application.take_results(
            search_id=RunId("run-of-nobody"), execution_id=None, page=1, pages=1, sources=[], known=[], drafts=[]
        )


def test_a_search_that_was_not_handed_out_has_no_results(handing: Handing) -> None:
    run = handing.product.start()

    with pytest.raises(Conflict, match="not_handed_out"):
        handing.deliver(run, "internal-1")


@pytest.mark.parametrize(
    ("page", "pages", "field"), [(0, 1, "page"), (3, 2, "page"), (1, 0, "pages"), (1, MOST_PAGES + 1, "pages")]
)
def test_a_page_that_there_cannot_be_is_refused(handing: Handing, page: int, pages: int, field: str) -> None:
    run = handing.hand_out()

    with pytest.raises(Invalid) as invalid:
        handing.deliver(run, page=page, pages=pages)

    assert invalid.value.errors == {field: ["out_of_range"]}


def test_results_for_an_erased_person_are_for_nobody(handing: Handing) -> None:
    run = handing.hand_out()
    handing.product.application.erase_user(telegram_id=ANNA)

    with pytest.raises(NotFound, match="search_not_found"):
        handing.deliver(run, "internal-1")


def test_a_person_erased_while_results_are_taken_stays_erased(handing: Handing) -> None:
    run = handing.hand_out()

    def erase() -> None:
        handing.product.application.erase_user(telegram_id=ANNA)

    with pytest.raises(NotFound, match="search_not_found"):
        handing.deliver(run, "internal-1", meanwhile=erase)


def test_results_of_a_cancelled_search_are_dropped(handing: Handing) -> None:
    run = handing.hand_out(text="python")
    handing.product.start()
    before = handing.held()

    taken = handing.deliver(run, "internal-1", drafts=[Draft(id="1", source="acme", title="Повар")])

    assert taken == Taken(status=TakenStatus.DROPPED, complete=False)
    assert handing.held() == before


def test_results_of_a_search_that_is_not_the_latest_are_dropped(handing: Handing) -> None:
    first = handing.plan_b()
    handing.product.start()
    before = handing.held()

    assert handing.deliver(first, "internal-1").status is TakenStatus.DROPPED
    assert handing.held() == before


def test_results_that_come_as_the_deadline_passes_are_ranked_whoever_was_first(handing: Handing) -> None:
    run = handing.hand_out()
    handing.fall_silent(run)
    handing.product.application.sweep_work()

    assert handing.deliver(run, "internal-1").status is TakenStatus.TAKEN
    run = handing.work_through(run)

    assert (run.status, run.engine) == (RunStatus.READY, "n8n")
    assert handing.handed(run).status is HandOutStatus.USED


def test_results_after_the_deadline_that_nobody_has_noticed_are_ranked(handing: Handing) -> None:
    run = handing.hand_out()
    handing.fall_silent(run)

    handing.deliver(run, "internal-1")

    assert handing.sweep(run).engine == "n8n"


def test_results_for_a_person_who_is_erased_at_that_moment_are_for_nobody(handing: Handing) -> None:
    run = handing.hand_out()
    take_results = replace(handing.product.application.take_results, transaction=ErasedBetween(handing.product.store))

    with pytest.raises(NotFound, match="search_not_found"):
        take_results(search_id=run.id, execution_id=None, page=1, pages=1, sources=[], known=[], drafts=[])


def test_nobodys_search_is_not_found_rather_than_not_handed_out(handing: Handing) -> None:
    run = handing.product.start()
    take_results = replace(handing.product.application.take_results, transaction=ErasedBetween(handing.product.store))

    with pytest.raises(NotFound, match="search_not_found"):
        take_results(search_id=run.id, execution_id=None, page=1, pages=1, sources=[], known=[], drafts=[])


def test_a_search_cancelled_while_its_results_are_taken_gets_none(handing: Handing) -> None:
    run = handing.hand_out(text="python")

    taken = handing.deliver(run, "internal-1", meanwhile=handing.product.start)

    assert taken.status is TakenStatus.DROPPED
    with handing.product.store() as tx:
        assert tx.hand_outs.pages(run.id) == []


def test_results_that_come_while_the_search_is_carried_out_here_are_merged_afterwards(handing: Handing) -> None:
    run = handing.hand_out()
    handing.fall_silent(run)
    found = Draft(id="4", source="acme", title="Разработчик Python")
    seen: list[Taken] = []
    handing.board.meanwhile = lambda: seen.append(
        handing.deliver(run, "internal-1", sources=[answered("acme")], drafts=[found])
    )

    run = handing.sweep(run)
    late = handing.handed(run)
    handing.sweep(run)

    assert [(each.status, each.complete) for each in seen] == [(TakenStatus.TAKEN, True)]
    assert (run.status, run.engine, late.status) == (RunStatus.READY, "builtin", HandOutStatus.LATE)
    assert handing.handed(run).status is HandOutStatus.USED
    assert sorted(handing.cards()) == ["acme-4", *OURS]


def test_results_that_come_while_nobody_answers_here_are_ranked(handing: Handing) -> None:
    handing.board.outcome = Outcome.CLOSED_BY_PROVIDER
    handing.keep(a_job(1, id=VacancyId("hh-1"), source="hh"))
    run = handing.hand_out(sources=("hh",))
    handing.fall_silent(run)
    handing.board.meanwhile = lambda: handing.deliver(run, "hh-1", sources=[answered("hh")])

    handing.sweep(run)
    run = handing.sweep(run)

    assert (run.status, run.engine, run.work.failures) == (RunStatus.READY, "n8n", 0)
    assert handing.cards() == ["hh-1"]


def test_a_person_erased_while_nobody_answers_stays_erased(handing: Handing) -> None:
    handing.board.outcome = Outcome.CLOSED_BY_PROVIDER
    run = handing.hand_out(sources=("hh",))
    handing.fall_silent(run)
    handing.board.meanwhile = lambda: handing.product.application.erase_user(telegram_id=ANNA)

    handing.product.application.sweep_work()
    handing.product.application.run_search(run_id=run.id)

    with pytest.raises(NotFound):
        handing.product.application.show_search(telegram_id=ANNA)


def _failed(handing: Handing) -> SearchRun:
    """Return a search that failed, since nobody has answered."""
    handing.board.outcome = Outcome.CLOSED_BY_PROVIDER
    handing.keep(a_job(1, id=VacancyId("hh-1"), source="hh"))
    run = handing.hand_out(sources=("hh",))
    handing.fall_silent(run)
    run = handing.sweep(run)
    assert (run.status, run.reason) == (RunStatus.FAILED, "no_source_answered")
    return run


def test_results_revive_a_search_that_had_failed(handing: Handing) -> None:
    run = _failed(handing)

    taken = handing.deliver(run, "hh-1", sources=[answered("hh")])

    assert taken.status is TakenStatus.TAKEN
    run = handing.work_through(run)
    assert (run.status, run.engine, run.reason) == (RunStatus.READY, "n8n", None)
    assert handing.cards() == ["hh-1"]


def test_results_for_which_nobody_looked_revive_nothing(handing: Handing) -> None:
    run = _failed(handing)

    handing.deliver(run, sources=[CLOSED])

    assert (handing.run(run), handing.product.tasks.runs) == (run, [])


def test_a_search_that_failed_is_revived_when_its_last_page_is_here(handing: Handing) -> None:
    run = _failed(handing)

    handing.deliver(run, "hh-1", sources=[answered("hh")], pages=2)
    assert handing.run(run).status is RunStatus.FAILED
    handing.deliver(run, sources=[], page=2, pages=2)

    assert handing.work_through(run).status is RunStatus.READY


def test_some_of_the_pages_of_a_search_that_was_given_up_are_merged(handing: Handing) -> None:
    run = handing.hand_out()
    handing.keep(a_job(9, id=VacancyId("acme-9"), source="acme"))
    handing.deliver(run, "acme-9", pages=3)
    handing.fall_silent(run)

    run = handing.sweep(run)
    assert run.engine == "builtin"
    handing.sweep(run)

    assert sorted(handing.cards()) == ["acme-9", *OURS]


def test_after_a_refusal_nothing_is_late_unless_something_comes(handing: Handing) -> None:
    handing.automation.error = AWAY
    run = handing.hand_out()

    handing.deliver(run, sources=[CLOSED])

    assert handing.handed(run).status is HandOutStatus.FAILED
    assert handing.product.application.sweep_work().sent == 0


def test_of_more_than_a_worker_has_time_for_the_best_are_looked_at() -> None:
    ids = tuple(VacancyId(f"acme-{number}") for number in range(MOST_TAKEN))
    best = VacancyId("acme-best")

    assert ids_in([Page(number=1, vacancy_ids=(best, best)), Page(number=2, vacancy_ids=ids)]) == [best, *ids[:-1]]


def test_an_answer_of_no_use_that_comes_while_the_search_is_carried_out_here_ends_all_the_same(
    handing: Handing,
) -> None:
    run = handing.hand_out()
    handing.fall_silent(run)
    handing.board.meanwhile = lambda: handing.deliver(run, sources=[CLOSED])
    run = handing.sweep(run)

    handing.product.application.sweep_work()

    assert (run.status, run.engine) == (RunStatus.READY, "builtin")
    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "n8n_unused")


def test_the_hand_out_of_a_file_is_not_one_of_a_search(handing: Handing) -> None:
    run = handing.product.start()
    with handing.product.store() as tx:
        tx.hand_outs.add(a_hand_out(id=run.id, kind=HandOutKind.FILE))

    with pytest.raises(Conflict, match="not_handed_out"):
        handing.deliver(run, "internal-1")
