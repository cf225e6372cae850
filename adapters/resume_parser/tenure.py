"""Reads how long a person has worked: as told, else as the dates of the jobs add up."""

from __future__ import annotations

import re
from datetime import date

from adapters.resume_parser.experience import Job
from adapters.resume_parser.headings import Kind
from adapters.resume_parser.periods import duration_in_months, years_covered
from adapters.resume_parser.sections import Section
from domain.matching.lexicon import Skills

LONGEST_CAREER = 70
_LONGEST_LINE = 600
_MORE = r"(?:более|больше|свыше|около|порядка|почти|не менее|от|over|more than|about|nearly|almost)"
_TOLD = (
    re.compile(
        rf"(?:(?:общий|трудовой|рабочий|мой)\s)?(?:стаж|опыт)(?:\s(?:работы|в профессии|по специальности|общий))?"
        rf"(?:\s?[:—–-])?(?:\s(?:составляет|{_MORE}))?\s?(?P<years>\d{{1,2}})(?:[.,](?P<tenths>\d))?\s?\+?\s?(?:лет|год)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,-])(?P<years>\d{1,2})(?:[.,](?P<tenths>\d))?\s?\+?\s?(?:лет|года?)\s(?:(?:общего|трудового|коммерческого|успешного)\s)?"
        r"(?:опыта|стажа)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.,-])(?P<years>\d{1,2})(?:\.(?P<tenths>\d))?\s?\+?\s?(?:years|year|yrs)['’]?\s(?:of\s)?"
        r"(?:(?:professional|commercial|hands-on|work|working|industry|total|relevant|proven)\s){0,2}(?:experience|exp)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:total\s)?(?:work\s)?experience\s?[:—–-]\s?(?P<years>\d{1,2})(?:\.(?P<tenths>\d))?\s?\+?\s?(?:years|yrs)",
        re.IGNORECASE,
    ),
)
_DRIVING = re.compile(r"(?:прав[аео]\w{0,2}|водительск\w+|вожден\w+|категори\w+|кат\.)[^.;\n]{0,40}$", re.IGNORECASE)
_WITH = re.compile(r"\s?(?:работы\s)?(?:(?P<tool>with|using|с|со)|in|on|в|на)\s", re.IGNORECASE)


def read_years(sections: list[Section], jobs: list[Job], skills: Skills, today: date) -> float | None:
    """Return the years of work to one decimal: the total a person states, else the union of the jobs' dates."""
    for section in sections:
        if section.kind is Kind.EXPERIENCE and section.tail:
            months = duration_in_months(section.tail.rstrip(")"))
            if months is not None and 0 < months <= LONGEST_CAREER * 12:
                return round(months / 12, 1)
    told = _told(sections, skills)
    return told if told is not None else years_covered([job.period for job in jobs], today)


def _told(sections: list[Section], skills: Skills) -> float | None:
    for kind in (Kind.HEAD, Kind.DESIRED, Kind.SUMMARY, Kind.EXPERIENCE, Kind.OTHER):
        for section in sections:
            if section.kind is not kind:
                continue
            # Under the heading of the jobs only the first lines speak of them all.
            lines = section.lines[:2] if kind is Kind.EXPERIENCE else section.lines
            years = _in_text(" ".join(line for line in lines if len(line) <= _LONGEST_LINE), skills)
            if years is not None:
                return years
    return None


def _in_text(text: str, skills: Skills) -> float | None:
    for pattern in _TOLD:
        for found in pattern.finditer(text):
            years = float(f"{found['years']}.{found['tenths'] or 0}")
            drives = _DRIVING.search(text[max(0, found.start() - 60) : found.start()])
            after = text[found.end() : found.end() + 60]
            if 0 < years <= LONGEST_CAREER and not drives and not _is_about_one_skill(after, skills):
                return years
    return None


def _is_about_one_skill(after: str, skills: Skills) -> bool:
    """Tell "5 years of experience with Python", which is no total, from "10 лет опыта в продажах", which is."""
    preposition = _WITH.match(after)
    if preposition is None:
        return False
    first = next(iter(skills.find(after[preposition.end() :])), None)
    # In a field one works all one's life; a program, whose name is Latin, is one of many.
    return first is not None and first.start == 0 and (preposition["tool"] is not None or first.skill.isascii())
