"""Reads the salary a person wants; sums that stand in achievements are never taken for it."""

from __future__ import annotations

import re
from decimal import Decimal

from adapters.resume_parser.headings import Kind
from adapters.resume_parser.lines import bare
from adapters.resume_parser.sections import Section
from domain.resumes.content import Money

_SPACES = " \u00a0\u202f\u2009"
_CURRENCY_FORMS = {
    "RUB": r"₽|руб(?:\.|лей|ля|ль)?|р\.|rub(?:les?)?|rur",
    "USD": r"\$|usd|долл(?:\.|аров|ара)?|us dollars?|dollars?",
    "EUR": r"€|eur(?:os?)?|евро",
    "KZT": r"₸|kzt|тенге|тг\.?",
    "BYN": r"byn|byr|бел\.?\s?руб\.?|br",
    "UZS": r"uzs|сум(?:ов)?|so['’]m",
    "GBP": r"£|gbp",
    "AMD": r"amd|֏|драм(?:ов)?",
    "GEL": r"gel|₾|лари",
    "KGS": r"kgs|сом(?:ов)?",
    "AZN": r"azn|₼|манат(?:ов)?",
    "AED": r"aed|дирхам(?:ов)?",
    "CNY": r"cny|¥|юаней",
}
# The longer wording first: "бел. руб." holds "руб.".
_ORDER = ("BYN", *(code for code in _CURRENCY_FORMS if code != "BYN"))
_CURRENCY = "|".join(f"(?P<{code}{{n}}>{_CURRENCY_FORMS[code]})" for code in _ORDER)
_NUMBER = rf"\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}}){{1,3}}(?!\d)|\d{{1,9}}(?:[.,]\d{{1,2}})?(?!\d)"
_THOUSAND = r"тысяч[аи]?|тыс\.?|т\.?\s?р\.?|k|к|т\."
_MILLION = r"млн\.?|миллион(?:а|ов)?|mln"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?:(?:{_CURRENCY.format(n='1')})\s?)?(?P<low>{_NUMBER})\s{{0,2}}(?:(?P<k1>(?:{_THOUSAND})(?![^\W\d_]))|(?P<m1>(?:{_MILLION})(?!\w)))?"
    rf"(?:\s?(?:[-–—]|до|to)\s?(?:[$€£₽]\s?)?(?P<high>{_NUMBER})\s{{0,2}}(?:(?P<k2>(?:{_THOUSAND})(?![^\W\d_]))"
    rf"|(?P<m2>(?:{_MILLION})(?!\w)))?)?"
    rf"\s{{0,2}}(?:(?:{_CURRENCY.format(n='2')})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"зарплат|заработн\w{1,4} плат|з/п|(?<!\w)зп(?!\w)|доход(?:а|у)?(?!\w)|оклад|уровень оплаты|оплат[аы](?!\w)"
    r"|вознагражден"
    r"|зарабат"
    r"|финансовые ожидания|ожидания по|salary|compensation|remuneration|pay expectation|expected pay|desired pay"
    r"|expected (?:income|rate)|на руки|до вычета|gross|net of tax",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:(?:желаем|ожидаем)\w{2,3} |(?:expected|desired) )?(?:зарплат|заработн|з/п|зп(?!\w)|доход|оклад|salary)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.;]\s(?=[^\W\d_])")
