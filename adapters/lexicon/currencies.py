"""Reference exchange rates shipped with the project."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files

_KOPECK = Decimal("0.01")


class ReferenceCurrencies:
    """Rates of `data/currencies.json`: close enough to compare salaries, never to pay them."""

    def __init__(self) -> None:
        shipped = json.loads(files("adapters.lexicon").joinpath("data/currencies.json").read_text(encoding="utf-8"))
        self.date = date.fromisoformat(shipped["date"])
        self._roubles = {code: Decimal(rate) for code, rate in shipped["roubles"].items()}

    def in_roubles(self, amount: Decimal, currency: str) -> Decimal | None:
        """Return the amount in RUB to the kopeck, or `None` for a currency that the file does not hold."""
        rate = self._roubles.get(currency.strip().upper())
        return None if rate is None else (amount * rate).quantize(_KOPECK)
