"""Reads which languages a person knows, and how well.

CEFR letters go before words. Words are read so:

    native  родной, native, mother tongue
    C2      в совершенстве, proficient, bilingual
    C1      свободно, fluent, advanced, продвинутый
    B2      upper-intermediate, средне-продвинутый, выше среднего
    B1      intermediate, средний, разговорный, conversational, "могу проходить интервью"
    A2      pre-intermediate, elementary, basic, базовый, "читаю профессиональную литературу", технический, школьный
    A1      beginner, начальный, со словарём
"""

from __future__ import annotations

import re

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.language_names import named_languages
from adapters.resume_parser.lines import bare, split_outside_brackets
from adapters.resume_parser.sections import Section
from domain.resumes.content import Language, LanguageLevel

_LEVELS = (
    (LanguageLevel.NATIVE, r"родно[йм]|native|mother tongue|носител\w"),
    (LanguageLevel.A1, r"a1|а1"),
    (LanguageLevel.A2, r"a2|а2"),
    (LanguageLevel.B1, r"b1|в1|б1"),
    (LanguageLevel.B2, r"b2|в2|б2"),
    (LanguageLevel.C1, r"c1|с1"),
    (LanguageLevel.C2, r"c2|с2|в совершенстве|proficien(?:t|cy)|mastery|bilingual"),
    (LanguageLevel.B2, r"upper[\s-]?intermediate|средне[\s-]?продвинут\w{2}|выше среднего|professional working"),
    (LanguageLevel.A2, r"pre[\s-]?intermediate|lower[\s-]?intermediate|ниже среднего|limited working"),
    (LanguageLevel.C1, r"свободн\w{1,3}|fluent|fluently|advanced|продвинут\w{2}|full professional"),
    (
        LanguageLevel.B1,
        r"intermediate|средн\w{2}|разговорн\w{2}|conversational|working knowledge|могу проходить интервью",
    ),
    (
        LanguageLevel.A2,
        r"elementary|базов\w{2}|basic|элементарн\w{2}|читаю (?:профессиональную|техническую) (?:литературу"
        r"|документацию)"
        r"|технический|школьн\w{2}",
    ),
    (LanguageLevel.A1, r"beginner|начальн\w{2}|со словар[её]м|with a dictionary"),
)
_LEVEL = tuple((level, re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)) for level, forms in _LEVELS)
_ALONE = re.compile(r"([^\W\d_]{4,20})(?: язык| language)?:?", re.IGNORECASE)
_ASIDE = (Kind.HEAD, Kind.CONTACT, Kind.SKILLS, Kind.SUMMARY, Kind.OTHER, Kind.COURSES, Kind.EDUCATION)
_LONGEST_ITEM = 90
_MOST_ITEMS = 200


def read_languages(sections: list[Section]) -> tuple[Language, ...]:
    """Return the languages in order, each once; outside their own section only those told with a level."""
    found: dict[str, LanguageLevel | None] = {}
    for section in sections:
        if section.kind is Kind.LANGUAGES:
            _read_section(section.lines, found)
    for section in sections:
        if section.kind in _ASIDE:
            _read_aside(section.lines, found)
    return tuple(Language(name=name, level=level) for name, level in found.items())


def _read_section(lines: list[str], found: dict[str, LanguageLevel | None]) -> None:
    last: str | None = None
    for line in lines[:_MOST_ITEMS]:
        if len(line) > 1000:
            continue
        for item in split_outside_brackets(bare(line), ",;|•"):
            named = named_languages(item)
            level = read_level(item)
            if not named and last is not None and found[last] is None:
                found[last] = level
            for position, name in enumerate(named):
                # "Английский B2 Немецкий A1" on one line: each level follows its own language.
                own = read_level(item[name[1] : named[position + 1][1]]) if position + 1 < len(named) else None
                last = name[0]
                if found.get(last) is None:
                    found[last] = own or (level if len(named) == 1 else read_level(item[name[1] :]))


def _read_aside(lines: list[str], found: dict[str, LanguageLevel | None]) -> None:
    for line, below in zip(lines[:_MOST_ITEMS], [*lines[1:], ""], strict=False):
        if len(line) > 1000:
            continue
        if (alone := _ALONE.fullmatch(bare(line))) is not None and len(bare(line)) <= _LONGEST_ITEM:
            # The language is a heading of its own, the level under it.
            level = read_level(bare(below)[:_LONGEST_ITEM])
            if level is not None and not named_languages(below) and (named := named_languages(alone[1])):
                found.setdefault(named[0][0], level)
            continue
        for item in split_outside_brackets(bare(line), ",;|•."):
            if len(item) > _LONGEST_ITEM:
                continue
            named = named_languages(item)
            if len(named) == 1 and named[0][0] not in found and (level := read_level(item)) is not None:
                found[named[0][0]] = level


def read_level(text: str) -> LanguageLevel | None:
    """Return the level a few words tell, CEFR letters before words, or `None`."""
    return next((level for level, form in _LEVEL if form.search(text)), None)
