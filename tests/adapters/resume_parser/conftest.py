"""What the tests of the parser share: the shipped word lists and a day that never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from adapters.resume_parser import parse_resume
from adapters.resume_parser.lexicons import Lexicons, lexicons
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout

Parse = Callable[..., ResumeContent]


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def words() -> Lexicons:
    return lexicons()


@pytest.fixture(scope="session")
def parse(today: date) -> Parse:
    def read(text: str, layout: FileLayout = FileLayout.FREE) -> ResumeContent:
        return parse_resume(text, layout, today=today)

    return read
