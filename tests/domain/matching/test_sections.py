"""The sections of a vacancy's text."""

from __future__ import annotations

import pytest

from domain.matching.sections import Section, sections
from tests.domain.instruments import SkillList

ASKED, NICE, OFFER = Section.ASKED, Section.NICE, Section.OFFER


def _read(text: str) -> list[tuple[Section, str]]:
    return list(sections(text, SkillList()))


@pytest.mark.parametrize(
    "heading",
    [
        "Условия:",
        "Условия работы",
        "Мы предлагаем:",
        "Что мы предлагаем",
        "О компании",
        "О НАС",
        "— Бонусы и льготы —",
        "We offer:",
        "What we offer",
        "Benefits",
        "Perks & benefits",
        "About us",
        "Why join us?",
    ],
)
def test_what_is_offered_goes_on_to_the_next_heading(heading: str) -> None:
    assert _read(f"Знание Python\n{heading}\n• English\n• Docker\nТребования:\n• SQL") == [
        (ASKED, "Знание Python"),
        (OFFER, "• English"),
        (OFFER, "• Docker"),
        (ASKED, "• SQL"),
    ]


@pytest.mark.parametrize(
    "heading", ["Требования", "Что нужно делать", "Мы ждём от вас", "Requirements", "Key responsibilities", "You will"]
)
def test_a_heading_may_stand_without_a_colon(heading: str) -> None:
    assert _read(f"Условия:\nDocker\n{heading}\nSQL") == [(OFFER, "Docker"), (ASKED, "SQL")]


def test_a_nice_heading_may_stand_without_a_colon() -> None:
    assert _read("Требования, будет плюсом\nSQL") == [(NICE, "SQL")]


def test_an_offer_may_stand_on_one_line() -> None:
    assert _read("Условия: офис, Docker\nSQL") == [(OFFER, "Условия: офис, Docker"), (ASKED, "SQL")]


def test_an_empty_line_below_a_heading_ends_nothing() -> None:
    assert _read("Python\nSQL\nБудет плюсом:\n\n• Docker\n• Redis\n\nПишите нам") == [
        (ASKED, "Python"),
        (ASKED, "SQL"),
        (NICE, "• Docker"),
        (NICE, "• Redis"),
        (ASKED, "Пишите нам"),
    ]


def test_an_empty_line_between_a_lead_and_its_list_ends_nothing() -> None:
    assert _read("Будет плюсом:\nлюбое из этого\n\n• Docker\nRedis") == [
        (NICE, "любое из этого"),
        (NICE, "• Docker"),
        (NICE, "Redis"),
    ]


def test_where_every_line_stands_apart_an_empty_line_says_nothing() -> None:
    text = "Требования:\n\nPython\n\nБудет плюсом:\n\nDocker\n\nRedis\n\nУсловия:\n\nEnglish\n\nофис"

    assert _read(text) == [
        (ASKED, "Python"),
        (NICE, "Docker"),
        (NICE, "Redis"),
        (OFFER, "English"),
        (OFFER, "офис"),
    ]


def test_a_line_that_names_a_skill_is_no_heading() -> None:
    assert _read("PYTHON, SQL:\nТребования Python") == [(ASKED, "PYTHON, SQL:"), (ASKED, "Требования Python")]


def test_empty_lines_at_the_edges_are_left_out() -> None:
    assert _read("\n\nPython\n\n") == [(ASKED, "Python")]
