"""By which words a text bears the pay that is wanted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.resumes.content import Money
from domain.resumes.evidence.text import Evidence
from tests.domain.instruments import MEASURES


def _evidence(text: str) -> Evidence:
    return Evidence(text, stems=MEASURES.stems, skills=MEASURES.skills)


def _pay(amount: int | str, currency: str = "RUB") -> Money:
    return Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    "text",
    [
        "250000 руб.",
        "250 000 ₽",
        "250\u00a0000 рублей",
        "250\u2009000р",
        "250.000 руб",
        "250,000 RUB",
        "250'000 ₽",
        "250 тыс. руб.",
        "250 тысяч рублей",
        "250 т.р.",
        "0,25 млн руб.",
        "₽250k",
        "от 200 до 250 тыс. руб.",
        "250–300 тыс. ₽",
        "250 000 - 300 000 руб.",
        "Зарплата: 250к",
        "Желаемый доход\n250 000",
        "Хочу 250000",
        "Expected salary 250k",
        "250 000 на руки",
        "250 000 в месяц",
        "Был оборот 250 000. Оклад от 250 000",
    ],
)
def test_pay_in_roubles_stands_in_any_usual_spelling(text: str) -> None:
    assert _evidence(text).bears_salary(_pay(250_000))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Индекс 250000",
        "Зарплата 2500000",
        "Зарплата 1 250 000",
        "Зарплата 250",
        "Зарплата 99999 руб.",
        "$250000",
        "250 000 долларов",
        "250 000 бел. руб.",
        "Оборот 250 000 клиентов",
        "Телефон +7 900 250 000",
        "Зарплата до 250 тыс. тенге",
        "250 000 работников",
    ],
)
def test_pay_does_not_stand_in_another_amount_or_currency_or_in_any_number(text: str) -> None:
    assert not _evidence(text).bears_salary(_pay(250_000))


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("$3 500 net", _pay(3500, "USD")),
        ("3500.50 USD", _pay("3500.5", "USD")),
        ("до 3k евро", _pay(3000, "EUR")),
        ("1,2 млн тенге", _pay(1_200_000, "KZT")),
        ("2 миллиона сум", _pay(2_000_000, "UZS")),
        ("2 mln UZS", _pay(2_000_000, "UZS")),
        ("2000 бел. руб.", _pay(2000, "BYN")),
        ("90 000 TRY", _pay(90_000, "TRY")),
    ],
)
def test_pay_stands_in_other_currencies(text: str, pay: Money) -> None:
    assert _evidence(text).bears_salary(pay)


@pytest.mark.parametrize("text", ["зарплата 90 000", "90 000 USD", "90 000 trying"])
def test_pay_in_another_currency_than_roubles_needs_its_currency(text: str) -> None:
    assert not _evidence(text).bears_salary(_pay(90_000, "TRY"))


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("150 000 руб. 5000 $", _pay(5000, "USD")),
        ("150 000 руб. 5000 $", _pay(150_000)),
        ("150 тыс.руб.", _pay(150_000)),
        ("60 000,00 руб.", _pay(60_000)),
        ("2.500,00 €", _pay(2500, "EUR")),
        ("60,000.50 USD", _pay("60000.5", "USD")),
        ("1 500 белорусских рублей", _pay(1500, "BYN")),
        ("500 000 тнг", _pay(500_000, "KZT")),
        ("Хочу 150 тыр", _pay(150_000)),
        ("На прошлой работе получал 90 000 рублей. Хочу 120 т.р.", _pay(120_000)),
    ],
)
def test_pay_stands_however_its_currency_is_written(text: str, pay: Money) -> None:
    assert _evidence(text).bears_salary(pay)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150 000 руб. 5000 $", 5000),
        ("На прошлой работе получал 90 000 рублей", 90_000),
        ("Последняя зарплата 90 000 рублей", 90_000),
        ("Управлял бюджетом 5 000 000 руб.", 5_000_000),
        ("Оборот\n5 000 000 руб.", 5_000_000),
        ("Annual revenue of 5 000 000 RUB", 5_000_000),
        ("Снизил расходы на 90 000 руб.", 90_000),
        ("Доход 2020 года", 2020),
        ("Увеличил доход компании на 300000", 300_000),
        ("Доход от аренды\n300000 посетителей", 300_000),
        ("Не хочу 90 000 руб.", 90_000),
    ],
)
def test_a_sum_that_is_no_wish_is_no_pay(text: str, amount: int) -> None:
    assert not _evidence(text).bears_salary(_pay(amount))


def test_a_sum_that_stands_in_very_many_places_is_not_looked_for_any_further() -> None:
    text = "Оборот 5000 руб.\n" * 500

    assert _evidence(f"Зарплата 5000 руб.\n{text}").bears_salary(_pay(5000))
    assert not _evidence(f"{text}Зарплата 5000 руб.").bears_salary(_pay(5000))
