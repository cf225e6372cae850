"""The word lists that the parser leans on, built once, at the first résumé."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from domain.matching.lexicon import Places, Skills, Titles


class Names(Protocol):
    def known(self, word: str) -> bool:
        """Tell whether the word is a first name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicons:
    skills: Skills
    titles: Titles
    places: Places
    names: Names


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    # Imported here, not above: the catalogues are large, and whoever only imports the parser should not pay for them.
    from adapters.lexicon.names import FirstNames
    from adapters.lexicon.places import PlaceGazetteer
    from adapters.lexicon.skills import SkillCatalogue
    from adapters.lexicon.stems import SnowballStems
    from adapters.lexicon.titles import TitleCatalogue

    skills = SkillCatalogue()
    return Lexicons(
        skills=skills, titles=TitleCatalogue(SnowballStems(), skills), places=PlaceGazetteer(), names=FirstNames()
    )
