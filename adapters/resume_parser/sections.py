"""Cuts a résumé into its sections by the headings people write, in Russian and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from adapters.resume_parser.headings import Kind, key, kind_of, tells_pay
from adapters.resume_parser.language_names import named_languages
from adapters.resume_parser.lines import is_bullet
from adapters.resume_parser.periods import duration_in_months, find_periods

LONGEST_HEADING = 60


_NUMBERING = re.compile(r"^(?:#{1,6}\s|\d{1,2}[.)]\s|[IVX]{1,4}\.\s|\[)\s?")
_JOINED = re.compile(r"\s(?:и|and|&)\s|[/,&|]", re.IGNORECASE)
# A gap as wide as that parts the cells of a table.
_CELL_GAP = 3
_TAIL = re.compile(r"\s?[—–:-]\s|:|\s?\(|\s-|\s{3,}")
# Labels that stand before a value in the contact block, not over a section.
_NOT_INLINE = frozenset(key(words) for words in ("contact", "contacts", "контакты", "other", "прочее"))
# Within a job these head a part of its description; over a page they may head a section.
_JOB_LABELS = frozenset(
    key(words)
    for words in (
        *("достижения", "стек", "стек технологий", "технологии", "технологический стек", "инструменты", "проекты"),
        *(
            "achievements",
            "key achievements",
            "projects",
            "technologies",
            "tech stack",
            "tools",
            "tools and technologies",
        ),
    )
)


@dataclass(slots=True)
class Section:
    """A section: its heading's rest ("6 лет 7 месяцев" of "Опыт работы — 6 лет 7 месяцев") and its lines."""

    kind: Kind
    tail: str = ""
    lines: list[str] = field(default_factory=list)
    doubtful: bool = False


def heading_kind(line: str) -> Kind | None:
    """Return what a line that is nothing but a heading announces, or `None`."""
    if not line or len(line) > LONGEST_HEADING or is_bullet(line):
        return None
    words = _NUMBERING.sub("", line).strip(" :.—–-|_=#]•")
    if any(map(str.isdigit, words)) or words[-1:] in ",;":
        return None
    if (kind := kind_of(words)) is not None:
        return kind
    if len(words.split()) > 5 or not words[:1].isupper():
        return None
    parts = _JOINED.split(words, maxsplit=1)
    return kind_of(parts[0]) if len(parts) == 2 else None


def _heading_with_tail(line: str, today: date) -> tuple[Kind, str] | None:
    """Return the kind and the rest of "Опыт работы — 6 лет" or "Навыки: Python, SQL"."""
    if not line or is_bullet(line):
        return None
    start = _NUMBERING.sub("", line[: LONGEST_HEADING + 20])
    cut = _TAIL.search(start)
    if cut is None or cut.start() > LONGEST_HEADING:
        return None
    label = start[: cut.start()]
    kind = kind_of(label)
    if kind is None:
        return None
    rest = line[line.find(start[: cut.end()]) + cut.end() :].strip()
    if duration_in_months(rest.rstrip(")")) is not None:
        return kind, rest
    if not (":" in cut.group() or len(cut.group()) >= _CELL_GAP) or not rest or key(label) in _NOT_INLINE:
        return None
    if kind is Kind.LANGUAGES and not named_languages(rest):
        # "Языки: Python, SQL"
        return None
    # "Employment: full-time" is a wish; only with dates does the line begin the jobs.
    return None if kind is Kind.EXPERIENCE and not find_periods(rest[:200], today) else (kind, rest)


def split_sections(lines: list[str], today: date) -> list[Section]:
    """Return the sections in order, the first of them `HEAD`, though it may hold no line."""
    sections = [Section(Kind.HEAD)]
    for line in lines:
        if sections[-1].kind is Kind.EXPERIENCE and _labels_a_job_part(line):
            sections[-1].lines.append(line)
        elif (kind := heading_kind(line)) is not None:
            # "Высшее образование" is a heading that answers itself.
            answer = [line] if kind is Kind.EDUCATION and len(line.split()) > 1 else []
            sections.append(Section(kind, lines=answer, doubtful=key(line) in _JOB_LABELS))
        elif (headed := _heading_with_tail(line, today)) is not None:
            kind, tail = headed
            is_duration = duration_in_months(tail.rstrip(")")) is not None
            # Without its label a sum could be anything.
            if kind is Kind.EXPERIENCE:
                tail = tail[:1].upper() + tail[1:]
            told = line if kind is Kind.DESIRED and tells_pay(line) else tail
            before = sections[-1].kind
            sections.append(Section(kind, tail, [] if is_duration else [told], doubtful=not is_duration))
            if kind in (Kind.DESIRED, Kind.OTHER) and before in (Kind.HEAD, Kind.CONTACT):
                # A wish between the lines of the contact block does not end it.
                sections.append(Section(before))
        else:
            sections[-1].lines.append(line)
    return list(_mended(sections, today))


def _labels_a_job_part(line: str) -> bool:
    label, colon, _ = line[:LONGEST_HEADING].partition(":")
    return bool(colon) and key(label) in _JOB_LABELS


def _mended(sections: list[Section], today: date) -> Iterator[Section]:
    """Give a job its own "Навыки: …" line back: a section opened so within the jobs holds the next job's dates."""
    open_section = sections[0]
    for section in sections[1:]:
        within_a_job = (
            open_section.kind is Kind.EXPERIENCE
            and section.doubtful
            and any(find_periods(line, today) for line in section.lines if len(line) < 200)
        )
        if within_a_job:
            open_section.lines.extend(section.lines)
            continue
        yield open_section
        open_section = section
    yield open_section


def lines_in(sections: list[Section], *kinds: Kind) -> list[str]:
    """Return the lines of all sections of these kinds, in order, without blank ones."""
    return [line for section in sections if section.kind in kinds for line in section.lines if line]
