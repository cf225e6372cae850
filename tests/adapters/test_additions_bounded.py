"""How long it takes to hold additions against a long text, by the shipped catalogue, stems and places."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from adapters.lexicon.markup import HtmlMarkup
from adapters.lexicon.places import PlaceGazetteer
from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.stems import SnowballStems
from domain.resumes.additions import Additions
from domain.resumes.content import EducationLevel, Language, LanguageLevel, Money, ResumeContent, WorkFormat

LONGEST_TEXT = 200_000
SECONDS = 10
"""A generous clock: two seconds are usual, and what grows with the square of a text took from forty on."""

ADDITIONS = Additions(HtmlMarkup(), SkillCatalogue(), SnowballStems(), PlaceGazetteer())


def _hostile(word: str) -> ResumeContent:
    """Return the most that the API takes, none of which stands in a text of that word alone."""
    return ResumeContent(
        desired_position=f"{word} " * 20 + "небылица",
        years_experience=8,
        skills=tuple(f"{' '.join([word] * (each % 60))} {word}{each}"[:200] for each in range(200)),
        salary=Money(amount=Decimal(5000), currency="USD"),
        region="небылица",
        work_format=WorkFormat.HYBRID,
        languages=tuple(Language(name=name, level=LanguageLevel.C2) for name in ("English", "Коми", word) * 16),
        education_level=EducationLevel.PHD,
        summary=f"{word} " * (20_000 // (len(word) + 1)),
    )


@pytest.mark.parametrize("word", ["English", "е", "5000", "8 лет", "не", "java@", "office"])
def test_no_text_and_no_additions_take_long(word: str) -> None:
    text = f"{word} " * (LONGEST_TEXT // (len(word) + 1))
    added = _hostile(word)

    began = time.perf_counter()
    ADDITIONS.fit(added, text=text, under=ResumeContent())
    took = time.perf_counter() - began

    assert took < SECONDS
