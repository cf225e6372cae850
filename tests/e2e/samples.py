"""The files that come with the product, and as many variations of them as a test needs."""

from __future__ import annotations

import json
import zlib
from io import BytesIO
from typing import Any

from docx import Document
from reportlab.pdfgen.canvas import Canvas

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


def bad_file(number: int) -> tuple[str, bytes, str]:
    """Return the name and the bytes of a file that cannot be read, and the reason; each number gives other bytes."""
    kinds = (_broken, _scan, _recipe)
    return kinds[number % len(kinds)](number)


def _broken(number: int) -> tuple[str, bytes, str]:
    return f"{number}.pdf", b"%PDF-1.7\nnothing of the kind " + str(number).encode(), "file_broken"


def _scan(number: int) -> tuple[str, bytes, str]:
    written = BytesIO()
    canvas = Canvas(written, invariant=True)
    canvas.setTitle(str(number))
    canvas.rect(50, 50, 400, 600 - number, fill=1)
    canvas.save()
    return f"{number}.pdf", written.getvalue(), "no_text"


def _recipe(number: int) -> tuple[str, bytes, str]:
    document = Document()
    for line in ("Борщ", "Свёклу натереть, капусту нашинковать.", f"Варить {number} минут на слабом огне."):
        document.add_paragraph(line)
    written = BytesIO()
    document.save(written)
    return f"{number}.docx", written.getvalue(), "not_a_resume"


def poison_file() -> bytes:
    """Return a small PDF that takes down whoever reads it: its one page is millions of letters long."""
    page = zlib.compress(b"BT /F 1 Tf " + b"(a)Tj " * 5_000_000 + b"ET", 9)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F %b >> >> >>"
        % font,
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
    )
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + b"xref\n0 5\n0000000000 65535 f \n%btrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            table,
            len(written),
        )
    )


def slow_file(number: int = 0) -> bytes:
    """Return a valid résumé that takes a second or two to read, where others take a few hundredths.

    Each number gives other bytes.
    """
    before, _, _ = (RESUMES / "kozlov_driver_ru.rtf").read_bytes().rstrip().rpartition(b"}")
    return before + rb"\b0" * (1_500_000 + number) + b"}"
