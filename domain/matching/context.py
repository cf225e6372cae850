"""What is told in sentences, apart from what is merely listed: names without a word of work prove nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.matching.lexicon import Mention
from domain.matching.measures import Measures

_CLAUSE = re.compile(r"\n+|;|(?<=[.!?])\s+")
_ITEM = re.compile(r"[,|/•·]")
_LEAST_CONTEXT = 3  # words
_SHORTEST_LIST = 4  # items
_SHORT_ITEM = 2  # words


def told_clauses(text: str, measures: Measures) -> Iterator[tuple[str, Sequence[Mention]]]:
    """Yield each clause that is no bare list, with the skills told of in it.

    A skill is told of where its clause says at least as much besides as it names skills.
    """
    for clause in filter(None, (part.strip() for part in _CLAUSE.split(text))):
        mentions = measures.skills.find(clause)
        rest = len(set(measures.stems.stems(_without(clause, mentions)))) if mentions else 0
        if not _is_bare_list(clause, len(mentions), rest):
            yield clause, mentions if rest >= max(_LEAST_CONTEXT, len(mentions)) else ()


def _is_bare_list(clause: str, mentions: int, rest: int) -> bool:
    """Tell whether a clause is nothing but names: of skills that are known, or by its short items of anything."""
    if mentions and (rest == 0 or (mentions >= _LEAST_CONTEXT and rest < mentions)):
        return True
    items = [item.split() for item in _ITEM.split(clause) if item.strip()]
    return len(items) >= _SHORTEST_LIST and sum(map(len, items)) <= _SHORT_ITEM * len(items)


def _without(clause: str, mentions: Sequence[Mention]) -> str:
    rest, at = [], 0
    for mention in mentions:
        rest.append(clause[at : mention.start])
        at = mention.end
    return " ".join([*rest, clause[at:]])
