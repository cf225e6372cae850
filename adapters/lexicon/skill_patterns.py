"""Which spellings of a skill a text may mean by its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.lexicon.skill_words import CYRILLIC_START, folded_words
from adapters.lexicon.skills_file import Entry, Spelling


@dataclass(slots=True)
class Pattern:
    """The skill behind a sequence of keys, with the spellings that lead to it."""

    entry: Entry
    spellings: list[Spelling] = field(default_factory=list)

    def admits(self, words: str) -> Spelling | None:
        """Return the spelling, of those that fit the words, that asks least of what stands beside them."""
        fitting = [spelling for spelling in self.spellings if _fits(spelling, words)]
        return min(fitting, key=demands, default=None)


def _fits(spelling: Spelling, words: str) -> bool:
    if spelling.exact:
        return spelling.text == words
    written, known = folded_words(words), folded_words(spelling.text)
    if spelling.uninflected:
        return written == known
    # An English plural may stand for a singular spelling, never "window" for Windows.
    return len(known) > 1 or len(written[0]) >= len(known[0]) or CYRILLIC_START.search(known[0]) is not None


def demands(spelling: Spelling) -> int:
    """Return how much a spelling asks of what stands beside it."""
    return spelling.near + spelling.kin


def names_alone(spelling: Spelling, written: tuple[str, ...]) -> bool:
    """Tell whether a spelling names a skill on its own, in whatever letter case: excel, but not основы for ОСНО."""
    return not spelling.exact or folded_words(spelling.text) == written
