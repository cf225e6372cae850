"""How sources word the experience they ask for."""

from __future__ import annotations

import pytest

from domain.vacancies.arrival import experience_asked
from domain.vacancies.vacancy import ExperienceAsked

NONE_NEEDED = ExperienceAsked(least=0, most=0)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("no_experience", NONE_NEEDED),
        ("noExperience", NONE_NEEDED),
        ("Без опыта", NONE_NEEDED),
        ("Опыт не требуется", NONE_NEEDED),
        ("Not required", NONE_NEEDED),
        ("No experience", NONE_NEEDED),
        ("entry level", NONE_NEEDED),
        ("1-3", ExperienceAsked(least=1, most=3)),
        ("1–3 года", ExperienceAsked(least=1, most=3)),
        ("1 — 3 года", ExperienceAsked(least=1, most=3)),
        ("between1And3", ExperienceAsked(least=1, most=3)),
        ("between3And6", ExperienceAsked(least=3, most=6)),
        ("от 1 года до 3 лет", ExperienceAsked(least=1, most=3)),
        ("1,5-2.5 года", ExperienceAsked(least=1.5, most=2.5)),
        ("3-3", ExperienceAsked(least=3, most=3)),
        ("6+", ExperienceAsked(least=6)),
        ("moreThan6", ExperienceAsked(least=6)),
        ("от 3 лет", ExperienceAsked(least=3)),
        ("не менее 3 лет", ExperienceAsked(least=3)),
        ("3", ExperienceAsked(least=3)),
        ("0", ExperienceAsked(least=0)),
        ("до 2 лет", ExperienceAsked(least=0, most=2)),
        ("  up to 2 years", ExperienceAsked(least=0, most=2)),
        ("менее 1 года", ExperienceAsked(least=0, most=1)),
        ("less than 1 year", ExperienceAsked(least=0, most=1)),
        ("6-3", ExperienceAsked(least=6)),
        ("3 года, 2 проекта", ExperienceAsked(least=3)),
        ("с 2019 года, 3 года", ExperienceAsked(least=3)),
        ("50 лет", ExperienceAsked(least=50)),
        ("6 месяцев", ExperienceAsked(least=0.5)),
        ("3-6 months", ExperienceAsked(least=0.25, most=0.5)),
        ("1 год 6 месяцев", ExperienceAsked(least=1)),
        ("от 1 года, испытательный срок 3 месяца", ExperienceAsked(least=1)),
        ("до 6 мес.", ExperienceAsked(least=0, most=0.5)),
        ("не более 2 лет", ExperienceAsked(least=0, most=2)),
        ("at most 2 years", ExperienceAsked(least=0, most=2)),
        ("3 года на одном месте", ExperienceAsked(least=3)),
    ],
)
def test_the_usual_wordings_are_read(words: str, asked: ExperienceAsked) -> None:
    assert experience_asked(words) == asked


@pytest.mark.parametrize("words", [None, "", "   ", "опыт приветствуется", "какой-нибудь", "с 2019 года", "доброта"])
def test_a_wording_without_years_asks_for_none_that_we_know_of(words: str | None) -> None:
    assert experience_asked(words) is None
