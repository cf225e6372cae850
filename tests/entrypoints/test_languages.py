"""Whoever asks for English reads English, whatever language the vacancies are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.entrypoints.installation import ANNA, Installation, a_job, told

ENGLISH = {"Accept-Language": "en"}
RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")
ASKED = "Python, Docker, управление проектами, английский язык C1"


def read(api: Installation, path: str) -> Any:
    return told(api.bot.get(path.format(ANNA), headers=ENGLISH))


def texts_of(value: Any) -> Iterator[str]:
    """Yield the texts in our words: what is quoted out of a vacancy or a résumé stays as it was written."""
    if isinstance(value, str):
        yield QUOTED.sub("", value)
    for each in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from texts_of(each)


def test_a_card_and_its_explanation_are_in_english(api: Installation) -> None:
    api.welcome(preferred_region="Казань", desired_position="Python developer")
    api.offer(a_job("1", title="Python-разработчик", requirements=ASKED, area="Норильск"))
    api.search()

    card = read(api, "/search/next/{}")
    details = read(api, f"/search/details/{{}}/{card['vacancy_id']}")

    assert {"Project management", "English C1"} <= {*card["missing_skills"], *card["matched_skills"]}
    assert details["missing_skills"] == card["missing_skills"]
    said = [
        *card["matched_skills"],
        *card["missing_skills"],
        *card["reasons"],
        *(line["text"] for line in details["explanation"]["lines"]),
    ]
    assert [text for text in texts_of(said) if RUSSIAN.search(text)] == []
    assert any("Norilsk" in text for text in said)


def test_what_is_recommended_is_in_english_and_looked_for_in_the_providers_language(api: Installation) -> None:
    api.welcome()
    api.offer(*(a_job(f"{number}", requirements=ASKED) for number in range(1, 5)))

    found = read(api, "/resume/{}/recommendations")

    (projects,) = [each for each in found["skills"] if each["skill"] == "Project management"]
    assert projects["text"].startswith("“Project management”: asked by 4 of 4")
    asked = {each["language"]: each["url"].rpartition("=")[2] for each in projects["courses"]}
    assert asked["en"] == "Project%20management"
    assert asked["ru"].startswith("%D0%A3")
    told_of = [(each["skill"], each["text"]) for each in found["skills"] + found["keywords"]]
    assert [each for pair in told_of for each in texts_of(list(pair)) if RUSSIAN.search(each)] == []


def test_the_skills_of_a_market_are_in_english(api: Installation) -> None:
    api.welcome()
    api.offer(*(a_job(f"{number}", requirements=ASKED) for number in range(1, 5)))

    market = read(api, "/insights/{}")["market"]

    assert "Project management" in [each["skill"] for each in market["missing"]]
    assert [each["skill"] for each in market["asked"] + market["missing"] if RUSSIAN.search(each["skill"])] == []
