"""Whether the dates of a résumé agree with each other; gaps between jobs are nobody's business."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.insights.rubric import Shortcoming, named
from domain.insights.told import Job, Told

MIDDLE_OF_YEAR = 7
"""The month taken for a year told without one, as reading a file takes it."""

MOST_AT_ONCE = 3
NEAR_ENOUGH = 1.5  # years

Period = tuple[int, int]
"""The first month worked and the month after the last, counted from year 0."""


def dates(told: Told) -> list[Shortcoming] | None:
    """Return what contradicts what; `None` where no job is dated."""
    dated = [job for job in told.jobs if job.entry.start]
    if not dated:
        return None
    backwards = [job for job in dated if _ends_before_it_starts(job)]
    to_come = [job for job in dated if job not in backwards and _is_to_come(job, told.today)]
    found = [
        Shortcoming(code=code, costs=0.7 * len(jobs) / len(dated), data=named([job.name for job in jobs]))
        for code, jobs in (("dates_reversed", backwards), ("dates_in_future", to_come))
        if jobs
    ]
    if found:
        return found
    periods = [period for job in dated if (period := _period(job, told.today)) is not None]
    if _at_once(periods) > MOST_AT_ONCE:
        found.append(Shortcoming(code="jobs_at_once", costs=0.4, data={"count": _at_once(periods)}))
    # A job of which nobody knows how long it lasted may account for any difference.
    if len(periods) == len(told.jobs):
        found += _disagreement(told.content.years_experience, sorted(periods, reverse=True))
    return found


def _disagreement(stated: float | None, latest_first: Sequence[Period]) -> list[Shortcoming]:
    # Whoever changed their profession may count the later jobs alone.
    sums = list(_years_of_the_latest(latest_first))
    if stated is None or any(abs(stated - years) <= NEAR_ENOUGH for years in sums):
        return []
    return [Shortcoming(code="years_disagree", costs=0.3, data={"stated": stated, "dated": sums[-1]})]


def _years_of_the_latest(latest_first: Sequence[Period]) -> Iterator[float]:
    """Yield how many years the latest job covers, the latest two, and so on; a month of two jobs counts once."""
    months: set[int] = set()
    for first, after in latest_first:
        months.update(range(first, after))
        yield round(len(months) / 12, 1)


def _at_once(periods: Sequence[Period]) -> int:
    """Return the most jobs held in one month; one that ends as another begins is not held with it."""
    return max((sum(first <= other[0] < after - 1 for first, after in periods) for other in periods), default=0)


def _ends_before_it_starts(job: Job) -> bool:
    start, end = job.entry.start or "", job.entry.end
    shared = min(len(start), len(end or ""))
    return end is not None and end[:shared] < start[:shared]


def _is_to_come(job: Job, today: date) -> bool:
    now = f"{today:%Y-%m}"
    return any(moment > now[: len(moment)] for moment in (job.entry.start, job.entry.end) if moment)


def _period(job: Job, today: date) -> Period | None:
    start, end = job.entry.start or "", job.entry.end
    now = today.year * 12 + today.month
    first = _month(start)
    if job.entry.current:
        return first, max(first, now)
    if end is None:
        return None
    # A month told is worked through; the middle of a year is a border, not a month.
    after = _month(end) + (1 if "-" in end else 0)
    return first, max(first, min(after, now))


def _month(moment: str) -> int:
    year, _, month = moment.partition("-")
    return int(year) * 12 + int(month or MIDDLE_OF_YEAR) - 1
