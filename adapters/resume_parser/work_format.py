"""Reads where a person wants to work: at an office, from home, by turns, on the road."""

from __future__ import annotations

import re

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lines import bare
from adapters.resume_parser.sections import Section, lines_in
from domain.resumes.content import WorkFormat

_FORMS = re.compile(
    r"(?P<hybrid>гибрид\w{0,6}|hybrid|смешанн\w{2,3} формат)"
    r"|(?P<remote>удал[её]нн?\w{0,4}(?=\W|$)|удал[её]нк\w{1,2}|дистанционн\w{1,3}|из дома|на дому|remote(?:ly)?"
    r"|work from home|wfh|home office)"
    r"|(?P<field>разъездн\w{2,3}|выездн\w{2,3}|разъезды|field work|on the road)"
    r"|(?P<office>(?<!home )офис\w{0,3}|на месте работодателя|на территории работодателя|on-?site|on site|in-?office"
    r"|office)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:формат|форматы|формат работы|график|график работы|тип работы|тип занятости|занятость|вид занятости"
    r"|режим работы"
    r"|условия|предпочтения|место работы|work (?:format|type|mode|preference|arrangement)s?|employment(?: type)?"
    r"|format|schedule"
    r"|job type|work ?place|preferences?|location preference|availability)\s?[:—–-]",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?;]\s")
_WISH = re.compile(
    r"(?<!\w)(?:ищу|хочу|рассматрива\w+|предпочита\w+|предпочтительн\w+|интересу\w+|готов[аы]?|желательно|работаю из"
    r"|looking for|seeking|prefer(?:red|ence)?|open to|interested in|available for|want)(?!\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:\bне|\bкроме|\bnot|\bno|\bexcept|\bбез)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_DENIED_AFTER = re.compile(r"\s(?:не (?:интерес|рассматр|подход|предлаг)|is not|not)", re.IGNORECASE)
_ALONE = re.compile(r"(?:office|on-?site|офис|в офисе)", re.IGNORECASE)
# Words that name a program or a trade, not a place of work.
_OTHER_SENSE = re.compile(r"(?:\b(?:ms|microsoft|libre|open|back|front|бэк|фронт|май\w*)[\s-]?$)", re.IGNORECASE)
_LONGEST_LINE = 300


def read_work_format(sections: list[Section]) -> WorkFormat | None:
    """Return the format wanted, the one named first when there are several, or `None`."""
    told = [
        bare(line)[:_LONGEST_LINE] for line in lines_in(sections, Kind.DESIRED, Kind.HEAD, Kind.CONTACT, Kind.OTHER)
    ]
    for line in told:
        if _LABEL.match(line) and (found := _first(line, with_office=True)) is not None:
            return found
    for section in sections:
        if section.kind in (Kind.DESIRED, Kind.HEAD, Kind.CONTACT):
            for line in section.lines:
                if (found := _first(bare(line)[:_LONGEST_LINE], with_office=section.kind is Kind.DESIRED)) is not None:
                    return found
    for line in lines_in(sections, Kind.HEAD, Kind.CONTACT):
        # "Samara | +7 … | Office"
        if any(_ALONE.fullmatch(part.strip()) for part in re.split(r"[|•·/,]", line)):
            return WorkFormat.OFFICE
    for section in sections:
        if section.kind is Kind.EXPERIENCE:
            continue
        for sentence in _SENTENCES.split(" ".join(map(bare, section.lines))):
            if _WISH.search(sentence[:_LONGEST_LINE]) and (found := _first(sentence[:_LONGEST_LINE], with_office=True)):
                return found
    return None


def _first(line: str, *, with_office: bool) -> WorkFormat | None:
    for found in _FORMS.finditer(line):
        kind = found.lastgroup
        if kind is None or (kind == "office" and not with_office):
            continue
        before = line[: found.start()]
        followed = line[found.end() : found.end() + 1]
        if (
            followed == "-"
            or _DENIED_AFTER.match(line, found.end())
            or _DENIED.search(before)
            or _OTHER_SENSE.search(before)
        ):
            continue
        return WorkFormat(kind)
    return None
