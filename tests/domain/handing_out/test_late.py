"""Results that came after their search had been answered: where they go, and that nothing is shown twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Unavailable
from domain.handing_out.hand_out import HandOutStatus
from domain.handing_out.late import MergeLate
from domain.handing_out.results import Taken, TakenStatus
from domain.identifiers import VacancyId
from domain.matching.measures import Measures
from domain.resumes.content import Experience
from domain.search.match import FilterReason, MatchState, Verdict
from domain.search.run import Counts, Outcome, RunStatus, SearchRun, SourceReport
from domain.work import LEASE, LONGEST, MAX_FAILURES
from tests.builders import ANNA
from tests.domain.handing_out.given import OURS, Before, Handing, a_handing, a_job, answered
from tests.domain.instruments import MEASURES

SECOND = timedelta(seconds=1)
DRIVER = {"title": "Водитель", "requirements": "", "responsibilities": "", "description": "Возить.", "asks": ()}


def _late(handing: Handing, run: SearchRun, *ids: str, source: str = "acme") -> SearchRun:
    """Let results arrive and have them merged."""
    handing.deliver(run, *ids, sources=[answered(source, found=len(ids))])
    return handing.work_through(run)


def _job_of(handing: Handing, vacancy_id: str, number: int = 9, **changes: object) -> str:
    """Keep a vacancy of another source; return its id."""
    source = vacancy_id.split("-", 1)[0]
    handing.keep(a_job(number, id=VacancyId(vacancy_id), source=source, **changes))
    return vacancy_id


def _state(handing: Handing, vacancy_id: str) -> tuple[MatchState, FilterReason | None]:
    with handing.product.store() as tx:
        match = tx.matches.find(ANNA, VacancyId(vacancy_id))
    assert match is not None
    return match.state, match.filter_reason


def test_what_is_new_is_offered_and_what_was_found_before_is_not_offered_again(handing: Handing) -> None:
    run = handing.plan_b()
    new = _job_of(handing, "acme-9")

    taken = handing.deliver(run, "internal-1", new, sources=[answered("acme", found=2)])

    assert taken == Taken(status=TakenStatus.LATE, complete=True)
    assert handing.handed(run).status is HandOutStatus.LATE
    assert handing.product.tasks.late == [run.id]
    merged = handing.work_through(run)
    assert (merged.status, merged.engine) == (RunStatus.READY, "builtin")
    assert merged.counts == Counts(found=4, queued=4)
    assert sorted(handing.cards()) == [new, *OURS]
    assert handing.handed(run).status is HandOutStatus.USED


def test_the_best_of_what_is_new_comes_next_and_what_was_shown_stays_where_it_was(handing: Handing) -> None:
    handing.keep(a_job(3, **DRIVER))
    run = handing.plan_b()
    first = handing.product.next()
    worst = _job_of(handing, "acme-8", 8, **DRIVER)
    best = _job_of(handing, "acme-9", skills=("Python",))

    _late(handing, run, worst, best)

    with handing.product.store() as tx:
        shown = tx.matches.find(ANNA, first.vacancy.id)
        places = {each.vacancy_id: each.place for each in tx.matches.standing(run.id)}
    assert shown is not None
    assert (shown.state, shown.place) == (MatchState.SHOWN, 1)
    assert sorted(places.values(), key=lambda place: place or 0) == [1, 2, 3, 4, 5]
    cards = handing.cards()
    assert set(cards[:2]) == {best, "internal-2"}
    assert set(cards[2:]) == {worst, "internal-3"}


def test_a_person_who_has_seen_everything_is_offered_more(handing: Handing) -> None:
    run = handing.plan_b()
    assert len(handing.cards()) == 3
    new = _job_of(handing, "acme-9")

    _late(handing, run, new)

    assert handing.cards() == [new]


def test_cards_read_ahead_do_not_stand_in_the_way() -> None:
    handing = a_handing(read_ahead=2)
    handing.keep(a_job(2, **DRIVER), a_job(3, **{**DRIVER, "title": "Водитель автобуса"}))
    run = handing.plan_b()
    handing.product.next()
    assert handing.product.queues.first(ANNA) is not None
    best = _job_of(handing, "acme-9")

    _late(handing, run, best)

    assert handing.product.queues.first(ANNA) is None
    assert handing.product.next().vacancy.id == best


def test_sources_that_the_run_does_not_name_are_named_and_the_others_stay(handing: Handing) -> None:
    handing.board.outcome = Outcome.CAPTCHA
    run = handing.plan_b()
    late = (answered("internal", 1), answered("hh", 5), SourceReport(source="acme", outcome=Outcome.EMPTY))

    handing.deliver(run, "internal-1", sources=late)
    merged = handing.work_through(run)

    assert merged.sources == (answered("internal", 3), answered("hh", 5), late[2])
    assert merged.counts == run.counts


def test_what_was_seen_or_applied_to_or_is_not_wanted_is_not_offered(handing: Handing) -> None:
    current = Experience(position="Разработчик", company="Вымысел", current=True)
    handing.product.submit(experience=(current,))
    run = handing.plan_b()
    shown = handing.product.next().vacancy
    hidden = handing.product.next().vacancy
    for verdict, vacancy in ((Verdict.APPLIED, shown), (Verdict.HIDE_EMPLOYER, hidden)):
        handing.product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=vacancy.id, verdict=verdict)
    reposted = replace(shown, id=VacancyId("acme-2"), source="acme")
    handing.keep(reposted, a_job(5, id=VacancyId("acme-1"), source="acme"))
    handing.product.application.note_applications(telegram_id=ANNA, told={1: (("acme-1",), None)})
    _job_of(handing, "acme-3", 6, company=hidden.company)
    _job_of(handing, "acme-4", 7, company="Вымысел")

    merged = _late(handing, run, *(f"acme-{number}" for number in range(1, 5)))

    assert handing.cards() == [each for each in OURS if each not in (shown.id, hidden.id)]
    assert _state(handing, "acme-1") == (MatchState.FILTERED, FilterReason.ALREADY_APPLIED)
    assert _state(handing, "acme-3") == (MatchState.FILTERED, FilterReason.EMPLOYER_HIDDEN)
    assert _state(handing, "acme-4") == (MatchState.FILTERED, FilterReason.CURRENT_EMPLOYER)
    assert merged.counts.filtered["employer_hidden"] == merged.counts.filtered["current_employer"] == 1
    handing.product.application.judge_vacancy(telegram_id=ANNA, vacancy_id=hidden.id, verdict=Verdict.UNDO)
    assert "acme-3" in handing.cards()


def test_the_same_job_under_another_id_is_one_card_with_both_links(handing: Handing) -> None:
    run = handing.plan_b()
    same = _job_of(handing, "hh-1", 1)

    merged = _late(handing, run, same, source="hh")

    assert merged.counts == run.counts
    assert sorted(handing.cards()) == list(OURS)
    with handing.product.store() as tx:
        links = tx.vacancies.get(VacancyId("internal-1")).links
    assert [link.vacancy_id for link in links] == ["internal-1", "hh-1"]


def test_of_one_posting_in_two_places_one_is_offered(handing: Handing) -> None:
    run = handing.plan_b()
    reposted = _job_of(handing, "acme-1", 1, area="Москва")

    merged = _late(handing, run, reposted)

    assert sorted(handing.cards()) == list(OURS)
    assert merged.counts == Counts(found=4, queued=3, filtered={"same_posting": 1})


def _meanwhile(handing: Handing, happens: Callable[[], object]) -> MergeLate:
    """Return the merging during whose assessment something happens."""

    class Slow:
        model: str | None = None

        def between(self, text: str, others: object) -> None:  # noqa: ARG002 — as the port has it
            happens()

    merge_late = handing.product.application.merge_late
    measures: Measures = replace(MEASURES, similarity=Slow())
    scorer = replace(merge_late.assess.scorer, measures=measures)
    return replace(merge_late, assess=replace(merge_late.assess, scorer=scorer))


def test_a_page_that_comes_while_another_is_merged_is_merged_next(handing: Handing) -> None:
    run = handing.plan_b()
    first, second = _job_of(handing, "acme-8", 8), _job_of(handing, "acme-9", 9)
    handing.deliver(run, first, pages=2)
    merge_late = _meanwhile(handing, lambda: handing.deliver(run, second, page=2, pages=2))

    merge_late(run_id=run.id)

    assert handing.handed(run).status is HandOutStatus.LATE
    handing.sweep(run)
    assert handing.handed(run).status is HandOutStatus.USED
    assert sorted(handing.cards()) == [first, second, *OURS]


def test_pages_are_merged_as_they_come(handing: Handing) -> None:
    run = handing.plan_b()
    first, second = _job_of(handing, "acme-8", 8), _job_of(handing, "acme-9", 9)

    handing.deliver(run, second, page=2, pages=2, sources=[])
    handing.work_through(run)
    assert handing.handed(run).status is HandOutStatus.USED
    handing.deliver(run, first, page=1, pages=2, sources=[])
    handing.work_through(run)

    assert sorted(handing.cards()) == [first, second, *OURS]


def test_cards_shown_and_judged_while_results_are_merged_are_not_offered_again(handing: Handing) -> None:
    run = handing.plan_b()
    new = _job_of(handing, "acme-9")
    handing.deliver(run, new, "internal-1")
    shown: list[str] = []
    merge_late = _meanwhile(handing, lambda: shown.extend(handing.cards()))

    merge_late(run_id=run.id)

    assert sorted(shown) == list(OURS)
    assert handing.cards() == [new]


def test_a_repeated_message_merges_nothing(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    again: list[str | None] = []
    merge_late = _meanwhile(handing, lambda: again.append(handing.product.application.merge_late(run_id=run.id).status))

    merge_late(run_id=run.id)
    again.append(handing.product.application.merge_late(run_id=run.id).status)

    assert set(again) == {None}
    assert len(handing.cards()) == 4


def test_merging_that_is_interrupted_is_done_again(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    now = handing.product.clock.now()
    with handing.product.store() as tx:
        assert tx.hand_outs.claim(run.id, at=now, until=now + LEASE)
    handing.product.tasks.late.clear()
    handing.product.clock.forward(LEASE + SECOND)

    swept = handing.product.application.sweep_work()

    assert (swept.taken_back, handing.product.tasks.late) == ([run.id], [run.id])
    handing.work_through(run)
    assert len(handing.cards()) == 4


def test_a_message_that_was_lost_is_sent_again(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    handing.product.tasks.late.clear()
    handing.product.clock.forward(timedelta(minutes=1))

    assert handing.product.application.sweep_work().sent == 1
    assert handing.product.tasks.late == [run.id]


def test_slow_merging_is_kept_by_its_worker_and_one_that_is_stuck_is_not(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    swept: list[int] = []

    def stuck() -> None:
        for by in (LEASE - SECOND, LEASE - SECOND, LONGEST):
            handing.product.clock.forward(by)
            handing.product.in_hand.renew()
            swept.append(len(handing.product.application.sweep_work().taken_back))

    attempted = _meanwhile(handing, stuck)(run_id=run.id)

    assert swept[:3] == [0, 0, 1]
    assert attempted.status is None
    assert len(handing.cards()) == 3
    handing.sweep(run)
    assert handing.handed(run).status is HandOutStatus.USED


def test_merging_handed_back_is_due_at_once(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))

    _meanwhile(handing, handing.product.in_hand.hand_back)(run_id=run.id)

    assert handing.handed(run).status is HandOutStatus.LATE
    handing.sweep(run)
    assert len(handing.cards()) == 4


def _raise(error: Exception) -> None:
    raise error


def test_a_store_that_is_away_is_never_counted_against_merging(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    merge_late = _meanwhile(handing, lambda: _raise(Unavailable("store_unavailable")))
    for _ in range(MAX_FAILURES + 1):
        assert merge_late(run_id=run.id).reason == "store_unavailable"
        handing.product.clock.forward(timedelta(minutes=1))

    assert (handing.handed(run).status, handing.handed(run).work.failures) == (HandOutStatus.LATE, 0)
    assert handing.sweep(run).counts.queued == 4


def test_merging_that_fails_too_often_is_given_up_and_the_queue_stands(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    busy = _meanwhile(handing, lambda: _raise(Unavailable("model_away")))
    broken = _meanwhile(handing, lambda: _raise(RuntimeError()))
    assert busy(run_id=run.id).status == "late"
    for _ in range(MAX_FAILURES - 1):
        handing.product.clock.forward(timedelta(minutes=1))
        with pytest.raises(RuntimeError):
            broken(run_id=run.id)

    assert (handing.handed(run).status, handing.handed(run).reason) == (HandOutStatus.FAILED, "internal_error")
    assert sorted(handing.cards()) == list(OURS)


def test_late_results_of_a_search_that_was_followed_by_another_are_dropped(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    handing.product.start(text="python")

    assert handing.work_through(run).counts == run.counts

    assert handing.handed(run).status is HandOutStatus.DROPPED
    assert handing.remembered(run) == []


def test_a_search_started_while_late_results_are_merged_gets_none_of_them(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))

    attempted = _meanwhile(handing, lambda: handing.product.start(text="python"))(run_id=run.id)

    assert (attempted.status, handing.run(run).counts) == ("dropped", run.counts)
    assert handing.remembered(run) == []


def test_a_person_erased_before_it_is_looked_what_to_merge_stays_erased(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    merge_late = handing.product.application.merge_late
    erased = Before(handing.product.store, 2, lambda: handing.product.application.erase_user(telegram_id=ANNA))

    assert replace(merge_late, transaction=erased)(run_id=run.id).status is None


def test_what_came_late_and_could_not_be_merged_is_forgotten_with_the_next_search(handing: Handing) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))
    with handing.product.store() as tx:
        now = handing.product.clock.now()
        claimed = tx.hand_outs.claim(run.id, at=now, until=now + LEASE)
        assert claimed is not None
        failed = replace(claimed, work=replace(claimed.work, failures=MAX_FAILURES - 1))
        tx.hand_outs.settle(failed.set_back(at=now, reason="internal_error"))
    assert handing.remembered(run) == ["acme-9"]

    handing.product.start(text="python")

    assert (handing.handed(run).status, handing.remembered(run)) == (HandOutStatus.FAILED, [])


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_an_erased_person_stays_erased(handing: Handing, when: str) -> None:
    run = handing.plan_b()
    handing.deliver(run, _job_of(handing, "acme-9"))

    def erase() -> None:
        with handing.product.store() as tx:
            there = tx.users.find(ANNA) is not None
        if there:
            handing.product.application.erase_user(telegram_id=ANNA)

    if when == "before":
        erase()
    attempted = _meanwhile(handing, erase)(run_id=run.id)

    assert attempted.status is None
    handing.product.welcome()
    export = handing.product.application.export_user(telegram_id=ANNA)
    assert (*export.search_runs, *export.hand_outs, *export.matches) == ()
