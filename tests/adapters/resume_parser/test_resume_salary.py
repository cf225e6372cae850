"""The salary wanted, and sums that are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from adapters.resume_parser.lines import lines_of
from adapters.resume_parser.salary import read_salary
from adapters.resume_parser.sections import split_sections
from domain.resumes.content import Money


def salary(text: str, today: date) -> Money | None:
    return read_salary(split_sections(lines_of(text), today))


@pytest.mark.parametrize(
    ("line", "amount", "currency"),
    [
        ("Зарплата: от 250 000 ₽ на руки", "250000", "RUB"),
        ("Зарплатные ожидания: 150 тыс. руб.", "150000", "RUB"),
        ("Желаемая зарплата 200к", "200000", "RUB"),
        ("ЗП: 120т.р.", "120000", "RUB"),
        ("Желаемый доход: 180000", "180000", "RUB"),
        ("Desired salary: $3000", "3000", "USD"),
        ("Desired salary: $3,000 per month", "3000", "USD"),
        ("Salary: 3 500 EUR", "3500", "EUR"),
        ("Salary expectations: 4.5k USD", "4500", "USD"),
        ("Зарплата: 150–200 тыс. руб.", "150000", "RUB"),
        ("Зарплата: от 150 000 до 200 000 рублей", "150000", "RUB"),
        ("Зарплата: 700 000 тенге", "700000", "KZT"),
        ("Зарплата: 2 000 бел. руб.", "2000", "BYN"),
        ("Expected salary: $60,000 per year", "5000", "USD"),
    ],
)
def test_a_salary_is_read_as_a_monthly_sum(line: str, amount: str, currency: str, today: date) -> None:
    assert salary(f"Анна Белова\n{line}", today) == Money(amount=Decimal(amount), currency=currency)


def test_the_wishes_need_no_label(today: date) -> None:
    text = "Желаемая должность и зарплата\nАналитик\n180 000 ₽ на руки"

    assert salary(text, today) == Money(amount=Decimal(180000), currency="RUB")


@pytest.mark.parametrize(
    "text",
    [
        "О себе\nСэкономила компании 1 200 000 рублей",
        "Опыт работы\nЗарплатный проект на 5 000 000 руб.",
        "Анна Белова\n+7 900 000-11-22",
        "Зарплата: по договорённости",
        "Зарплата: 500 руб. в час",
        "Salary: 3000",
        "Желаемая должность\nМенеджер по 20 категориям",
    ],
)
def test_sums_that_are_no_salary_are_left_alone(text: str, today: date) -> None:
    assert salary(text, today) is None
