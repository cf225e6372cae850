"""The source `trudvsem` against a Работа России on loopback: every outcome, widening and paging."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from adapters.boards.http import Client
from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.titles import TitleCatalogue
from adapters.memory.outside import FixedClock
from adapters.trudvsem.pages import Pace, Pages
from adapters.trudvsem.source import TrudvsemSource, trudvsem_source
from domain.matching.measures import Measures
from domain.resumes.content import ResumeContent, WorkFormat
from domain.search.filters import Filters
from domain.search.gathering import Gathered, VacancySource
from domain.search.run import Outcome
from domain.vacancies.arrival import Arrivals
from tests.boards.trudvsem import OFFSETS, TROUBLES, Board, Trouble
from tests.boards.trudvsem_vacancies import a_trudvsem_vacancy
from tests.builders import NOW

USER_AGENT = "Example/1.0 (mail@example.com)"
COOK = ResumeContent(desired_position="Повар", region="Екатеринбург")
ANYBODY = ResumeContent()

PAGE = 10


@pytest.fixture
def source(board: Board, measures: Measures, titles: TitleCatalogue) -> TrudvsemSource:
    """Return a source that loses no time."""
    client = Client(board.url, headers={"User-Agent": USER_AGENT}, call_seconds=5.0)
    pages = Pages(client, Pace(0.0), size=PAGE, first_wait=0.01)
    arrivals = Arrivals(HtmlMarkup(), measures.skills)
    return TrudvsemSource(pages, arrivals, measures, FixedClock(NOW), titles.russian, patience=8.0)


def titles_in(gathered: Gathered) -> list[str]:
    return [vacancy.title for vacancy in gathered.vacancies]


def outcome_of(gathered: Gathered) -> Outcome:
    (report,) = gathered.reports
    assert report.source == "trudvsem"
    assert report.found == len(gathered.vacancies)
    return report.outcome


def of_one_kind(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [{**a_trudvsem_vacancy(1, **changes), "id": f"one-{number}"} for number in range(count)]


def test_it_is_a_source_of_vacancies(source: TrudvsemSource) -> None:
    known: VacancySource = source

    assert (known.name, TrudvsemSource.patience) == ("trudvsem", 25.0)


def test_no_more_is_asked_than_a_limit_takes(board: Board, source: TrudvsemSource) -> None:
    board.vacancies = of_one_kind(35)

    gathered = source.find(ANYBODY, Filters(), limit=3)

    assert len(gathered.vacancies) == 3
    assert len(board.asked) == 1


def test_what_is_found_is_ok(board: Board, source: TrudvsemSource) -> None:
    gathered = source.find(COOK, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert titles_in(gathered) == ["Повар"]
    assert board.asked[0] == ("/vacancies/region/6600000000000", {"text": "Повар", "offset": "0", "limit": "10"})
    assert board.user_agents == {USER_AGENT}


@pytest.mark.parametrize("empty", [{}, [], None, {"vacancies": []}])
def test_nothing_found_is_empty(board: Board, source: TrudvsemSource, empty: Any) -> None:
    board.empty = empty

    gathered = source.find(ResumeContent(desired_position="Укротитель привидений"), Filters())

    assert outcome_of(gathered) is Outcome.EMPTY


def test_what_the_filters_do_not_let_through_is_empty(source: TrudvsemSource) -> None:
    gathered = source.find(COOK, Filters(salary_from=Decimal(900_000)))

    assert outcome_of(gathered) is Outcome.EMPTY


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        ("429", Outcome.RATE_LIMITED),
        ("status-429", Outcome.RATE_LIMITED),
        ("403", Outcome.GEO_BLOCKED),
        ("451", Outcome.GEO_BLOCKED),
        ("500", Outcome.ERROR),
        ("502", Outcome.ERROR),
        ("503", Outcome.ERROR),
        ("status-500", Outcome.ERROR),
        ("400", Outcome.ERROR),
        ("404", Outcome.ERROR),
        ("302", Outcome.ERROR),
        ("html", Outcome.ERROR),
        ("broken-json", Outcome.ERROR),
        ("text", Outcome.ERROR),
        ("results-text", Outcome.ERROR),
        ("cut", Outcome.ERROR),
        ("hang-up", Outcome.ERROR),
    ],
)
def test_every_trouble_has_its_outcome(
    board: Board, source: TrudvsemSource, trouble: str, outcome: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    board.always = TROUBLES[trouble]

    with caplog.at_level(logging.WARNING):
        gathered = source.find(COOK, Filters())

    assert outcome_of(gathered) is outcome
    assert gathered.vacancies == ()
    assert f"trudvsem: {outcome.value}:" in caplog.text
    assert "Повар" not in caplog.text


def test_a_slow_answer_is_a_timeout_within_the_patience(board: Board, source: TrudvsemSource) -> None:
    board.always = TROUBLES["slow"]
    started = time.monotonic()

    gathered = replace(source, patience=1.5).find(COOK, Filters())

    assert outcome_of(gathered) is Outcome.TIMEOUT
    assert time.monotonic() - started < 1.5


def test_nobody_there_is_an_error(board: Board, source: TrudvsemSource) -> None:
    nowhere = Client("http://127.0.0.1:1/api/v1", headers={"User-Agent": USER_AGENT})

    gathered = replace(source, pages=replace(source.pages, client=nowhere)).find(COOK, Filters())

    assert outcome_of(gathered) is Outcome.ERROR
    assert board.asked == []


@pytest.mark.parametrize(
    "burst", [("502", "503"), ("429", "500", "429"), ("html",), ("cut", "hang-up"), ("status-500",), ("429-told",)]
)
def test_a_burst_of_failures_is_outlived(board: Board, source: TrudvsemSource, burst: tuple[str, ...]) -> None:
    board.trouble(*burst)

    gathered = source.find(COOK, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert titles_in(gathered) == ["Повар"]


@pytest.mark.parametrize("trouble", ["403", "451", "302", "text"])
def test_what_a_repeat_would_not_better_is_not_repeated(board: Board, source: TrudvsemSource, trouble: str) -> None:
    board.always = TROUBLES[trouble]

    source.find(COOK, Filters())

    assert len(board.asked) == 1


def test_a_question_refused_keeps_no_other_from_being_asked(board: Board, source: TrudvsemSource) -> None:
    board.trouble("404")

    gathered = source.find(COOK, Filters())

    assert outcome_of(gathered) is Outcome.ERROR
    assert titles_in(gathered) == ["Повар"]


@pytest.mark.parametrize(("trouble", "outcome"), [("451", Outcome.GEO_BLOCKED), ("500", Outcome.ERROR)])
def test_what_came_before_a_trouble_is_kept(
    board: Board, source: TrudvsemSource, trouble: str, outcome: Outcome
) -> None:
    board.vacancies = of_one_kind(15)
    board.troubles.append(Trouble(answers=True))
    board.always = TROUBLES[trouble]

    gathered = source.find(ANYBODY, Filters())

    assert outcome_of(gathered) is outcome
    assert len(gathered.vacancies) == 10


def test_who_asks_to_be_left_alone_is_left_alone(board: Board, source: TrudvsemSource) -> None:
    board.troubles.append(Trouble(429, headers={"Retry-After": "60"}))

    first = source.find(COOK, Filters())
    second = source.find(COOK, Filters())

    assert outcome_of(first) is outcome_of(second) is Outcome.RATE_LIMITED
    assert len(board.asked) == 1


def test_where_no_start_is_left_in_time_it_is_a_timeout(board: Board, source: TrudvsemSource) -> None:
    crowded = replace(source, pages=replace(source.pages, pace=Pace(60.0)))

    crowded.find(ANYBODY, Filters())
    gathered = crowded.find(ANYBODY, Filters())

    assert outcome_of(gathered) is Outcome.TIMEOUT
    assert len(board.asked) == 1


def test_calls_of_one_process_keep_a_distance(board: Board, source: TrudvsemSource) -> None:
    pages = replace(source.pages, pace=Pace(0.2))
    started = time.monotonic()

    replace(source, pages=pages).find(COOK, Filters())

    assert time.monotonic() - started >= 0.2 * (len(board.asked) - 1) > 0


@pytest.mark.parametrize("offset", OFFSETS)
@pytest.mark.parametrize("count", [9, 10, 11, 20, 23, 35])
@pytest.mark.parametrize("tells_total", [True, False])
def test_all_pages_come_whatever_the_offset_counts(
    board: Board, source: TrudvsemSource, offset: str, count: int, tells_total: bool
) -> None:
    board.vacancies, board.offset, board.tells_total = of_one_kind(count), offset, tells_total

    gathered = source.find(ANYBODY, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert len({vacancy.id for vacancy in gathered.vacancies}) == len(gathered.vacancies) == count


def test_a_page_that_brings_nothing_new_is_the_last(board: Board, source: TrudvsemSource) -> None:
    board.vacancies = of_one_kind(10) * 5

    gathered = source.find(ANYBODY, Filters())

    assert len(gathered.vacancies) == 10
    assert len(board.asked) == 2


def test_calls_and_vacancies_have_a_limit(board: Board, source: TrudvsemSource) -> None:
    board.vacancies = of_one_kind(300)

    gathered = source.find(ANYBODY, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert len(gathered.vacancies) == 50
    assert len(board.asked) <= 10


def test_no_wider_question_is_asked_when_enough_came(board: Board, source: TrudvsemSource) -> None:
    board.vacancies = of_one_kind(100, job_name="Повар", region={"region_code": "6600000000000"})

    replace(source, pages=replace(source.pages, size=100)).find(COOK, Filters())

    assert [path for path, _ in board.asked] == ["/vacancies/region/6600000000000"]


def test_too_few_at_home_widen_the_search_to_all_of_russia_and_to_skills(board: Board, source: TrudvsemSource) -> None:
    resume = ResumeContent(desired_position="Ведущий укротитель", region="Казань", skills=("Django", "1С"))

    gathered = source.find(resume, Filters())

    assert [(path.removeprefix("/vacancies"), params["text"]) for path, params in board.asked] == [
        ("/region/1600000000000", "Ведущий укротитель"),
        ("/region/1600000000000", "укротитель"),
        ("", "Ведущий укротитель"),
        ("", "укротитель"),
        ("/region/1600000000000", "Django"),
        ("/region/1600000000000", "1С"),
    ]
    assert titles_in(gathered) == ["Разработчик Python", "Бухгалтер"]


def test_what_the_person_asked_for_is_what_comes(source: TrudvsemSource) -> None:
    filters = Filters(text="python", region="Москва", work_format=WorkFormat.HYBRID, salary_from=Decimal(200_000))

    gathered = source.find(COOK, filters)

    assert [(each.title, each.area) for each in gathered.vacancies] == [("Разработчик Python", "Москва")]


def test_remote_work_is_found_from_any_region(source: TrudvsemSource) -> None:
    gathered = source.find(
        ResumeContent(desired_position="Тестировщик", region="Казань", work_format=WorkFormat.REMOTE),
        Filters(region="Казань"),
    )

    assert [(each.title, each.area) for each in gathered.vacancies] == [("Тестировщик", "Екатеринбург")]


def test_a_bad_vacancy_is_left_out_and_counted(
    board: Board, source: TrudvsemSource, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        gathered = source.find(ANYBODY, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert len(gathered.vacancies) == len(board.vacancies) - 1
    assert "1 of 40 vacancies could not be read: title missing (1)" in caplog.text


def test_when_no_vacancy_can_be_read_it_is_an_error_and_not_empty(board: Board, source: TrudvsemSource) -> None:
    board.vacancies = [{"nummer": number} for number in range(3)]

    assert outcome_of(source.find(ANYBODY, Filters())) is Outcome.ERROR


def test_slow_pages_are_given_up_for_what_has_come(board: Board, source: TrudvsemSource) -> None:
    board.vacancies, board.always = of_one_kind(45), Trouble(wait=1.1, answers=True)
    started = time.monotonic()

    gathered = replace(source, patience=4.0).find(ANYBODY, Filters())

    assert outcome_of(gathered) is Outcome.OK
    assert len(gathered.vacancies) == 20
    assert time.monotonic() - started < 4.0


def test_the_source_of_a_process_asks_the_address_it_is_given(
    board: Board, measures: Measures, titles: TitleCatalogue
) -> None:
    made = trudvsem_source(
        board.url,
        user_agent=USER_AGENT,
        arrivals=Arrivals(HtmlMarkup(), measures.skills),
        measures=measures,
        clock=FixedClock(NOW),
        in_russian=titles.russian,
    )

    assert outcome_of(made.find(ANYBODY, Filters())) is Outcome.OK
    assert board.user_agents == {USER_AGENT}
