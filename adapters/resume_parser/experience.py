"""Reads the jobs a person held: each stretch of time with the lines that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.job_headers import read_header
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import bare, is_bullet, reflowed
from adapters.resume_parser.periods import Period, duration_in_months, find_periods, period_since
from adapters.resume_parser.positions import is_title_like
from adapters.resume_parser.sections import Section
from domain.resumes.content import Experience

MOST_JOBS = 60
LONGEST_DESCRIPTION = 5000
_LONGEST_LINE = 300
_LONGEST_REST = 120
_MOST_WORDS_BESIDE = 14
_DIGITS_OF_A_PHONE = 10
_MOST_LINES_ABOVE = 3
_REST_IS_LONG = 60
_LONGEST_STORY = 2000
# A full stop that ends no initial and no abbreviation, or a colon, after some words.
_STORY = re.compile(r"(?<=[^\W\d_]{3})[»”\")]{0,2}(?:\.|:)\s(?=[^\W\d_])")
_CLOSED = re.compile(r"\s?\)?\s?:\s(?=[^\W\d_])")
# "iOS Engineer": the small letter is the brand's.
_BRAND = re.compile(r"[a-z][A-Z]")
_EDGES = " \t,;:|()[]—–-•·"
_LENGTH_TOLD = re.compile(
    r"[(\[,·•—–-]?\s?\(?\d{1,2}\s?(?:лет|года?|г\.|years?|yrs?|месяц\w{0,2}|мес\.?|months?|mos?)"
    r"(?:\s(?:и\s|and\s)?\d{1,2}\s?(?:месяц\w{0,2}|мес\.?|months?|mos?)\.?)?\)?\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as read, with its period as written; `whole` when both the employer and the position are told."""

    entry: Experience
    period: Period
    whole: bool


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a job's dates stand: from line `first` to line `last`; `rest` is what else that line says."""

    first: int
    last: int
    rest: str
    period: Period


def read_jobs(lines: list[str], lexicons: Lexicons, today: date) -> list[Job]:
    """Return the jobs in the order of the page."""
    lines = [part for line in lines for part in _story_apart(line, today)]
    anchors = _anchors(lines, today)[:MOST_JOBS]
    if not anchors:
        return []
    depth = _lines_above_first(lines, anchors[0])
    tops = [
        _top(lines, anchor, anchors[index - 1].last + 1 if index else 0, depth) for index, anchor in enumerate(anchors)
    ]
    jobs = []
    for index, anchor in enumerate(anchors):
        above = [line for line in lines[tops[index] : anchor.first] if line]
        end = tops[index + 1] if index + 1 < len(anchors) else len(lines)
        below = lines[anchor.last + 1 : end]
        given = [line for line in (*above, anchor.rest) if line]
        header, used = read_header(given, below, lexicons)
        rest = [*header.told, *(line for line in below[used:] if line and duration_in_months(line) is None)]
        entry = Experience(
            position=header.position,
            company=header.company,
            start=str(anchor.period.start),
            end=None if anchor.period.end is None else str(anchor.period.end),
            current=anchor.period.current,
            description=reflowed(rest, LONGEST_DESCRIPTION) or None,
        )
        jobs.append(Job(entry, anchor.period, header.company is not None and header.position is not None))
    return jobs


def read_experience(sections: list[Section], lexicons: Lexicons, today: date) -> list[Job]:
    """Return the jobs of the experience sections; without such a section, what looks like a job at the top."""
    jobs: list[Job] = []
    for section in sections:
        if section.kind is Kind.EXPERIENCE and len(jobs) < MOST_JOBS:
            jobs.extend(read_jobs(section.lines, lexicons, today))
    if jobs or any(section.kind is Kind.EXPERIENCE for section in sections):
        return jobs[:MOST_JOBS]
    for section in sections:
        if section.kind in (Kind.HEAD, Kind.SUMMARY, Kind.CONTACT):
            found = read_jobs(section.lines, lexicons, today)
            jobs.extend(job for job in found if job.whole or job.entry.position is not None)
    return jobs[:MOST_JOBS]


def latest(jobs: list[Job], today: date) -> Job | None:
    """Return the job that lasts, or the one left last; of equals, the first on the page."""
    return max(
        jobs,
        key=lambda job: (job.period.current, job.period.months(today)[1], job.period.months(today)[0]),
        default=None,
    )


