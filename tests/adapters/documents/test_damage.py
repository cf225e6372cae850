"""A damaged file is read as far as it goes, or refused: nothing else comes out."""

from __future__ import annotations

import random

import pytest

from adapters.documents import extract_text
from domain.errors import Refused
from tests.adapters.documents.docxs import a_docx
from tests.adapters.documents.pdfs import a_pdf, encrypted, lines
from tests.adapters.documents.rtfs import an_rtf

TEXT = ("Тестова Анна Сергеевна", "Разработчик на Python", "ООО «Ромашка», инженер")
FILES = {
    "pdf": a_pdf(lines(*TEXT), lines(*TEXT)),
    "encrypted pdf": encrypted(a_pdf(lines(*TEXT)), user_password=""),
    "docx": a_docx(*TEXT),
    "rtf": an_rtf(*TEXT),
}
REFUSALS = {"empty_file", "unsupported_type", "file_broken", "file_encrypted", "no_text"}


def outcome(content: bytes) -> str:
    try:
        extract_text(content)
    except Refused as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_cut_short_anywhere_is_read_or_refused(content: bytes) -> None:
    step = max(1, len(content) // 80)

    outcomes = {outcome(content[:length]) for length in range(0, len(content), step)}

    assert outcomes <= {"read", *REFUSALS}
    assert {"empty_file", "file_broken"} <= outcomes


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused(content: bytes) -> None:
    dice = random.Random(5)  # noqa: S311 - the same damage in every run
    outcomes = set()

    for _ in range(80):
        damaged = bytearray(content)
        for _ in range(dice.choice([1, 3, 30])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        outcomes.add(outcome(bytes(damaged)))

    assert "read" in outcomes
    assert outcomes <= {"read", *REFUSALS}
