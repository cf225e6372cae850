"""Texts that are no résumé are refused."""

from __future__ import annotations

import pytest

from domain.errors import Refused
from domain.resumes.reading import FileLayout
from tests.adapters.resume_parser.conftest import Parse

CONTRACT = """
ДОГОВОР № 12/2026 оказания услуг
г. Москва 12 марта 2026 г.
ООО «Исполнитель», в лице директора Петрова П. П., действующего на основании Устава, и ИП Иванов И. И.
1. Предмет договора
1.1. Исполнитель обязуется оказать услуги по разработке программного обеспечения с 01.04.2026 по 01.09.2026.
2. Стоимость услуг составляет 450 000 рублей.
Реквизиты: ИНН 7701234567, р/с 40702810000000000001, тел. +7 900 000-00-10, info@example.ru
Директор ______________ Петров П. П.
"""
INVOICE = """
Invoice No. 2045
Date: 12 March 2026
Bill to: Acme Ltd, 5 Hill Street
Web development services, 40 hours, $4,000
Phone: +7 900 000-00-11, billing@example.com
Account manager: John Smith
Total due: $4,000
"""
RECIPE = """
Борщ со сметаной
Ингредиенты:
свёкла — 2 шт., капуста — 300 г, говядина — 500 г
Приготовление
1. Сварите бульон. 2. Нарежьте овощи. 3. Тушите 20 минут.
"""
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. " * 20
VACANCY = """
Python-разработчик в команду платежей
Требования:
Python, Django, PostgreSQL, Docker, Kafka
Обязанности:
Разрабатывать сервисы
Условия:
Удалённо, от 250 000 рублей
Контакты: hr@example.ru, +7 900 000-00-12
"""
LETTER = """
Dear Hiring Manager,
I am writing to apply for the position of Frontend Developer. I have worked with React, TypeScript, Redux, CSS and HTML.
Sincerely, Emily Carter
emily@example.com
"""
COVER = """
Северный университет
Выпускная квалификационная работа
на тему «Методы анализа данных»
Выполнил: студент группы 401 Орлов Павел
Пермь 2026
"""
NEWS = """
Сегодня в Казани открылся новый завод. Директор предприятия рассказал, что работы шли с 2019 по 2025 год.
На заводе будут работать инженеры, технологи и водители. Телефон отдела кадров: +7 900 000-00-13.
"""


@pytest.mark.parametrize("layout", list(FileLayout))
@pytest.mark.parametrize(
    "text",
    [CONTRACT, INVOICE, RECIPE, LOREM, VACANCY, LETTER, COVER, NEWS, "", "   \n\n", "Анна Белова", "резюме", "1 2 3"],
    ids=str.split("contract invoice recipe lorem vacancy letter cover news empty blank name word digits"),
)
def test_another_document_is_refused(text: str, layout: FileLayout, parse: Parse) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, layout)

    assert refused.value.code == "not_a_resume"


@pytest.mark.parametrize(
    "text",
    [
        "Анна Белова\nДизайнер\n+7 900 000-00-01",
        "Анна Белова\nanna@example.ru\nНавыки: Figma, Photoshop, Illustrator",
        "Опыт работы\n2019 – 2021\nООО «Ромашка»\nПродавец",
        "Договорной отдел: юрист Белова Анна\nanna@example.ru\nОпыт работы\n2019 – н.в.\nООО «Ромашка»\nЮрист",
    ],
)
def test_a_short_resume_is_still_one(text: str, parse: Parse) -> None:
    parse(text)
