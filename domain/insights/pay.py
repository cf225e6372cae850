"""What a market pays, and where a person's wish stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from statistics import quantiles

from domain.matching.measures import Measures
from domain.matching.pay import most_paid
from domain.vacancies.vacancy import Vacancy

FEWEST_TELLING = 5
"""Fewer vacancies than these that tell their pay are no picture of what is paid."""


class Standing(str, Enum):
    """Where a wish stands: below the lower quartile, above the upper one, or between them, either included."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quartiles:
    """RUB a month, net. A quarter of the vacancies promise no more than `lower`, a quarter no less than `upper`."""

    lower: int
    median: int
    upper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """The most that each of the vacancies promises, of those `telling` it; `wished` is RUB a month."""

    telling: int
    quartiles: Quartiles | None
    wished: int | None
    standing: Standing | None


def pay_of(vacancies: Iterable[Vacancy], wished: Decimal | None, measures: Measures) -> Pay:
    """Return what is paid, as the scorer reads it; where too few tell it, nothing but their number."""
    told = (most_paid(vacancy.salary, measures) for vacancy in vacancies if vacancy.salary is not None)
    amounts = [amount for amount in told if amount is not None]
    quartiles = None
    if len(amounts) >= FEWEST_TELLING:
        lower, middle, upper = (round(each) for each in quantiles(amounts, n=4, method="inclusive"))
        quartiles = Quartiles(lower=lower, median=middle, upper=upper)
    return Pay(
        telling=len(amounts),
        quartiles=quartiles,
        wished=None if wished is None else int(wished),
        standing=None if wished is None or quartiles is None else _standing(wished, quartiles),
    )


def _standing(wished: Decimal, quartiles: Quartiles) -> Standing:
    if wished < quartiles.lower:
        return Standing.BELOW
    return Standing.ABOVE if wished > quartiles.upper else Standing.WITHIN
