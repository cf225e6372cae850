"""Dates that agree with each other, and those that do not."""

from __future__ import annotations

import pytest

from domain.insights.rubric import Criterion
from domain.resumes.content import Experience
from tests.domain.insights.judging import a_good_resume, advised, line


def job(start: str | None, end: str | None = None, *, position: str = "Разработчик") -> Experience:
    """Return a job that lasts where no end is told."""
    return Experience(position=position, start=start, end=end, current=end is None)


def points(*jobs: Experience, years: float | None = None) -> float:
    return line(Criterion.DATES, a_good_resume(experience=jobs, years_experience=years)).points


@pytest.mark.parametrize(
    ("jobs", "years"),
    [
        ((job("2020-03"),), 6),
        ((job("2020-03"),), 5),
        ((job("2020-03"),), None),
        ((job("2023"), job("2019", "2023")), 7),
        ((job("2022-03", "2022-03"),), 0.1),
        ((job("2025-03"), job("2010-01", "2014-12")), 6),
        ((job("2025-03"), job("2010-01", "2024-12")), 1),
        ((job("2020-03"), job("2020-03"), job("2021-01", "2021-12")), 6),
    ],
)
def test_dates_that_agree(jobs: tuple[Experience, ...], years: float | None) -> None:
    assert points(*jobs, years=years) == 5


def test_an_end_before_the_beginning_is_told() -> None:
    jobs = (job("2022-05", "2021-01", position="Водитель"), job("2022", "2022-01"), job("2021-03", "2021"))

    assert advised(Criterion.DATES, a_good_resume(experience=jobs)) == {"dates_reversed": ["Водитель"]}
    assert points(*jobs) == round(5 * (1 - 0.7 / 3), 2)


@pytest.mark.parametrize("later", [job("2026-04"), job("2027"), job("2020", "2026-05")])
def test_a_date_still_to_come_is_told(later: Experience) -> None:
    assert advised(Criterion.DATES, a_good_resume(experience=(later,))) == {"dates_in_future": ["Разработчик"]}


def test_this_month_is_not_still_to_come() -> None:
    assert points(job("2026-03")) == 5


def test_more_jobs_at_once_than_anybody_holds() -> None:
    four = tuple(job("2020-01", "2022-01", position=f"Работа {number}") for number in range(4))

    quality = line(Criterion.DATES, a_good_resume(experience=four, years_experience=2))

    assert [(advice.code, advice.data) for advice in quality.advice] == [("jobs_at_once", {"count": 4})]


def test_a_job_that_ends_as_another_begins_is_not_held_with_it() -> None:
    in_turn = tuple(job(f"20{year}-01", f"20{year + 1}-01") for year in range(16, 22))

    assert points(*in_turn, years=6) == 5


@pytest.mark.parametrize("stated", [12, 2])
def test_years_that_the_dates_do_not_make(stated: float) -> None:
    content = a_good_resume(experience=(job("2020-03"),), years_experience=stated)

    (advice,) = line(Criterion.DATES, content).advice

    assert (advice.code, advice.data) == ("years_disagree", {"stated": stated, "dated": 6.1})
    assert line(Criterion.DATES, content).points == 3.5


def test_a_job_of_unknown_length_may_account_for_any_years() -> None:
    unknown = Experience(position="Сторож", start="2001")

    assert points(job("2024-03"), unknown, years=25) == 5
    assert points(job("2024-03"), Experience(position="Сторож"), years=25) == 5


def test_a_gap_is_nobodys_business() -> None:
    without = points(job("2022-01", "2023-12"), job("2020-01", "2021-12"), years=4)
    with_gap = points(job("2022-01", "2023-12"), job("2008-01", "2009-12"), years=4)

    assert without == with_gap == 5


def test_without_dates_nothing_is_judged() -> None:
    undated = a_good_resume(experience=(Experience(position="Сторож"),))

    assert not line(Criterion.DATES, undated).applicable
