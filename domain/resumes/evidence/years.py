"""The words by which a résumé tells years of work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from domain.resumes.evidence.saying import folded, sentences

_IN_WORDS = {
    word: number
    for number, words in enumerate(
        (
            *("один одного one", "два двух two", "три трех three", "четыре четырех four", "пять пяти five"),
            *("шесть шести six", "семь семи seven", "восемь восьми eight", "девять девяти nine", "десять десяти ten"),
            *("одиннадцать одиннадцати eleven", "двенадцать двенадцати twelve", "тринадцать тринадцати thirteen"),
            *("четырнадцать четырнадцати fourteen", "пятнадцать пятнадцати fifteen"),
            *("шестнадцать шестнадцати sixteen", "семнадцать семнадцати seventeen"),
            *("восемнадцать восемнадцати eighteen", "девятнадцать девятнадцати nineteen", "двадцать двадцати twenty"),
        ),
        start=1,
    )
    for word in words.split()
}
_TENS_BEFORE = re.compile(r"(?:двадцат|тридцат|сорок|пятьдесят|twenty|thirty|forty|fifty)\w?[\s-]$")
_YEARS = re.compile(
    r"(?<![\d.,–-])(?:(?P<low>\d{1,2})\s?[-–—]\s?)?"
    rf"(?:(?P<years>\d{{1,2}})(?:[.,](?P<tenths>\d))?|(?<!\w)(?P<words>{'|'.join(_IN_WORDS)})(?!\w))\s?\+?[\s-]{{0,2}}"
    r"(?:лет(?:ний|него|ним)?|года?|years?|yrs?\.?)(?!\w)"
    r"(?:,?\s(?:и\s|and\s)?(?P<months>\d{1,2})\s(?:мес\w*\.?|months?))?"
)
_OF_WORK = re.compile(
    r"опыт|стаж|experience|(?<!\w)exp(?!\w)|работа|практик|занима|(?<!\w)(?:practice|career|worked|working)(?!\w)"
)
_TOTAL = re.compile(r"(?:that makes|in total|итого|всего) $")
_AGE = re.compile(
    r"возраст|(?<!\w)мне(?!\w)|(?<!\w)i am(?!\w)|(?<!\w)i'm(?!\w)|мужчина|женщина|родил"
    r"|(?<!\w)(?:age|born|сын\w?|son)(?!\w)|(?<!\w)(?:доч|ребен|дет[ияе]|внук|внуч|муж|жен|брат|сестр|daughter|child|kid|husband|wife)"
)
_OF_AN_AGE = re.compile(r"[\s-](?:old|of age|назад|ago)(?!\w)")
# "12 лет в продажах", and not "35 лет, Москва": a bare number of years is an age as often as not.
_GOES_ON = re.compile(
    r"\s(?:(?:во?|на|по|со?|как|in|of|with|as|at)\s|(?:разработ|продаж|управлен|руковод|преподав|программир)\w)"
)
_NOT_OF_IT = re.compile(r"[,().!?\d]")
_NEAR_WORK = 40  # characters
_MOST_PLACES = 500
"""A number of years that stands in more places of a text is not looked for any further."""


def tells_years(text: str, years: float) -> bool:
    """Tell whether the number stands beside a word for years, of work and not of an age; of a range, either end.

    What speaks of work stands in the same clause as the number, and no other number between them; a heading may stand
    in the line above.
    """
    standing = (place for place in _numbers(text) if _is_of(place[1], years))
    for sentence, found, since, above in islice(standing, _MOST_PLACES):
        before = sentence[max(since, found.start() - _NEAR_WORK) : found.start()]
        after = sentence[found.end() : found.end() + _NEAR_WORK]
        if _OF_AN_AGE.match(after) or _TENS_BEFORE.search(before):
            continue
        clause, following = before.split(",")[-1], _NOT_OF_IT.split(after)[0]
        heading = above if not clause.strip() and found.start() == since == 0 else ""
        if not _AGE.search(clause) and (_OF_WORK.search(f"{heading} {clause}") or _OF_WORK.search(following)):
            return True
        if not _AGE.search(before) and (_GOES_ON.match(after) or _TOTAL.search(clause)):
            return True
    return False


def _numbers(text: str) -> Iterator[tuple[str, re.Match[str], int, str]]:
    """Yield each number of years with its sentence, where the number before it ends, and the end of the one above."""
    above = ""
    for sentence in map(folded, sentences(text)):
        since = 0
        for found in _YEARS.finditer(sentence):
            yield sentence, found, since, above
            since = found.end()
        above = sentence[-_NEAR_WORK:]


def _is_of(found: re.Match[str], years: float) -> bool:
    whole = float(_IN_WORDS[found["words"]] if found["words"] else f"{found['years']}.{found['tenths'] or 0}")
    exact = whole + int(found["months"] or 0) / 12
    low = float(found["low"] or whole)
    return abs(years - whole) <= 0.001 or abs(years - low) <= 0.001 or abs(years - exact) <= 0.06
