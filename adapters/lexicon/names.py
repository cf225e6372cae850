"""First names, as people in Russia write them in either alphabet."""

from __future__ import annotations

import re
from importlib.resources import files

from domain.latin import folded, transliterated

_CYRILLIC = re.compile(r"[а-яё]")
# Shorter Latin keys are more often abbreviations than names.
_SHORTEST_LATIN = 3


class FirstNames:
    """The names of `data/first_names.txt`: one a line, lower-case, Russian ones in Cyrillic.

    `data/not_names.txt` holds the words of English résumés that some rare name would otherwise answer to.
    """

    def __init__(self) -> None:
        data = files("adapters.lexicon").joinpath("data")
        names = data.joinpath("first_names.txt").read_text(encoding="utf-8").split()
        self._names = frozenset(name.replace("ё", "е") for name in names)
        self._latin = frozenset(folded(transliterated(name)) for name in names)
        self._english = frozenset(data.joinpath("not_names.txt").read_text(encoding="utf-8").split())

    def known(self, word: str) -> bool:
        """Return whether the word is a first name: any case, Cyrillic or a usual Latin spelling."""
        name = word.strip().lower().replace("ё", "е")
        if name in self._names:
            return True
        if len(name) < _SHORTEST_LATIN or name in self._english or _CYRILLIC.search(name):
            return False
        return folded(name) in self._latin
