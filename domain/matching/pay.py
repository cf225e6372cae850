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
    roubles = measures.currencies.in_roubles(amount, salary.currency) if amount is not None else None
    if roubles is None:
        return None
    monthly = roubles * _MONTHLY[salary.period]
    return (monthly * _NET_OF_GROSS if salary.gross else monthly).quantize(Decimal(1))
