"""What a vacancy of Работа России says of its pay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

_ROUBLE = "RUB"
_LARGEST = Decimal(10) ** 9
_AMOUNT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_AT_MOST = re.compile(r"^\W*до\b", re.IGNORECASE)
# The names of neighbours' money come before the words that they share with ours.
_CURRENCIES = (
    ("BYN", re.compile(r"бел\w*\W*руб|\bBY[NR]\b", re.IGNORECASE)),
    ("KZT", re.compile(r"тенге|\bKZT\b|₸", re.IGNORECASE)),
    ("USD", re.compile(r"долл|\bUSD\b|\$", re.IGNORECASE)),
    ("EUR", re.compile(r"евро|\bEUR\b|€", re.IGNORECASE)),
    ("CNY", re.compile(r"юан|\bCNY\b", re.IGNORECASE)),
    (_ROUBLE, re.compile(r"руб|\bр\b|\bRU[BR]\b|₽", re.IGNORECASE)),
)


def salary_of(told: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None, str]:
    """Return the least and the most that is paid and the currency's code.

    0 is what stands where nothing is stated. Pay in money that we do not know is left out, for its number alone would
    pass for roubles.
    """
    currency = _currency(told.get("currency"))
    if currency is None:
        return None, None, _ROUBLE
    least, most = _amount(told.get("salary_min")), _amount(told.get("salary_max"))
    if least is None and most is None:
        least, most = _worded(told.get("salary"))
    if least is not None and most is not None and least > most:
        least, most = most, least
    return least, most, currency


def _currency(value: Any) -> str | None:
    if value is None or not str(value).strip(" «»\"'"):
        return _ROUBLE
    return next((code for code, pattern in _CURRENCIES if pattern.search(str(value)[:50])), None)


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        amount = Decimal("".join(str(value).split()).replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < _LARGEST else None


def _worded(value: Any) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds in words such as "от 45 000 до 60 000", "до 60000", "45000 - 60000"."""
    text = str(value)[:100] if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    amounts = [amount for found in _AMOUNT.findall(text) if (amount := _amount(found)) is not None]
    if len(amounts) == 1:
        return (None, amounts[0]) if _AT_MOST.search(text) else (amounts[0], None)
    return (amounts[0], amounts[1]) if len(amounts) == 2 else (None, None)
