"""hh.ru's own exports, whatever they are called, from their bytes to their fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.documents import extract_text
from domain.errors import Refused
from domain.resumes.reading import FileLayout, FileType
from tests.adapters.documents.docxs import a_docx
from tests.adapters.documents.rtfs import an_rtf
from tests.adapters.resume_parser.conftest import Parse

SAMPLE = Path(__file__).resolve().parents[3] / "entrypoints" / "samples" / "resumes" / "smirnov_hh_export.pdf"
PAGE = "https://hh.ru/resume/0123456789abcdef0123456789abcdef012345"


def paragraphs() -> list[str]:
    """Return the sample export's lines, with the address of the résumé under the e-mail."""
    text = extract_text(SAMPLE.read_bytes()).text
    # RTF in cp1251 has no sign of the rouble.
    lines = text.replace("₽", "руб.").splitlines()
    mail = next(number for number, line in enumerate(lines) if "@" in line)
    return [*lines[: mail + 1], f"{PAGE}?hhtmFrom=resume_list", *lines[mail + 1 :]]


def test_what_hh_calls_doc_is_rtf_and_read_as_its_export(parse: Parse) -> None:
    # hh.ru gives one and the same RTF as .rtf and as .doc: https://github.com/hhru/api/issues/440
    export = an_rtf(*paragraphs())

    file_type, layout, text, _ = extract_text(export)
    resume = parse(text, layout)

    assert (file_type, layout) == (FileType.RTF, FileLayout.HH_EXPORT)
    assert (resume.contact.last_name, resume.contact.email) == ("Смирнов", "alexey.smirnov@example.ru")
    assert resume.desired_position == "Аналитик данных"
    assert [job.company for job in resume.experience] == ["ООО «Волга Маркет»", "АО «Доставка 52»", "ИП Лебедева О. Н."]
    assert resume.contact.hh_profile_url == PAGE


def test_an_export_saved_anew_by_word_keeps_the_page_of_the_resume(parse: Parse) -> None:
    _, layout, text, _ = extract_text(a_docx(*paragraphs()))

    assert layout is FileLayout.HH_EXPORT
    assert parse(text, layout).contact.hh_profile_url == PAGE


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        b"<html><body>\xd0\xa0\xd0\xb5\xd0\xb7\xd1\x8e\xd0\xbc\xd0\xb5</body></html>",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
        "Желаемая должность и зарплата\nАналитик".encode(),
    ],
    ids=["old word", "html", "mhtml", "text"],
)
def test_another_kind_of_doc_is_refused_plainly(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        extract_text(content)

    assert refused.value.code == "unsupported_type"
