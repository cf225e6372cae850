"""Files are known by their bytes."""

from __future__ import annotations

import pytest

from adapters.documents.recognise import recognise
from domain.errors import Refused
from domain.resumes.reading import FileType
from tests.adapters.documents.docxs import a_docx, with_parts
from tests.adapters.documents.pdfs import a_pdf, lines
from tests.adapters.documents.rtfs import an_rtf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "file_type"),
    [
        (a_pdf(lines("Тестова Анна")), FileType.PDF),
        (b"mail header\r\n" * 70 + a_pdf(lines("Тестова Анна")), FileType.PDF),
        (a_docx("Тестова Анна"), FileType.DOCX),
        (a_docx("Тестова Анна")[:-200], FileType.DOCX),
        (an_rtf("Тестова Анна"), FileType.RTF),
        (b"\xef\xbb\xbf\r\n" + an_rtf("Тестова Анна"), FileType.RTF),
    ],
    ids=["pdf", "pdf after other bytes", "docx", "docx without its directory", "rtf", "rtf after a byte order mark"],
)
def test_a_resume_file_is_known_by_its_bytes(content: bytes, file_type: FileType) -> None:
    assert recognise(content) is file_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"Anna, developer", "unsupported_type"),
        (b" " * 2000 + b"%PDF-1.7", "unsupported_type"),
        (b"PK\x03\x04 and nothing more", "unsupported_type"),
        (with_parts(a_docx("Тестова"), {"word/vbaProject.bin": b"macros"}), "unsupported_type"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "unsupported_type"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 10_000 + b"word/document.xml", "unsupported_type"),
    ],
    ids=["empty", "text", "late header", "no zip", "macros", "old doc", "docx under a password", "endless directory"],
)
def test_other_files_are_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        recognise(content)

    assert refused.value.code == code