_HOURLY = re.compile(
    r"(?:/|в |за |per |an |a )\s?(?:час|ч\b|hour|hr|h\b|день|day|смену|shift|недел|week)", re.IGNORECASE
)
_YEARLY = re.compile(
    r"(?:/|в |за |per |a )\s?(?:год|year|yr|annum)|annual|yearly|p\.\s?a\.|годовых|годовой", re.IGNORECASE
)
_BY_THE_MONTH = re.compile(r"\d\s?(?:тыс|т\.\s?р|к(?!\w)).{0,12}(?:в месяц|/\s?мес|$)", re.IGNORECASE)
# "5000 EUR/month" on the contact line needs no other label.
_MONTHLY = re.compile(
    r"(?:[$€£₽]|(?<!\w)(?:usd|eur|rub|руб\w{0,3}\.?|р\.))\s?(?:/|per |a |в )\s?(?:month|mo\b|мес)", re.IGNORECASE
)
_CUT_BEFORE = re.compile(r"(?<![\d-])\d{1,3}$|\d\s?[-–—]$|(?<!\w)(?:от|до|from|to)$", re.IGNORECASE)
_CUT_AFTER = re.compile(rf"(?:\d{{3}}(?!\d)|\d{{1,3}}[{_SPACES}]\d{{3}}|(?:тыс|руб|₽))", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
# Sections where a sum can be a wish; anywhere else it is somebody's turnover.
_PLACES = (Kind.DESIRED, Kind.HEAD, Kind.CONTACT, Kind.OTHER, Kind.SUMMARY)
_LONGEST_LINE = 300
# Below it a sum without a currency is a bonus, an age or a typing slip.
_LEAST_ROUBLES = 5000


def read_salary(sections: list[Section]) -> Money | None:
    """Return the monthly sum wanted, the lower one of a range, or `None`.

    A yearly sum is divided by twelve. A sum an hour or a day is not told as monthly, so it is left out. A sum without a
    currency counts as roubles only when its label is Russian.
    """
    for kind in _PLACES:
        for section in sections:
            if section.kind is not kind:
                continue
            lines = _unbroken(section.lines)
            for index, line in enumerate(lines):
                money = _in_line(line, lines[index + 1 : index + 2], in_wishes=kind is Kind.DESIRED)
                if money is not None:
                    return money
    # A short résumé may run on after "Образование: …": then the label must open the line.
    for section in sections:
        if section.kind not in (*_PLACES, Kind.EXPERIENCE):
            for line in section.lines:
                for told in _SENTENCES.split(bare(line)[:_LONGEST_LINE]):
                    if _OPENS.match(told) and (money := _in_line(told, [], in_wishes=False)) is not None:
                        return money
    return None


def _unbroken(lines: list[str]) -> list[str]:
    """Join "от 110" and "000 руб." again, which the width of the page parted."""
    joined: list[str] = []
    for line in lines:
        if joined and _CUT_BEFORE.search(joined[-1]) and _CUT_AFTER.match(line) and len(joined[-1]) < _LONGEST_LINE:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def without_amounts(text: str) -> str:
    """Return a line of the wishes without the sum that an export may set beside the position."""
    for found in _AMOUNT.finditer(text[:_LONGEST_LINE]):
        if _code(found) is not None:
            tail = re.sub(r"^\s*(?:на руки|до вычета налогов|net|gross)", "", text[found.end() :], flags=re.IGNORECASE)
            head = re.sub(r"(?:^|\s)(?:от|до|from)\s*$", "", text[: found.start()], flags=re.IGNORECASE)
            return f"{head} {tail}".strip()
    return text


def _in_line(line: str, below: list[str], *, in_wishes: bool) -> Money | None:
    if not line or len(line) > _LONGEST_LINE:
        return None
    line = bare(line)
    label = _LABEL.search(line)
    if label is None:
        # "От 90 тысяч в месяц": nobody counts anything else so among the wishes.
        if _MONTHLY.search(line):
            return _sum(line, need_currency=True)
        return _sum(line, need_currency=_BY_THE_MONTH.search(line) is None) if in_wishes else None
    # The label may head a line of its own, the sum under it.
    told = line if any(map(str.isdigit, line)) else f"{line} {' '.join(below)[:_LONGEST_LINE]}"
    return _sum(told, need_currency=_CYRILLIC.search(label.group()) is None)


def _sum(line: str, *, need_currency: bool) -> Money | None:
    if _HOURLY.search(line):
        return None
    for found in _AMOUNT.finditer(line):
        currency = _code(found)
        amount = _amount(found)
        if amount is None or (currency is None and (need_currency or amount < _LEAST_ROUBLES)):
            continue
        if _YEARLY.search(line):
            amount = (amount / 12).quantize(Decimal(1))
        if amount > 0:
            return Money(amount=amount, currency=currency or "RUB")
    return None


def _code(found: re.Match[str]) -> str | None:
    if found["k1"] and re.search("р", found["k1"], re.IGNORECASE):
        return "RUB"
    return next((code for code in _ORDER if found[f"{code}1"] or found[f"{code}2"]), None)


def _amount(found: re.Match[str]) -> Decimal | None:
    number = found["low"]
    if re.fullmatch(rf"\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+", number):
        amount = Decimal(re.sub(r"\D", "", number))
    else:
        amount = Decimal(number.replace(",", "."))
    # "150–200 тыс.": the thousand is said once, for both ends.
    shared = found["high"] is not None and not found["k1"] and not found["m1"] and amount < 1000
    if found["k1"] or (shared and found["k2"]):
        amount *= 1000
    elif found["m1"] or (shared and found["m2"]):
        amount *= 1_000_000
    return amount.normalize().quantize(Decimal(1)) if amount == amount.to_integral_value() else amount
