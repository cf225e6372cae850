"""Which vacancies of a run are offered, in which order, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.matching.assessment import Assessment
from domain.search.filters import Filters
from domain.search.match import FilterReason, Match, MatchState
from domain.search.queue import EXPLAINED, LONGEST_QUEUE, NOT_WORK_FOR_THEM, candidates, queue_up
from domain.search.run import Counts
from domain.vacancies.vacancy import Vacancy
from tests.builders import NOW, a_run, a_vacancy, an_assessment
from tests.domain.instruments import MEASURES


def _found(number: int, score: int = 50, **changes: Any) -> tuple[Vacancy, Assessment]:
    """Return a vacancy of a posting of its own, found with that score."""
    given = {"id": f"internal-{number:05}", "title": f"Вакансия {number}", **changes}
    return a_vacancy(**given), an_assessment(score=score)


def _queued(
    found: Sequence[tuple[Vacancy, Assessment]],
    *,
    seen: Mapping[str, MatchState] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> tuple[list[Match], Counts]:
    run = a_run(filters=Filters())
    return queue_up(run, candidates(found, MEASURES), seen=seen or {}, hidden_employers=hidden, at=NOW)


def test_the_best_wait_first_and_ties_by_id() -> None:
    matches, counts = _queued([_found(3, 50), _found(2, 90), _found(1, 50)])

    assert [(match.vacancy_id, match.place, match.state) for match in matches] == [
        ("internal-00002", 1, MatchState.WAITING),
        ("internal-00001", 2, MatchState.WAITING),
        ("internal-00003", 3, MatchState.WAITING),
    ]
    assert counts == Counts(found=3, queued=3, filtered={})


def test_a_match_remembers_whose_it_is_and_what_was_found() -> None:
    vacancy, assessment = _found(1, company="ООО «Вымысел»")

    ((match,), _) = _queued([(vacancy, assessment)])

    assert (match.run_id, match.telegram_id, match.found_at) == (a_run().id, a_run().telegram_id, NOW)
    assert (match.posting, match.employer, match.assessment) == (vacancy.posting, "вымысел", assessment)


def test_nothing_found_makes_an_empty_queue() -> None:
    assert _queued([]) == ([], Counts())


def test_of_one_posting_in_many_cities_the_best_stands_for_all() -> None:
    cities = [
        _found(1, 40, title="Курьер", area="Москва"),
        _found(2, 80, title="Курьер", area="Казань"),
        _found(3, 60, title="Курьер", area="Химки"),
    ]

    matches, counts = _queued(cities)

    assert [(match.vacancy_id, match.filter_reason) for match in matches] == [
        ("internal-00002", None),
        ("internal-00003", FilterReason.SAME_POSTING),
        ("internal-00001", FilterReason.SAME_POSTING),
    ]
    assert [match.place for match in matches] == [1, None, None]
    assert counts == Counts(found=3, queued=1, filtered={"same_posting": 2})


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (MatchState.SHOWN, FilterReason.ALREADY_SHOWN),
        (MatchState.LIKED, FilterReason.ALREADY_SHOWN),
        (MatchState.DISLIKED, FilterReason.ALREADY_SHOWN),
        (MatchState.HIDDEN, FilterReason.ALREADY_SHOWN),
        (MatchState.APPLIED, FilterReason.ALREADY_APPLIED),
    ],
)
def test_what_was_seen_is_not_offered_again(state: MatchState, reason: FilterReason) -> None:
    vacancy, assessment = _found(1)

    for key in (vacancy.posting, vacancy.id):
        ((match,), counts) = _queued([(vacancy, assessment)], seen={key: state})
        assert (match.state, match.filter_reason, match.place) == (MatchState.FILTERED, reason, None)
        assert counts == Counts(found=1, queued=0, filtered={reason.value: 1})


def test_a_hidden_employer_is_withheld_at_the_place_it_would_have() -> None:
    found = [_found(1, 90), _found(2, 80, company="ООО «Другие»"), _found(3, 70)]

    matches, counts = _queued(found, hidden=frozenset({"вымысел"}))

    assert [(match.place, match.filter_reason) for match in matches] == [
        (1, FilterReason.EMPLOYER_HIDDEN),
        (2, None),
        (3, FilterReason.EMPLOYER_HIDDEN),
    ]
    assert counts == Counts(found=3, queued=1, filtered={"employer_hidden": 2})


def test_a_vacancy_without_an_employer_is_hidden_by_nobody() -> None:
    _, counts = _queued([_found(1, company=None)], hidden=frozenset({"вымысел", ""}))

    assert counts.queued == 1


def _stranger(number: int, score: int, **changes: Any) -> tuple[Vacancy, Assessment]:
    vacancy, assessment = _found(number, score, **changes)
    return vacancy, replace(assessment, caps=("other_profession",))


def test_what_is_not_the_persons_work_is_not_offered() -> None:
    other = [_stranger(3, NOT_WORK_FOR_THEM), _stranger(4, NOT_WORK_FOR_THEM - 1), _stranger(5, 0)]
    own = [_found(1, 80), _found(2, 0)]

    matches, counts = _queued([*own, *other])

    assert {match.vacancy_id: (match.place, match.filter_reason) for match in matches} == {
        "internal-00001": (1, None),
        "internal-00003": (2, None),
        "internal-00004": (None, FilterReason.NOT_YOUR_WORK),
        # Whatever else speaks against it, it is of their profession.
        "internal-00002": (3, None),
        "internal-00005": (None, FilterReason.NOT_YOUR_WORK),
    }
    assert counts == Counts(found=5, queued=3, filtered={"not_your_work": 2})


def test_an_employer_hidden_is_not_let_back_in_with_other_work() -> None:
    ((match,), _) = _queued([_stranger(1, 5)], hidden=frozenset({"вымысел"}))

    assert (match.filter_reason, match.place) == (FilterReason.NOT_YOUR_WORK, None)


def test_whoever_types_what_to_look_for_is_offered_whatever_it_is() -> None:
    run = a_run(filters=Filters(text="водитель"))

    matches, counts = queue_up(
        run, candidates([_stranger(1, 0)], MEASURES), seen={}, hidden_employers=frozenset(), at=NOW
    )

    assert (matches[0].state, counts.queued) == (MatchState.WAITING, 1)


def test_of_what_is_not_the_persons_work_no_more_is_kept_than_fits_into_a_queue() -> None:
    found = [_found(0, 80), *(_stranger(number, 1) for number in range(1, LONGEST_QUEUE + 3))]

    matches, counts = _queued(found)

    assert len(matches) == LONGEST_QUEUE
    assert counts.filtered == {"beyond_limit": 3, "not_your_work": LONGEST_QUEUE - 1}


def test_a_queue_has_an_end_and_what_is_beyond_is_counted_and_not_kept() -> None:
    matches, counts = _queued([_found(number) for number in range(LONGEST_QUEUE + 3)])

    assert len(matches) == counts.queued == LONGEST_QUEUE
    assert matches[-1].place == LONGEST_QUEUE
    assert counts.found == LONGEST_QUEUE + 3
    assert counts.filtered == {"beyond_limit": 3}


def test_what_is_not_offered_takes_no_room_in_the_queue() -> None:
    seen = [_found(number, 90) for number in range(LONGEST_QUEUE)]
    fresh = [_found(LONGEST_QUEUE + number, 10) for number in range(2)]

    matches, counts = _queued([*seen, *fresh], seen={vacancy.posting: MatchState.SHOWN for vacancy, _ in seen})

    assert [match.place for match in matches if match.state is MatchState.WAITING] == [1, 2]
    assert counts.queued == 2
    assert counts.filtered == {"already_shown": LONGEST_QUEUE}


def test_a_posting_beyond_the_end_does_not_stand_for_another() -> None:
    found = [_found(number, 90) for number in range(LONGEST_QUEUE)]
    beyond = [_found(90_000 + number, 10, title="Курьер", area=area) for number, area in enumerate(("Казань", "Химки"))]

    _, counts = _queued([*found, *beyond])

    assert counts.filtered == {"beyond_limit": 2}


def test_only_the_best_keep_their_explanation() -> None:
    matches, _ = _queued([_found(number) for number in range(EXPLAINED + 1)])

    assert all(match.assessment.lines for match in matches[:EXPLAINED])
    assert matches[EXPLAINED].assessment.lines == ()
    assert matches[EXPLAINED].assessment.score == 50
