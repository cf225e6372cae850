"""Providers of courses: where a skill is looked for, and files that are no use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.lexicon.courses import CourseProviders
from adapters.lexicon.skills import SkillCatalogue
from domain.matching.lexicon import Skill

CATALOGUE = SkillCatalogue()
SCHOOL: dict[str, Any] = {
    "name": "School",
    "language": "ru",
    "search": "https://school.example.com/?q={skill}",
    "serves": ["*"],
}


@pytest.fixture(scope="module")
def shipped() -> CourseProviders:
    return CourseProviders(CATALOGUE)


def written(folder: Path, *providers: Any) -> Path:
    file = folder / "courses.json"
    file.write_text(json.dumps({"providers": providers}), "utf-8")
    return file


def test_every_shipped_link_is_a_search_for_the_very_skill(shipped: CourseProviders) -> None:
    for skill in CATALOGUE.skills():
        for found in shipped.teaching(skill, language="ru"):
            address = urlsplit(found.url)
            assert address.scheme == "https"
            name = skill.name if found.language == "ru" else CATALOGUE.in_english(skill.name)
            assert [name] in parse_qs(address.query, strict_parsing=True).values(), found.url
            assert found.url.isascii()


def test_whatever_may_be_learnt_there_is_looked_for_somewhere(shipped: CourseProviders) -> None:
    lost = {
        each.category for each in CATALOGUE.skills() if not each.licence and not shipped.teaching(each, language="ru")
    }

    assert lost == {"driving", "security guard", "qualities"}


def test_nobody_is_sent_to_a_course_for_knowing_a_city(shipped: CourseProviders) -> None:
    city = CATALOGUE.skill("Знание города")

    assert city is not None
    assert shipped.teaching(city, language="ru") == ()


def test_what_has_a_sign_in_its_name_is_encoded(shipped: CourseProviders) -> None:
    found = shipped.teaching(Skill(name="C++ & C#/Ё", category="programming languages"), language="ru")

    assert found[0].url.endswith("=C%2B%2B%20%26%20C%23%2F%D0%81")


def test_the_callers_language_comes_first(shipped: CourseProviders) -> None:
    python = Skill(name="Python", category="programming languages")
    english = [each.language for each in shipped.teaching(python, language="en")]
    russian = [each.language for each in shipped.teaching(python, language="ru")]

    assert english == sorted(english)
    assert russian == sorted(english, reverse=True)
    assert set(english) == {"en", "ru"}


def test_a_skill_is_looked_for_in_the_providers_language(shipped: CourseProviders) -> None:
    skill = CATALOGUE.skill("Управление проектами")
    assert skill is not None

    asked = {each.language: parse_qs(urlsplit(each.url).query) for each in shipped.teaching(skill, language="ru")}

    assert ["Управление проектами"] in asked["ru"].values()
    assert ["Project management"] in asked["en"].values()


def test_a_licence_is_learnt_at_none_of_them(shipped: CourseProviders) -> None:
    licences = [each for each in CATALOGUE.skills() if each.licence]

    assert licences
    assert [found for each in licences for found in shipped.teaching(each, language="ru")] == []


def test_a_provider_is_asked_only_for_what_it_serves(tmp_path: Path) -> None:
    narrow = {**SCHOOL, "name": "Narrow", "serves": ["design"]}
    providers = CourseProviders(CATALOGUE, written(tmp_path, SCHOOL, narrow))

    def asked(category: str) -> list[str]:
        return [each.provider for each in providers.teaching(Skill(name="X", category=category), language="en")]

    assert (asked("design"), asked("beauty")) == (["School", "Narrow"], ["School"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"search": "http://school.example.com/?q={skill}"}, "School: search is an https address"),
        ({"search": "https://school.example.com/?q=python"}, "School: search is an https address"),
        ({"search": "https://{skill}.example.com/"}, "School: search is an https address"),
        ({"search": "https:///?q={skill}"}, "School: search is an https address"),
        ({"serves": ["desing", "nothing"]}, "School: serves desing, nothing, which"),
        ({"serves": "design"}, "School: serves is a list"),
        ({"serves": [1]}, "School: serves is a list"),
        ({"language": ""}, "School: name, language and search are texts"),
        ({"language": 7}, "School: name, language and search are texts"),
        ({"page": "https://school.example.com/python"}, "a provider has language, name, search, serves"),
    ],
)
def test_a_broken_entry_is_named(changes: dict[str, Any], told: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=told):
        CourseProviders(CATALOGUE, written(tmp_path, {**SCHOOL, **changes}))


def test_what_is_no_entry_is_shown(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not 'School'"):
        CourseProviders(CATALOGUE, written(tmp_path, "School"))
