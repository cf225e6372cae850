"""What skills and places are called in Russian and in English."""

from __future__ import annotations

import re

import pytest

from adapters.lexicon.called import Called
from adapters.lexicon.places import PlaceGazetteer
from adapters.lexicon.skills import SkillCatalogue

CATALOGUE = SkillCatalogue()
CALLED = Called(CATALOGUE, PlaceGazetteer())
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def test_an_english_name_is_understood_as_the_very_skill() -> None:
    wrong = [each.name for each in CATALOGUE.skills() if CATALOGUE.named(CATALOGUE.in_english(each.name)) != each.name]

    assert wrong == []


def test_hardly_any_skill_lacks_an_english_name() -> None:
    lacking = [each.name for each in CATALOGUE.skills() if _CYRILLIC.search(CATALOGUE.in_english(each.name))]

    assert len(lacking) < 0.01 * len(CATALOGUE.skills()), lacking


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Управление проектами", "Project management"),
        ("ООП", "OOP"),
        ("1С:Бухгалтерия", "1C accounting"),
        ("iOS-разработка", "iOS development"),
        ("Хранилища данных", "Data warehouse"),
        ("Английский язык B2", "English B2"),
        ("Python", "Python"),
        ("к тайнам", "к тайнам"),
    ],
)
def test_skills_in_english(name: str, english: str) -> None:
    assert CALLED.skill(name, "en") == english
    assert CALLED.skill(name, "ru") == name


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("Moscow", "Москва", "Moscow"),
        ("г. Екатеринбург", "г. Екатеринбург", "Yekaterinburg"),
        ("Berlin, Germany", "Берлин", "Berlin, Germany"),
        ("Тульская область", "Тульская область", "Tula Region"),
        ("Россия", "Россия", "Russia"),
        ("Texas", "Техас", "Texas"),
        # Taken for a part of its neighbour, it is not called by the neighbour's name.
        ("Абхазия", "Абхазия", "Абхазия"),
        ("Atlantis", "Atlantis", "Atlantis"),
    ],
)
def test_places_in_both_languages(text: str, russian: str, english: str) -> None:
    assert CALLED.place(text, "ru") == russian
    assert CALLED.place(text, "en") == english
