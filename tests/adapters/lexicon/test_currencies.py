"""Amounts in roubles by the shipped rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from adapters.lexicon.currencies import ReferenceCurrencies
from domain.matching.lexicon import Currencies


@pytest.fixture
def currencies() -> Currencies:
    return ReferenceCurrencies()


@pytest.mark.parametrize("code", ["RUB", "RUR", "rub"])
def test_a_rouble_is_a_rouble(currencies: Currencies, code: str) -> None:
    assert currencies.in_roubles(Decimal("150000"), code) == Decimal("150000.00")


@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        ("USD", 60, 130),
        ("EUR", 70, 150),
        ("GBP", 80, 170),
        ("KZT", "0.1", "0.3"),
        ("BYN", 20, 45),
        ("BYR", 20, 45),
        ("UZS", "0.004", "0.012"),
        ("KGS", "0.5", "1.6"),
        ("AZN", 35, 80),
        ("GEL", 20, 50),
        ("AMD", "0.1", "0.4"),
        ("CNY", 8, 18),
        ("TRY", "1", "5"),
        ("AED", 16, 36),
    ],
)
def test_a_rate_is_plausible(currencies: Currencies, code: str, least: int | str, most: int | str) -> None:
    roubles = currencies.in_roubles(Decimal(1000), code)

    assert roubles is not None
    assert Decimal(least) < roubles / 1000 < Decimal(most)


def test_the_result_is_rounded_to_the_kopeck(currencies: Currencies) -> None:
    roubles = currencies.in_roubles(Decimal("333.333"), "KZT")

    assert roubles is not None
    assert roubles.as_tuple().exponent == -2


@pytest.mark.parametrize("code", ["XXX", "", "доллар"])
def test_an_unknown_currency_has_no_roubles(currencies: Currencies, code: str) -> None:
    assert currencies.in_roubles(Decimal(100), code) is None


def test_the_rates_carry_their_date() -> None:
    assert ReferenceCurrencies().date > date(2026, 1, 1)
