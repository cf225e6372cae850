"""Word documents give all their text once, in order."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from adapters.documents import extract_text
from domain.errors import Refused
from domain.resumes.reading import FileType
from tests.adapters.documents.docxs import NAMESPACES, a_docx, saved, with_markup, with_parts

PLAIN = "<w:p><w:r><w:t>Тестова Анна Сергеевна</w:t></w:r></w:p>"


def lines_of(content: bytes) -> list[str]:
    return [line for line in extract_text(content)[2].splitlines() if line]


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        extract_text(content)
    return refused.value.code


def test_header_body_table_and_footer_come_in_order_and_once() -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Тестова Анна Сергеевна"
    section.footer.paragraphs[0].text = "Рекомендации по запросу"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Тестова Анна Сергеевна"
    document.add_paragraph("Опыт работы")
    table = document.add_table(rows=2, cols=3)
    for number, cell in enumerate(table._cells):
        cell.text = f"клетка {number}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Компания"
    document.add_paragraph("Навыки")

    assert extract_text(saved(document))[0] is FileType.DOCX
    assert lines_of(saved(document)) == [
        "Тестова Анна Сергеевна",
        "Опыт работы",
        "Компания\tклетка 2",
        "клетка 3\tклетка 4\tклетка 5",
        "Навыки",
        "Рекомендации по запросу",
    ]


def test_a_page_laid_out_as_a_table_is_read_cell_by_cell() -> None:
    document = Document()
    left, right = document.add_table(rows=1, cols=2)._cells
    left.text = "Контакты\n+7 900 000-00-01"
    right.text = "Тестова Анна"
    inner = right.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "2020", "ООО «Ромашка»"

    assert lines_of(saved(document)) == ["Контакты", "+7 900 000-00-01", "Тестова Анна", "2020\tООО «Ромашка»"]


def test_cells_merged_downwards_are_read_once() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "ООО «Ромашка»"
    table.cell(0, 1).text, table.cell(1, 1).text = "инженер", "старший инженер"

    assert lines_of(saved(document)) == ["ООО «Ромашка»\tинженер", "старший инженер"]


def test_a_text_box_is_read_once_without_its_fallback() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>anna@example.ru</w:t></w:r></w:p></w:txbxContent>"
    content = with_markup(
        f"{PLAIN}<w:p><w:r><w:t>Навыки</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert lines_of(content) == ["Тестова Анна Сергеевна", "Навыки", "anna@example.ru"]


def test_hidden_and_deleted_text_is_dropped_and_inserted_text_kept() -> None:
    content = with_markup(
        "<w:p><w:r><w:t>Тестова Анна </w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>лучший кандидат </w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>разработчик </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>стажёр </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>на Python</w:t></w:r></w:ins></w:p>'
    )

    assert lines_of(content) == ["Тестова Анна разработчик на Python"]


def test_text_hidden_by_a_style_is_dropped() -> None:
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    content = with_markup(
        f'{PLAIN}<w:p><w:r><w:rPr><w:rStyle w:val="B"/></w:rPr><w:t>лучший кандидат</w:t></w:r></w:p>'
    )

    assert lines_of(with_parts(content, {"word/styles.xml": styles.encode()})) == ["Тестова Анна Сергеевна"]


def test_tabs_breaks_links_and_hyphens_are_written_out() -> None:
    content = with_markup(
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='100'/></w:tabs></w:pPr>"
        "<w:r><w:t>2020</w:t><w:tab/><w:t>ООО «Ромашка»</w:t><w:br/><w:t>Ростов</w:t><w:noBreakHyphen/>"
        "<w:t>на\u00a0Дону</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>, example.ru</w:t></w:r></w:hyperlink></w:p>"
    )

    assert lines_of(content) == ["2020\tООО «Ромашка»", "Ростов-на Дону, example.ru"]


def test_list_items_keep_a_bullet_and_numbered_headings_get_none() -> None:
    document = Document()
    document.add_heading("Навыки", 1)
    document.add_paragraph("разработка на Python", style="List Bullet")
    document.add_paragraph("администрирование", style="List Number")

    assert lines_of(saved(document)) == ["Навыки", "• разработка на Python", "• администрирование"]


def test_footnotes_come_after_the_body_without_their_separators() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>——</w:t></w:r></w:p>'
        '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>с отличием</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/></Relationships>'
    )
    parts = {"word/footnotes.xml": notes.encode(), "word/_rels/document.xml.rels": relations.encode()}

    assert lines_of(with_parts(with_markup(PLAIN), parts)) == ["Тестова Анна Сергеевна", "с отличием"]


def test_entities_are_not_expanded() -> None:
    document = (
        f'<!DOCTYPE x [<!ENTITY a "лучший кандидат"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        f"<w:document {NAMESPACES}><w:body>{PLAIN}<w:p><w:r><w:t>&a;&f;</w:t></w:r></w:p></w:body></w:document>"
    )

    content = with_parts(a_docx("x"), {"word/document.xml": document.encode()})

    assert lines_of(content) == ["Тестова Анна Сергеевна"]


@pytest.mark.parametrize("size", [5_000_000, 60_000_000], ids=["by its ratio", "by its size"])
def test_a_zip_bomb_is_refused(size: int) -> None:
    bomb = b"<a>" + b" " * size + b"</a>"

    assert code_of(with_parts(a_docx("Тестова Анна Сергеевна"), {"word/document.xml": bomb})) == "file_broken"


def test_a_size_that_the_directory_lies_about_does_not_help() -> None:
    bomb = b"<a>" + b" " * 60_000_000 + b"</a>"
    content = with_parts(a_docx("Тестова Анна Сергеевна"), {"word/document.xml": bomb})

    lying = content.replace(len(bomb).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert lying != content
    assert code_of(lying) == "file_broken"


def test_an_encrypted_entry_is_refused_as_encrypted() -> None:
    content = bytearray(a_docx("Тестова Анна Сергеевна"))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        start = archive.start_dir
    while content[start : start + 4] == b"PK\x01\x02":
        content[start + 8] |= 1
        name, extra, comment = (int.from_bytes(content[start + at : start + at + 2], "little") for at in (28, 30, 32))
        start += 46 + name + extra + comment

    assert code_of(bytes(content)) == "file_encrypted"


def test_an_empty_document_has_no_text() -> None:
    assert code_of(a_docx("", "1")) == "no_text"


def test_a_document_of_a_book_is_too_much() -> None:
    assert code_of(a_docx(*["строка книги номер один"] * 10_000)) == "too_much_text"
