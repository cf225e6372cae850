"""Work on rotation: people live at work for weeks, and at home as long."""

from __future__ import annotations

import re
from enum import Enum

from domain.vacancies.vacancy import Vacancy

# In a text, only with its days: a recruiter may hire for rotation and sit in an office.
_IN_TITLE = re.compile(r"\bвахт(?:а|ы|ой|у|ов\w+)\b|\brotation(?:al)?\b|\bfifo\b|\bfly-in\b", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"\bвахт\w*(?:\s+метод\w*)?\s*[(:—–-]?\s*\d{2}\s*/\s*\d{2}|\b\d{2}\s*/\s*\d{2}\s+(?:вахт|rotation)|"
    r"\brotation\s*[(:]?\s*\d{2}\s*/\s*\d{2}",
    re.IGNORECASE,
)

_TRAVEL = (
    r"(?:проезд\w*|дорог[аиу]|билет\w*|перел[её]т\w*|доставк\w+\s+(?:до|на)\s+\w+|travel(?:\s+costs?)?|flights?|tickets?|transport)"
    r"[^.;\n]{0,40}?"
)
_OWN = re.compile(
    rf"{_TRAVEL}\b(?:за\s+(?:свой|ваш|собственный)\s+сч[её]т|не\s+(?:оплачива|компенсиру)\w+|самостоятельно|"
    r"at\s+(?:your\s+)?own\s+(?:expense|cost)|(?:is|are)\s+not\s+(?:paid|covered|reimbursed|provided))|"
    r"\b(?:за\s+(?:свой|ваш|собственный)\s+сч[её]т|самостоятельн\w+)\s+(?:проезд|дорога|билеты)",
    re.IGNORECASE,
)
_PAID = re.compile(
    rf"{_TRAVEL}\b(?:за\s+(?:наш\s+)?сч[её]т(?:\s+(?:компании|работодателя|организации|предприятия))?|оплачива\w+|оплачен\w*|"
    r"компенсиру\w+|бесплатн\w+|предоставля\w+|(?:is\s+|are\s+)?(?:paid|covered|reimbursed|provided|free))\b|"
    r"\b(?:оплачива\w+|оплата|компенсаци\w+|компенсиру\w+|бесплатн\w+|покупаем|paid|free|we\s+(?:pay|cover)(?:\s+for)?)\s+"
    r"(?:[\w-]+\s+)?(?:проезд\w*|дорог[аиу]|билет\w*|перел[её]т\w*|travel|flights?|tickets?|transport)",
    re.IGNORECASE,
)


class Rotation(str, Enum):
    """Who pays for the way there and back; the values are words of the reason's data."""

    PAID = "paid"
    OWN = "own"
    UNSAID = "unsaid"


def rotation(vacancy: Vacancy) -> Rotation | None:
    """Return who pays for the way to work on rotation, `None` where there is none."""
    texts = (vacancy.requirements, vacancy.responsibilities, vacancy.description)
    if _IN_TITLE.search(vacancy.title) is None and not any(map(_IN_TEXT.search, texts)):
        return None
    if any(map(_OWN.search, texts)):
        return Rotation.OWN
    return Rotation.PAID if any(map(_PAID.search, texts)) else Rotation.UNSAID
