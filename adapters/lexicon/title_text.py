"""What stands in the text of a job title beside the title itself."""

from __future__ import annotations

import re

_PARENTHESES = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
BRACKET = re.compile(r"[()\[\]{}]")
# A sum of money and all that follows it: "курьер / от 90 000 руб.", "driver - $3,000 bonus".
MONEY = re.compile(r"(?:[$€£]\s*\d|(?<!\w)от\s+\d|(?<!\w)\d[\d\s.,]*(?:₽|руб|т\.\s?р)).*", re.DOTALL)
# "Кассир в банк" is a cashier first; the bank decides only where the rest says nothing.
CONTEXT = re.compile(r"\s(?:в|во|для|in|at|for)\s.*", re.DOTALL)
ALTERNATIVES = re.compile(r"\s*[/\\,;|]\s*|\s+[-–—]+\s+|\s+(?:или|or)\s+|(?<=\w{5})[.!]+\s+")
# Somebody else, for whom the person works: "секретарь генерального директора", "driver for the CEO".
ANOTHER = re.compile(
    r"(?<=[\w)])\s+(?:при\s+)?(?:[\w-]+(?:ого|его|ой|ей)\s+)*"
    r"(?:(?:директора|руководителя|начальника|заведующе|управляюще|президента|председателя|директоре|руководителе)"
    r"(?:го|й)?\b|главно(?:го|й)\s).*|\s(?:to|for)\s.*",
    re.DOTALL,
)


def bare(text: str) -> str:
    """Return a title without what stands in brackets and without money."""
    return _PARENTHESES.sub(" ", MONEY.sub("", text))
