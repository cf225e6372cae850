"""The files that come with the product, and as many variations of them as a test needs."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from docx import Document

from tests.e2e.programs import ROOT

SAMPLES = ROOT / "entrypoints" / "samples"
RESUMES = SAMPLES / "resumes"
PDF = RESUMES / "ivanova_python_ru.pdf"
VACANCIES = SAMPLES / "vacancies.jsonl"


def vacancies(most: int | None = None) -> list[Any]:
    return [json.loads(line) for line in VACANCIES.read_text("utf-8").splitlines()[:most]]


def variation(number: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a valid résumé; each number gives other bytes."""
    sample = ("petrova_accountant_ru.docx", "kozlov_driver_ru.rtf", "nguyen_qa_en.docx")[number % 3]
    return f"{number}-{sample}", marked(sample, f"Вариант {number}")


def marked(sample: str, *paragraphs: str) -> bytes:
    """Return a sample with these paragraphs at its end."""
    content = (RESUMES / sample).read_bytes()
    if sample.endswith(".rtf"):
        before, _, _ = content.rstrip().rpartition(b"}")
        codes = "".join(rf"\par {text}".encode("cp1251").decode("latin-1") for text in paragraphs)
        escaped = "".join(letter if ord(letter) < 128 else f"\\'{ord(letter):02x}" for letter in codes)
        return before + escaped.encode("ascii") + b"}"
    document = Document(BytesIO(content))
    for text in paragraphs:
        document.add_paragraph(text)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def slow_file(number: int = 0) -> bytes:
    """Return a valid résumé that takes a second or two to read, where others take a few hundredths.

    Each number gives other bytes.
    """
    before, _, _ = (RESUMES / "kozlov_driver_ru.rtf").read_bytes().rstrip().rpartition(b"}")
    return before + rb"\b0" * (1_500_000 + number) + b"}"
