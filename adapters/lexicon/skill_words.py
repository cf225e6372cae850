"""The words of a text as skills are looked up by them: where each begins and ends, and what two spellings share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from adapters.lexicon.deeds import deed
from adapters.lexicon.stems import folded, stem

# A word keeps ++ and # behind it, the dot before .NET, and the signs that PDF texts leave inside words.
WORD = re.compile(r"(?<!\w)\.net\b|[\w\u0300-\u036f\u00ad\u200b-\u200d]+(?:(?:\+\+|#)(?![^\W\d]))?", re.IGNORECASE)
# What may stand between two words of one skill: a blank, a line break, one sign, a quote or bracket opened.
_GAP = re.compile(
    r"[ \u00a0-](?:the|our|your|their)[ \u00a0-]|"
    r"[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*[«\"“„(]?|[ \u00a0]?(?:[-‐‑–—/&:'’+][ \u00a0]?)[«\"“„]?|\.",
    re.IGNORECASE,
)
_ABBREVIATION_GAP = re.compile(r"\.[ \u00a0]?")
_ABBREVIATION_LENGTH = 4
CYRILLIC_START = re.compile(r"[а-я]")
_UPPER_TWINS = str.maketrans("АВСЕ", "abce")
# Said or not, the name is the same: "manage the team".
SILENT = frozenset({"the", "our", "your", "their"})
_WORD_LIKE_S = ("ss", "us", "is")
_PLURAL_LENGTH = 5
_STEM_LENGTH = 3
_JOINS_BEFORE = frozenset("&'’-–.@")
_JOINS_AFTER = frozenset("&'’-–@")
_CHUNK_ENDS = re.compile(r"[\s,;()<>\[\]{}«»\"|•]")
# Begun at the beginning of a run alone: begun anywhere, a long run of dots takes quadratic time.
HOST = re.compile(
    r"(?<![\w.-])((?:[\w-]+\.)+(?:ru|рф|su|com|org|net|io|by|kz|ua|uz|me|dev|app|info|pro|biz|edu|gov|co|uk|de|online|site|tech"
    r"|store|shop|ai|eu|us|tv|cloud|team|example))(?![\w.])",
    re.IGNORECASE,
)
_ADDRESS_LENGTH = 200
_TYPO_RATIO = 88
TYPO_LENGTH = 5
# What parts the words of a list that share the rest of a name: "приёмка, хранение и отгрузка товара".
LIST_GAP = re.compile(
    r"[ \u00a0]?(?:[,/&]|(?:,[ \u00a0])?(?:и/или|и|или|либо|а[ \u00a0]также|and/or|and|or)(?=[ \u00a0]))[ \u00a0]?\n?",
    re.IGNORECASE,
)
_LIST_SIGNS = frozenset(" \u00a0,/&")
_CONJUNCTIONS = frozenset({"и", "или", "либ", "а", "такж", "and", "or"})
# An adjective goes with the noun behind it: "оборудования, телефонной связи" is no list of two kinds of связь.
ADJECTIVE = re.compile(
    r"(?:н|ск|цк|ов|ев|ив|ащ|ущ|ющ|ем|им|т|ль?н)(?:ый|ий|ой|ая|ое|ые|ие|ого|его|ых|их|ому|ему|ыми|ими|ым|им|ую)(?<![еаия]ни[еий])(?<!ти[ейя])$",
    re.IGNORECASE,
)
# "Budget management" is to "manage budgets".
TURNS = {
    "management": "manage",
    "preparation": "prepare",
    "processing": "process",
    "planning": "plan",
    "analysis": "analyze",
    "creation": "create",
    "coordination": "coordinate",
    "generation": "generate",
    "installation": "install",
    "inspection": "inspect",
    "maintenance": "maintain",
    "administration": "administer",
    "negotiation": "negotiate",
    "scheduling": "schedule",
    "reconciliation": "reconcile",
    "optimization": "optimize",
    "implementation": "implement",
    "resolution": "resolve",
}


Word = tuple[str, int, int]  # its key, where it starts and ends


@lru_cache(maxsize=131_072)
def key_of(word: str) -> str:
    """Return what a word is looked up by: the Russian stem, or the English word in the singular."""
    if len(word) == 1:
        # A capital is taken for Latin; small в, с, а are Russian words of their own.
        return word.translate(_UPPER_TWINS).casefold()
    word = deed(folded(word))
    if CYRILLIC_START.search(word):
        # Snowball cuts abbreviations to nothing: ии to и, and опыт to оп.
        stemmed = stem(word) if len(word) > _ABBREVIATION_LENGTH - 1 else word
        return stemmed if len(stemmed) >= _STEM_LENGTH else word
    if len(word) < _PLURAL_LENGTH or not word.endswith("s") or word.endswith(_WORD_LIKE_S):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def keys_of(text: str) -> tuple[str, ...]:
    return tuple(key for key in map(key_of, WORD.findall(text)) if key not in SILENT)


@lru_cache(maxsize=65_536)
def folded_words(text: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in WORD.findall(text))


def joined(text: str, left: Word, right: Word) -> bool:
    gap = text[left[2] : right[1]]
    if _GAP.fullmatch(gap):
        return True
    return len(left[0]) <= _ABBREVIATION_LENGTH and _ABBREVIATION_GAP.fullmatch(gap) is not None


def part_of_compound(text: str, start: int, end: int) -> bool:
    """Tell whether signs glue the words to their neighbours: R&D, C-level, go-live, let's."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return before in _JOINS_BEFORE or after in _JOINS_AFTER or (after == "." and text[end + 1 : end + 2].isalnum())


def in_address(text: str, start: int, end: int, exempt: set[str]) -> bool:
    """Tell whether the words stand inside an e-mail address, a URL, a domain or a @nickname."""
    earliest = max(0, start - _ADDRESS_LENGTH)
    left = max((cut.end() for cut in _CHUNK_ENDS.finditer(text, earliest, start)), default=earliest)
    cut = _CHUNK_ENDS.search(text, end)
    chunk = text[left : cut.start() if cut else len(text)]
    if "@" in chunk or "://" in chunk or chunk[:4].casefold() == "www.":
        return True
    host = HOST.search(chunk) if "." in chunk else None
    return host is not None and host[1].casefold() not in exempt


def is_typo_of(written: Sequence[str], known: Sequence[str]) -> bool:
    """Tell whether two spellings differ by typing slips alone: never in short words, digits or symbols."""
    return len(written) == len(known) and all(
        one == other or _slip(one, other) for one, other in zip(written, known, strict=True)
    )


def _slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < TYPO_LENGTH - 1 or len(one) < TYPO_LENGTH or not (one + other).isalpha():
        return False
    swapped = sorted(one) == sorted(other) and OSA.distance(one, other) == 1
    return swapped or fuzz.ratio(one, other) >= _TYPO_RATIO


def next_in_list(text: str, words: list[Word], position: int) -> int | None:
    """Return where the list goes on, a conjunction left out, or `None`."""
    end = words[position][2]
    if end < len(text) and text[end] not in _LIST_SIGNS:
        return None
    for following in range(position + 1, min(position + 4, len(words))):
        if LIST_GAP.fullmatch(text, end, words[following][1]):
            return following
        if words[following][0] not in _CONJUNCTIONS:
            return None
    return None


def differ_in_kind(text: str, first: Word, others: list[Word]) -> bool:
    """Tell whether a noun stands before adjectives, which go with the noun behind them."""
    return not ADJECTIVE.search(text[first[1] : first[2]]) and any(
        ADJECTIVE.search(text[start:end]) for _, start, end in others
    )
