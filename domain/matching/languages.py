"""Levels of natural languages: how people write them, and which is enough for which."""

from __future__ import annotations

import re

from domain.resumes.content import LanguageLevel

# The longer names first: "upper-intermediate" holds "intermediate".
_NAMES = (
    (LanguageLevel.NATIVE, r"native|родн(?:ой|ого|ым)|носител\w+"),
    (LanguageLevel.C2, r"proficien\w+|в совершенстве"),
    (LanguageLevel.B2, r"upper[ -]?intermediate|средне[ -]?продвинут\w+|выше среднего"),
    (LanguageLevel.A2, r"pre[ -]?intermediate|elementary|basic|базов\w+|ниже среднего"),
    (LanguageLevel.C1, r"advanced|fluent(?:ly)?|продвинут\w+|свободн\w+"),
    (LanguageLevel.B1, r"intermediate|conversational|средн(?:ий|его|ем)|разговорн\w+"),
    (LanguageLevel.A1, r"beginner|начальн\w+"),
)
_NAMED = re.compile("|".join(rf"(?P<{level.name}>\b(?:{names})\b)" for level, names in _NAMES), re.IGNORECASE)
# Russian texts write the codes with Cyrillic letters, too.
_CODE = re.compile(r"(?<!\w)([aаbвcс])\s?-?([12])(?![\w-])", re.IGNORECASE)
_TO_LATIN = str.maketrans("АВС", "ABC")
_RANKS = {level: rank for rank, level in enumerate(LanguageLevel)}
_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;.()]")
_NEAR = 40  # characters
_BESIDE_A_LEVEL = frozenset(
    {"уровень", "уровня", "владение", "владения", "владею", "знание", "знания", "язык", "level", "speaker"}
    | {"proficiency", "knowledge", "fluency"}
)


def is_language(skill: str) -> bool:
    """Tell whether a canonical skill is a natural language: the catalogue names each by this word."""
    return skill.endswith(" язык")


def level_in(words: str) -> LanguageLevel | None:
    """Return the first level that the words name: a CEFR code rather than a name such as "fluent"."""
    code = _CODE.search(words)
    if code is not None:
        return LanguageLevel((code[1].upper().translate(_TO_LATIN)) + code[2])
    named = _NAMED.search(words)
    return None if named is None else LanguageLevel[str(named.lastgroup)]


def says_a_level_alone(line: str) -> bool:
    """Tell whether there is a level in the line, and nothing else that it could be the level of."""
    rest = without_levels(line)
    return rest != line and _BESIDE_A_LEVEL.issuperset(_WORD.findall(rest.casefold()))


def without_levels(words: str) -> str:
    """Return the words with spaces for the levels that they name."""
    for levels in (_CODE, _NAMED):
        words = levels.sub(lambda found: " " * len(found[0]), words)
    return words


def level_beside(text: str, start: int, end: int, *, earliest: int, latest: int) -> LanguageLevel | None:
    """Return the level told of the language at `text[start:end]`, within the words it does not share with others.

    A code may stand behind a comma or in brackets ("English (B2)"), a name may not: "английский, среднее образование".
    """
    after = text[end : min(latest, end + _NEAR)]
    before = _CLAUSE_END.split(text[max(earliest, start - _NEAR) : start])[-1]
    code = _CODE.search(after)
    bracketed = after.lstrip().removeprefix("(")
    return (
        level_in(text[start:end])
        or (level_in(code[0]) if code is not None else None)
        or level_in(_CLAUSE_END.split(bracketed)[0])
        or level_in(before)
    )


def reaches(held: LanguageLevel, asked: LanguageLevel) -> bool:
    return _RANKS[held] >= _RANKS[asked]


def higher(one: LanguageLevel | None, other: LanguageLevel | None) -> LanguageLevel | None:
    return max(filter(None, (one, other)), key=_RANKS.__getitem__, default=None)
