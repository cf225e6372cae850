"""The words by which a résumé tells the pay that is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice

from domain.resumes.content import Money
from domain.resumes.evidence.saying import folded, sentences

_CURRENCIES = {
    # First: "бел. руб." holds "руб.".
    "BYN": r"byn|byr|бел\.?\s?руб(?:\.|лей|ля|ль)?|белорусских рубл(?:ей|я)",
    "RUB": r"₽|руб(?:\.|лей|ля|ль)?|р\.?|rub(?:les?)?|rur",
    "USD": r"\$|usd|долл(?:\.|аров|ара)?|(?:us )?dollars?",
    "EUR": r"€|eur(?:os?)?|евро",
    "GBP": r"£|gbp|pounds?",
    "KZT": r"₸|kzt|тенге|тнг|тг\.?",
    "UZS": r"uzs|сум(?:ов)?",
    "KGS": r"kgs|сом(?:ов)?",
    "AMD": r"amd|֏|драм(?:ов)?",
    "GEL": r"gel|₾|лари",
    "AZN": r"azn|₼|манат(?:ов)?",
    "AED": r"aed|дирхам(?:ов)?",
    "CNY": r"cny|¥|юан(?:ей|я)",
}
_NUMBER = r"\d{1,3}(?:[ .,'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
_UNIT = r"(?:тысяч[аи]?|тыс\.?|тыр|т\.?\s?р\.?|млн\.?|миллион(?:а|ов)?|mln|т\.|k|к)(?![^\W\d_])"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?P<low>{_NUMBER})\s{{0,2}}(?P<unit>{_UNIT})?"
    rf"(?:\s?(?:[-–—]|до|to)\s?[$€£₽]?\s?(?P<high>{_NUMBER})\s{{0,2}}(?P<high_unit>{_UNIT})?)?"
)
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:[ .,'’]\d{3})+)(?:[.,](?P<part>\d{1,2}))?")
_NEAR_CURRENCY = 24  # characters
_NEAR_PAY = 80  # characters
_MOST_PLACES = 500
"""A sum that stands in more places of a text is not looked for any further."""

_PAY = re.compile(
    r"зарплат|заработн|з/п|(?<!\w)зп(?!\w)|доход|оклад|оплат|вознагражден|зарабатывать|получать|желаем|ожида|хочу"
    r"|рассматрива|на руки|в мес|/\s?мес|до вычета|(?<!\w)(?:salary|compensation|remuneration|pay|income|rate|expect\w*"
    r"|desired|want|gross|net|per month|a month|monthly)(?!\w)|/\s?month"
)
# What was paid before, and what passed through somebody's hands, is not what they want.
_NO_WISH = re.compile(
    r"прошл|предыдущ|последн|прежн|получал|зарабатывал|платил|(?<!\w)был[аио]?(?!\w)|бюджет|оборот|выручк|прибыл|продаж"
    r"|сделк|контракт|инвестиц|компани|увелич|вырос|(?<!\w)рост|эконом|штраф|кредит|счет|клиент|проект"
    r"|previous|(?<!\w)(?:last|former|earned|earning|was|were|used to|budgets?|turnover|revenue|profits?|sales|deals?"
    r"|contracts?|saved|savings|grew|growth|increased?|clients?|company|projects?)(?!\w)"
)
_YEAR = re.compile(r"\s?(?:г\.|год)")
_WORD = re.compile(r"[^\W\d_]+")
_OF_A_SUM = re.compile(rf"{'|'.join(_CURRENCIES.values())}|{_UNIT}|[тр]|бел|белорусских|us|от|до|from|to|up|и|or")


def tells_salary(text: str, salary: Money) -> bool:
    """Tell whether the text holds the amount in any usual spelling, in that currency or, of roubles, in none.

    A sum is pay where its sentence says so, or says nothing but sums. One that was paid before, or that somebody turned
    over, is not, and neither is any other in its sentence.
    """
    told = salary.currency.casefold()
    forms = {"": re.escape(told), **_CURRENCIES} if salary.currency not in _CURRENCIES else _CURRENCIES
    standing = (place for place in _sums(text) if salary.amount in _amounts(place[1]))
    for sentence, found, above in islice(standing, _MOST_PLACES):
        units = f"{found['unit'] or ''}{found['high_unit'] or ''}"
        code = "RUB" if "р" in units else _currency_beside(sentence, found, forms)
        rightly_named = (code or salary.currency) == salary.currency if code is not None else salary.currency == "RUB"
        if rightly_named and _is_pay(sentence, found, above, told, named=code is not None):
            return True
    return False


def _sums(text: str) -> Iterator[tuple[str, re.Match[str], str]]:
    """Yield each number that is no year, with its sentence and the end of the one above."""
    above = ""
    for sentence in map(folded, sentences(text)):
        for found in _AMOUNT.finditer(sentence):
            if _YEAR.match(sentence, found.end()) is None:
                yield sentence, found, above
        above = sentence[-_NEAR_PAY:]


def _amounts(found: re.Match[str]) -> Iterator[Decimal]:
    low, high = _number(found["low"]), found["high"]
    # "150–200 тыс.": the thousand is said once, for both ends.
    shared = found["high_unit"] if found["unit"] is None and low < 1000 else found["unit"]
    yield low * _times(shared)
    if high is not None:
        yield _number(high) * _times(found["high_unit"])


def _number(digits: str) -> Decimal:
    grouped = _GROUPED.fullmatch(digits)
    if grouped is not None:
        whole = re.sub(r"\D", "", grouped["whole"])
        return Decimal(f"{whole}.{grouped['part'] or 0}")
    return Decimal(digits.replace(",", "."))


def _times(unit: str | None) -> int:
    if unit is None:
        return 1
    return 1_000_000 if unit.startswith("м") or unit == "mln" else 1_000


def _currency_beside(sentence: str, found: re.Match[str], forms: dict[str, str]) -> str | None:
    """Return the currency after the sum, or else the one before it: "150 000 руб. 5000 $" has two sums."""
    after = sentence[found.end() : found.end() + _NEAR_CURRENCY]
    before = sentence[max(0, found.start() - _NEAR_CURRENCY) : found.start()]
    following = (code for code, form in forms.items() if re.match(rf"[\s.]{{0,2}}(?:{form})(?![^\W\d_])", after))
    leading = (code for code, form in forms.items() if re.search(rf"(?<![^\W\d_])(?:{form})\s?$", before))
    return next(chain(following, leading), None)


def _is_pay(sentence: str, found: re.Match[str], above: str, currency: str, *, named: bool) -> bool:
    around = sentence[max(0, found.start() - _NEAR_PAY) : found.end() + _NEAR_PAY]
    if _NO_WISH.search(around):
        return False
    if _PAY.search(around):
        return True
    alone = all(word == currency or _OF_A_SUM.fullmatch(word) for word in _WORD.findall(around))
    return alone and _NO_WISH.search(above) is None and (named or _PAY.search(above) is not None)
