"""How far what one text tells stands in another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

Phrases = frozenset[tuple[str, ...]]

SAME_SHARE = 0.8
"""How much of the shorter of two texts must stand in the longer, in pairs of words side by side.

Texts of different jobs share up to 0.4, one employer's too, though single words up to 0.7; a text cut out of another
shares nearly all. What is left for boards to add and leave out is one sentence in five.
"""

ENOUGH = 8
"""How many phrases a text must have to be told from others by its words: fewer may stand anywhere."""

# C++ and C# are not C.
_NOT_WORD = re.compile(r"(?:[^\w+#]|_)+")
_SENTENCE = re.compile(r"[\n.;:!?]+")
# Boards cut texts anywhere, in the middle of a word too.
_CUT = re.compile(r"[\w+#]{0,40}\s?(?:\.{3}|…)")


def normalised(text: str) -> str:
    """Return the words of a text in lower case with one space between them, whatever signs stand there."""
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).strip()


def phrases(texts: Iterable[str]) -> Phrases:
    """Return every two words that stand side by side in one sentence, and the words that are one alone."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        whole = _CUT.sub("\n", text) if "..." in text or "…" in text else text
        for sentence in _SENTENCE.split(whole):
            words = normalised(sentence).split()
            found.update(pairwise(words) if len(words) > 1 else [(word,) for word in words])
    return frozenset(found)


def is_part(one: Phrases, other: Phrases) -> bool:
    """Whether the shorter stands in the longer, but for little; nothing stands in everything."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter & longer) >= SAME_SHARE * len(shorter)
