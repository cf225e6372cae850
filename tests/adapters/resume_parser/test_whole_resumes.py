"""Whole résumés, given as text, in several layouts."""

from __future__ import annotations

from decimal import Decimal

from domain.resumes.content import EducationLevel, Language, LanguageLevel, Money, WorkFormat
from domain.resumes.reading import FileLayout
from tests.adapters.resume_parser import whole_resumes
from tests.adapters.resume_parser.conftest import Parse


def test_labels_in_every_line_are_understood(parse: Parse) -> None:
    resume = parse(whole_resumes.DATES_FIRST_LABELLED)

    assert (resume.contact.last_name, resume.contact.first_name, resume.contact.middle_name) == (
        "Громова", "Вера", "Ильинична",
    )  # fmt: skip
    assert resume.contact.city == "Самара"
    assert resume.region == "Самара"
    assert resume.contact.phone == "+79000004545"
    assert resume.desired_position == "Менеджер по продажам"
    assert resume.salary == Money(amount=Decimal(90000), currency="RUB")
    assert [(job.company, job.position, job.start, job.end, job.current) for job in resume.experience] == [
        ("ООО «Лесторг»", "Менеджер по продажам", "2018-02", None, True),
        ("ИП Фомин К. Л.", "Продавец-консультант", "2014-05", "2018-01", False),
    ]
    assert resume.experience[0].description is not None
    assert "холодные звонки" in resume.experience[0].description
    assert resume.years_experience == 12.6
    assert resume.education_level is EducationLevel.VOCATIONAL
    assert Language(name="English", level=LanguageLevel.A2) in resume.languages
    assert resume.summary is None


def test_a_job_headed_by_one_line_is_understood(parse: Parse) -> None:
    resume = parse(whole_resumes.ONE_LINE_HEADERS)

    assert (resume.contact.first_name, resume.contact.last_name) == ("Daniel", "Brooks")
    assert resume.contact.city == "Новосибирск"
    assert resume.desired_position == "Senior Data Engineer"
    assert [(job.company, job.position, job.start) for job in resume.experience] == [
        ("Quiet River Analytics", "Senior Data Engineer", "2021-03"),
        ("Marble Hill Insurance", "Data Engineer", "2017-07"),
    ]
    assert resume.current_position == "Senior Data Engineer"
    assert resume.salary is None
    assert resume.education[0].speciality == "Applied Mathematics"
    assert resume.education_level is EducationLevel.MASTER
    assert resume.languages == (
        Language(name="English", level=LanguageLevel.C1),
        Language(name="Russian", level=LanguageLevel.B1),
    )


def test_dates_in_brackets_and_spaced_out_headings_are_understood(parse: Parse) -> None:
    resume = parse(whole_resumes.BRACKETED_DATES)

    assert [(job.company, job.position, job.start, job.end) for job in resume.experience] == [
        ("АО «Камский станок»", "Инженер-конструктор", "2016", None),
        ("ООО «Пермдеталь»", "Техник", "2013", "2016"),
    ]
    assert resume.contact.city == "Пермь"
    assert resume.education[0].institution == "Пермский политехнический университет"
    assert {"SolidWorks", "AutoCAD"} <= set(resume.skills)


def test_jobs_are_found_without_a_heading(parse: Parse) -> None:
    resume = parse(whole_resumes.WITHOUT_HEADINGS)

    assert [(job.company, job.position) for job in resume.experience] == [
        ("ООО «Лаванда»", "Администратор"),
        ("ООО «Мята»", "Администратор"),
    ]
    assert resume.desired_position == "Администратор салона красоты"


def test_the_export_of_hh_is_read_in_its_own_order(parse: Parse) -> None:
    resume = parse(whole_resumes.HH_WITH_INDUSTRY, FileLayout.HH_EXPORT)

    assert (resume.contact.first_name, resume.contact.last_name) == ("Игорь", "Лебедев")
    assert resume.contact.city == "Тула"
    assert resume.desired_position == "Кладовщик"
    assert resume.salary == Money(amount=Decimal(120000), currency="RUB")
    assert resume.years_experience == 15.2
    (job,) = resume.experience
    assert (job.company, job.position, job.start, job.current) == (
        "ООО «Тульский самоварный двор»", "Кладовщик", "2011-10", True,
    )  # fmt: skip
    assert job.description == "Приёмка и отгрузка товара, инвентаризация. Работа в 1С:Склад."
    assert resume.education_level is EducationLevel.VOCATIONAL
    assert resume.languages == (Language(name="Russian", level=LanguageLevel.NATIVE),)
    assert resume.summary == "Работаю без опозданий."
    assert resume.work_format is None
    assert not any("обновлено" in skill for skill in resume.skills)


def test_the_same_export_is_understood_without_being_recognised(parse: Parse) -> None:
    resume = parse(whole_resumes.HH_WITH_INDUSTRY, FileLayout.FREE)

    assert resume.contact.last_name == "Лебедев"
    assert resume.experience[0].company == "ООО «Тульский самоварный двор»"


def test_a_whole_job_on_one_line_is_understood(parse: Parse) -> None:
    resume = parse(whole_resumes.ONE_LINE_JOBS)

    assert [(job.company, job.position, job.description) for job in resume.experience] == [
        ('ООО "Стройсвет"', "Электромонтажник", "Монтаж кабельных линий, сборка щитов."),
        ('завод "Тульский прокат"', "Электрик цеха", "Обслуживание станков."),
        ("ИП Сомов", "Подсобный рабочий", None),
    ]
    assert resume.salary == Money(amount=Decimal(100000), currency="RUB")
    assert resume.years_experience == 15.0


def test_a_place_under_the_dates_is_no_company(parse: Parse) -> None:
    resume = parse(whole_resumes.PLACES_UNDER_DATES)

    assert [(job.company, job.position, job.description) for job in resume.experience] == [
        ("Лаборатория «Кнопка»", "UX/UI Designer", "Проектирую интерфейсы в Figma."),
        ("Студия «Лист»", "Графический дизайнер", "Логотипы и фирменный стиль, Photoshop, Illustrator."),
    ]


def test_the_wished_format_survives(parse: Parse) -> None:
    text = whole_resumes.BRACKETED_DATES + "\nПожелания\nФормат: гибрид"

    assert parse(text).work_format is WorkFormat.HYBRID


def test_reading_twice_gives_the_same(parse: Parse) -> None:
    assert parse(whole_resumes.ONE_LINE_HEADERS) == parse(whole_resumes.ONE_LINE_HEADERS)
