"""By which words a text bears formats of work."""

from __future__ import annotations

import pytest

from domain.resumes.content import WorkFormat
from domain.resumes.evidence.text import Evidence
from tests.domain.instruments import MEASURES


def _evidence(text: str) -> Evidence:
    return Evidence(text, stems=MEASURES.stems, skills=MEASURES.skills)


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("", ""),
        ("Работа в офисе", "office"),
        ("On-site", "office"),
        ("MS Office, LibreOffice, бэк-офис, back office", ""),
        ("Удалённо", "remote"),
        ("Готова работать из дома", "remote"),
        ("Home office", "remote"),
        ("Remote or hybrid", "remote hybrid"),
        ("Гибридный график", "hybrid"),
        ("Разъездной характер работы", "field"),
        ("Не рассматриваю удалёнку", ""),
        ("Не удалённо. Хотя можно и удалённо", "remote"),
    ],
)
def test_a_format_of_work_stands_by_a_word_for_it(text: str, formats: str) -> None:
    evidence = _evidence(text)

    assert " ".join(each.value for each in WorkFormat if evidence.bears_work_format(each)) == formats


@pytest.mark.parametrize(
    "text",
    [
        "Office manager",
        "Пакет Office 365",
        "MS-Office",
        "MS\nOffice",
        "Microsoft  Office",
        "Excel, Office, Word",
        "Работа в Office",
        "Post Office",
        "Р7-Офис, Мой Офис",
        "Уборка офиса",
        "Remote procedure call",
        "Удаленное администрирование серверов",
        "Hybrid cloud",
        "Удаленно не рассматриваю",
        "Офис - нет",
    ],
)
def test_no_format_stands_by_the_name_of_a_thing_or_where_it_is_denied(text: str) -> None:
    evidence = _evidence(text)

    assert [each for each in WorkFormat if evidence.bears_work_format(each)] == []


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("Ищу удаленную работу", "remote"),
        ("Формат работы: удаленно", "remote"),
        ("Looking for a remote job", "remote"),
        ("Формат: офис/гибрид", "office hybrid"),
        ("Format: office", "office"),
        ("Готов работать в офисе", "office"),
    ],
)
def test_a_format_stands_beside_words_of_work_alone(text: str, formats: str) -> None:
    evidence = _evidence(text)

    assert " ".join(each.value for each in WorkFormat if evidence.bears_work_format(each)) == formats
