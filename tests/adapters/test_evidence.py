"""What the text of a file bears by the shipped catalogue and stems, in Russian and in English."""

from __future__ import annotations

import pytest

from adapters.lexicon.skills import SkillCatalogue
from adapters.lexicon.stems import SnowballStems
from domain.resumes.content import Language, LanguageLevel
from domain.resumes.evidence.text import Evidence

RUSSIAN = """Вымышленный Пётр
Мужчина, 35 лет, родился 12 марта 1988
Желаемая должность: ведущий инженер-
программист (C++)
Проживает: г. Санкт-Петербург
ООО «Галактика», директор по развитию
Вёл переговоры с подрядчиками, управлял проектами, настраивал k8s и 1С
Английский — B2 — Средне-продвинутый, немецкий (базовый)
Русский
родной
"""
ENGLISH = """Jane Madeup, senior backend developer
Lives in Kazan, speaks fluent English
Built services in Golang with Postgres; C++ in the past
Responsible for negotiations
"""


@pytest.fixture(scope="module")
def catalogue() -> SkillCatalogue:
    return SkillCatalogue()


@pytest.fixture(scope="module")
def russian(catalogue: SkillCatalogue) -> Evidence:
    return Evidence(RUSSIAN, stems=SnowballStems(), skills=catalogue)


@pytest.fixture(scope="module")
def english(catalogue: SkillCatalogue) -> Evidence:
    return Evidence(ENGLISH, stems=SnowballStems(), skills=catalogue)


def test_positions_and_places_stand_in_any_form_of_their_words(russian: Evidence, english: Evidence) -> None:
    said = ("Ведущий инженер-программист", "Инженер-программист C++", "Директор по развитию", "Санкт-Петербург")
    made_up = ("Директор галактики", "Главный инженер", "Москва", "Инженер 2 категории")

    assert [line for line in (*said, *made_up) if russian.bears_line(line)] == [*said]
    assert [line for line in ("Senior Backend Developer", "Kazan", "CTO") if english.bears_line(line)] == [
        "Senior Backend Developer",
        "Kazan",
    ]


def test_skills_stand_by_any_of_their_names(russian: Evidence, english: Evidence) -> None:
    said = ("Kubernetes", "Переговоры", "Управление проектами", "C++", "1С", "Подрядчики")
    made_up = ("Docker", "C", "R", "Go", "Java", "Телепатия")

    assert [name for name in (*said, *made_up) if russian.bears_skill(name)] == [*said]
    assert [name for name in ("Go", "PostgreSQL", "Negotiations", "C", "Docker") if english.bears_skill(name)] == [
        "Go",
        "PostgreSQL",
        "Negotiations",
    ]


def test_the_name_of_a_level_is_no_language(catalogue: SkillCatalogue) -> None:
    told = "Languages\nEnglish: Native\nRussian: Upper-Intermediate\nSpanish (fluent, C1)"
    evidence = Evidence(told, stems=SnowballStems(), skills=catalogue)

    levels = {
        name: [each.value for each in LanguageLevel if evidence.bears_level(Language(name=name, level=each))]
        for name in ("English", "Russian", "Spanish")
    }

    assert levels == {"English": ["native"], "Russian": ["B2"], "Spanish": ["C1"]}
    assert not Evidence("English: native", stems=SnowballStems(), skills=catalogue).bears_language("Russian")


def test_languages_stand_with_the_level_told_beside_them(russian: Evidence, english: Evidence) -> None:
    def levels(evidence: Evidence, name: str) -> list[str]:
        return [each.value for each in LanguageLevel if evidence.bears_level(Language(name=name, level=each))]

    assert [levels(russian, name) for name in ("English", "German", "Russian", "Klingon")] == [
        ["B2"],
        ["A2"],
        ["native"],
        [],
    ]
    assert (levels(english, "Английский"), english.bears_language("Russian")) == (["C1"], False)


@pytest.mark.parametrize(
    ("text", "skill", "bears"),
    [
        ("Negotiated with carriers", "Negotiation", True),
        ("Planned budgets", "Budget planning", True),
        ("Trained new colleagues", "Training", True),
        ("Планировала бюджеты", "Планирование бюджета", True),
        ("Entered the market", "Marketing", False),
        ("Account manager", "Accounting", False),
        ("Learned to operate a machine", "Machine Learning", False),
        ("R and D, R&D", "R", False),
        ("I know R and Python", "R", True),
        ("Power of BI", "Power BI", False),
        ("Не знаю Java и PHP, учить не хочу", "PHP", False),
        ("Go to market не было", "Go", False),
    ],
)
def test_a_skill_stands_in_other_forms_of_its_words(
    catalogue: SkillCatalogue, text: str, skill: str, bears: bool
) -> None:
    assert Evidence(text, stems=SnowballStems(), skills=catalogue).bears_skill(skill) is bears
