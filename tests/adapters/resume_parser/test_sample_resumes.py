"""The six sample files, from their bytes to their fields."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from adapters.documents import extract_text
from domain.resumes.content import (
    Contact,
    EducationLevel,
    Language,
    LanguageLevel,
    Money,
    ResumeContent,
    WorkFormat,
)
from domain.resumes.reading import FileLayout
from tests.adapters.resume_parser.conftest import Parse

SAMPLES = Path(__file__).resolve().parents[3] / "entrypoints" / "samples" / "resumes"


def read(name: str, parse: Parse) -> tuple[ResumeContent, FileLayout]:
    read = extract_text((SAMPLES / name).read_bytes())
    return parse(read.text, read.layout), read.layout


def jobs(resume: ResumeContent) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(job.company, job.position, job.start, job.end) for job in resume.experience]


def test_a_russian_pdf_in_a_free_layout(parse: Parse) -> None:
    resume, layout = read("ivanova_python_ru.pdf", parse)

    assert layout is FileLayout.FREE
    assert resume.contact == Contact(
        first_name="Мария", last_name="Иванова", middle_name="Сергеевна", email="maria.ivanova@example.ru",
        phone="+79000001122", city="Екатеринбург",
    )  # fmt: skip
    assert resume.region == "Екатеринбург"
    assert resume.desired_position == "Старший Python-разработчик (backend)"
    assert resume.current_position == "Старший Python-разработчик"
    assert jobs(resume) == [
        ("ООО «Северный Платёж»", "Старший Python-разработчик", "2022-03", None),
        ("АО «Каталог Плюс»", "Python-разработчик", "2019-07", "2022-02"),
        ("Веб-студия «Точка сборки»", "Младший разработчик", "2018-09", "2019-06"),
    ]
    assert resume.years_experience == 8.2
    assert resume.salary == Money(amount=Decimal(280000), currency="RUB")
    assert resume.work_format is WorkFormat.REMOTE
    assert resume.skills[:3] == ("Python", "FastAPI", "Django")
    assert {"PostgreSQL", "Redis", "Docker", "Kubernetes", "Микросервисы", "Nginx"} <= set(resume.skills)
    assert resume.languages == (
        Language(name="Russian", level=LanguageLevel.NATIVE),
        Language(name="English", level=LanguageLevel.B2),
    )
    assert resume.education_level is EducationLevel.MASTER
    assert resume.education[0].speciality == "информатика и вычислительная техника"
    assert resume.summary is not None
    assert resume.summary.startswith("Пишу серверную часть")


def test_an_export_of_hh(parse: Parse) -> None:
    resume, layout = read("smirnov_hh_export.pdf", parse)

    assert layout is FileLayout.HH_EXPORT
    assert resume.contact == Contact(
        first_name="Алексей", last_name="Смирнов", middle_name="Дмитриевич", email="alexey.smirnov@example.ru",
        phone="+79000003344", city="Нижний Новгород",
    )  # fmt: skip
    assert resume.desired_position == "Аналитик данных"
    assert jobs(resume) == [
        ("ООО «Волга Маркет»", "Аналитик данных", "2023-05", None),
        ("АО «Доставка 52»", "Младший аналитик", "2021-08", "2023-04"),
        ("ИП Лебедева О. Н.", "Специалист по отчётности", "2020-04", "2021-06"),
    ]
    assert resume.years_experience == 6.6
    assert resume.salary == Money(amount=Decimal(180000), currency="RUB")
    assert resume.work_format is WorkFormat.REMOTE
    assert resume.skills[:5] == ("SQL", "Python", "Power BI", "ClickHouse", "PostgreSQL")
    assert "Визуализация данных" in resume.skills
    assert [(one.name, one.level.value if one.level else None) for one in resume.languages] == [
        ("Russian", "native"), ("English", "B2"), ("German", "A1"),
    ]  # fmt: skip
    assert [(one.institution, one.speciality, one.year) for one in resume.education] == [
        ("Нижегородский университет экономики и статистики", "Бизнес-информатика", 2019)
    ]
    assert resume.education_level is EducationLevel.HIGHER
    assert resume.summary is not None
    assert resume.summary.startswith("Люблю находить за цифрами причину")


def test_an_english_pdf_in_two_columns(parse: Parse) -> None:
    resume, _ = read("carter_frontend_two_column_en.pdf", parse)

    assert (resume.contact.first_name, resume.contact.last_name) == ("Emily", "Carter")
    assert resume.contact.city == "Санкт-Петербург"
    assert resume.contact.phone == "+79000005566"
    assert resume.desired_position == "Senior Frontend Developer"
    assert jobs(resume) == [
        ("Brightwharf Travel", "Senior Frontend Developer", "2022-01", None),
        ("Oakline Retail Ltd.", "Frontend Developer", "2019-03", "2021-12"),
        ("Pixel Harbour Studio", "Junior Web Developer", "2017-06", "2019-02"),
    ]
    assert resume.years_experience == 8.0
    assert resume.salary == Money(amount=Decimal(3500), currency="EUR")
    assert resume.work_format is WorkFormat.HYBRID
    assert resume.skills[:4] == ("TypeScript", "JavaScript", "React", "Next.js")
    assert resume.education[0].institution == "Northmoor University"
    assert resume.education_level is EducationLevel.BACHELOR


def test_a_russian_docx_with_a_table(parse: Parse) -> None:
    resume, _ = read("petrova_accountant_ru.docx", parse)

    assert (resume.contact.last_name, resume.contact.first_name) == ("Петрова", "Ольга")
    assert resume.contact.city == "Казань"
    assert resume.current_position == "Главный бухгалтер"
    assert jobs(resume) == [
        ("ООО «Татпродторг»", "Главный бухгалтер", "2019-04", None),
        ("АО «Камстроймонтаж»", "Заместитель главного бухгалтера", "2014-09", "2019-03"),
        ("ООО «Чистый город»", "Бухгалтер по заработной плате", "2010-06", "2014-08"),
    ]
    assert resume.salary == Money(amount=Decimal(150000), currency="RUB")
    assert resume.work_format is WorkFormat.OFFICE
    assert {"1С:Бухгалтерия", "1С:ЗУП", "МСФО", "Excel"} <= set(resume.skills)
    assert resume.education_level is EducationLevel.HIGHER


def test_an_english_docx(parse: Parse) -> None:
    resume, _ = read("nguyen_qa_en.docx", parse)

    assert (resume.contact.first_name, resume.contact.last_name) == ("Linh", "Nguyen")
    assert resume.contact.city == "Москва"
    assert jobs(resume) == [
        ("Silverbrook Bank", "QA Automation Engineer", "2023-09", None),
        ("Greenkite Logistics", "QA Engineer", "2021-02", "2023-08"),
        ("Papaya Apps", "Junior Tester (intern)", "2020-06", "2021-01"),
    ]
    assert resume.years_experience == 5.0
    assert resume.salary == Money(amount=Decimal(3000), currency="USD")
    assert resume.work_format is WorkFormat.REMOTE
    assert resume.skills[:3] == ("Python", "pytest", "Selenium")


def test_a_russian_rtf(parse: Parse) -> None:
    resume, _ = read("kozlov_driver_ru.rtf", parse)

    assert (resume.contact.last_name, resume.contact.middle_name) == ("Козлов", "Викторович")
    assert resume.region == "Ростов-на-Дону"
    assert jobs(resume) == [
        ("ООО «ДонТрансЛогистик»", "Водитель-экспедитор", "2017-03", None),
        ("АО «Южная нерудная компания»", "Водитель самосвала", "2009-08", "2017-02"),
        ("ИП Гриценко С. П.", "Водитель категории C", "2003-06", "2009-07"),
    ]
    assert resume.years_experience == 23.5
    assert resume.work_format is WorkFormat.FIELD
    assert "Водительские права категории C" in resume.skills
    assert resume.education_level is EducationLevel.VOCATIONAL


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_sample_is_small_and_invented(path: Path) -> None:
    text = extract_text(path.read_bytes()).text

    assert path.stat().st_size < 120_000
    assert "@example." in text


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_there_is_nothing_to_warn_of_in_a_sample(path: Path) -> None:
    assert extract_text(path.read_bytes()).warnings == ()
