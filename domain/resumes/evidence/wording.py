"""The words of a text by their stems, and which of them stand together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from domain.matching.lexicon import Stems
from domain.resumes.evidence.saying import folded

_WRAPPED = re.compile(r"-\n(?=\w)|\n(?=[a-zа-яё])")
# "ООО «Галактика», директор по развитию" tells of no director of galaxies.
_CLAUSES = re.compile(r"[\n,;:|•·«»\"“”„/]|\s[-–—]\s|[.!?]\s+(?=[A-ZА-ЯЁ])")
_MOST_PLACES = 200
"""A word that stands in more places of a text is not looked for any further."""


class Wording:
    """The content words of a text, clause by clause."""

    def __init__(self, text: str, *, stems: Stems) -> None:
        self._stems = stems
        self._folded = folded(text)
        # Between two clauses nothing stands, so that no words stand together over it.
        self._words: list[str | None] = []
        self._at: dict[str, list[int]] = {}
        for clause in self.clauses_of(text):
            for place, word in enumerate(clause, start=len(self._words)):
                self._at.setdefault(word, []).append(place)
            self._words += (*clause, None)

    def __contains__(self, stem: str) -> bool:
        return stem in self._at

    def clauses_of(self, text: str) -> list[tuple[str, ...]]:
        """Return the stems of each clause; a word or a line may be cut where the page ends."""
        joined = _WRAPPED.sub(lambda cut: "-" if cut[0] == "-\n" else " ", text)
        clauses = (self._stems.stems(clause) for clause in _CLAUSES.split(joined))
        return [words for words in clauses if words]

    def holds(self, stems: Sequence[str], *, slack: int) -> bool:
        """Tell whether the words stand in a clause in any order, with so many others among them at most."""
        wanted, width = set(stems), len(stems) + slack
        rarest = min((self._at.get(word, []) for word in stems), key=len)
        return any(
            wanted.issubset(near[at : at + width])
            for near in (self._near(place, width) for place in rarest[:_MOST_PLACES])
            for at in range(len(near))
        )

    def _near(self, place: int, width: int) -> list[str | None]:
        """Return the words of a clause around one of them, less than so far from it."""
        start = end = place
        while start > max(0, place - width + 1) and self._words[start - 1] is not None:
            start -= 1
        while end < place + width and self._words[end] is not None:
            end += 1
        return self._words[start:end]

    def does(self, stem: str) -> bool:
        """Tell whether the text says of somebody, in English, that they do what the word means: planned, planning."""
        if stem not in self:
            return False
        forms = re.compile(rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?:ed|ing|ions?)(?!\w)")
        found = {each[0] for each in islice(forms.finditer(self._folded), _MOST_PLACES)}
        return any(self._stems.stems(form) == (stem,) for form in found)
