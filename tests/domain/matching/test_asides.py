"""What a vacancy names without asking for it."""

from __future__ import annotations

import pytest

from domain.matching.requirements import requirements_in
from tests.domain.instruments import SkillList


def _asked(requirements: str, *, tags: tuple[str, ...] = ()) -> set[str]:
    found = requirements_in(title="", tags=tags, requirements=requirements, skills=SkillList())
    return {each.skill for each in found}


@pytest.mark.parametrize(
    "clause",
    [
        "Мы — крупнейший разработчик на Python",
        "Наша компания обучает Python с 2005 года",
        "Мы занимаемся внедрением Docker",
        "Студия «Тихая» занимается курсами по SQL",
        "Компания «Тихая гавань» разрабатывает решения на Python",
        "«Гавань» — международная IT-компания, Python и SQL",
        "Лидер рынка Python-разработки",
        "Harbour is a leading Python consultancy company",
        "This platform powers Kafka clusters of banks",
        "We offer Python courses",
        "Курсы English за счёт компании",
        "Компенсация курсов English",
        "Бесплатные курсы English",
        "Можно учить English с коллегами",
        "Возможность развиваться в Python",
        "Opportunity to learn Kafka",
        "English at the company's expense",
        "Собеседование с руководителем, вопросы по SQL",
    ],
)
def test_what_the_employer_says_of_itself_or_gives_is_not_asked(clause: str) -> None:
    assert _asked(f"{clause}\nRedis") == {"Redis"}


@pytest.mark.parametrize(
    "clause",
    [
        "Мы используем Python",
        "Мы ждём знания Python",
        "Python is a must for our platform",
        "Python is a big plus in our company",
        "Обязательным требованием является Python",
        "Ищем в нашу компанию: Python",
    ],
)
def test_what_the_employer_works_with_is_asked(clause: str) -> None:
    assert _asked(clause) == {"Python"}


@pytest.mark.parametrize(
    ("clause", "asked"),
    [
        ("Bachelor's degree in SQL, Python or a related field", set()),
        ("Degree in mathematics and experience with Python", {"Python"}),
        ("Work closely with Python and SQL teams", set()),
        ("Supports Python, SQL and other departments; Redis", {"Redis"}),
        ("Experience with Python teams", {"Python"}),
        ("Work with Python in cross-functional teams", {"Python"}),
        ("Взаимодействие с отделами SQL и Python", set()),
        ("Expertise for Python and SQL teams", set()),
        ("Вести работу в командах (SQL, Python)", set()),
        ("Разработчик в команду Redis", set()),
        ("В отделе Redis нужен Python", {"Redis", "Python"}),
        ("Полный цикл подбора: Python, SQL", set()),
        ("Hire people for our office: Python, SQL", set()),
        ("We speak English", set()),
        ("Офис на ул. Python, нужен SQL", {"SQL"}),
    ],
)
def test_studies_colleagues_and_streets_are_no_skills(clause: str, asked: set[str]) -> None:
    assert _asked(clause) == asked


@pytest.mark.parametrize(
    "clause",
    ["Можно без знания Kafka", "Без опыта в Kafka", "Научим Kafka", "We'll teach Kafka", "without experience in Kafka"],
)
def test_what_one_may_come_without_is_not_needed(clause: str) -> None:
    assert _asked(f"Python; {clause}", tags=("kafka",)) == {"Python"}


def test_a_tag_is_asked_though_the_employer_says_it_of_itself() -> None:
    assert _asked("Мы — крупнейшая компания Python", tags=("Python",)) == {"Python"}