def _anchors(lines: list[str], today: date) -> list[_Anchor]:
    starts, offset = [], 0
    for line in lines:
        starts.append(offset)
        offset += len(line) + 1
    anchors: list[_Anchor] = []
    index = 0
    for period in _periods(lines, starts, today):
        while index + 1 < len(starts) and starts[index + 1] <= period.begin:
            index += 1
        last = index
        while last + 1 < len(starts) and starts[last + 1] < period.finish:
            last += 1
        if (anchors and index <= anchors[-1].last) or max(len(lines[index]), len(lines[last])) > _LONGEST_LINE:
            continue
        before = lines[index][: period.begin - starts[index]]
        after = lines[last][period.finish - starts[last] :]
        rest = _rest(before, after)
        if rest is not None:
            anchors.append(_Anchor(index, last, rest, period))
    return anchors


def _story_apart(line: str, today: date) -> list[str]:
    """Part "2018 – н.в. Завод «Вятмаш», наладчик. Токарные станки…" into the heading of the job and its story."""
    if not _REST_IS_LONG < len(line) <= _LONGEST_STORY or is_bullet(line):
        return [line]
    period = next(iter(find_periods(line[:_LONGEST_LINE], today)), None)
    if period is None:
        return [line]
    # Dates at the end of the heading must be closed by a colon: else they stand within a sentence.
    begins = len(line[: period.begin].split()) <= 1
    cut = _STORY.search(line, period.finish) if begins else _CLOSED.match(line, period.finish)
    return [line] if cut is None else [line[: cut.start()], line[cut.end() :]]


def _periods(lines: list[str], starts: list[int], today: date) -> list[Period]:
    periods = list(find_periods("\n".join(lines), today))
    taken = {period.begin for period in periods}
    for line, start in zip(lines, starts, strict=True):
        since = period_since(bare(line), today)
        if since is not None and not any(begin in taken for begin in range(start, start + 6)):
            shift = start + len(line) - len(bare(line))
            periods.append(Period(since.start, None, shift + since.begin, shift + since.finish))
    return sorted(periods, key=lambda period: period.begin)


def _rest(before: str, after: str) -> str | None:
    """Return what the line of the dates says besides them, or `None` when the dates stand within a sentence."""
    after = _LENGTH_TOLD.sub("", after.strip()) if duration_in_months(after.strip(_EDGES + ".")) is None else ""
    leading, trailing = bare(before).strip(_EDGES), after.lstrip(_EDGES + ".").rstrip(_EDGES)
    if leading and trailing:
        # "Компания (2018–2020), должность" is a heading; a bullet with dates inside is a sentence.
        return (
            None if is_bullet(before) or len(leading) + len(trailing) > _LONGEST_REST / 2 else f"{leading} | {trailing}"
        )
    if len(leading) + len(trailing) > _LONGEST_REST or (leading and is_bullet(before)):
        return None
    if len(leading.split()) > _MOST_WORDS_BESIDE:
        return None
    if leading and (
        (leading[0].islower() and not _BRAND.match(leading))
        or leading.casefold().endswith((" в", " с", " за", " in", " for", " during"))
    ):
        return None
    return leading or trailing


def _lines_above_first(lines: list[str], first: _Anchor) -> int:
    """Return how many heading lines stand above the dates: as many as above the first job's."""
    above = [line for line in lines[: first.first] if line]
    count = 0
    for line in reversed(above):
        if not _heads(line) or count == _MOST_LINES_ABOVE:
            break
        count += 1
    # A long text before the first job is an introduction, of which only the last line may be a heading.
    return count if len(above) <= _MOST_LINES_ABOVE else min(count, 2)


def _heads(line: str) -> bool:
    if not is_title_like(line) or line[0].islower() or line.endswith(",") or "@" in line:
        return False
    return duration_in_months(line) is None and sum(map(str.isdigit, line)) < _DIGITS_OF_A_PHONE


def _top(lines: list[str], anchor: _Anchor, floor: int, depth: int) -> int:
    top, taken = anchor.first, 0
    for index in range(anchor.first - 1, floor - 1, -1):
        line = lines[index]
        if not line:
            if taken:
                break
            continue
        if taken == depth or not _heads(line):
            break
        top, taken = index, taken + 1
    return top
