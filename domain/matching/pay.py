"""Pay as RUB a month, net: what all pay is compared as."""

from __future__ import annotations

from decimal import Decimal

from domain.matching.measures import Measures
from domain.vacancies.vacancy import SalaryPeriod, SalaryRange

_NET_OF_GROSS = Decimal("0.87")
_MONTHLY = {
    SalaryPeriod.MONTH: Decimal(1),
    SalaryPeriod.YEAR: Decimal(1) / 12,
    SalaryPeriod.WEEK: Decimal(52) / 12,
    SalaryPeriod.SHIFT: Decimal(15),
    SalaryPeriod.HOUR: Decimal(165),
}


def most_paid(salary: SalaryRange, measures: Measures) -> Decimal | None:
    """Return the most that a range promises, as RUB a month, net; `None` in an unknown currency."""
    amount = salary.to if salary.to is not None else salary.from_
    return None if amount is None else _net(amount, salary, measures, gross=bool(salary.gross))


def paid_between(salary: SalaryRange, measures: Measures) -> tuple[Decimal, Decimal | None] | None:
    """Return the least and the most that a range may come to, as RUB a month, net; `None` in an unknown currency.

    Where it is not told whether it is before tax, it may be either. Without an upper bound there is no most.
    """
    least = _net(salary.from_ or Decimal(0), salary, measures, gross=salary.gross is not False)
    if least is None:
        return None
    return least, None if salary.to is None else _net(salary.to, salary, measures, gross=bool(salary.gross))


def _net(amount: Decimal, salary: SalaryRange, measures: Measures, *, gross: bool) -> Decimal | None:
    roubles = measures.currencies.in_roubles(amount, salary.currency)
    if roubles is None:
        return None
    monthly = roubles * _MONTHLY[salary.period]
    return (monthly * _NET_OF_GROSS if gross else monthly).quantize(Decimal(1))
