"""What is told in sentences, apart from what is merely listed: names without a word of work prove nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.matching.lexicon import Mention
from domain.matching.measures import Measures

_CLAUSE = re.compile(r"\n+|;|(?<=[.!?])\s+")
_ITEM = re.compile(r"[,|/•·]")
_LEAST_CONTEXT = 2  # words
_LEAST_LISTED = 3  # skills
_SHORTEST_LIST = 4  # items
_SHORT_ITEM = 2  # words
_FIGURE = re.compile(r"(?<![\w.])\d")
_MOST_IN_POSITION = 3  # skills
# What somebody wishes to do, or has not done.
_NOT_DONE = re.compile(
    r"\b(?:хо(?:чу|тел(?:а|ось)?)|планирую|собираюсь|мечтаю|готова?)\s+(?:бы\s+)?(?:[\w-]+\s+)?(?:изуч|освои|осваив|научи|выучи|обуч)|"
    r"\bне\s+(?:работал|имею|владею|знаю|использ|умею|приходилось)|\bбез\s+опыта|"
    r"\b(?:want|plan|hope|would\s+like|ready|eager|willing)\s+to\s+(?:learn|study|master)|"
    r"\b(?:no|without)\s+experience|\b(?:never|not)\s+(?:worked|used)\b",
    re.IGNORECASE,
)


def told_clauses(text: str, measures: Measures) -> Iterator[tuple[str, Sequence[Mention]]]:
    """Yield each clause that is no bare list, with the skills told of in it.

    A skill is told of where its clause says at least as much besides as it names skills.
    """
    for clause in filter(None, (part.strip() for part in _CLAUSE.split(text))):
        mentions = measures.skills.find(clause)
        rest = _context(_without(clause, mentions), measures) if mentions else 0
        if not _is_bare_list(clause, len(mentions), rest):
            told = rest >= max(_LEAST_CONTEXT, len(mentions)) and not _NOT_DONE.search(clause)
            yield clause, mentions if told else ()


def named_by_position(position: str, measures: Measures) -> Sequence[Mention]:
    """Return the skills that a position held proves by its name: a driver drives.

    A list of names is no position, and proves nothing.
    """
    mentions = measures.skills.find(position)
    return mentions if len(mentions) <= _MOST_IN_POSITION and measures.titles.read(position).role else ()


def _context(text: str, measures: Measures) -> int:
    """Return how many words a clause says besides the skills it names; a figure is one of them: "14 dashboards"."""
    words = {word for word in measures.stems.stems(text) if not word.isdecimal()}
    return len(words) + (_FIGURE.search(text) is not None)


def _is_bare_list(clause: str, mentions: int, rest: int) -> bool:
    """Tell whether a clause is nothing but names: of skills that are known, or by its short items of anything."""
    if mentions and (rest == 0 or (mentions >= _LEAST_LISTED and rest < mentions)):
        return True
    items = [item.split() for item in _ITEM.split(clause) if item.strip()]
    return len(items) >= _SHORTEST_LIST and sum(map(len, items)) <= _SHORT_ITEM * len(items)


def _without(clause: str, mentions: Sequence[Mention]) -> str:
    rest, at = [], 0
    for mention in mentions:
        rest.append(clause[at : mention.start])
        at = mention.end
    return " ".join([*rest, clause[at:]])
