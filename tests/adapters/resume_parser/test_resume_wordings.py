"""Wordings that people use and no list foresees: headings, wishes, labels, skills told in passing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from adapters.resume_parser.headings import Kind, kind_of
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import lines_of
from adapters.resume_parser.nominative import in_nominative
from adapters.resume_parser.sections import split_sections
from adapters.resume_parser.skills import read_skills
from domain.errors import Refused
from domain.resumes.content import EducationLevel, LanguageLevel, WorkFormat
from tests.adapters.resume_parser.conftest import Parse

HEAD = "Белова Анна\n+7 900 000-00-01\n"
JOB = "Опыт работы\n2019 – н.в.\nООО «Ромашка»\nПродавец\n"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Где работала", Kind.EXPERIENCE),
        ("Сведения об опыте", Kind.EXPERIENCE),
        ("Чем владею", Kind.SKILLS),
        ("Мои сильные стороны и навыки", Kind.SKILLS),
        ("Языковые навыки", Kind.LANGUAGES),
        ("Ожидаемый доход", Kind.DESIRED),
        ("Кем хочу работать", Kind.DESIRED),
        ("Вузы", Kind.EDUCATION),
        ("Технолог", None),
        ("Специалист по обучению", None),
        ("Работа", None),
        ("Знание города", None),
    ],
)
def test_a_heading_is_told_by_the_words_it_is_made_of(words: str, kind: Kind | None) -> None:
    assert kind_of(words) is kind


@pytest.mark.parametrize(
    ("declined", "title"),
    [
        ("водителем-дальнобойщиком", "водитель-дальнобойщик"),
        ("главного бухгалтера", "главный бухгалтер"),
        ("медицинской сестрой", "медицинская сестра"),
        ("агента по недвижимости", "агент по недвижимости"),
        ("Менеджер по продажам", "Менеджер по продажам"),
        ("Няня", "Няня"),
    ],
)
def test_a_title_in_a_sentence_is_put_into_the_nominative(declined: str, title: str) -> None:
    assert in_nominative(declined) == title


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("Ищу работу водителем-экспедитором", "Водитель-экспедитор"),
        ("To obtain a regional sales manager position in retail", "Regional sales manager"),
        ("Рассматриваю вакансии: агент по недвижимости", "Агент по недвижимости"),
        ("Студент 3 курса | Веб-разработчик", "Веб-разработчик"),
        ("Ведущий инженер-технолог", "Ведущий инженер-технолог"),
    ],
)
def test_the_position_is_read_from_a_sentence(line: str, position: str, parse: Parse) -> None:
    assert parse(f"{HEAD}{line}\n{JOB}").desired_position == position


def test_the_parts_of_a_name_may_stand_on_lines_of_their_own(parse: Parse) -> None:
    contact = parse(f"Фамилия: БЕЛОВА\nИмя: Анна\nОтчество: Игоревна\n+7 900 000-00-01\n{JOB}").contact

    assert (contact.last_name, contact.first_name, contact.middle_name) == ("Белова", "Анна", "Игоревна")


def test_the_cells_of_a_table_are_labels_with_values(parse: Parse) -> None:
    resume = parse(
        "Кандидат\tБелова Анна\nПозиция\tШвея\nЗарплата\t60 000 р.\nОпыт\t12 лет\n"
        "Образование\tИвановский текстильный колледж, 2013\nНавыки\tоверлок, раскрой ткани"
    )

    assert resume.contact.last_name == "Белова"
    assert resume.desired_position == "Швея"
    assert resume.salary is not None
    assert resume.years_experience == 12
    assert resume.education_level is EducationLevel.VOCATIONAL
    assert len(resume.skills) >= 2


def test_a_sum_cut_by_the_width_of_the_page_is_whole(parse: Parse) -> None:
    salary = parse(f"{HEAD}Цель\nРабота бухгалтером, доход от 110\n000 руб.\n{JOB}").salary

    assert salary is not None
    assert salary.amount == 110_000


def test_a_language_may_head_its_level(parse: Parse) -> None:
    languages = parse(f"{HEAD}{JOB}Прочее\nАнглийский\nB1, читаю документацию").languages

    assert [(one.name, one.level) for one in languages] == [("English", LanguageLevel.B1)]


def test_the_languages_of_a_programmer_are_skills(parse: Parse) -> None:
    resume = parse(f"{HEAD}Технические навыки\nЯзыки: Python, SQL\nФреймворки: Django")

    assert resume.skills == ("Python", "SQL", "Django")
    assert resume.languages == ()


def test_the_work_format_is_read_from_a_wish_alone(parse: Parse) -> None:
    wish = parse(f"{HEAD}О себе\nЮрист. Рассматриваю только удалённую работу.\n{JOB}")
    story = parse(f"{HEAD}О себе\nНаладил удалённую работу отдела.\n{JOB}")

    assert wish.work_format is WorkFormat.REMOTE
    assert story.work_format is None


def test_the_years_at_the_wheel_are_no_years_of_work(parse: Parse) -> None:
    resume = parse(f"{HEAD}Дополнительно\nПрава категории B (стаж 20 лет)\n{JOB}")

    assert resume.years_experience is not None
    assert resume.years_experience < 10


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Уральский университет, бакалавр, 2024 – 2029", EducationLevel.INCOMPLETE_HIGHER),
        ("Уральский университет, высшее, 2005\nАспирантура не окончена", EducationLevel.HIGHER),
    ],
)
def test_what_is_not_finished_is_not_counted(line: str, level: EducationLevel, parse: Parse) -> None:
    assert parse(f"{HEAD}{JOB}Образование\n{line}").education_level is level


def test_a_study_is_found_without_a_heading(parse: Parse) -> None:
    assert parse(f"{HEAD}Продавец\nУчусь в колледже, 2 курс\n{JOB}").education_level is EducationLevel.VOCATIONAL


def test_a_story_about_another_trade_gives_no_skill(words: Lexicons, today: date) -> None:
    sections = split_sections(lines_of("Навыки\nKotlin, Android SDK"), today)

    found = read_skills(sections, ["Android-разработчик"], ["Сделал food delivery app на Firebase"], words.skills)

    assert "Курьерская доставка" not in found
    assert "Firebase" in found


def test_the_name_of_a_school_is_no_skill(words: Lexicons, today: date) -> None:
    sections = split_sections(lines_of("Навыки\nAppMetrica, Google Analytics"), today)

    assert "Яндекс.Метрика" not in read_skills(sections, [], ["Школа «Метрика», веб-аналитика"], words.skills)


@pytest.mark.parametrize(
    "text",
    [
        "Senior Python Developer\nAbout us\nWe build software with Django and PostgreSQL.\nWhat we offer\n"
        "Send your CV to jobs@example.com",
        "Менеджер по продажам\n+7 900 000-00-02\nОпыт работы\nот 1 года до 3 лет\nНавыки\nхолодные звонки, CRM\n"
        "Мы предлагаем\nОклад. Откликайтесь, ждём вас!",
        "Как стать программистом\nИзучите Python, Django, PostgreSQL, Docker, Git.\nmail@example.ru",
        "Программа курса «Аналитик данных»\nSQL, Python, Tableau\n01.2026 – 06.2026\n+7 900 000-00-03",
    ],
    ids=str.split("vacancy_en vacancy_ru article course"),
)
def test_a_text_that_names_nobody_and_no_past_is_refused(text: str, parse: Parse) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)

    assert refused.value.code == "not_a_resume"


def test_an_endless_list_of_skills_is_soon_read(parse: Parse) -> None:
    began = time.monotonic()

    parse(f"{HEAD}{JOB}Навыки\n" + "\n".join(f"некое{number} умение" for number in range(9000)))

    # Without a limit it takes a second for every five hundred lines.
    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    ("line", "position", "company"),
    [
        ("УК «Комфорт» — слесарь (апрель 2018 — сейчас): аварийные выезды, замена стояков", "Слесарь", "УК «Комфорт»"),
        ("iOS Engineer @ Rustaveli Bank (Oct 2022 — present)", "iOS Engineer", "Rustaveli Bank"),
        ("1. Областная библиотека, библиотекарь, 10.2005 – 06.2026", "Библиотекарь", "Областная библиотека"),
        ("03.2015 – н.в. ИП Нечай. Водитель-экспедитор", "Водитель-экспедитор", "ИП Нечай"),
        ("Повар в кафе «Мандарин» (кухня Кавказа), 09.2023 — н.в.", "Повар", "кафе «Мандарин»"),
    ],
)
def test_a_job_told_in_one_line_is_taken_apart(line: str, position: str, company: str, parse: Parse) -> None:
    job = parse(f"{HEAD}Места работы\n{line}").experience[0]

    assert (job.position, job.company) == (position, company)
