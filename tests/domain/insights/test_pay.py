"""What a market pays."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.insights.pay import FEWEST_TELLING, Pay, Quartiles, Standing, pay_of
from domain.vacancies.vacancy import SalaryPeriod, SalaryRange, Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def paying(*amounts: int) -> list[Vacancy]:
    return [a_vacancy(salary=SalaryRange(to=Decimal(amount))) for amount in amounts]


def pay(vacancies: Sequence[Vacancy], wished: int | None = None) -> Pay:
    return pay_of(vacancies, None if wished is None else Decimal(wished), MEASURES)


def test_a_quarter_is_paid_no_more_than_the_lower_quartile_and_a_quarter_no_less_than_the_upper() -> None:
    found = pay(paying(100, 200, 300, 400, 500))

    assert found == Pay(telling=5, quartiles=Quartiles(lower=200, median=300, upper=400), wished=None, standing=None)


def test_between_two_amounts_the_quartile_lies_between() -> None:
    assert pay(paying(100, 200, 300, 400, 500, 600)).quartiles == Quartiles(lower=225, median=350, upper=475)


def test_pay_is_the_most_promised_a_month_after_tax_in_roubles() -> None:
    vacancies = [
        a_vacancy(salary=SalaryRange(from_=Decimal(50_000), to=Decimal(100_000), gross=True)),
        a_vacancy(salary=SalaryRange(from_=Decimal(1_000), currency="USD")),
        a_vacancy(salary=SalaryRange(to=Decimal(1_200_000), period=SalaryPeriod.YEAR)),
        *paying(87_000, 100_000),
    ]

    assert pay(vacancies).quartiles == Quartiles(lower=87_000, median=90_000, upper=100_000)


def test_silence_and_unknown_currencies_tell_nothing() -> None:
    silent = [a_vacancy(salary=None), a_vacancy(salary=SalaryRange(to=Decimal(9), currency="XXX"))]

    assert pay([*silent, *paying(1, 2, 3, 4)]).telling == 4


def test_too_few_are_no_picture_and_a_wish_stands_nowhere_in_it() -> None:
    few = paying(*range(1, FEWEST_TELLING))

    assert pay(few, 3) == Pay(telling=FEWEST_TELLING - 1, quartiles=None, wished=3, standing=None)


@pytest.mark.parametrize(
    ("wished", "standing"),
    [
        (199, Standing.BELOW),
        (200, Standing.WITHIN),
        (400, Standing.WITHIN),
        (401, Standing.ABOVE),
    ],
)
def test_a_wish_stands_below_within_or_above(wished: int, standing: Standing) -> None:
    found = pay(paying(100, 200, 300, 400, 500), wished)

    assert (found.wished, found.standing) == (wished, standing)


@given(st.lists(st.integers(min_value=1, max_value=10**7), min_size=FEWEST_TELLING, max_size=40), st.data())
def test_the_order_of_the_vacancies_changes_nothing_and_quartiles_are_in_order(
    amounts: list[int], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(amounts))

    found = pay(paying(*amounts))

    assert found == pay(paying(*mixed))
    assert found.quartiles is not None
    assert min(amounts) <= found.quartiles.lower <= found.quartiles.median <= found.quartiles.upper <= max(amounts)
