"""Text of a Word document that people do not see is not read, and text that they see is."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from adapters.documents import Extracted, extract_text
from domain.resumes.reading import FileWarning
from tests.adapters.documents.docxs import NAMESPACES, saved, with_markup, with_parts

VISIBLE = "Тестова Анна Сергеевна, бухгалтер"
HIDDEN = "Kubernetes Terraform Kafka"
TOLD = (FileWarning.HIDDEN_TEXT_LEFT_OUT,)
MORE_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
WHITE = '<w:color w:val="FFFFFF"/>'


def paragraph(properties: str = "", *, of_paragraph: str = "", text: str = HIDDEN) -> str:
    return f"<w:p><w:pPr>{of_paragraph}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(inside: str, *, of_table: str = "", of_row: str = "", of_cell: str = "") -> str:
    return (
        f"<w:tbl><w:tblPr>{of_table}</w:tblPr><w:tr><w:trPr>{of_row}</w:trPr><w:tc><w:tcPr>{of_cell}</w:tcPr>"
        f"{inside}</w:tc></w:tr></w:tbl>"
    )


def box(inside: str, *, fill: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>'
        f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r></w:p>"
    )


def hidden_drawing(inside: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wp:docPr id="1" name="Box" hidden="1"/><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r></w:p>"
    )


def shape_behind_text(fill: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wps:wsp>'
        f"<wps:spPr>{fill}</wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r></w:p>"
    )


def solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def shaded(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def read_from(markup: str) -> Extracted:
    body = parse_xml(f"<w:body {NAMESPACES} {MORE_NAMESPACES}>{paragraph(text=VISIBLE)}{markup}</w:body>")
    document = Document()
    for element in list(body):
        document.element.body.insert_element_before(element, "w:sectPr")
    return extract_text(saved(document))


def words(content: bytes) -> list[str]:
    return extract_text(content)[2].split()


@pytest.mark.parametrize(
    "markup",
    [
        paragraph(WHITE),
        paragraph('<w:color w:val="FBFBFB"/>'),
        paragraph('<w:color w:val="000000" w:themeColor="background1"/>'),
        paragraph(f"{WHITE}{shaded('FFFFFF')}"),
        paragraph('<w:color w:val="204060"/>' + shaded("204060")),
        paragraph('<w:color w:val="000000"/><w:highlight w:val="black"/>'),
        paragraph('<w:color w:val="204060"/>', of_paragraph=shaded("204060")),
        paragraph('<w:sz w:val="2"/>'),
        paragraph('<w:w w:val="1"/>'),
        paragraph(of_paragraph='<w:spacing w:line="1" w:lineRule="exact"/>'),
        paragraph(f'<w14:textFill>{solid("FFFFFF").replace("a:", "w14:")}</w14:textFill>'),
        paragraph("<w14:textFill><w14:noFill/></w14:textFill>"),
        table(paragraph(WHITE)),
        table(paragraph(WHITE), of_table=shaded("204060"), of_cell=shaded("FFFFFF")),
        table(paragraph(), of_row='<w:trHeight w:val="1" w:hRule="exact"/>'),
        table(paragraph(), of_row="<w:hidden/>"),
        box(paragraph(WHITE), fill=solid("FFFFFF")),
        box(paragraph(WHITE), fill="<a:noFill/>"),
        shape_behind_text(solid("FFFFFF")) + paragraph(WHITE),
        paragraph("<w:vanish/>"),
        hidden_drawing(paragraph()),
    ],
    ids=[
        "white", "nearly white", "white by the theme", "white on white", "in the shading's colour",
        "in the highlight's colour", "in the paragraph's colour", "tiny", "squeezed", "a line of no height",
        "filled with white", "not filled", "white in a table", "white in a white cell", "a row of no height",
        "a hidden row", "white in a white box", "white in a box without a colour", "white over a white shape",
        "hidden", "in a hidden drawing",
    ],
)  # fmt: skip
def test_text_that_nobody_sees_is_left_out_and_told_of(markup: str) -> None:
    read = read_from(markup)

    assert (read.text, read.warnings) == (VISIBLE, TOLD)


@pytest.mark.parametrize(
    "markup",
    [
        paragraph(WHITE + shaded("204060")),
        paragraph(f'{WHITE}<w:highlight w:val="darkBlue"/>'),
        paragraph(WHITE, of_paragraph=shaded("204060")),
        paragraph(f'{WHITE}<w:shd w:val="pct50" w:color="auto" w:fill="FFFFFF"/>'),
        paragraph('<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
        paragraph('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>'),
        paragraph(f"{WHITE}<w:outline/>"),
        paragraph('<w:sz w:val="8"/>'),
        table(paragraph(WHITE), of_cell=shaded("204060")),
        table(paragraph(WHITE), of_table=shaded("204060")),
        table(table(paragraph(WHITE)), of_cell=shaded("204060")),
        table(paragraph(WHITE), of_table='<w:tblStyle w:val="LightList"/>'),
        box(paragraph(WHITE), fill=solid("204060")),
        shape_behind_text(solid("204060")) + paragraph(WHITE),
        shape_behind_text(solid("204060")) + box(paragraph(WHITE), fill="<a:noFill/>"),
    ],
    ids=[
        "white on a dark run", "white on a highlight", "white in a dark paragraph", "white on a pattern",
        "dark by the theme", "grey by the theme", "white with an outline", "small", "white in a dark cell",
        "white in a dark table", "white in a table in a dark cell", "white in a table of a dark style",
        "white in a dark box", "white over a dark shape", "white in a box over a dark shape",
    ],
)  # fmt: skip
def test_text_that_people_see_is_kept(markup: str) -> None:
    read = read_from(markup)

    assert sorted(read.text.split()) == sorted([*VISIBLE.split(), *HIDDEN.split()])
    assert read.warnings == ()


@pytest.mark.parametrize(
    "markup",
    [
        paragraph(WHITE, text="   "),
        paragraph("<w:vanish/>", text="… — ."),
        paragraph("<w:vanish/>", text="1"),
        paragraph(WHITE, text="Анна СЕРГЕЕВНА"),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:instrText>PAGEREF _Toc12345</w:instrText></w:r></w:p>",
        "<w:p><w:del><w:r><w:delText>Kafka</w:delText></w:r></w:del></w:p>",
    ],
    ids=["spaces", "dots", "a digit", "said visibly", "a field's code", "taken away by a revision"],
)
def test_there_is_nothing_to_tell_where_no_word_was_lost(markup: str) -> None:
    assert read_from(markup).warnings == ()


def test_text_of_a_white_style_is_left_out_unless_the_run_has_a_colour_of_its_own() -> None:
    document = Document()
    document.add_paragraph(VISIBLE)
    style = document.styles["Quote"]
    style.font.color.rgb = RGBColor(255, 255, 255)
    document.add_paragraph(HIDDEN, style="Quote")
    document.add_paragraph(style="Quote").add_run("Ростов").font.color.rgb = RGBColor(0, 0, 0)

    assert words(saved(document)) == [*VISIBLE.split(), "Ростов"]


def test_text_of_a_tiny_default_style_is_left_out_unless_the_run_has_a_size_of_its_own() -> None:
    document = Document()
    document.styles["Normal"].font.size = Pt(1)
    document.add_paragraph().add_run(VISIBLE).font.size = Pt(11)
    document.add_paragraph(HIDDEN)

    assert words(saved(document)) == VISIBLE.split()


def test_white_text_on_a_page_of_another_colour_is_kept() -> None:
    document = f"<w:body>{paragraph(WHITE, text=VISIBLE)}</w:body>"
    content = with_parts(
        with_markup(""),
        {
            "word/document.xml": (
                f'<w:document {NAMESPACES}><w:background w:color="204060"/>{document}</w:document>'.encode()
            ),
            "word/settings.xml": f"<w:settings {NAMESPACES}><w:displayBackgroundShape/></w:settings>".encode(),
        },
    )

    assert words(content) == VISIBLE.split()
