"""What the child processes of these tests make of a text: a position, or trouble when the text asks for it."""

from __future__ import annotations

import os
import time
from decimal import Decimal

from domain.errors import Refused
from domain.resumes.content import Language, LanguageLevel, Money, ResumeContent, WorkFormat
from domain.resumes.reading import FileLayout


def understand(text: str, layout: FileLayout) -> ResumeContent:
    first_line = text.partition("\n")[0]
    if "вечность" in first_line:
        time.sleep(3600)
    if "смерть" in first_line:
        os._exit(3)
    if "обжора" in first_line:
        return ResumeContent(summary="я" * 10**10)
    if "ошибка" in first_line:
        raise ZeroDivisionError
    if "рецепт" in first_line:
        raise Refused("not_a_resume", words=3)
    if "болтун" in first_line:
        os.write(1, b"\x00\x00\x00\x02{}")
    if "номер" in first_line:
        return ResumeContent(summary=str(os.getpid()))
    if "окружение" in first_line:
        return ResumeContent(skills=tuple(sorted(os.environ)))
    return ResumeContent(
        desired_position=first_line,
        skills=(layout.value,),
        salary=Money(amount=Decimal("150000.50"), currency="RUB"),
        work_format=WorkFormat.REMOTE,
        years_experience=2.5,
        languages=(Language(name="English", level=LanguageLevel.B2), Language(name="Russian")),
    )
