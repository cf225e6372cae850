"""Languages and their levels."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.resume_parser.languages import read_languages
from adapters.resume_parser.lines import lines_of
from adapters.resume_parser.sections import split_sections


def languages(text: str, today: date) -> dict[str, str | None]:
    found = read_languages(split_sections(lines_of(text), today))
    return {one.name: one.level.value if one.level else None for one in found}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Русский — Родной", {"Russian": "native"}),
        ("Английский — B2 — Средне-продвинутый", {"English": "B2"}),
        ("Английский: Upper-Intermediate", {"English": "B2"}),
        ("English (fluent, C1)", {"English": "C1"}),
        ("English - Intermediate", {"English": "B1"}),
        ("English: Pre-Intermediate", {"English": "A2"}),
        ("Английский — свободно", {"English": "C1"}),
        ("Английский — разговорный", {"English": "B1"}),
        ("Английский — базовый", {"English": "A2"}),
        ("Английский со словарём", {"English": "A1"}),
        ("Немецкий В1", {"German": "B1"}),
        ("Spanish: Elementary", {"Spanish": "A2"}),
        ("Французский", {"French": None}),
        ("Native Russian, advanced English", {"Russian": "native", "English": "C1"}),
        ("Русский — родной, татарский — свободно, английский — со словарём",
         {"Russian": "native", "Tatar": "C1", "English": "A1"}),
        ("Vietnamese (native), English (C1), Russian (B1)",
         {"Vietnamese": "native", "English": "C1", "Russian": "B1"}),
        ("Английский B2 Немецкий A1", {"English": "B2", "German": "A1"}),
        ("Английский\nB2", {"English": "B2"}),
        ("Python", {}),
    ],
)  # fmt: skip
def test_a_language_comes_with_its_level(line: str, expected: dict[str, str | None], today: date) -> None:
    assert languages(f"Языки\n{line}", today) == expected


def test_outside_their_section_languages_need_a_level(today: date) -> None:
    assert languages("О себе\nАнглийский — B2, пишу на русском языке для блога", today) == {"English": "B2"}
    assert languages("Опыт работы\nУчила детей английскому", today) == {}
