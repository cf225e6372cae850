"""Work on rotation: people live at work for weeks, and at home as long."""

from __future__ import annotations

import re

from domain.vacancies.vacancy import Vacancy

# In a text, only with its days: a recruiter may hire for rotation and sit in an office.
_IN_TITLE = re.compile(r"\bвахт(?:а|ы|ой|у|ов\w+)\b|\brotation(?:al)?\b|\bfifo\b|\bfly-in\b", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"\bвахт\w*(?:\s+метод\w*)?\s*[(:—–-]?\s*\d{2}\s*/\s*\d{2}|\b\d{2}\s*/\s*\d{2}\s+(?:вахт|rotation)|"
    r"\brotation\s*[(:]?\s*\d{2}\s*/\s*\d{2}",
    re.IGNORECASE,
)


def on_rotation(vacancy: Vacancy) -> bool:
    texts = (vacancy.requirements, vacancy.responsibilities, vacancy.description)
    return _IN_TITLE.search(vacancy.title) is not None or any(map(_IN_TEXT.search, texts))
