"""Names, e-mails, phones, cities and pages at hh.ru of the contact block."""

from __future__ import annotations

from datetime import date

import pytest

from adapters.resume_parser.contacts import read_contact
from adapters.resume_parser.lexicons import Lexicons
from adapters.resume_parser.lines import lines_of
from adapters.resume_parser.sections import split_sections
from domain.resumes.content import Contact

PAGE = "a89000001122b0000a3d0039ed1f4368555a6f"


def contact(text: str, words: Lexicons, today: date) -> Contact:
    lines = lines_of(text)
    return read_contact(split_sections(lines, today), words, text_lines=lines)[0]


@pytest.mark.parametrize(
    ("text", "first", "last", "middle"),
    [
        ("Иванова Мария Сергеевна", "Мария", "Иванова", "Сергеевна"),
        ("Мария Сергеевна Иванова", "Мария", "Иванова", "Сергеевна"),
        ("КОЗЛОВ АНДРЕЙ ВИКТОРОВИЧ", "Андрей", "Козлов", "Викторович"),
        ("Анна Белова", "Анна", "Белова", None),
        ("Белова Анна", "Анна", "Белова", None),
        ("Римская-Корсакова Анна", "Анна", "Римская-Корсакова", None),
        ("Резюме\nПётр Сидоров\nСлесарь", "Пётр", "Сидоров", None),
        ("Резюме: Анна Белова, дизайнер", "Анна", "Белова", None),
        ("ФИО: Сидорова Ольга Петровна", "Ольга", "Сидорова", "Петровна"),
        ("Алиев Рашид Мамед оглы", "Рашид", "Алиев", "Мамед оглы"),
        ("EMILY CARTER", "Emily", "Carter", None),
        ("EMILY\nCARTER\nDeveloper", "Emily", "Carter", None),
        ("Ivan Petrov | Backend Developer", "Ivan", "Petrov", None),
        ("John Michael Smith", "John", "Smith", "Michael"),
        ("Linh Nguyen\nlinh.nguyen@example.org", "Linh", "Nguyen", None),
        ("Бухгалтер\nМосква\n+7 900 000-00-01", None, None, None),
        ("Software Engineer\nJava Developer", None, None, None),
        ("Опыт работы\nООО Ромашка", None, None, None),
    ],
)
def test_the_name_is_taken_from_the_first_lines(
    text: str, first: str | None, last: str | None, middle: str | None, words: Lexicons, today: date
) -> None:
    found = contact(text, words, today)

    assert (found.first_name, found.last_name, found.middle_name) == (first, last, middle)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("+7 900 000-11-22", "+79000001122"),
        ("8 (900) 000-11-22", "+79000001122"),
        ("8-900-000-11-22", "+79000001122"),
        ("тел. 89000001122", "+79000001122"),
        ("900 000 11 22", "+79000001122"),
        ("+7 (900) 000-11-22 — предпочитаемый способ связи", "+79000001122"),
        ("+375 29 100-00-01", "+375291000001"),
        ("ИНН 7701234567", None),
        ("ИНН: 770123456789", None),
        ("Паспорт 4510 123456", None),
        ("2012-2016, 2016-2018", None),
        ("Номер договора 12345", None),
    ],
)
def test_a_phone_is_told_from_other_numbers(text: str, phone: str | None, words: Lexicons, today: date) -> None:
    assert contact(f"Анна Белова\n{text}", words, today).phone == phone


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("E-mail: anna.belova@example.ru", "anna.belova@example.ru"),
        ("почта:anna+work@mail.example.com, тел.", "anna+work@mail.example.com"),
        ("anna@example", None),
        ("@anna_belova", None),
    ],
)
def test_an_email_is_found(text: str, email: str | None, words: Lexicons, today: date) -> None:
    assert contact(f"Анна Белова\n{text}", words, today).email == email


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Проживает: Нижний Новгород, м. Горьковская", "Нижний Новгород"),
        ("Город: Казань", "Казань"),
        ("г. Екатеринбург, ул. Мира, 5", "Екатеринбург"),
        ("Moscow, Russia | linh@example.org", "Москва"),
        ("Санкт-Петербург", "Санкт-Петербург"),
        ("Готова к переезду", None),
        ("City: Springfork", "Springfork"),
    ],
)
def test_the_city_is_found(text: str, city: str | None, words: Lexicons, today: date) -> None:
    assert contact(f"Анна Белова\n{text}", words, today).city == city


def test_a_first_name_that_is_also_a_city_is_no_city(words: Lexicons, today: date) -> None:
    assert contact("Владимир Орлов\nСлесарь\n+7 900 000-00-01", words, today).city is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (f"https://hh.ru/resume/{PAGE}", f"https://hh.ru/resume/{PAGE}"),
        (f"Резюме: http://hh.ru/resume/{PAGE}.", f"https://hh.ru/resume/{PAGE}"),
        (f"(hh.ru/resume/{PAGE})", f"https://hh.ru/resume/{PAGE}"),
        (f"https://rostov.hh.ru/resume/{PAGE}?query=Python&from=share", f"https://rostov.hh.ru/resume/{PAGE}"),
        (f"https://RABOTA.by/resume/{PAGE.upper()}#about", f"https://rabota.by/resume/{PAGE}"),
        (f"www.hh.kz/resume/{PAGE}", f"https://www.hh.kz/resume/{PAGE}"),
        (f"https://hh.ru/resume/{PAGE[:20]}\n{PAGE[20:]}", f"https://hh.ru/resume/{PAGE}"),
        (f"https://hh.ru/resume/{PAGE}\nhttps://hh.ru/resume/{PAGE[::-1]}", f"https://hh.ru/resume/{PAGE}"),
        (f"https://hh.ru/resume/{PAGE}0", None),
        (f"https://hh.ru/resume/{PAGE[1:]}", None),
        (f"https://hh.ru.example.com/resume/{PAGE}", None),
        (f"https://evilhh.ru/resume/{PAGE}", None),
        (f"https://example.com/hh.ru/resume/{PAGE}", None),
        (f"anna@hh.ru/resume/{PAGE}", None),
        ("https://hh.ru/vacancy/8331228", None),
        ("https://hh.ru/applicant/resumes", None),
    ],
)
def test_the_page_of_the_resume_at_hh_is_found(text: str, url: str | None, words: Lexicons, today: date) -> None:
    found = contact(f"Анна Белова\n{text}", words, today)

    assert (found.hh_profile_url, found.phone) == (url, None)
