"""Work format, positions, education, years and skills: one field at a time."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.resume_parser.education import highest, read_education
from adapters.resume_parser.experience import read_experience
from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import lines_of
from adapters.resume_parser.positions import read_desired_position
from adapters.resume_parser.sections import Section, heading_kind, split_sections
from adapters.resume_parser.skills import read_skills, understood
from adapters.resume_parser.tenure import read_years
from adapters.resume_parser.work_format import read_work_format


def cut(text: str, today: date) -> list[Section]:
    return split_sections(lines_of(text), today)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ОПЫТ РАБОТЫ:", Kind.EXPERIENCE),
        ("О П Ы Т  Р А Б О Т Ы", Kind.EXPERIENCE),
        ("Work Experience", Kind.EXPERIENCE),
        ("3. Образование", Kind.EDUCATION),
        ("## Skills", Kind.SKILLS),
        ("Навыки и допуски:", Kind.SKILLS),
        ("Skills & Tools", Kind.SKILLS),
        ("Обо мне", Kind.SUMMARY),
        ("ЗНАНИЕ ЯЗЫКОВ", Kind.LANGUAGES),
        ("• Образование", None),
        ("Образование получила в Казани", None),
        ("Опыт 2020", None),
        ("Разработка и тестирование", None),
    ],
)
def test_a_heading_is_recognised(line: str, kind: Kind | None) -> None:
    assert heading_kind(lines_of(line)[0]) is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Формат работы: удалённо, гибрид", "remote"),
        ("График: полный день, офис или гибрид", "office"),
        ("Employment: full-time, remote", "remote"),
        ("Тип работы: вахта, разъездная", "field"),
        ("Hybrid or remote", "hybrid"),
        ("Готова к удалённой работе", "remote"),
        ("Формат работы: не офис, только дистанционно", "remote"),
        ("Офис-менеджер", None),
        ("MS Office", None),
        ("Опыт работы\nУдалённая поддержка пользователей", None),
    ],
)
def test_the_work_format_is_the_one_named_first(text: str, expected: str | None, today: date) -> None:
    found = read_work_format(cut(text, today))

    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Анна Белова\nЖелаемая должность: бухгалтер", "Бухгалтер"),
        ("Анна Белова\nСтарший Python-разработчик (backend)", "Старший Python-разработчик (backend)"),
        ("Резюме на должность менеджера по продажам", "Менеджер по продажам"),
        ("Objective\nPosition: QA Automation Engineer", "QA Automation Engineer"),
        ("Желаемая должность и зарплата\nАналитик данных 180 000 ₽ на руки", "Аналитик данных"),
        ("Цель: получение должности водителя", "Водитель"),
        ("Anna Belova\nPosition desired: Office Manager", "Office Manager"),
        ("Анна Белова\n+7 900 000-00-01\nМосква", None),
        ("Objective\nTo grow in a friendly company and to learn as much as I can from strong colleagues", None),
    ],
)
def test_the_desired_position_is_found(text: str, expected: str | None, words: Lexicons, today: date) -> None:
    assert read_desired_position(cut(text, today), 1 if "Анна" in text else 0, words) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Опыт работы — 6 лет 7 месяцев\nМай 2023 — настоящее время\nООО «Ромашка»\nАналитик", 6.6),
        ("Summary\nDeveloper with 8+ years of experience building shops", 8.0),
        ("О себе\nСтаж работы более 15 лет", 15.0),
        ("О себе\nБолее 10 лет опыта в продажах", 10.0),
        ("Опыт работы\n01.2020 – 12.2021\nООО «Ромашка»\nПродавец", 2.0),
        ("Summary\n5 years of experience with Python\nExperience\nJan 2020 – Dec 2020\nAcme Ltd\nDeveloper", 1.0),
        ("О себе\nМне 35 лет, люблю свою работу", None),
    ],
)
def test_years_are_as_told_or_as_the_dates_add_up(text: str, years: float | None, words: Lexicons, today: date) -> None:
    sections = cut(text, today)

    assert read_years(sections, read_experience(sections, words, today), words.skills, today) == years


@pytest.mark.parametrize(
    ("text", "institution", "speciality", "level", "year"),
    [
        ("Высшее\n2019\nНижегородский университет экономики\nФакультет математики, Бизнес-информатика",
         "Нижегородский университет экономики", "Бизнес-информатика", "higher", 2019),
        ("BSc in Computer Science\nNorthmoor University\n2013 – 2017",
         "Northmoor University", "Computer Science", "bachelor", 2017),
        ("Riverside Technical University\nBachelor's degree, Software Engineering, 2020",
         "Riverside Technical University", "Software Engineering", "bachelor", 2020),
        ("2005–2010 Казанский институт права, специальность «Учёт, анализ и аудит», высшее",
         "Казанский институт права", "Учёт, анализ и аудит", "higher", 2010),
        ("Среднее специальное. Ростовский техникум имени Седова, техник-механик, 2001 год",
         "Ростовский техникум имени Седова", "техник-механик", "vocational", 2001),
        ("Неоконченное высшее, Северный университет, 2022", "Северный университет", None, "incomplete_higher", 2022),
        ("Кандидат технических наук, Северный институт, 2015", "Северный институт", None, "phd", 2015),
    ],
)  # fmt: skip
def test_a_place_of_study_is_read(
    text: str, institution: str, speciality: str | None, level: str, year: int, today: date
) -> None:
    (found,) = read_education(cut(f"Образование\n{text}", today), today)

    assert found.institution == institution
    assert found.level is not None
    assert found.level.value == level
    assert found.year == year
    if speciality is not None:
        assert found.speciality == speciality


def test_two_places_of_study_stay_apart_and_the_higher_level_counts(today: date) -> None:
    text = "Образование\nСеверный колледж, 2012\nСеверный университет, магистр, 2018\nКурсы вождения, 2019"

    places = read_education(cut(text, today), today)

    assert [(place.institution, place.year) for place in places] == [
        ("Северный колледж", 2012),
        ("Северный университет", 2018),
    ]
    level = highest(places)
    assert level is not None
    assert level.value == "master"


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ("Питон", ["Python"]),
        ("Python (5 лет)", ["Python"]),
        ("JavaScript (ES2023)", ["JavaScript"]),
        ("HTML5 / CSS3", ["HTML", "CSS"]),
        ("основы МСФО", ["МСФО"]),
        ("Жонглирование кеглями", ["Жонглирование кеглями"]),
        ("Очень длинное предложение о том как я люблю работать с людьми и цифрами", []),
        ("2015–2020", []),
        ("—", []),
    ],
)
def test_an_item_becomes_a_canonical_skill_or_stays_as_written(item: str, names: list[str], words: Lexicons) -> None:
    assert understood(item, words.skills) == names


def test_listed_skills_come_first_and_none_twice(words: Lexicons, today: date) -> None:
    sections = cut("Навыки\nDocker, Python; питон\n• Django", today)

    assert read_skills(sections, [], ["Писал на Python и Kafka"], words.skills) == (
        "Docker", "Python", "Django", "Apache Kafka",
    )  # fmt: skip


def test_a_list_cut_by_the_page_is_joined_again(words: Lexicons, today: date) -> None:
    text = "Навыки\nPython, FastAPI, Django, Flask, asyncio, SQLAlchemy, PostgreSQL, кровельные\nработы, Linux"

    assert "кровельные работы" in [name.casefold() for name in read_skills(cut(text, today), [], [], words.skills)]


def test_driving_categories_are_told_one_by_one(words: Lexicons, today: date) -> None:
    found = read_skills(cut("Навыки\nПрава категорий B, C; путевые листы", today), [], [], words.skills)

    assert {"Водительские права категории B", "Водительские права категории C"} <= set(found)
