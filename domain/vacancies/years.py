"""Years of experience that a vacancy asks for in its text, where its source has no field for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from domain.matching.clauses import says_nice
from domain.matching.lexicon import Skills
from domain.matching.sections import Section, sections
from domain.vacancies.vacancy import ExperienceAsked

MOST_YEARS = 50

_WORDS = {
    "одного": 1, "двух": 2, "трёх": 3, "трех": 3, "четырёх": 4, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "десяти": 10, "полугода": 0.5, "полутора": 1.5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]\d)?|{'|'.join(_WORDS)})"
_UNIT = r"(?:лет|года?|г\.|years?|yrs?\.?)(?!\w)"
_MONTHS = r"(?:мес(?:яц\w*|\.)?|months?)(?!\w)"
_LEAST = (
    r"(?:от|не\s+менее|не\s+меньше|минимум|более|больше|свыше|at\s+least|minimum(?:\s+of)?|min\.?|over|more\s+than)"
)
_SPAN = re.compile(
    rf"(?:(?P<least>{_LEAST})\s+)?(?P<bound>(?<![\w.,/-]){_NUMBER})"
    rf"(?:[хти-]{{1,3}}(?=\s))?\s*(?:\([^)]{{1,15}}\)\s*)?(?P<plus>\+)?"
    rf"(?:\s*(?:[-–—]|до|to)\s*(?P<most>{_NUMBER}))?\s*(?P<more>\+)?[\s-]*(?:(?P<years>{_UNIT})|(?P<months>{_MONTHS}))",
    re.IGNORECASE,
)
_A_YEAR = re.compile(
    r"\b(?:от|не\s+менее|более|at\s+least|over)\s+(?P<years>года|a\s+year|полугода)(?!\w)", re.IGNORECASE
)
_NOT_ASKED_AHEAD = re.compile(
    r"(?:\bдо|\bне\s+более|\bup\s+to|\bless\s+than|\bпоследни[ех]|\b(?:last|past)|\bчерез|\bкажды[ей]|\bв\s+течение)\s*$",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(r"\bопыт\w*|\bстаж\w*|\bexperience[ds]?\b", re.IGNORECASE)
_OF_WORK = re.compile(r"\s+(?:in|as|of|working|with)\b", re.IGNORECASE)
# What else is counted in years, even beside experience: an age, a term, the firm's own years, the time behind a wheel.
_OTHER = re.compile(
    r"\bвозраст\w*|\bдоговор\w*|\bконтракт\w*|\bсрок\w*|\bгаранти\w*|\bстарше\b|\bдет(?:ей|и|ям|ьми|ях)\b|\bреб[её]н\w*|"
    r"\bнаш\w*|\bмы\b|\bнам\b|\bопыт\w*\s+(?:работы\s+)?компании\s+(?:более|уже|свыше|\d)|\bкомпани\w+\s+с\s+опытом|"
    r"\bвождени\w*|\bводительск\w+\s+стаж|\bdriving\b|"
    r"\bage[ds]?\b|\bcontract\b|\bour\b|\bwe\b|\bfounded\b|\b(?:years?|yrs)\s+old\b|\bolder\b|\bwarranty\b|\bdegree\b",
    re.IGNORECASE,
)
_OUR_EXPERIENCE = re.compile(r"\b(?:наш\w*|our)\s+(?:\w+\s+)?(?:опыт\w*|experience)", re.IGNORECASE)
_OF_FIRM = re.compile(
    r"\bкомпани\w*|\bрынк\w*|\bработаем\b|\bсуществу\w*|\bистори\w*|\bcompany\b|\bmarket\b|\bhistory\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;•]|(?<=[^\W\d]{3}[.!?])\s+|(?<=\d[.!?])\s+(?=[A-ZА-ЯЁ])")
_SEGMENT = re.compile(r",\s+|\s[—–]\s")
_MOST_IN_CLAUSE = 10
_NEAR = 60  # characters
_LONGEST = 20_000  # characters


def years_asked_in(text: str, skills: Skills) -> ExperienceAsked | None:
    """Return the most years that a text asks for as a must, of one skill or of the whole trade, or `None`."""
    text = text[:_LONGEST]
    # Most texts name no years, and need not be read for what they ask.
    if not _SPAN.search(text) and not _A_YEAR.search(text):
        return None
    lines = (line for section, line in sections(text, skills) if section is Section.ASKED)
    found = [asked for line in lines for clause in _CLAUSE.split(line) for asked in _asked(clause, skills)]
    return max(found, key=lambda asked: asked.least, default=None)


def _asked(clause: str, skills: Skills) -> Iterator[ExperienceAsked]:
    # So many of one clause: beside one another, which takes time by the square.
    for span in islice(chain(_SPAN.finditer(clause), _A_YEAR.finditer(clause)), _MOST_IN_CLAUSE):
        segment = _segment(clause, span)
        of_firm = _OUR_EXPERIENCE.search(clause) or (_OF_FIRM.search(segment) and not _EXPERIENCE.search(segment))
        if of_firm or _NOT_ASKED_AHEAD.search(clause[: span.start()]) or _OTHER.search(segment) or says_nice(segment):
            continue
        if _of_experience(clause, span, skills) and (asked := _read(span)) is not None:
            yield asked


def _segment(clause: str, span: re.Match[str]) -> str:
    """Return the part of the clause between the commas around the years."""
    start = max((comma.end() for comma in _SEGMENT.finditer(clause, 0, span.start() + 1)), default=0)
    comma = _SEGMENT.search(clause, span.end())
    return clause[start : comma.start() if comma else len(clause)]


def _of_experience(clause: str, span: re.Match[str], skills: Skills) -> bool:
    """Tell whether the years are those of experience: beside the word, of work in English, or right behind a skill."""
    said = _EXPERIENCE.finditer(clause)
    if any(one.start() - _NEAR <= span.end() and span.start() <= one.end() + _NEAR for one in said):
        return True
    if span.groupdict().get("least") is None:
        return False
    ahead = clause[: span.start()].rstrip(" ,:(—–-")
    return _OF_WORK.match(clause, span.end()) is not None or any(
        mention.end == len(ahead) for mention in skills.find(ahead)
    )


def _read(span: re.Match[str]) -> ExperienceAsked | None:
    told = span.groupdict()
    if "bound" not in told:
        return ExperienceAsked(least=0.5 if told["years"].casefold() == "полугода" else 1.0)
    least, most = _years(told["bound"], told), _years(told["most"], told) if told["most"] else None
    if not 0 < least <= MOST_YEARS:
        return None
    return ExperienceAsked(least=least, most=most if most is not None and least <= most <= MOST_YEARS else None)


def _years(number: str, told: Mapping[str, str | None]) -> float:
    word = _WORDS.get(number.casefold())
    years = float(number.replace(",", ".")) if word is None else float(word)
    return round(years / 12, 2) if told["months"] else years
