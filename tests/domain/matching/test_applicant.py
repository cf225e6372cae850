"""What a résumé is measured to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from domain.matching.applicant import Applicant, measured
from domain.resumes.content import Experience, ResumeContent
from tests.domain.instruments import MEASURES, SkillList


def _told(description: str | None) -> Applicant:
    return measured(ResumeContent(experience=(Experience(description=description),)), MEASURES)


def test_a_skill_that_the_experience_tells_of_is_held_and_proved_by_its_words() -> None:
    held = _told("Писала сервисы учёта на Django. Считала налоги.").skills

    assert held["Django"] == "Писала сервисы учёта на Django."
    assert held["Python"] == held["Django"]


def test_what_a_skill_implies_is_held_in_one_order_in_every_process() -> None:
    implied = [f"Навык {number}" for number in range(100, 200)]

    class Implying(SkillList):
        def implied(self, names: Iterable[str]) -> frozenset[str]:
            return super().implied(names) | frozenset(implied)

    applicant = measured(ResumeContent(skills=("Redis",)), replace(MEASURES, skills=Implying()))

    assert list(applicant.skills) == ["Redis", *implied]


@pytest.mark.parametrize("text", ["Собрала 14 отчётов в Excel.", "Сделала отчёты в Excel."])
def test_one_word_beside_a_figure_or_another_tells_of_work(text: str) -> None:
    assert _told(text).skills["Excel"] == text


@pytest.mark.parametrize("text", ["Python 5, Docker 4, Redis 3, Excel 2", "2019 Python, Docker, Redis 2020"])
def test_figures_make_no_story_of_a_list(text: str) -> None:
    assert "Docker" not in _told(text).skills


@pytest.mark.parametrize(
    "text",
    [
        "Хочу изучить Docker в новой команде.",
        "Не работала с Docker в прежних командах.",
        "Собрала отчёты без опыта работы в Docker.",
        "I want to learn Docker on the new team.",
        "I have never worked with Docker on any team.",
    ],
)
def test_what_somebody_has_not_done_is_not_held(text: str) -> None:
    assert "Docker" not in _told(text).skills


def test_a_position_held_proves_the_skills_it_names() -> None:
    now = measured(ResumeContent(current_position="Разработчик Django"), MEASURES)
    before = measured(ResumeContent(experience=(Experience(position="Driver категория C"),)), MEASURES)
    wished = measured(ResumeContent(desired_position="Разработчик Django"), MEASURES)

    assert now.skills == {"Django": "Разработчик Django", "Python": "Разработчик Django"}
    assert before.skills == {"Права категории C": "Driver категория C"}
    assert wished.skills == {}


@pytest.mark.parametrize("position", ["Python, Docker", "Разработчик Python, Docker, Redis, Excel"])
def test_a_list_of_names_is_no_position(position: str) -> None:
    assert measured(ResumeContent(current_position=position), MEASURES).skills == {}


@pytest.mark.parametrize(
    "text", ["Python, Django, Docker, Redis", "Стек: Python, Docker", "Python", "Docker Redis Excel SQL Kafka и всё"]
)
def test_a_bare_list_of_names_in_the_experience_proves_nothing(text: str) -> None:
    assert "Docker" not in _told(text).skills
    assert "Python" not in _told(text).skills


def test_the_skill_list_proves_before_the_experience_does() -> None:
    resume = ResumeContent(skills=("Django",), experience=(Experience(description="Писала сервисы учёта на Django."),))

    assert measured(resume, MEASURES).skills["Django"] == "Django"


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Писала сервисы учёта.", {"Русский язык"}),
        ("I wrote the services of an accounting firm.", {"Английский язык"}),
        ("Писала code for a team.", set()),
        ("2010–2012", set()),
        (None, set()),
    ],
)
def test_the_language_in_which_the_experience_is_told_is_spoken(text: str | None, languages: set[str]) -> None:
    applicant = _told(text)

    assert {"Русский язык", "Английский язык"} & applicant.skills.keys() == languages
    assert applicant.levels == {}


def test_roles_held_are_those_of_the_positions_held() -> None:
    resume = ResumeContent(
        desired_position="Бухгалтер",
        current_position="Водитель",
        experience=(Experience(position="Разработчик"), Experience(position="Флорист"), Experience()),
    )

    assert measured(resume, MEASURES).held_roles == {"driver": "Водитель", "backend_developer": "Разработчик"}
