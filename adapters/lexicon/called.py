"""What skills and places are called in a person's language."""

from __future__ import annotations

from functools import lru_cache

from adapters.lexicon.places import PlaceGazetteer
from adapters.lexicon.skills import SkillCatalogue


class Called:
    """Names things in Russian (`ru`) or English (`en`), and leaves them as they are where it knows no other name."""

    def __init__(self, skills: SkillCatalogue, places: PlaceGazetteer) -> None:
        self._skills = skills
        # Per instance: a cache on the method would keep every gazetteer alive. The same towns stand on every card.
        self._place = lru_cache(maxsize=8_192)(places.called)

    def skill(self, name: str, language: str) -> str:
        """Return what a skill is called; behind its canonical name a level may stand ("Английский язык B2")."""
        if language == "ru":
            return name
        alone, _, level = name.rpartition(" ")
        if self._skills.skill(name) is None and self._skills.skill(alone) is not None:
            return f"{self._skills.in_english(alone)} {level}"
        return self._skills.in_english(name)

    def place(self, text: str, language: str) -> str:
        """Return a place as it is called, told by a short text (a city line, an area) in either language."""
        return self._place(text, language)
